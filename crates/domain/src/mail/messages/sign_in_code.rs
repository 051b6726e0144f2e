//! A code for the second step.
use crate::mail::letter::Mail;
use policy::words;

/// Brings a code that can be used for so many seconds.
pub(crate) fn sign_in_code(code: &str, lasts: u32) -> Mail {
    let words = format!(
        "Type this code on the page where you are signing in. It works once, and for {}.",
        words::about_seconds(lasts.into())
    );
    Mail::new("sign-in-code", "Your code for signing in", vec![words]).with_code(code).with_warning(
        "If you are not signing in just now, somebody knows your password: change it. Never tell this code to anybody.",
    )
}

pub(super) fn sample() -> Mail {
    sign_in_code("1234 5678", 600)
}
