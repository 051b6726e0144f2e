//! They have asked to have their second step removed, and an admin has refused.
use crate::mail::letter::Mail;

/// Tells a member that their second factors stay, and why.
pub(crate) fn help_refused(reason: &str) -> Mail {
    let words = vec![
        "Somebody who knows your password has asked an admin to remove your second step. The admin has refused: your second factors stay as they are.".to_owned(),
        format!("They say: {reason}"),
    ];
    Mail::new("help-refused", "Your second step was not removed", words).with_links(
        "If you did not ask, somebody else knows your password: choose a new one.",
        &[("Choose a new password", "/forgot-password")],
    )
}

pub(super) fn sample() -> Mail {
    help_refused("I could not reach you to see that it was you.")
}
