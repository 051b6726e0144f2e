//! What each refusal says: its heading, and what happened and what helps.
use super::Refusal;
use crate::{SettingKey, Timestamp, decide::code::Code, words};

impl Refusal {
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
            Self::PresentPasswordPaused { .. } => "Too many wrong passwords",
            Self::RoleRequired { .. } => "This page is for admins",
            Self::AddressNotAllowed { .. } => "Not from this address",
            Self::LocksYouOut { .. } => "This would lock you out",
            Self::ChangeWaiting { .. } => "A change waits to be confirmed",
            Self::SuperAdminSetting { .. } => "Only a super-admin can change this",
            Self::WrongCredentials => "Not signed in",
            Self::WrongCode { .. } => "Wrong code",
            Self::ClaimsPaused { .. } => "Too many claims",
            Self::CodesPaused { .. } => "Too many wrong codes",
            Self::FactorDisabled { .. } => "Codes no longer work here",
            Self::WrongPasskey => "Passkey not accepted",
            Self::ChallengeExpired => "That took too long",
            Self::FactorOff { .. } => "Turned off for this workspace",
            Self::LastFactor { .. } => "You need this one",
            Self::LinkDead => "This link no longer works",
            Self::LinkUsed => "This link was used already",
            Self::LinkExpired { .. } => "This link has expired",
            Self::NotVerified => "Confirm your address first",
            Self::Inactive => "This account is not active",
            Self::Banned => "This account was banned",
            Self::NotOnYourself => "Not on yourself",
            Self::StepUpRequired { .. } => "Confirm that it is you",
            Self::CodeSentLately { .. } => "A code is on its way",
            Self::CodeSentElsewhere { .. } => "Not yet",
            Self::CaptchaUnsolved { .. } => "One check first",
            Self::CaptchaLapsed { .. } => "One check more",
            Self::AddressPaused { .. } => "Too many tries from here",
            Self::Busy { .. } => "Busy just now",
        }
    }

    /// What it says where earlier settings were to come back, which nobody changes on the way.
    pub fn of_earlier(&self) -> String {
        match self {
            Self::LocksYouOut { address, misspelt, .. } => {
                format!(
                    "{} Do it with confirmation, or type “lock me out” to do it all the same.",
                    out(address.as_deref(), *misspelt)
                )
            }
            _ => self.detail(),
        }
    }

    /// What it says to a program, which can neither save with confirmation nor type words.
    pub fn to_a_program(&self) -> String {
        match self {
            Self::LocksYouOut { address, .. } => format!(
                "{} Add it to the list, or save this change on the Security tab, with confirmation.",
                out(address.as_deref(), false)
            ),
            _ => self.detail(),
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
            Self::Locked { until, seconds, passkeys, .. } => locked(*until, *seconds, *passkeys),
            Self::PresentPasswordPaused { until, seconds, .. } => present_password_paused(*until, *seconds),
            Self::RoleRequired { needed } => format!(
                "Your account does not have the role for this. It needs the role {} or higher; a super-admin of this workspace can give it to you.",
                needed.label()
            ),
            Self::AddressNotAllowed { .. } => {
                "Access to the admin panel is restricted by IP allowlist. Come back from an address that is on the list, for example the office or the VPN; the rest of Bailey works from here.".to_owned()
            }
            Self::LocksYouOut { address, misspelt, .. } => {
                format!("{} Add it, save with confirmation, or type “lock me out” to save all the same.", out(address.as_deref(), *misspelt))
            }
            Self::ChangeWaiting { until } => format!(
                "The last change waits to be confirmed, and goes back by itself at {}. Nothing is saved on top of it: confirm it or put it back first.",
                words::clock(*until)
            ),
            Self::SuperAdminSetting { setting } => format!(
                "“{}” was not changed, because only a super-admin may change it. Ask a super-admin, or leave that field as it was.",
                setting.setting().map_or(setting.as_str(), |s| s.label)
            ),
            Self::WrongCredentials => "Email or password is not right.".to_owned(),
            Self::WrongCode { of } => format!("{} {}", of.wrong(), after_wrong_code(*of)),
            Self::ClaimsPaused { seconds, .. } => format!(
                "This address was claimed too often, and nobody has confirmed it. Try again in {}; signing in still works.",
                words::about_seconds(*seconds)
            ),
            Self::CodesPaused { until, seconds, passkeys, .. } => codes_paused(*until, *seconds, *passkeys),
            Self::FactorDisabled { passkeys } => format!(
                "After a hundred wrong codes in a row, codes no longer work for this account. {} an admin to reset your two-factor authentication.",
                if *passkeys { "Use your passkey, or ask" } else { "Ask" }
            ),
            Self::WrongPasskey => "That passkey was not accepted. Try again, or sign in another way.".to_owned(),
            Self::ChallengeExpired => "The request to your passkey had expired or was used already. Try again.".to_owned(),
            Self::FactorOff { by } => format!(
                "Your organisation has turned off “{}”, so it can't be used for this.",
                by.setting().map_or(by.as_str(), |s| s.label)
            ),
            Self::LastFactor { .. } => {
                "Your organisation requires two-factor authentication, and this is your only factor. Add another one first, then remove this one.".to_owned()
            }
            Self::LinkDead => "This link no longer works: it was used already, has expired, or is not complete. Ask for a new one.".to_owned(),
            Self::LinkUsed => "This link was used already, or a newer one took its place: each works once. If it was not you who used it, change your password and tell an admin.".to_owned(),
            Self::LinkExpired { by: Some(SettingKey::PASSWORDLESS) } => {
                "The time in which you could choose a new password is over. Ask for a new link.".to_owned()
            }
            Self::LinkExpired { .. } => "This link has expired. Ask for a new one.".to_owned(),
            Self::NotVerified => {
                "Your address is not confirmed yet. Open the link in the mail that we have sent you, then sign in. Whenever you sign in with your password, you can get that mail again.".to_owned()
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
            Self::CodeSentElsewhere { seconds } => format!(
                "The code that was sent to you a short while ago works only for the try to sign in that it was sent for. One for this try can be sent in {}.",
                words::about_seconds(*seconds)
            ),
            Self::CaptchaUnsolved { .. } => {
                "Before this form is looked at, your browser has to solve a small puzzle: see below.".to_owned()
            }
            Self::CaptchaLapsed { .. } => captcha_lapsed(),
            Self::AddressPaused { seconds, .. } => format!(
                "Too many tries came from your network address, perhaps not yours. Try again in {}. A passkey still works, and so does a browser that you have signed in with before.",
                words::about_seconds(*seconds)
            ),
            Self::Busy { retry_after } => format!(
                "Many people are signing in at this moment. Nothing was lost: try again in {}.",
                words::about_seconds((*retry_after).into())
            ),
        }
    }
}

/// Why nothing was saved that would keep its author out.
fn out(address: Option<&str>, misspelt: bool) -> String {
    format!(
        "Nothing was saved, because this list would keep you out of the admin pages: {} is not on it.{}",
        address.map_or_else(
            || "your address can't be told, and".to_owned(),
            |address| format!("your own address {address}")
        ),
        if misspelt { " The words that you typed did not match." } else { "" }
    )
}

/// What helps after a wrong code, as long as another one is taken.
const fn after_wrong_code(of: Code) -> &'static str {
    match of {
        Code::Authenticator => "Wait for the next code and try again.",
        Code::Emailed => "Take it from the latest mail, or ask for another code.",
        Code::Recovery => "Try another one of them.",
    }
}

fn codes_paused(until: Timestamp, seconds: i64, passkeys: bool) -> String {
    format!(
        "Too many wrong codes. No code is taken for {}, until {}. {} admin can unlock it earlier.",
        words::about_seconds(seconds),
        words::clock(until),
        if passkeys { "Your passkey still works, and an" } else { "An" }
    )
}

fn locked(until: Timestamp, seconds: i64, passkeys: bool) -> String {
    format!(
        "Too many wrong passwords. Signing in is locked for {}, until {}. {}The owner of the account can unlock it earlier by the mail that they have got about it, and so can an admin.",
        words::about_seconds(seconds),
        words::clock(until),
        if passkeys { "A passkey still works. " } else { "" }
    )
}

fn present_password_paused(until: Timestamp, seconds: i64) -> String {
    format!(
        "Your password was typed wrong too often. None is looked at here for {}, until {}. The mail that we have sent you about it lets you go on earlier, and so can an admin.",
        words::about_seconds(seconds),
        words::clock(until)
    )
}

fn captcha_lapsed() -> String {
    "The puzzle of this form had expired, or was used before. Your browser solves a new one below: send the form again."
        .to_owned()
}
