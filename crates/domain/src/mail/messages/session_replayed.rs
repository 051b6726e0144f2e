//! A session of theirs was ended, since somebody has a copy of its token.
use crate::mail::letter::{Mail, from, moment};
use policy::Timestamp;

/// The browser of the session is told as `Firefox on Linux`, the address that brought the copy where it is known.
pub(crate) fn session_replayed(browser: &str, address: Option<&str>, at: Timestamp) -> Mail {
    let what = format!(
        "On {}, a cookie of your session in {browser} was used{} although a newer one had taken its place. So somebody may have copied it, and we ended the session for both.",
        moment(at),
        from(address)
    );
    let harmless = "It is harmless where you restored a backup of your browser or moved it to another computer. Otherwise look for programs and extensions that you do not know.";
    Mail::new("session-copied", "We ended a session that somebody may have copied", vec![what, harmless.to_owned()])
        .with_button("See your sessions", "/profile/sessions")
        .unless_it_was_you()
}

pub(super) fn sample(now: Timestamp) -> Mail {
    session_replayed("Firefox on Linux", Some("203.0.113.7"), now)
}
