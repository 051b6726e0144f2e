//! Somebody has asked to join with an address that is known already.
use crate::mail::letter::Mail;

/// The stable name of this mail.
pub(crate) const KIND: &str = "known-already";

/// Tells the holder of an address that there is an account, an invitation or a request for it already.
pub(crate) fn known_already() -> Mail {
    let words = vec![
        "Somebody, perhaps you, has asked to join with your address. There is an account for it already, or an invitation, or you have asked before and somebody is still to decide.".to_owned(),
        "If you have an account, sign in; if you have forgotten the password, ask for a new one on that page.".to_owned(),
    ];
    Mail::new(KIND, "Your address is known already", words)
        .with_button("Sign in", "/sign-in")
        .with_warning("If it was not you, do nothing: nothing was changed.")
}

pub(super) fn sample() -> Mail {
    known_already()
}
