//! An account will be deactivated, since nobody uses it.
use crate::mail::{Mail, letter::moment};
use policy::{Timestamp, time::Span};

/// Tells a member when their account will be deactivated.
pub(crate) fn deactivation_ahead(at: Timestamp) -> Mail {
    let words = vec![
        "Nobody has used your account for a long time.".to_owned(),
        format!("It will be deactivated on {}, unless you sign in before.", moment(at)),
    ];
    Mail::new("deactivation-ahead", "Your account will be deactivated", words).with_button("Sign in", "/sign-in")
}

/// The mail with made-up facts.
pub(super) fn sample(now: Timestamp) -> Mail {
    deactivation_ahead(now + Span::days(7))
}
