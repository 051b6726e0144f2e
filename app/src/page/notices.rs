//! What just happened and why somebody is here, said once at the top of the page.
use crate::{
    components::time::Time,
    page::{current_page::current_page, notice::Notice, page_context::page_context, refusal_view::RefusalView},
};
use leptos::prelude::*;
use policy::{Area, setting_link};

/// The words of a notice.
#[expect(clippy::too_many_lines, reason = "all words stand in one place, where whoever looks for them finds them")]
pub const fn words(notice: Notice) -> &'static str {
    match notice {
        Notice::SetUpDone => "Your super-admin account is ready. Sign in with it.",
        Notice::SignedOut => "You are signed out.",
        Notice::SecondStepLapsed => "The second step took too long, or was passed already. Sign in again.",
        Notice::WorkspaceSaved => "Saved. Pages and mails show it from now on.",
        Notice::FileAttached => "The file was attached.",
        Notice::AttachmentRemoved => "The file was removed.",
        Notice::ReportAsked => "The report is being made. You get a mail once it is ready.",
        Notice::ReportCancelled => "The report is not made.",
        Notice::SettingsSaved => {
            "Settings saved. Some changes (session lifetime, SSO credentials) take effect on the next request."
        }
        Notice::SettingsWaiting => {
            "Settings saved, and they hold already. They go back by themselves unless you confirm them."
        }
        Notice::ChangeConfirmed => "Confirmed. The settings stay as they are.",
        Notice::ChangeReverted => "The settings were put back as they were before.",
        Notice::ChangeSettled => "That change no longer waits: it was confirmed, put back or replaced meanwhile.",
        Notice::CommunityCreated => "The community was added. It inherits every setting until you override one.",
        Notice::AddedToCommunity => "The member was added to the community.",
        Notice::RemovedFromCommunity => "The member was taken out of the community.",
        Notice::ModeratorsChanged => "Done. It holds from their next request on.",
        Notice::CommunityDescribed => "Saved. The community shows it from now on.",
        Notice::RoleChanged => "The role was changed. It holds from their next request on.",
        Notice::LinksVoided => "Void. Whoever opens such a link is told that it works no longer.",
        Notice::SettingOverridden => "The community holds this setting from now on.",
        Notice::OverrideReset => "The community inherits this setting again.",
        Notice::FormRestored => "Nothing was saved yet. What you typed is below: save it when you are ready.",
        Notice::RevisionRestored => "The revision was restored. It holds from the next request.",
        Notice::Overtaken => {
            "Somebody saved meanwhile, so nothing was restored. Their revision stands at the top; look at it and restore again."
        }
        Notice::NeverWas => {
            "Nothing was restored: the page was based on a revision that there never was. Look at the history as it is and restore again."
        }
        Notice::NothingChanged => "Nothing differed from what is saved, so nothing was saved.",
        Notice::AuthenticatorRemoved => "The authenticator app was removed.",
        Notice::PasswordChanged => "Your password was changed. You are signed out everywhere else.",
        Notice::Unlocked => {
            "The member was unlocked, and can try again at once. Codes that were disabled after a hundred wrong ones stay so."
        }
        Notice::PasskeyAdded => "The passkey was added.",
        Notice::PasskeyRenamed => "The passkey was renamed.",
        Notice::PasskeyRemoved => "The passkey was removed.",
        Notice::SessionEnded => "The session was ended.",
        Notice::OtherSessionsEnded => "All other sessions were ended.",
        Notice::CodeSent => "A code was sent to you by mail. It can take a minute to arrive.",
        Notice::ConsentKept => "Your answer is remembered in this browser.",
        Notice::EmailChanged => "Your account has this address from now on. Sign in with it.",
        Notice::EmailChangeAsked => {
            "If the address is free, a mail is on its way to it. Your address stays as it is until you press the button there."
        }
        Notice::HelpAsked => {
            "An admin was asked to remove your second step, and a mail about it went to your address. You get another one once it is decided."
        }
        Notice::HelpCancelled => {
            "The request was cancelled: your second factors stay. Whoever made it knows your password, so choose a new one: “Forgot your password?” below sends you a link."
        }
        Notice::HelpGranted => {
            "Granted. The member's second factors were removed, they were signed out everywhere, and they are told by mail."
        }
        Notice::HelpRefused => "Refused. The member's second factors stay, and they are told why by mail.",
        Notice::MemberErased => "The member was erased. What they have posted stays, as that of a former member.",
        Notice::EverybodySignedOut => "Everybody was signed out, and is told why. You are still signed in.",
        Notice::Reactivated => "Your account is active again. Sign in with your password.",
        Notice::UnlockedByMail => "Your account is unlocked. Sign in with your password.",
        Notice::AddressConfirmed => "Your address is confirmed. Sign in with your password.",
        Notice::MemberSignedOut => "The member was signed out everywhere, and is told why.",
        Notice::InvitationSent => "The invitation is on its way. They are a member once they have taken it.",
        Notice::MemberAdded => {
            "The member was added. A mail asks them to confirm their address and to choose a password."
        }
        Notice::InvitationsSent => {
            "The invitations are on their way, a few a second: the list below says how far they are."
        }
        Notice::InvitationSentAgain => "The mail is on its way again. Its link takes the place of the one before.",
        Notice::InvitationWithdrawn => "The invitation was withdrawn. Its link works no longer.",
        Notice::RegistrationConfirmed => {
            "Your address is confirmed. You get a mail once it is decided whether you join."
        }
        Notice::MemberApproved => "They are let in. A mail with a link to choose a password is on its way to them.",
        Notice::MemberRejected => "They are not let in, and are told so by mail.",
        Notice::Joined => "You have joined. Sign in with your address and your password.",
        Notice::AccountStatusChanged => "Done. It holds at once.",
        Notice::EmailCodesOn => "From now on you are asked for a code that is sent to you when you sign in.",
        Notice::EmailCodesOff => "Codes by e-mail are off.",
        Notice::PasswordChosen => "Your new password is set, and you are signed out everywhere. Sign in with it.",
        Notice::ResetSent => "A mail with a link to choose a new password is on its way to the member.",
        Notice::TwoFactorReset => {
            "The member's second factors were removed, and they were signed out. They have been told by mail."
        }
        Notice::TestMailQueued => "A test mail is on its way to you.",
        Notice::DraftSaved => "The draft was saved. Nobody but you sees it.",
        Notice::IdeaSubmitted => "The idea waits until a moderator has decided. You are told by mail.",
        Notice::IdeaApproved => "The idea was approved. Everybody in its community sees it.",
        Notice::IdeaRejected => "The idea was rejected. Its author is told why.",
        Notice::CommentPosted => "The comment was posted, and whoever follows the idea is told.",
        Notice::IdeaMailsChosen => "From now on you are told so.",
        Notice::ChatHookSet => "The webhook was set. The next idea that waits is told there.",
        Notice::ChatHookRemoved => "The webhook was taken away.",
        Notice::IdeaShared => "A mail with a link to this idea is on its way.",
        Notice::MessageSent => "Your message was sent.",
        Notice::MessagesRead => "Read. Nothing is new in this conversation.",
        Notice::ConversationMuted => "Muted. You get no mails about this conversation, and the bell does not count it.",
        Notice::ConversationUnmuted => "You hear of this conversation again.",
        Notice::ConversationLeft => "You have left the conversation.",
        Notice::AssessmentMade => "A mail with a link to this assessment is on its way to each assessor.",
        Notice::AssessmentSaved => "Saved. Submit it once everything is answered.",
        Notice::AssessmentSubmitted => "Submitted. You see what came of it once it is over.",
        Notice::AssessmentClosed => "Closed. Nothing more is answered, and nobody is reminded.",
        Notice::AssessorsReminded => "A mail is on its way to whoever has not finished.",
        Notice::MailTriedAgain => "The mail is tried again now.",
        Notice::FirstRunLeft => {
            "You left the first steps. What is left undone stands on the overview of the admin pages."
        }
        Notice::TrustEnded => "That browser takes the second step again.",
    }
}

/// The way back from what just happened, where there is one: the page came with the revision that was saved.
fn undo(notice: Notice, next: Option<String>) -> Option<impl IntoView> {
    let path = next.filter(|path| notice == Notice::SettingsSaved && path.starts_with("/admin/history?undo="))?;
    Some(view! { " " <a href=path>"Undo"</a> })
}

/// Tells an admin whom a change that waits keeps out when it goes back; nobody else.
#[component]
pub fn AutoRevertNotice() -> impl IntoView {
    let at = page_context().viewer.and_then(|viewer| viewer.auto_revert_at);
    at.map(|at| {
        view! {
            <p class="notice warn" role="status">
                "The last change goes back by itself at " <Time at /> " unless it is confirmed."
            </p>
        }
    })
}

/// Shows the notice and the refusal that came with the page.
#[component]
pub fn Notices() -> impl IntoView {
    let state = page_context();
    view! {
        {state.notice.map(|notice| view! { <p class="notice good" role="status">{words(notice)} {undo(notice, state.next)}</p> })}
        {state.refusal.filter(|refusal| !refusal.takes_the_page).map(|refusal| view! { <Why refusal /> })}
        <AutoRevertNotice />
    }
}

/// Names the setting that decided, with the way to it for whoever may look.
#[component]
pub fn Decided(
    /// Its key and its label.
    setting: (String, String),
) -> impl IntoView {
    let (key, label) = setting;
    let may_look =
        page_context().viewer.is_some_and(|viewer| viewer.role.reaches_admin() && viewer.reaches(Area::Admin));
    // On its own page what was typed stays.
    let is_here = current_page().is_some_and(|page| page.path == "/admin/settings");
    let href = if is_here { format!("#{key}") } else { setting_link::to(&key) };
    let decided = if may_look { view! { <a href=href>{label}</a> }.into_any() } else { label.into_any() };
    view! { "Decided by the setting " {decided} "." }
}

/// Names the setting behind what was just said, in small; `None` where none decided.
#[component]
pub fn Because(
    /// Its key and its label.
    setting: Option<(String, String)>,
) -> impl IntoView {
    setting.map(|setting| view! { " " <span class="why"><Decided setting /></span> })
}

/// Shows the words of a refusal; an instant in them is told in the zone of the reader.
#[component]
pub fn Detail(detail: String, until: Option<(policy::Timestamp, String)>) -> impl IntoView {
    let split = until.and_then(|(at, told)| {
        detail.split_once(&told).map(|(before, after)| (before.to_owned(), at, after.to_owned()))
    });
    match split {
        Some((before, at, after)) => view! { {before} <Time at /> {after} }.into_any(),
        None => detail.into_any(),
    }
}

/// Says why something was not done, or why somebody is here.
#[component]
pub fn Why(refusal: RefusalView) -> impl IntoView {
    let (class, role) = if refusal.explains { ("notice", "status") } else { ("notice bad", "alert") };
    view! {
        <p class=class role=role>
            <Detail detail=refusal.detail until=refusal.until />
            {(refusal.code == "change-waiting").then(|| view! { " " <a href=refusal.way_on.0>{refusal.way_on.1}</a> })}
            <Because setting=refusal.setting />
        </p>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use policy::{Refusal, Timestamp};

    /// Fails when the words of a change that waits tell its instant otherwise than where it is looked for.
    #[test]
    fn the_instant_at_which_a_change_goes_back_is_told_as_a_time() {
        let refusal = RefusalView::from(Refusal::ChangeWaiting { until: Timestamp(1_795_235_467_000) });
        let html = Owner::new().with(|| view! { <Detail detail=refusal.detail until=refusal.until /> }.to_html());
        let time = "<time datetime=\"2026-11-21T04:31:07Z\" title=\"2026-11-21 04:31 UTC\">";
        assert_eq!((html.matches(time).count(), html.matches(" UTC").count()), (1, 2), "{html}");
    }
}
