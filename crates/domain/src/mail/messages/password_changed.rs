//! Their password was changed.
use crate::mail::letter::{Mail, from, moment};
use policy::Timestamp;

/// The address from which it was is told where it is known.
pub(crate) fn password_changed(address: Option<&str>, at: Timestamp) -> Mail {
    let words =
        format!("Your password was changed on {}{}. Your other sessions were ended.", moment(at), from(address));
    Mail::new("password-changed", "Your password was changed", vec![words])
        .with_warning("If this was not you, ask an admin at once to reset your password: somebody else may have it.")
}

pub(super) fn sample(now: Timestamp) -> Mail {
    password_changed(Some("203.0.113.7"), now)
}
