//! Has the person behind a session proved lately who they are? Asked before saves, whatever becomes of them, and before
//! changes of factors and of members.
use crate::{Change, Lifespan, Refusal, SettingKey, Settings, Timestamp, value::Minutes};

/// Is the latest proof recent enough for an act that asks for a fresh one?
///
/// # Errors
/// Asks for a fresh proof, naming the setting that says how old one may be.
pub fn fresh(settings: &Settings, proved_at: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    let minutes: Minutes = settings.sessions.step_up;
    let fresh = |at| Lifespan { since: at, said_until: None }.is_live(Some(minutes.span()), now);
    if proved_at.is_some_and(fresh) {
        Ok(())
    } else {
        Err(Refusal::StepUpRequired { by: SettingKey::SESSIONS_STEP_UP })
    }
}

/// Whether a save of these changes asks for a fresh proof: every one does but of what protects nobody, and that as well
/// where it becomes weaker.
pub fn is_asked_for(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.weakens || change.setting.cosmetic.is_none())
}

/// The instant such that a proof that was given then or before no longer counted, where it would count again after a change:
/// no change makes one fresh.
pub fn over_before(before: &Settings, after: &Settings, now: Timestamp) -> Option<Timestamp> {
    let lasts = |settings: &Settings| settings.sessions.step_up.span();
    (lasts(before) < lasts(after)).then(|| now - lasts(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{change, time::Span};

    /// Fails when a setting is called cosmetic by which somebody is protected, or whose change a reader sees.
    #[test]
    fn few_changes_ask_for_no_proof_and_each_says_why() {
        let cosmetic: Vec<_> = Settings::all().filter(|setting| setting.cosmetic.is_some()).collect();
        let keys: Vec<_> = cosmetic.iter().map(|setting| setting.key).collect();
        let expect_ct = ["headers.expect_ct", "headers.expect_ct_max_age", "headers.expect_ct_enforce"];
        assert_eq!(keys, [&expect_ct[..], &["headers.expect_ct_report_uri"]].concat());
        for setting in cosmetic {
            assert!(setting.risk.is_none() && setting.may_weaken == crate::Role::Admin, "{}", setting.key);
        }
        let asks = |changes: &[(&str, &str)]| {
            let mut after = Settings::default();
            for (key, text) in changes {
                after.set(Settings::find(key).expect("it is declared"), text).expect("it is valid");
            }
            is_asked_for(&change::between(&Settings::default(), &after))
        };
        assert!(!asks(&[]) && !asks(&[("headers.expect_ct", "true")]));
        assert!(asks(&[("headers.expect_ct", "true"), ("sign_in.banner", "Call 0900")]));
        assert!(asks(&[("sign_in.captcha", "true")]), "that makes it stricter, and asks all the same");
    }

    #[test]
    fn a_proof_is_fresh_for_its_minutes_and_not_a_second_longer() {
        let at = Timestamp(1_800_000_000_000);
        let settings = Settings::default();
        assert!(fresh(&settings, Some(at), at + Span::seconds(599)).is_ok());
        assert!(fresh(&settings, Some(at), at + Span::seconds(600)).is_err());
        assert!(fresh(&settings, None, at).is_err(), "a trusted browser proves nothing");
        assert!(fresh(&settings, Some(at + Span::seconds(6)), at).is_err(), "and neither does the future");
    }
}
