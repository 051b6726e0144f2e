//! Why not: each refusal names the setting that decided it, and has words for the person.
mod declare;
mod ended;
mod messages;
mod quota;
mod refusals;

pub use ended::Ended;
pub use refusals::Refusal;

use crate::{SettingKey, Timestamp, time::Span};

/// What a page does about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Signing in helps.
    SignIn,
    /// Passing the second step helps.
    SecondStep,
    /// Enrolling a second factor helps.
    Enrol,
    /// Choosing a new password helps.
    NewPassword,
    /// Proving once more who one is helps.
    StepUp,
    /// Confirming the change that waits, or putting it back, helps.
    Confirm,
    /// Nothing that this person can do at once.
    None,
    /// Waiting helps.
    Wait,
    /// Trying again with something else helps.
    TryAgain,
}

impl Refusal {
    /// A refusal of codes until `until`, seen from `now`, of a member who has passkeys or has none.
    pub const fn codes_paused(until: Timestamp, now: Timestamp, passkeys: bool) -> Self {
        let left: Span = until.since(now);
        Self::CodesPaused {
            by: SettingKey::LOCKOUT_TWO_FACTOR_ATTEMPTS,
            until,
            seconds: left.whole_seconds(),
            passkeys,
        }
    }

    /// The same, told to somebody who is signed in and typed their own password wrong.
    #[must_use]
    pub fn at_present_password(self) -> Self {
        let Self::Locked { by, until, seconds, prompt, .. } = self else { return self };
        Self::PresentPasswordPaused { by, until, seconds, prompt }
    }

    /// The stable name, which ends the `type` of a problem document.
    pub fn code(&self) -> &'static str {
        self.row().code
    }

    /// The HTTP status that it is answered with.
    pub fn status(&self) -> u16 {
        self.row().status
    }

    /// What helps.
    pub fn remedy(&self) -> Remedy {
        self.row().remedy
    }

    /// The heading.
    pub fn title(&self) -> &'static str {
        self.row().title
    }

    /// The setting that decided; `None` where none did.
    pub fn setting(&self) -> Option<SettingKey> {
        self.row().setting
    }

    /// The instant that its words tell, where they tell one.
    pub fn until(&self) -> Option<Timestamp> {
        self.row().until
    }

    /// How long a form waits before it can be sent again, in seconds; `None` where it does not wait.
    pub fn form_waits(&self) -> Option<i64> {
        self.row().form_waits
    }

    /// When a program is told to try again, in seconds; `None` where it is not told.
    pub fn retry_after(&self) -> Option<u32> {
        self.row().retry_after
    }

    /// Whether it takes the place of the page.
    pub fn takes_the_page(&self) -> bool {
        self.row().takes_the_page
    }
}

#[cfg(test)]
mod tests;
