//! The forms that come back with everything that was typed, and what else only the answer to a form shows.
use super::form_parts::{Judge, ListReport, TypedReason, WaitingHelp, Way};
use crate::api::members::several::OneOfSeveral;
use crate::api::settings::view::{Conflict, ReviewView};
use crate::page::refusal_view::RefusalView;
use policy::decide::several::ActOnMembers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form that came back, or what a page without data of its own needs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Form {
    /// No form came back.
    #[default]
    None,
    /// `/sign-in`: the address as typed, and the words beside each field.
    SignIn {
        /// The address as typed, or as it is remembered.
        email: String,
        /// Whether the session is to outlive the browser.
        stay: bool,
        /// The captcha that the form has to bring solved, as JSON.
        captcha: Option<String>,
        /// The sealed password of a sign-in that was not looked at, which the page tries again by itself.
        again: Option<String>,
        /// Words by field name (`email`, `password`).
        errors: BTreeMap<String, String>,
    },
    /// `/forgot-password` and `/claim-account`.
    ForgotPassword {
        /// The address as typed.
        email: String,
        /// The captcha that the form has to bring solved, as JSON.
        captcha: Option<String>,
        /// Whether a mail is on its way, if somebody has the address.
        sent: bool,
        /// Words by field name (`email`).
        errors: BTreeMap<String, String>,
    },
    /// `/choose-password`.
    ChoosePassword {
        /// Whoever chooses, and what the password is judged by.
        judge: Judge,
        /// Words by field name (`password`).
        errors: BTreeMap<String, String>,
    },
    /// `/profile/step-up`.
    StepUp {
        /// By what it can be done.
        ways: Vec<Way>,
        /// Why it is asked for; `None` once it was done.
        why: Option<RefusalView>,
        /// Words by field name (`code`, `recovery_code`, `current`).
        errors: BTreeMap<String, String>,
    },
    /// `/profile/password`: nothing was changed.
    Password {
        /// Words by field name (`current`, `password`).
        errors: BTreeMap<String, String>,
    },
    /// `/sign-in/second-step`.
    SecondStep {
        /// The address that is signing in.
        email: String,
        /// By what it can be passed.
        ways: Vec<Way>,
        /// For how many days this browser may skip the step afterwards; 0 where none may.
        trust_days: u32,
        /// Their request to have it removed, where one waits.
        help: Option<WaitingHelp>,
        /// Words by field name (`code`, `recovery_code`).
        errors: BTreeMap<String, String>,
    },
    /// `/set-up`.
    SetUp {
        /// The one-time token, posted back in a hidden field.
        token: String,
        /// The name as typed.
        name: String,
        /// The address as typed.
        email: String,
        /// What the password is judged by.
        judge: Judge,
        /// Words by field name (`name`, `email`, `password`).
        errors: BTreeMap<String, String>,
    },
    /// `/register`.
    Register {
        /// The name as typed.
        name: String,
        /// The address as typed.
        email: String,
        /// The captcha that the form has to bring solved, as JSON.
        captcha: Option<String>,
        /// Whether somebody decides who joins.
        waits: bool,
        /// Whether a mail is on its way.
        sent: bool,
        /// Words by field name (`name`, `email`).
        errors: BTreeMap<String, String>,
    },
    /// `/admin/help-requests`: nothing was decided about a request.
    HelpRequest {
        /// Which request.
        id: String,
        /// The reason as typed.
        reason: String,
        /// The words beside the field.
        error: String,
    },
    /// `/admin/members/{id}/data`: nobody was erased.
    Erasure {
        /// The address as typed.
        email: String,
        /// The words beside the field.
        error: Option<String>,
    },
    /// `/admin/sessions`: nobody was signed out.
    EverybodysSessions {
        /// The words as typed.
        confirm: String,
        /// The words beside the field.
        error: Option<String>,
    },
    /// `/admin/invitations`: somebody who waits was not rejected.
    Rejection {
        /// Who.
        id: String,
        /// The reason as typed.
        reason: String,
        /// The words beside the field.
        error: String,
    },
    /// `/join`.
    Join {
        /// The name as typed, or as it is known.
        name: String,
        /// The role that they get, as a sentence shows it.
        role: String,
        /// Whoever joins, and what the password is judged by.
        judge: Judge,
        /// Words by field name (`name`, `password`).
        errors: BTreeMap<String, String>,
    },
    /// `/admin/invitations`: nobody was invited.
    Invitation {
        /// The name as typed.
        name: String,
        /// The address as typed.
        email: String,
        /// The role that was chosen.
        role: String,
        /// How they were to join: `invite` or `add`.
        joining: String,
        /// Words by field name (`name`, `email`, `role`).
        errors: BTreeMap<String, String>,
    },
    /// `/admin/invitations`: a list of people, and what becomes of each line.
    InvitationList {
        /// The list as typed, or as it stands in a file.
        people: String,
        /// The role of those for whom the list says none.
        role: String,
        /// Whether the good ones are to be invited although some lines can't be used.
        although: bool,
        /// What becomes of each line, where the list could be read.
        report: Option<ListReport>,
        /// Words by field name (`people`, `many_role`, `file`).
        errors: BTreeMap<String, String>,
    },
    /// `/link/{token}`: the link is live and does this when its button is pressed.
    Link {
        /// The token, which is also the last part of the address that the form posts to.
        token: String,
        /// What will happen, in a sentence.
        what: String,
        /// The words on the button.
        button: String,
        /// What the form brings along whose button has to be pressed once more; `None` where it was not pressed yet.
        once_more: Option<String>,
        /// The reason that it asks for; `None` where it asks for none.
        reason: Option<TypedReason>,
    },
    /// `/link/{token}`: the link only leads somewhere, and was sent to somebody else than who is signed in.
    OthersLink {
        /// The address that it was sent to.
        sent_to: String,
        /// Where it leads; a path of this site.
        leads_to: String,
    },
    /// `/ideas`: nothing was posted.
    Idea {
        /// The community that was chosen.
        community: String,
        /// The title as typed.
        title: String,
        /// The description as typed.
        body: String,
        /// Words by field name (`community`, `title`, `body`).
        errors: BTreeMap<String, String>,
    },
    /// `/ideas/{id}`: the idea was not changed.
    IdeaChange {
        /// The title as typed.
        title: String,
        /// The description as typed.
        body: String,
        /// Words by field name (`title`, `body`).
        errors: BTreeMap<String, String>,
    },
    /// `/ideas/{id}`: the comment was not posted.
    Comment {
        /// The comment as typed.
        comment: String,
        /// The words beside the field `comment`.
        error: Option<String>,
    },
    /// `/moderation` and `/ideas/{id}`: an idea was not rejected.
    IdeaRejection {
        /// Which.
        id: String,
        /// The reason as typed.
        reason: String,
        /// The words beside the field.
        error: String,
    },
    /// `/unsubscribe/{token}`.
    Unsubscribe {
        /// The token.
        token: String,
        /// Whether the mails are stopped.
        stopped: bool,
    },
    /// `/admin/settings/chat`: no webhook was set. Its address does not come back, since it is a secret.
    ChatHook {
        /// The community that was chosen.
        community: String,
        /// The form that was chosen.
        form: String,
        /// Words by field name (`community`, `form`, `webhook`).
        errors: BTreeMap<String, String>,
    },
    /// `/ideas/{id}`: nobody was told of it.
    Share {
        /// The address as typed.
        email: String,
        /// The words beside the field `email`.
        error: Option<String>,
    },
    /// `/ideas/{id}`: no file was attached.
    Attachment {
        /// The words beside the field `file`.
        error: Option<String>,
    },
    /// `/conversations`: no conversation was started.
    Conversation {
        /// The community that was chosen.
        community: String,
        /// The addresses as typed.
        to: String,
        /// The subject as typed.
        subject: String,
        /// The message as typed.
        body: String,
        /// Words by field name (`community`, `to`, `subject`, `body`).
        errors: BTreeMap<String, String>,
    },
    /// `/conversations/{id}`: nothing was sent.
    Reply {
        /// The message as typed.
        body: String,
        /// The words beside the field `body`.
        error: Option<String>,
    },
    /// `/assessments/new/{id}`: no assessment was made.
    Assessment {
        /// The kind that was chosen.
        kind: String,
        /// The title as typed.
        title: String,
        /// The criteria as typed.
        criteria: String,
        /// The ideas that were chosen.
        ideas: Vec<String>,
        /// The addresses as typed.
        assessors: String,
        /// The day as typed.
        closes: String,
        /// Words by field name (`kind`, `title`, `criteria`, `ideas`, `assessors`, `closes`).
        errors: BTreeMap<String, String>,
    },
    /// `/assessments/{id}`: nothing was saved.
    Grades {
        /// What was answered, by field name (`grade-…`).
        grades: BTreeMap<String, String>,
        /// The note as typed.
        note: String,
        /// Words by field name (`grade-…`, `note`).
        errors: BTreeMap<String, String>,
    },
    /// `/profile`: no link was sent to another address.
    EmailChange {
        /// The address as typed.
        email: String,
        /// The words beside the field `email`.
        error: Option<String>,
    },
    /// `/profile/two-factor`: the first code was wrong.
    FirstCode {
        /// The words beside the field `code`.
        error: String,
    },
    /// `/profile/two-factor`: fresh recovery codes, shown this once.
    RecoveryCodes(Vec<String>),
    /// `/profile/two-factor`: a passkey's new name was not taken.
    PasskeyName {
        /// Which passkey.
        id: String,
        /// The name as typed.
        name: String,
        /// The words beside the field.
        error: String,
    },
    /// `/admin/settings/general`: nothing was saved.
    Workspace {
        /// The name as typed.
        name: String,
        /// The sender's name as typed.
        from_name: String,
        /// The time zone as typed.
        time_zone: String,
        /// Words by field name (`name`, `from_name`, `time_zone`).
        errors: BTreeMap<String, String>,
    },
    /// `/admin/members/several`: what became of each.
    SeveralDone {
        /// What was done.
        act: ActOnMembers,
        /// Each of them.
        each: Vec<OneOfSeveral>,
        /// The address of the list.
        list: String,
    },
    /// `/admin/communities` and `/admin/communities/{id}`: what a community is called and is for was not saved.
    CommunityDetails {
        /// Which; empty for the form that adds one.
        id: String,
        /// The name as typed.
        name: String,
        /// The description as typed.
        description: String,
        /// Words by field name (`name`, `description`).
        errors: BTreeMap<String, String>,
    },
    /// `/admin/communities/{id}`: nobody was put into it.
    CommunityMember {
        /// The address as typed.
        email: String,
        /// The words beside the field `email`.
        error: Option<String>,
    },
    /// `/admin/settings/general`: the mark was not changed.
    Mark {
        /// What it shows, as typed.
        text: String,
        /// Words by field name (`file`, `text`).
        errors: BTreeMap<String, String>,
    },
    /// `/admin/settings/communities`: one of its forms came back.
    Community {
        /// The community; empty for the form that adds one.
        id: String,
        /// The field: `name`, `email`, or the key of a setting.
        field: String,
        /// What was typed.
        typed: String,
        /// The words beside the field.
        error: String,
    },
    /// `/admin/history`: a revision was not restored or undone, since that would lock its author out.
    Restore {
        /// The words beside the field `lock_me_out`.
        error: String,
    },
    /// `/admin/settings`: nothing was saved; here is everything that was typed.
    Settings {
        /// The revision that the form was based on.
        revision: i64,
        /// What was typed, by key.
        values: BTreeMap<String, String>,
        /// The words beside each field, by key.
        errors: BTreeMap<String, String>,
        /// Somebody saved meanwhile.
        conflict: Option<Conflict>,
        /// What the save would do, where that was asked for.
        review: Option<Box<ReviewView>>,
    },
}
