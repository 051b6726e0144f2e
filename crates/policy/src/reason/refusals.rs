//! Every refusal there is: its fields, and in its row what needs no words of its own.
use super::{
    Ended, Remedy,
    declare::{Row, refusals},
};
use crate::{
    Role, SettingKey, Timestamp,
    decide::{code::Code, file::FileProblem, idea::IdeaState, quota::Quota},
};
use serde::{Deserialize, Serialize};

refusals! {
    /// Why something was not done.
    pub enum Refusal {
        /// Nobody is signed in.
        SignInRequired = "sign-in-required", 401, SignIn, "Sign in to go on";
        /// The session is over.
        SessionEnded {
            /// Why it is over.
            ended: Ended,
        } = "session-ended", 401, SignIn, "Your session has ended", setting: ended.setting();
        /// The password was right, and the second step is still to come.
        SecondStepRequired = "second-step-required", 401, SecondStep, "One more step";
        /// The member has to enrol a second factor first.
        EnrolmentRequired {
            /// The switch that requires it.
            by: SettingKey,
        } = "enrolment-required", 403, Enrol, "Set up two-factor authentication", setting: Some(*by);
        /// The member has to choose a new password first.
        NewPasswordRequired {
            /// The setting that asks for it.
            by: SettingKey,
        } = "new-password-required", 403, NewPassword, "Choose a new password", setting: Some(*by);
        /// The password was changed too short a time ago.
        PasswordChangedLately {
            /// The interval.
            by: SettingKey,
            /// How long it takes from now until it may be changed again, in seconds.
            seconds: i64,
        } = "password-changed-lately", 403, Wait, "Not changed", setting: Some(*by);
        /// The member's role does not reach there.
        RoleRequired {
            /// The least role that does.
            needed: Role,
        } = "role-required", 403, None, "This page is for admins", takes_the_page: true;
        /// The admin pages can't be reached from this address.
        AddressNotAllowed {
            /// The list that the address is not on.
            by: SettingKey,
        } = "address-not-allowed", 403, None, "Not from this address", setting: Some(*by), takes_the_page: true;
        /// After this save the person who saves could not reach the admin pages from where they are.
        LocksYouOut {
            /// The setting that would do it.
            by: SettingKey,
            /// The address that they come from, where it can be told.
            address: Option<String>,
            /// Whether they typed something else than the words by which they would save all the same.
            #[serde(default)]
            misspelt: bool,
            /// Whether no super-admin could reach the settings either, so that no words save it.
            #[serde(default)]
            nobody_left: bool,
        } = "locks-you-out", 403, TryAgain, "This would lock you out", setting: Some(*by);
        /// Only a super-admin may change this setting.
        SuperAdminSetting {
            /// The setting.
            setting: SettingKey,
        } = "super-admin-setting", 403, None, "Only a super-admin can change this", setting: Some(*setting);
        /// Only a super-admin may give this setting a value that protects less.
        WeakensProtection {
            /// The setting.
            setting: SettingKey,
        } = "weakens-protection", 403, None, "Only a super-admin can weaken this", setting: Some(*setting);
        /// After this save super-admins could not reach the admin pages from where they were last seen, and somebody
        /// below them saves.
        ShutsOutSuperAdmins {
            /// The setting that would do it.
            by: SettingKey,
            /// Their addresses of e-mail.
            members: Vec<String>,
        } = "shuts-out-super-admins", 403, None, "This would shut a super-admin out", setting: Some(*by);
        /// A change waits to be confirmed, and nothing is saved on top of it.
        ChangeWaiting {
            /// When it goes back by itself.
            until: Timestamp,
        } = "change-waiting", 409, Confirm, "A change waits to be confirmed", until: Some(*until);
        /// The e-mail address or the password is not right; which of them is not said.
        WrongCredentials = "wrong-credentials", 422, TryAgain, "Not signed in";
        /// The code is not right, or was used before.
        WrongCode {
            /// Which kind of code it should have been.
            of: Code,
        } = "wrong-code", 422, TryAgain, "Wrong code";
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
        } = "locked", 429, Wait, "Locked for a while", setting: Some(*by), until: Some(*until), form_waits: Some(*prompt);
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
        } = "present-password-paused", 429, Wait, "Too many wrong passwords", setting: Some(*by), until: Some(*until), form_waits: Some(*prompt);
        /// Too many claims that nobody confirmed: claiming is locked for a while, signing in is not.
        ClaimsPaused {
            /// The limit that was reached.
            by: SettingKey,
            /// How long it takes from now until the next claim is taken, in seconds.
            seconds: i64,
        } = "claims-paused", 429, Wait, "Too many claims", setting: Some(*by);
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
        } = "codes-paused", 429, Wait, "Too many wrong codes", setting: Some(*by), until: Some(*until), form_waits: Some(*seconds);
        /// So many wrong codes within a day that none is taken for a day, whoever lifts the other locks.
        CodesUsedUp {
            /// When the next code is taken.
            until: Timestamp,
            /// How long that is from now, in seconds.
            seconds: i64,
            /// Whether the member has a passkey, which still works.
            passkeys: bool,
        } = "codes-used-up", 429, Wait, "Too many wrong codes", until: Some(*until), form_waits: Some(*seconds);
        /// So many wrong codes in a row that the factor no longer works (NIST SP 800-63B-4 §3.2.2).
        FactorDisabled {
            /// Whether the member has a passkey, which still works.
            passkeys: bool,
        } = "factor-disabled", 403, None, "Codes no longer work here";
        /// The passkey could not be verified.
        WrongPasskey = "wrong-passkey", 422, TryAgain, "Passkey not accepted";
        /// The passkey was a synced one when it was added, and says that it is not.
        PasskeyNotSynced = "passkey-not-synced", 422, TryAgain, "Passkey not accepted";
        /// The challenge was used before or has expired.
        ChallengeExpired = "challenge-expired", 422, TryAgain, "That took too long";
        /// New factors of this kind are turned off.
        FactorOff {
            /// The switch that turned them off.
            by: SettingKey,
        } = "factor-off", 403, TryAgain, "Turned off for this workspace", setting: Some(*by);
        /// The only factor that satisfies the policy can't be removed.
        LastFactor {
            /// The switch that requires it.
            by: SettingKey,
        } = "last-factor", 403, TryAgain, "You need this one", setting: Some(*by);
        /// The link was used before, has expired, or never existed.
        LinkDead = "link-dead", 410, TryAgain, "This link no longer works";
        /// A newer link has taken the place of this one; said to whoever has it.
        LinkSuperseded {
            /// When the newer one was sent.
            at: Timestamp,
        } = "link-superseded", 410, TryAgain, "There is a newer link", until: Some(*at);
        /// The link passes the second step of a sign-in that another browser began.
        LinkOfAnotherBrowser = "link-of-another-browser", 409, TryAgain, "This is not the browser";
        /// A member got a mail of this kind too short a time ago, from whoever asked for it.
        MailedLately {
            /// How long it takes from now until another one can be sent, in seconds.
            seconds: i64,
        } = "mailed-lately", 429, Wait, "Not sent";
        /// Too many passwords were chosen by a grant that can't be chosen again.
        GrantUsedUp = "grant-used-up", 410, TryAgain, "Ask for a new link";
        /// The link was used before; said to nobody but the member it was sent to.
        LinkUsed = "link-used", 410, TryAgain, "This link was used already";
        /// The link has expired; said to nobody but the member it was sent to.
        LinkExpired {
            /// The setting that says how long such links work, where one does.
            by: Option<SettingKey>,
        } = "link-expired", 410, TryAgain, "This link has expired", setting: *by;
        /// The act asks for a proof of who somebody is that is more recent than the one they gave.
        StepUpRequired {
            /// How old the latest proof may be.
            by: SettingKey,
        } = "step-up-required", 403, StepUp, "Confirm that it is you", setting: Some(*by);
        /// The member's address was never proved to be theirs.
        NotVerified = "not-verified", 403, None, "Confirm your address first";
        /// They were invited, or have asked to join, and are no member yet; said to themselves.
        NotAMemberYet = "not-a-member-yet", 403, None, "Not a member yet";
        /// They were invited, or have asked to join, and are no member yet; said to an admin.
        StillPending = "still-pending", 409, None, "Not a member yet";
        /// Nobody gives a role above their own.
        RoleAboveYours {
            /// The role.
            role: Role,
        } = "role-above-yours", 403, TryAgain, "Not this role";
        /// Addresses of this domain can't join.
        DomainRefused {
            /// The list that decided.
            by: SettingKey,
            /// The domain.
            domain: String,
        } = "domain-refused", 403, TryAgain, "Not this address", setting: Some(*by);
        /// Some lines of a list can't be used, and nobody said that the others are to be.
        ListNotClean {
            /// How many can't.
            lines: usize,
        } = "list-not-clean", 422, TryAgain, "Nobody was invited";
        /// Nobody may ask to join.
        RegistrationClosed {
            /// The setting that decided.
            by: SettingKey,
        } = "registration-closed", 403, None, "Registration is closed", setting: Some(*by);
        /// Whoever has asked to join has to be let in by somebody first.
        ApprovalRequired {
            /// The setting that decided.
            by: SettingKey,
        } = "approval-required", 403, None, "Somebody has to decide first", setting: Some(*by);
        /// Somebody else has decided about whoever has asked to join.
        AlreadyDecided {
            /// Whether they were let in.
            approved: bool,
            /// The address of who decided.
            by: String,
        } = "already-decided", 409, None, "Decided already";
        /// Somebody else has decided about the idea.
        IdeaDecided {
            /// Whether it was approved.
            approved: bool,
            /// The address of who decided.
            by: String,
        } = "idea-decided", 409, None, "Decided already";
        /// The idea is in a state in which this is not done.
        IdeaNotOpen {
            /// The state.
            state: IdeaState,
        } = "idea-not-open", 409, None, "Not as it is now";
        /// Only its author changes an idea.
        NotYourIdea = "not-your-idea", 403, None, "Not your idea";
        /// Only moderators of the community decide about its ideas.
        ModeratorRequired = "moderator-required", 403, None, "For moderators";
        /// A member's request to have their second step removed is too young to be granted.
        HelpWaits {
            /// The setting that says how long it waits.
            by: SettingKey,
            /// From when it may be granted.
            until: Timestamp,
        } = "help-waits", 403, Wait, "Not yet", setting: Some(*by), until: Some(*until);
        /// The request was granted, refused or cancelled before, or it has lapsed.
        HelpSettled = "help-settled", 409, None, "That request no longer waits";
        /// Whoever has invited them may no longer give the role that they were invited to.
        InvitationVoid = "invitation-void", 410, None, "This invitation no longer holds";
        /// The member was deactivated.
        Inactive = "inactive", 403, None, "This account is not active";
        /// The member was deactivated since nobody used their account.
        Unused {
            /// Whether a mail is on its way by which they can activate it again.
            by_mail: bool,
        } = "unused", 403, None, "This account was not used for too long", setting: Some(SettingKey::MEMBERS_MAX_INACTIVE);
        /// The member was banned.
        Banned = "banned", 403, None, "This account was banned";
        /// Nobody does that to themselves.
        NotOnYourself = "not-on-yourself", 403, None, "Not on yourself";
        /// A code was sent too short a time ago to send another one.
        CodeSentLately {
            /// How long it takes from now until another one can be sent, in seconds.
            seconds: i64,
        } = "code-sent-lately", 429, Wait, "A code is on its way";
        /// A code was sent a short time ago for another try to sign in, where alone it works.
        CodeSentElsewhere {
            /// How long it takes from now until one can be sent for this one, in seconds.
            seconds: i64,
        } = "code-sent-elsewhere", 429, Wait, "Not yet", form_waits: Some(*seconds);
        /// The form has to bring a solved captcha, and brings none that counts.
        CaptchaUnsolved {
            /// The switch that asks for it.
            by: SettingKey,
        } = "captcha-unsolved", 422, TryAgain, "One check first", setting: Some(*by);
        /// The captcha that the form brings was solved, and has expired or was used before.
        CaptchaLapsed {
            /// The switch that asks for it.
            by: SettingKey,
        } = "captcha-lapsed", 422, TryAgain, "One check more", setting: Some(*by);
        /// Too many tries came from the network address, at whatever accounts.
        AddressPaused {
            /// How many one account may make; an address may make twenty times as many.
            by: SettingKey,
            /// How long it takes from now until the next one is looked at, in seconds.
            seconds: i64,
        } = "address-paused", 429, Wait, "Too many tries from here", setting: Some(*by);
        /// Too many requests of one kind came from the network address within a minute.
        TooManyRequests {
            /// When the next one is taken, in seconds.
            retry_after: u32,
        } = "too-many-requests", 429, Wait, "Too many requests from here", retry_after: Some(*retry_after);
        /// There are as many of them as there may be.
        QuotaReached {
            /// What there are so many of.
            of: Quota,
        } = "quota-reached", 409, TryAgain, "As many as there may be";
        /// A file is of no kind that may be uploaded.
        FileRefused {
            /// The list that decided.
            by: SettingKey,
            /// Why.
            why: FileProblem,
            /// The extensions that may be uploaded.
            allowed: Vec<String>,
        } = "file-refused", 422, TryAgain, "Not this file", setting: Some(*by);
        /// A file is larger than what is taken.
        FileTooLarge {
            /// How large one may be, in MiB.
            most: u32,
        } = "file-too-large", 422, TryAgain, "Too large";
        /// The disk has no room for a file.
        StorageFull = "storage-full", 507, TryAgain, "No room for it just now";
        /// The assessor has submitted theirs.
        AssessmentSubmitted = "assessment-submitted", 409, None, "Submitted already";
        /// The assessment is closed.
        AssessmentClosed = "assessment-closed", 409, None, "Closed";
        /// Whoever has not finished an assessment was reminded too short a time ago.
        RemindedLately = "reminded-lately", 409, None, "Reminded already";
        /// More sign-ins at once than this server takes.
        Busy {
            /// When to try again, in seconds.
            retry_after: u32,
        } = "busy", 503, Wait, "Busy just now", form_waits: Some(i64::from(*retry_after)), retry_after: Some(*retry_after);
    }
}
