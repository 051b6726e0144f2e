//! They signed in from a browser that was never seen before.
use crate::mail::letter::{Mail, from, moment};
use policy::Timestamp;

/// The browser is told as `Firefox on Linux`, the address where it is known.
pub(crate) fn new_browser(browser: &str, address: Option<&str>, at: Timestamp) -> Mail {
    let words = format!(
        "Somebody signed in to your account with {browser}{} on {}. We have not seen this browser before.",
        from(address),
        moment(at)
    );
    Mail::new("new-browser", "You signed in from a new browser", vec![words])
        .with_button("See your sessions", "/profile/sessions")
        .unless_it_was_you()
}

pub(super) fn sample(now: Timestamp) -> Mail {
    new_browser("Firefox on Linux", Some("203.0.113.7"), now)
}
