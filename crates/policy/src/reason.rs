//! Why not: each refusal names the setting that decided it, and has words for the person.
mod ended;
mod messages;
mod preview;

pub use ended::Ended;

use crate::{Role, SettingKey, Timestamp, decide::code::Code, time::Span};
use serde::{Deserialize, Serialize};

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Refusal {
    /// Nobody is signed in.
    SignInRequired,
    /// The session is over.
    SessionEnded {
        /// Why it is over.
        ended: Ended,
    },
    /// The password was right, and the second step is still to come.
    SecondStepRequired,
    /// The member has to enrol a second factor first.
    EnrolmentRequired {
        /// The switch that requires it.
        by: SettingKey,
    },
    /// The member has to choose a new password first.
    NewPasswordRequired {
        /// The setting that asks for it.
        by: SettingKey,
    },
    /// The password was changed too short a time ago.
    PasswordChangedLately {
        /// The interval.
        by: SettingKey,
        /// How long it takes from now until it may be changed again, in seconds.
        seconds: i64,
    },
    /// The member's role does not reach there.
    RoleRequired {
        /// The least role that does.
        needed: Role,
    },
    /// The admin pages can't be reached from this address.
    AddressNotAllowed {
        /// The list that the address is not on.
        by: SettingKey,
    },
    /// After this save the person who saves could not reach the admin pages from where they are.
    LocksYouOut {
        /// The setting that would do it.
        by: SettingKey,
        /// The address that they come from, where it can be told.
        address: Option<String>,
        /// Whether they typed something else than the words by which they would save all the same.
        #[serde(default)]
        misspelt: bool,
    },
    /// Only a super-admin may change this setting.
    SuperAdminSetting {
        /// The setting.
        setting: SettingKey,
    },
    /// A change waits to be confirmed, and nothing is saved on top of it.
    ChangeWaiting {
        /// When it goes back by itself.
        until: Timestamp,
    },
    /// The e-mail address or the password is not right; which of them is not said.
    WrongCredentials,
    /// The code is not right, or was used before.
    WrongCode {
        /// Which kind of code it should have been.
        of: Code,
    },
    /// Too many wrong passwords: signing in is locked for a while, whether the account exists or not.
    Locked {
        /// The limit that was reached.
        by: SettingKey,
        /// When the next try is taken.
        until: Timestamp,
        /// How long that is from now, in seconds.
        seconds: i64,
        /// How long the form waits before the next try, in seconds.
        prompt: i64,
        /// Whether the policy lets people sign in with a passkey meanwhile.
        passkeys: bool,
    },
    /// Too many wrong passwords of somebody who is signed in and proves that it is them: none is looked at for a while.
    PresentPasswordPaused {
        /// The limit that was reached.
        by: SettingKey,
        /// When the next one is looked at.
        until: Timestamp,
        /// How long that is from now, in seconds.
        seconds: i64,
        /// How long the form waits before the next try, in seconds.
        prompt: i64,
    },
    /// Too many claims that nobody confirmed: claiming is locked for a while, signing in is not.
    ClaimsPaused {
        /// The limit that was reached.
        by: SettingKey,
        /// How long it takes from now until the next claim is taken, in seconds.
        seconds: i64,
    },
    /// Too many wrong codes: the second step is paused.
    CodesPaused {
        /// The limit that was reached.
        by: SettingKey,
        /// When the next code is taken.
        until: Timestamp,
        /// How long that is from now, in seconds.
        seconds: i64,
        /// Whether the member has a passkey, which still works.
        passkeys: bool,
    },
    /// So many wrong codes in a row that the factor no longer works (NIST SP 800-63B-4 §3.2.2).
    FactorDisabled {
        /// Whether the member has a passkey, which still works.
        passkeys: bool,
    },
    /// The passkey could not be verified.
    WrongPasskey,
    /// The challenge was used before or has expired.
    ChallengeExpired,
    /// New factors of this kind are turned off.
    FactorOff {
        /// The switch that turned them off.
        by: SettingKey,
    },
    /// The only factor that satisfies the policy can't be removed.
    LastFactor {
        /// The switch that requires it.
        by: SettingKey,
    },
    /// The link was used before, has expired, or never existed.
    LinkDead,
    /// The link was used before; said to nobody but the member it was sent to.
    LinkUsed,
    /// The link has expired; said to nobody but the member it was sent to.
    LinkExpired {
        /// The setting that says how long such links work, where one does.
        by: Option<SettingKey>,
    },
    /// The act asks for a proof of who somebody is that is more recent than the one they gave.
    StepUpRequired {
        /// How old the latest proof may be.
        by: SettingKey,
    },
    /// The member's address was never proved to be theirs.
    NotVerified,
    /// The member was deactivated.
    Inactive,
    /// The member was banned.
    Banned,
    /// Nobody does that to themselves.
    NotOnYourself,
    /// A code was sent too short a time ago to send another one.
    CodeSentLately {
        /// How long it takes from now until another one can be sent, in seconds.
        seconds: i64,
    },
    /// A code was sent a short time ago for another try to sign in, where alone it works.
    CodeSentElsewhere {
        /// How long it takes from now until one can be sent for this one, in seconds.
        seconds: i64,
    },
    /// The form has to bring a solved captcha, and brings none that counts.
    CaptchaUnsolved {
        /// The switch that asks for it.
        by: SettingKey,
    },
    /// The captcha that the form brings was solved, and has expired or was used before.
    CaptchaLapsed {
        /// The switch that asks for it.
        by: SettingKey,
    },
    /// Too many tries came from the network address, at whatever accounts.
    AddressPaused {
        /// How many one account may make; an address may make twenty times as many.
        by: SettingKey,
        /// How long it takes from now until the next one is looked at, in seconds.
        seconds: i64,
    },
    /// More sign-ins at once than this server takes.
    Busy {
        /// When to try again, in seconds.
        retry_after: u32,
    },
}

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
        Self::CodesPaused { by: SettingKey::LOCKOUT_TWO_FACTOR, until, seconds: left.whole_seconds(), passkeys }
    }

    /// The same, said to somebody who is signed in and typed their own password wrong.
    #[must_use]
    pub fn at_present_password(self) -> Self {
        match self {
            Self::Locked { by, until, seconds, prompt, .. } => {
                Self::PresentPasswordPaused { by, until, seconds, prompt }
            }
            other => other,
        }
    }

    /// The instant that its words tell, where they tell one.
    pub const fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Locked { until, .. }
            | Self::PresentPasswordPaused { until, .. }
            | Self::CodesPaused { until, .. }
            | Self::ChangeWaiting { until } => Some(*until),
            _ => None,
        }
    }

    /// The stable name, which ends the `type` of a problem document.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SignInRequired => "sign-in-required",
            Self::SessionEnded { .. } => "session-ended",
            Self::SecondStepRequired => "second-step-required",
            Self::EnrolmentRequired { .. } => "enrolment-required",
            Self::NewPasswordRequired { .. } => "new-password-required",
            Self::PasswordChangedLately { .. } => "password-changed-lately",
            Self::Locked { .. } => "locked",
            Self::PresentPasswordPaused { .. } => "present-password-paused",
            Self::RoleRequired { .. } => "role-required",
            Self::AddressNotAllowed { .. } => "address-not-allowed",
            Self::LocksYouOut { .. } => "locks-you-out",
            Self::ChangeWaiting { .. } => "change-waiting",
            Self::SuperAdminSetting { .. } => "super-admin-setting",
            Self::WrongCredentials => "wrong-credentials",
            Self::WrongCode { .. } => "wrong-code",
            Self::ClaimsPaused { .. } => "claims-paused",
            Self::CodesPaused { .. } => "codes-paused",
            Self::FactorDisabled { .. } => "factor-disabled",
            Self::WrongPasskey => "wrong-passkey",
            Self::ChallengeExpired => "challenge-expired",
            Self::FactorOff { .. } => "factor-off",
            Self::LastFactor { .. } => "last-factor",
            Self::LinkDead => "link-dead",
            Self::LinkUsed => "link-used",
            Self::LinkExpired { .. } => "link-expired",
            Self::NotVerified => "not-verified",
            Self::Inactive => "inactive",
            Self::Banned => "banned",
            Self::NotOnYourself => "not-on-yourself",
            Self::StepUpRequired { .. } => "step-up-required",
            Self::CodeSentLately { .. } => "code-sent-lately",
            Self::CodeSentElsewhere { .. } => "code-sent-elsewhere",
            Self::CaptchaUnsolved { .. } => "captcha-unsolved",
            Self::CaptchaLapsed { .. } => "captcha-lapsed",
            Self::AddressPaused { .. } => "address-paused",
            Self::Busy { .. } => "busy",
        }
    }

    /// The setting that decided, where a setting did.
    pub const fn setting(&self) -> Option<SettingKey> {
        match self {
            Self::EnrolmentRequired { by }
            | Self::NewPasswordRequired { by }
            | Self::PasswordChangedLately { by, .. }
            | Self::Locked { by, .. }
            | Self::PresentPasswordPaused { by, .. }
            | Self::ClaimsPaused { by, .. }
            | Self::CodesPaused { by, .. }
            | Self::AddressPaused { by, .. }
            | Self::AddressNotAllowed { by }
            | Self::LocksYouOut { by, .. }
            | Self::FactorOff { by }
            | Self::StepUpRequired { by }
            | Self::CaptchaUnsolved { by }
            | Self::CaptchaLapsed { by }
            | Self::LastFactor { by } => Some(*by),
            Self::SuperAdminSetting { setting } => Some(*setting),
            Self::LinkExpired { by } => *by,
            Self::SessionEnded { ended: Ended::Idle { .. } } => Some(SettingKey::IDLE_TIMEOUT),
            Self::SessionEnded { ended: Ended::Lifetime { .. } } => Some(SettingKey::SESSION_LIFETIME),
            Self::SessionEnded { ended: Ended::Elsewhere } => Some(SettingKey::ALLOW_CONCURRENT),
            Self::SessionEnded { ended: Ended::NotPersistent } => Some(SettingKey::REMEMBER_ME),
            _ => None,
        }
    }

    /// What helps.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::SignInRequired | Self::SessionEnded { .. } => Remedy::SignIn,
            Self::SecondStepRequired => Remedy::SecondStep,
            Self::EnrolmentRequired { .. } => Remedy::Enrol,
            Self::NewPasswordRequired { .. } => Remedy::NewPassword,
            Self::StepUpRequired { .. } => Remedy::StepUp,
            Self::ChangeWaiting { .. } => Remedy::Confirm,
            Self::RoleRequired { .. }
            | Self::AddressNotAllowed { .. }
            | Self::SuperAdminSetting { .. }
            | Self::NotVerified
            | Self::Inactive
            | Self::Banned
            | Self::NotOnYourself
            | Self::FactorDisabled { .. } => Remedy::None,
            Self::ClaimsPaused { .. }
            | Self::CodesPaused { .. }
            | Self::AddressPaused { .. }
            | Self::Locked { .. }
            | Self::PresentPasswordPaused { .. }
            | Self::PasswordChangedLately { .. }
            | Self::CodeSentLately { .. }
            | Self::CodeSentElsewhere { .. }
            | Self::Busy { .. } => Remedy::Wait,
            Self::LocksYouOut { .. }
            | Self::WrongCredentials
            | Self::WrongCode { .. }
            | Self::WrongPasskey
            | Self::ChallengeExpired
            | Self::FactorOff { .. }
            | Self::LastFactor { .. }
            | Self::CaptchaUnsolved { .. }
            | Self::CaptchaLapsed { .. }
            | Self::LinkDead
            | Self::LinkUsed
            | Self::LinkExpired { .. } => Remedy::TryAgain,
        }
    }
}

#[cfg(test)]
mod tests;
