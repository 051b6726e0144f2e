//! Why not: each refusal names the setting that decided it, and has words for the person.
mod ended;

pub use ended::Ended;

use crate::{Role, SettingKey, Timestamp, time::Span, words};
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
    },
    /// Only a super-admin may change this setting.
    SuperAdminSetting {
        /// The setting.
        setting: SettingKey,
    },
    /// The e-mail address or the password is not right; which of them is not said.
    WrongCredentials,
    /// The code is not right, or was used before.
    WrongCode,
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
    },
    /// So many wrong codes in a row that the factor no longer works (NIST SP 800-63B-4 §3.2.2).
    FactorDisabled,
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
    /// The form has to bring a solved captcha, and brings none that counts.
    CaptchaUnsolved {
        /// The switch that asks for it.
        by: SettingKey,
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
    /// Nothing that this person can do at once.
    None,
    /// Waiting helps.
    Wait,
    /// Trying again with something else helps.
    TryAgain,
}

impl Refusal {
    /// A refusal of codes until `until`, seen from `now`.
    pub const fn codes_paused(until: Timestamp, now: Timestamp) -> Self {
        let left: Span = until.since(now);
        Self::CodesPaused { by: SettingKey::LOCKOUT_TWO_FACTOR, until, seconds: left.whole_seconds() }
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
            Self::RoleRequired { .. } => "role-required",
            Self::AddressNotAllowed { .. } => "address-not-allowed",
            Self::LocksYouOut { .. } => "locks-you-out",
            Self::SuperAdminSetting { .. } => "super-admin-setting",
            Self::WrongCredentials => "wrong-credentials",
            Self::WrongCode => "wrong-code",
            Self::ClaimsPaused { .. } => "claims-paused",
            Self::CodesPaused { .. } => "codes-paused",
            Self::FactorDisabled => "factor-disabled",
            Self::WrongPasskey => "wrong-passkey",
            Self::ChallengeExpired => "challenge-expired",
            Self::FactorOff { .. } => "factor-off",
            Self::LastFactor { .. } => "last-factor",
            Self::LinkDead => "link-dead",
            Self::NotVerified => "not-verified",
            Self::Inactive => "inactive",
            Self::Banned => "banned",
            Self::NotOnYourself => "not-on-yourself",
            Self::StepUpRequired { .. } => "step-up-required",
            Self::CodeSentLately { .. } => "code-sent-lately",
            Self::CaptchaUnsolved { .. } => "captcha-unsolved",
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
            | Self::ClaimsPaused { by, .. }
            | Self::CodesPaused { by, .. }
            | Self::AddressNotAllowed { by }
            | Self::LocksYouOut { by, .. }
            | Self::FactorOff { by }
            | Self::StepUpRequired { by }
            | Self::CaptchaUnsolved { by }
            | Self::LastFactor { by } => Some(*by),
            Self::SuperAdminSetting { setting } => Some(*setting),
            Self::SessionEnded { ended: Ended::Idle { .. } } => Some(SettingKey::IDLE_TIMEOUT),
            Self::SessionEnded { ended: Ended::Lifetime { .. } } => Some(SettingKey::SESSION_LIFETIME),
            Self::SessionEnded { ended: Ended::Elsewhere } => Some(SettingKey::ALLOW_CONCURRENT),
            Self::SessionEnded { ended: Ended::NotKept } => Some(SettingKey::REMEMBER_ME),
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
            Self::RoleRequired { .. }
            | Self::AddressNotAllowed { .. }
            | Self::SuperAdminSetting { .. }
            | Self::NotVerified
            | Self::Inactive
            | Self::Banned
            | Self::NotOnYourself
            | Self::FactorDisabled => Remedy::None,
            Self::ClaimsPaused { .. }
            | Self::CodesPaused { .. }
            | Self::Locked { .. }
            | Self::PasswordChangedLately { .. }
            | Self::CodeSentLately { .. }
            | Self::Busy { .. } => Remedy::Wait,
            Self::LocksYouOut { .. }
            | Self::WrongCredentials
            | Self::WrongCode
            | Self::WrongPasskey
            | Self::ChallengeExpired
            | Self::FactorOff { .. }
            | Self::LastFactor { .. }
            | Self::CaptchaUnsolved { .. }
            | Self::LinkDead => Remedy::TryAgain,
        }
    }

    /// The heading.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::SignInRequired => "Sign in to go on",
            Self::SessionEnded { .. } => "Your session has ended",
            Self::SecondStepRequired => "One more step",
            Self::EnrolmentRequired { .. } => "Set up two-factor authentication",
            Self::NewPasswordRequired { .. } => "Choose a new password",
            Self::PasswordChangedLately { .. } => "Not changed",
            Self::Locked { .. } => "Locked for a while",
            Self::RoleRequired { .. } => "This page is for admins",
            Self::AddressNotAllowed { .. } => "Not from this address",
            Self::LocksYouOut { .. } => "This would lock you out",
            Self::SuperAdminSetting { .. } => "Only a super-admin can change this",
            Self::WrongCredentials => "Not signed in",
            Self::WrongCode => "Wrong code",
            Self::ClaimsPaused { .. } => "Too many claims",
            Self::CodesPaused { .. } => "Too many wrong codes",
            Self::FactorDisabled => "Codes no longer work here",
            Self::WrongPasskey => "Passkey not accepted",
            Self::ChallengeExpired => "That took too long",
            Self::FactorOff { .. } => "Turned off for this workspace",
            Self::LastFactor { .. } => "You need this one",
            Self::LinkDead => "This link no longer works",
            Self::NotVerified => "Confirm your address first",
            Self::Inactive => "This account is not active",
            Self::Banned => "This account was banned",
            Self::NotOnYourself => "Not on yourself",
            Self::StepUpRequired { .. } => "Confirm that it is you",
            Self::CodeSentLately { .. } => "A code is on its way",
            Self::CaptchaUnsolved { .. } => "One check first",
            Self::Busy { .. } => "Busy just now",
        }
    }

    /// What happened and what the person can do now, in plain words.
    pub fn detail(&self) -> String {
        match self {
            Self::SignInRequired => "You are not signed in. Sign in, and you come back to where you were going.".to_owned(),
            Self::SessionEnded { ended } => ended.in_words(),
            Self::SecondStepRequired => "Your password was right. Pass the second step to finish signing in.".to_owned(),
            Self::EnrolmentRequired { .. } => {
                "Two-factor authentication is required by your organisation. Set it up to continue.".to_owned()
            }
            Self::NewPasswordRequired { by: SettingKey::PASSWORD_MAX_AGE } => {
                "Your organisation asks for a new password from time to time, and yours has reached that age. Choose a new one to continue.".to_owned()
            }
            Self::NewPasswordRequired { .. } => {
                "Your password is less than your organisation asks for by now. Choose a new one to continue.".to_owned()
            }
            Self::PasswordChangedLately { seconds, .. } => format!(
                "You changed your password a short while ago. You can change it again in {}. If somebody else may know it, ask an admin to reset it.",
                words::about_seconds(*seconds)
            ),
            Self::Locked { until, seconds, .. } => format!(
                "Too many wrong passwords. Signing in is locked for {}, until {} UTC. A passkey still works; the mail that we have sent to the owner of the account unlocks it earlier, and so can an admin.",
                words::about_seconds(*seconds),
                words::clock(*until)
            ),
            Self::RoleRequired { needed } => format!(
                "Your account does not have the role for this. It needs the role {} or higher; a super-admin of this workspace can give it to you.",
                needed.label()
            ),
            Self::AddressNotAllowed { .. } => {
                "Access to the admin panel is restricted by IP allowlist. Come back from an address that is on the list, for example the office or the VPN; the rest of Bailey works from here.".to_owned()
            }
            Self::LocksYouOut { address, .. } => format!(
                "Nothing was saved, because this list would keep you out of the admin pages: {} is not on it. Add it, save with confirmation, or type “lock me out” to save all the same.",
                address.as_deref().map_or_else(|| "your address can't be told, and".to_owned(), |address| format!("your own address {address}"))
            ),
            Self::SuperAdminSetting { setting } => format!(
                "“{}” was not changed, because only a super-admin may change it. Ask a super-admin, or leave that field as it was.",
                setting.setting().map_or(setting.as_str(), |s| s.label)
            ),
            Self::WrongCredentials => "Email or password is not right.".to_owned(),
            Self::WrongCode => "That code is not right, or it was used before. Wait for the next code and try again.".to_owned(),
            Self::ClaimsPaused { seconds, .. } => format!(
                "This address was claimed too often, and nobody has confirmed it. Try again in {}; signing in still works.",
                words::about_seconds(*seconds)
            ),
            Self::CodesPaused { seconds, .. } => format!(
                "Too many wrong codes. Try again in {}, or use a passkey.",
                words::about_seconds(*seconds)
            ),
            Self::FactorDisabled => {
                "After a hundred wrong codes in a row, codes no longer work for this account. Sign in with a passkey, or ask an admin to reset your two-factor authentication.".to_owned()
            }
            Self::WrongPasskey => "That passkey was not accepted. Try again, or sign in another way.".to_owned(),
            Self::ChallengeExpired => "The request to your passkey had expired or was used already. Try again.".to_owned(),
            Self::FactorOff { by } => format!(
                "Your organisation has turned off “{}”, so it can't be set up now.",
                by.setting().map_or(by.as_str(), |s| s.label)
            ),
            Self::LastFactor { .. } => {
                "Your organisation requires two-factor authentication, and this is your only factor. Add another one first, then remove this one.".to_owned()
            }
            Self::LinkDead => "This link no longer works: it was used already, has expired, or is not complete. Ask for a new one.".to_owned(),
            Self::NotVerified => {
                "Your address is not confirmed yet. Press the button in the mail that we have sent you, then sign in. Whenever you sign in with your password, you can get that mail again.".to_owned()
            }
            Self::Inactive => {
                "This account is not active. An admin of this workspace can activate it again.".to_owned()
            }
            Self::Banned => {
                "This account was banned. If you think that this is a mistake, ask an admin of this workspace.".to_owned()
            }
            Self::NotOnYourself => {
                "Nothing was changed: you can't do that to your own account. Ask another admin.".to_owned()
            }
            Self::StepUpRequired { .. } => {
                "This change can do harm in the wrong hands, and it has been a while since you proved who you are. Confirm that it is you, then go on.".to_owned()
            }
            Self::CodeSentLately { seconds } => format!(
                "A code was sent to you a short while ago. Look for it in your mailbox; another one can be sent in {}.",
                words::about_seconds(*seconds)
            ),
            Self::CaptchaUnsolved { .. } => {
                "Before this form is looked at, your browser has to solve a small puzzle. It does that by itself: wait until it says so below, then send the form again.".to_owned()
            }
            Self::Busy { retry_after } => format!(
                "Many people are signing in at this moment. Nothing was lost: try again in {}.",
                words::about_seconds((*retry_after).into())
            ),
        }
    }
}

#[cfg(test)]
mod tests;
