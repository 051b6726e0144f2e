//! They have asked to join, and are not let in.
use crate::mail::letter::Mail;

/// Tells somebody that they are not let in, and why, where a reason is given.
pub(crate) fn registration_rejected(reason: &str) -> Mail {
    let mut words =
        vec!["You have asked to join, and whoever looks after the workspace has decided otherwise.".to_owned()];
    if !reason.is_empty() {
        words.push(format!("They say: {reason}"));
    }
    words.push("Nothing is kept of your account.".to_owned());
    Mail::new("registration-rejected", "You were not let in", words)
        .because("Sent by Bailey, because somebody has asked to join with your address.")
}

pub(super) fn sample() -> Mail {
    registration_rejected("This workspace is for people of Acme.")
}
