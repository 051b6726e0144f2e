//! What each refusal says: what happened, and what helps.
use super::{Refusal, quota::quota_reached};
use crate::{
    SettingKey, Timestamp,
    decide::{code::Code, file::FileProblem, idea::IdeaState},
    words,
};

/// What a refusal says.
struct Words {
    detail: String,
    preview: Option<String>,
}

impl Words {
    fn new(detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), preview: None }
    }

    /// Adds what it says instead while it has not happened yet.
    fn foretold_as(self, preview: impl Into<String>) -> Self {
        Self { preview: Some(preview.into()), ..self }
    }
}

impl From<&str> for Words {
    fn from(detail: &str) -> Self {
        Self::new(detail)
    }
}

impl From<String> for Words {
    fn from(detail: String) -> Self {
        Self::new(detail)
    }
}

impl Refusal {
    /// What happened and what the person can do now, in plain words.
    pub fn detail(&self) -> String {
        self.words().detail
    }

    /// What it says to whoever would run into it after a save, and has not yet.
    pub fn preview(&self) -> String {
        let Words { detail, preview } = self.words();
        preview.unwrap_or(detail)
    }

    /// What it says where earlier settings were to come back, which nobody changes on the way.
    pub fn of_earlier(&self) -> String {
        let Self::LocksYouOut { address, misspelt, nobody_left: false, .. } = self else { return self.detail() };
        format!(
            "{} Do it with confirmation, or type “lock me out” to do it all the same.",
            kept_out(address.as_deref(), *misspelt)
        )
    }

    /// What it says to a program, which can neither save with confirmation nor type words.
    pub fn to_a_program(&self) -> String {
        let Self::LocksYouOut { address, nobody_left: false, .. } = self else { return self.detail() };
        format!(
            "{} Add it to the list, or save this change on the Security tab, with confirmation.",
            kept_out(address.as_deref(), false)
        )
    }

    #[expect(clippy::too_many_lines, reason = "all words stand in one place, where whoever looks for them finds them")]
    fn words(&self) -> Words {
        match self {
            Self::SignInRequired => "You are not signed in. Sign in, and you come back to where you were going.".into(),
            Self::SessionEnded { ended } => Words::new(ended.in_words()).foretold_as(ended.foretold()),
            Self::SecondStepRequired => "Your password was right. Pass the second step to finish signing in.".into(),
            Self::EnrolmentRequired { .. } => {
                Words::new("Two-factor authentication is required by your organisation. Set it up to continue.").foretold_as(
                    "You have not set up two-factor authentication yourself: that is the first thing you will be asked to do.",
                )
            }
            Self::NewPasswordRequired { by: SettingKey::PASSWORDS_MAX_AGE } => {
                Words::new("Your organisation asks for a new password from time to time, and yours has reached that age. Choose a new one to continue.")
                    .foretold_as("You will have to choose a new password first: yours has reached that age.")
            }
            Self::NewPasswordRequired { .. } => {
                Words::new("Your password is less than your organisation asks for by now. Choose a new one to continue.")
                    .foretold_as("You will have to choose a new password first: yours is less than is asked for.")
            }
            Self::PasswordChangedLately { seconds, .. } => format!(
                "You changed your password a short while ago. You can change it again in {}. If somebody else may know it, ask an admin to reset it.",
                words::about_seconds(*seconds)
            ).into(),
            Self::Locked { until, seconds, passkeys, .. } => locked(*until, *seconds, *passkeys).into(),
            Self::PresentPasswordPaused { until, seconds, .. } => present_password_paused(*until, *seconds).into(),
            Self::RoleRequired { needed } => format!(
                "Your account does not have the role for this. It needs the role {} or higher; a super-admin of this workspace can give it to you.",
                needed.label()
            ).into(),
            Self::AddressNotAllowed { .. } => {
                Words::new("Access to the admin panel is restricted by IP allowlist. Come back from an address that is on the list, for example the office or the VPN; the rest of Bailey works from here.")
                    .foretold_as("You are not on this list yourself: after saving you can't reach the admin pages from where you are.")
            }
            Self::LocksYouOut { address, nobody_left: true, .. } => {
                format!("{} Add it: no other super-admin was last seen at an address on the list, so nobody could reach the settings.", kept_out(address.as_deref(), false)).into()
            }
            Self::LocksYouOut { address, misspelt, .. } => {
                format!("{} Add it, save with confirmation, or type “lock me out” to save all the same.", kept_out(address.as_deref(), *misspelt)).into()
            }
            Self::ChangeWaiting { until } => format!(
                "The last change waits to be confirmed, and goes back by itself at {}. Nothing is saved on top of it: confirm it or put it back first.",
                words::clock(*until)
            ).into(),
            Self::SuperAdminSetting { setting } => format!(
                "“{}” was not changed, because only a super-admin may change it. Ask a super-admin, or leave that field as it was.",
                setting.setting().map_or(setting.as_str(), |s| s.label)
            ).into(),
            Self::WeakensProtection { setting } => format!(
                "Nothing was saved: “{}” protects super-admins, too, so only a super-admin may weaken it. Ask a super-admin, or leave that field as it was; everybody who may save can make it stricter.",
                setting.setting().map_or(setting.as_str(), |s| s.label)
            ).into(),
            Self::ShutsOutSuperAdmins { members, .. } => format!(
                "Nothing was saved: after it, {} could not reach the admin pages from where they last signed in, or it is not known from where they come. Add their addresses, or ask a super-admin to save it.",
                members.join(", ")
            ).into(),
            Self::WrongCredentials => "Email or password is not right.".into(),
            Self::WrongCode { of } => format!("{} {}", of.wrong(), after_wrong_code(*of)).into(),
            Self::ClaimsPaused { seconds, .. } => format!(
                "This address was claimed too often, and nobody has confirmed it. Try again in {}; signing in still works.",
                words::about_seconds(*seconds)
            ).into(),
            Self::CodesPaused { until, seconds, passkeys, .. } => codes_paused(*until, *seconds, *passkeys).into(),
            Self::CodesUsedUp { until, seconds, passkeys } => format!(
                "Fifty wrong codes were typed within a day. No code is taken for {}, until {}, and no admin can change that.{}",
                words::about_seconds(*seconds),
                words::clock(*until),
                if *passkeys { " Your passkey still works." } else { "" }
            ).into(),
            Self::FactorDisabled { passkeys } => format!(
                "After a hundred wrong codes in a row, codes no longer work for this account. {} an admin to reset your two-factor authentication.",
                if *passkeys { "Use your passkey, or ask" } else { "Ask" }
            ).into(),
            Self::WrongPasskey => "That passkey was not accepted. Try again, or sign in another way.".into(),
            Self::PasskeyNotSynced => {
                "That passkey was synced between your devices when it was added, and now says that it stays on one. So it was not accepted. Sign in in another way, remove it under “My profile”, “Two-factor”, and add it again.".into()
            }
            Self::ChallengeExpired => "The request to your passkey had expired or was used already. Try again.".into(),
            Self::FactorOff { by } => format!(
                "Your organisation has turned off “{}”, so it can't be used for this.",
                by.setting().map_or(by.as_str(), |s| s.label)
            ).into(),
            Self::LastFactor { .. } => {
                "Your organisation requires two-factor authentication, and this is your only factor. Add another one first, then remove this one.".into()
            }
            Self::LinkDead => "This link no longer works: it was used already, has expired, or is not complete. Ask for a new one.".into(),
            Self::LinkSuperseded { at } => format!(
                "A newer link took the place of this one at {}, and only the latest one works. Use that one; if its mail has not arrived, have another one sent.",
                words::clock(*at)
            ).into(),
            Self::LinkOfAnotherBrowser => "This link passes the second step only in the browser in which you are signing in, and this is another one, or your sign-in was given up there. Nothing was used up: open the link in that browser, or type the code of the same mail there. If you are not signing in, do nothing.".into(),
            Self::MailedLately { seconds } => format!(
                "They got such a mail a short while ago, and its link still works. Another one can be sent in {}.",
                words::about_seconds(*seconds)
            ).into(),
            Self::GrantUsedUp => "Nothing was changed: five of the passwords that you chose were earlier ones of yours, which can't be chosen again. Ask for a new link, and choose one that you have not used here before.".into(),
            Self::LinkUsed => "This link was used already: each works once. If it was not you who used it, change your password and tell an admin.".into(),
            Self::LinkExpired { by: Some(SettingKey::LINKS_PASSWORDLESS) } => {
                "The time in which you could choose a new password is over. Ask for a new link.".into()
            }
            Self::LinkExpired { .. } => "This link has expired. Ask for a new one.".into(),
            Self::NotVerified => {
                "Your address is not confirmed yet. Open the link in the mail that we have sent you, then sign in. Whenever you sign in with your password, you can get that mail again.".into()
            }
            Self::NotAMemberYet => {
                "You have not joined yet. Open the link in the mail that we have sent you; where an admin has to approve you first, wait for their answer.".into()
            }
            Self::StillPending => {
                "Nothing was changed: they have not joined yet. On the page “Invitations” you can send the mail again, or withdraw it.".into()
            }
            Self::RoleAboveYours { role } => format!(
                "Nothing was done: {} is a role above your own, and nobody gives one above their own. Choose a lesser role, or ask somebody who has that one.",
                role.label()
            ).into(),
            Self::DomainRefused { domain, .. } => format!(
                "Addresses of {domain} can't join this workspace. Use an address of another domain, or ask an admin."
            ).into(),
            Self::ListNotClean { lines } => format!(
                "Nobody was invited, because {} can't be used. Mend the list, or tick the box to invite the others all the same.",
                words::count(i64::try_from(*lines).unwrap_or(i64::MAX), "line")
            ).into(),
            Self::RegistrationClosed { .. } => {
                "Nobody can register here by themselves. Ask somebody who looks after this workspace to invite you.".into()
            }
            Self::ApprovalRequired { .. } => {
                "By now somebody has to decide who joins. Register again, and you get a mail once that is done.".into()
            }
            Self::AlreadyDecided { approved, by } => format!(
                "Nothing was changed: {by} has {} them already.",
                if *approved { "approved" } else { "rejected" }
            ).into(),
            Self::IdeaDecided { approved, by } => format!(
                "Nothing was changed: {by} has {} this idea already.",
                if *approved { "approved" } else { "rejected" }
            ).into(),
            Self::IdeaNotOpen { state } => match state {
                IdeaState::Draft => "Nothing was done: its author has not submitted this idea.",
                IdeaState::Pending => "Nothing was done: this idea waits until a moderator has decided about it.",
                IdeaState::Approved => "Nothing was done: this idea was approved, and stays as it was read then.",
                IdeaState::Rejected => "Nothing was done: this idea was rejected. Its author can change it and submit it again.",
            }.into(),
            Self::NotYourIdea => "Nothing was changed: only its author changes an idea. You can say what you think in a comment.".into(),
            Self::ModeratorRequired => {
                "Moderators of a community decide about its ideas, and you are none. Ask an admin if you should be.".into()
            }
            Self::HelpWaits { until, .. } => format!(
                "Nothing was changed: the request can be granted from {} on. Until then its member can see the mail about it, and cancel it.",
                words::clock(*until)
            ).into(),
            Self::HelpSettled => {
                "Nothing was changed: the request was granted, refused or cancelled meanwhile, or it has lapsed. Look at the list as it is now.".into()
            }
            Self::InvitationVoid => {
                "Whoever has invited you may no longer give the role that this is for, so the invitation no longer holds. Ask them, or another admin of the workspace, to invite you again.".into()
            }
            Self::Inactive => {
                "This account is not active. An admin of this workspace can activate it again.".into()
            }
            Self::Unused { by_mail: true } => {
                "This account was deactivated, since nobody had used it for a long time. We have sent you a mail: its link makes it active again.".into()
            }
            Self::Unused { by_mail: false } => {
                "This account was deactivated, since nobody had used it for a long time. An admin of this workspace can activate it again.".into()
            }
            Self::Banned => {
                "This account was banned. If you think that this is a mistake, ask an admin of this workspace.".into()
            }
            Self::NotOnYourself => {
                "Nothing was changed: you can't do that to your own account. Ask another admin.".into()
            }
            Self::StepUpRequired { .. } => {
                "This change can do harm in the wrong hands, and it has been a while since you proved who you are. Confirm that it is you, then go on.".into()
            }
            Self::CodeSentLately { seconds } => format!(
                "A code was sent to you a short while ago. Look for it in your mailbox; another one can be sent in {}.",
                words::about_seconds(*seconds)
            ).into(),
            Self::CodeSentElsewhere { seconds } => format!(
                "The code that was sent to you a short while ago works only for the try to sign in that it was sent for. One for this try can be sent in {}.",
                words::about_seconds(*seconds)
            ).into(),
            Self::CaptchaUnsolved { .. } => {
                "Before this form is looked at, your browser has to solve a small puzzle: see below.".into()
            }
            Self::CaptchaLapsed { .. } => captcha_lapsed().into(),
            Self::AddressPaused { seconds, .. } => format!(
                "Too many tries came from your network address, perhaps not yours. Try again in {}. A passkey still works, and so does a browser that you have signed in with before.",
                words::about_seconds(*seconds)
            ).into(),
            Self::TooManyRequests { retry_after } => format!(
                "Too many requests of this kind came from your network address, perhaps not yours. Try again in {}.",
                words::about_seconds((*retry_after).into())
            ).into(),
            Self::QuotaReached { of } => quota_reached(*of).into(),
            Self::FileRefused { why, allowed, .. } => file_refused(why, allowed).into(),
            Self::FileTooLarge { most } => format!(
                "The file is larger than {most} MB, and nothing of it was stored. Make it smaller, and choose it again."
            ).into(),
            Self::StorageFull => {
                "The disk of this server has no room for the file, and nothing of it was stored. Tell whoever runs this server, and try again later.".into()
            }
            Self::AssessmentSubmitted => {
                "You have submitted your assessment already, so nothing was changed.".into()
            }
            Self::AssessmentClosed => {
                "This assessment is closed, so nothing more is taken. What you had saved before stays.".into()
            }
            Self::RemindedLately => {
                "Nobody was reminded: whoever has not answered yet was mailed about it within the last day.".into()
            }
            Self::Busy { retry_after } => format!(
                "Many people are signing in at this moment. Nothing was lost: try again in {}.",
                words::about_seconds((*retry_after).into())
            ).into(),
        }
    }
}

/// Why nothing was saved that would keep its author out.
fn kept_out(address: Option<&str>, misspelt: bool) -> String {
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

/// Why a file was not taken, and which are.
fn file_refused(why: &FileProblem, allowed: &[String]) -> String {
    let why = match why {
        FileProblem::NoExtension => "Its name does not end in what kind of file it is.".to_owned(),
        FileProblem::Extension { extension } => format!("Files whose name holds “.{extension}” are not taken here."),
        FileProblem::Content { extension } => format!("It does not hold what a “{extension}” file holds."),
        FileProblem::TwoKinds => "It is a file of two kinds at once.".to_owned(),
    };
    format!("The file was not stored. {why} These can be uploaded: {}.", allowed.join(", "))
}
