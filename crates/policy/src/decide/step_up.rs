//! Has the person behind a session proved lately who they are? Asked before risky saves and changes of factors.
use crate::{Lifespan, Refusal, SettingKey, Settings, Timestamp, value::Minutes};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

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
