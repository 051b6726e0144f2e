//! What the breach service's word, or its silence, means for a new password.
use super::password::PasswordProblem;
use crate::{Settings, Timestamp, time::Span, value::BreachCheck};

/// How long further lookups that were not answered belong to an outage that was noted.
const NOTED_EVERY: Span = Span::minutes(60);
/// How long the overview tells of an outage.
const SHOWN_FOR: Span = Span::days(1);

/// The address of the service that is asked about new passwords; `None` where none is.
pub fn service(settings: &Settings) -> Option<&str> {
    let passwords = &settings.passwords;
    (passwords.breach_check == BreachCheck::Service).then(|| passwords.breach_url.as_str())
}

/// Judges a new password that stands so often in leaked data.
///
/// # Errors
/// [`PasswordProblem::Breached`] where it stands there at all.
pub const fn judge(times: u64) -> Result<(), PasswordProblem> {
    match times {
        0 => Ok(()),
        times => Err(PasswordProblem::Breached { times }),
    }
}

/// Whether a lookup that was not answered is noted, the last one that was having been noted then.
pub fn notes_outage(noted: Option<Timestamp>, now: Timestamp) -> bool {
    // One in the future was noted before a clock was set back.
    noted.is_none_or(|noted| noted.is_ahead_of(now) || now >= noted + NOTED_EVERY)
}

/// Since when an outage is told of on the overview.
pub fn shown_since(now: Timestamp) -> Timestamp {
    now - SHOWN_FOR
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::HttpsUrl;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_service_is_asked_only_where_the_setting_says_so() {
        let mut settings = Settings::default();
        assert_eq!(service(&settings), None);
        settings.passwords.breach_check = BreachCheck::Service;
        assert_eq!(service(&settings), Some("https://api.pwnedpasswords.com/range/"));
        settings.passwords.breach_url = HttpsUrl::known("https://ranges.example.org/");
        assert_eq!(service(&settings), Some("https://ranges.example.org/"));
    }

    #[test]
    fn one_leak_is_enough() {
        assert_eq!(judge(0), Ok(()));
        assert_eq!(judge(1), Err(PasswordProblem::Breached { times: 1 }));
    }

    #[test]
    fn an_outage_is_noted_once_an_hour() {
        assert!(notes_outage(None, NOON));
        assert!(!notes_outage(Some(NOON), NOON));
        assert!(!notes_outage(Some(NOON), NOON + Span::minutes(60) - Span::seconds(1)));
        assert!(notes_outage(Some(NOON), NOON + Span::minutes(60)));
        assert!(notes_outage(Some(NOON + Span::days(9)), NOON), "a clock was set back");
    }
}
