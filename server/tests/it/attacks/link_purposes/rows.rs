//! A row for each purpose: how one of its links is made, what its button does, and what is judged again.
use super::{
    workspace::{assessment, conversation_view, decide_idea, idea_decision, idea_view, resource_download},
    world::{MODERATOR, World},
};
use crate::support::{Browser, NEW_PASSWORD};
use policy::{AccountStatus, LinkPurpose, Role};
use std::pin::Pin;

/// How often its button works.
#[derive(Debug, Clone, Copy)]
pub enum Pressed {
    /// Once.
    Once,
    /// As often as it is opened: it only leads somewhere.
    Leads,
}

/// A link that was made.
pub struct Made {
    /// Whom it was made for, or about.
    pub email: String,
    /// Its page, where its form is posted to as well.
    pub path: String,
    /// What its form holds.
    pub fields: Vec<(&'static str, &'static str)>,
    /// Where its button leads.
    pub leads_to: String,
    /// The browser in which alone it works; `None` where any does.
    pub browser: Option<Browser>,
}

type Making<'a> = Pin<Box<dyn Future<Output = Made> + Send + 'a>>;
type Spoiling<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
/// What happens meanwhile, and the code of the refusal that follows.
type Spoilt = (for<'a> fn(&'a mut World, &'a Made) -> Spoiling<'a>, &'static str);

/// What the tests know of a purpose.
pub struct Row {
    /// Makes a link for somebody with this address, who is not there yet.
    pub make: for<'a> fn(&'a mut World, String) -> Making<'a>,
    /// How often its button works.
    pub pressed: Pressed,
    /// The refusal of whoever else presses it; `None` where it does the same, to whom it was made for.
    pub by_another: Option<&'static str>,
    /// The cookie that is the link, where it is no address.
    pub bound_to_cookie: Option<&'static str>,
    /// How the right behind it is lost; `None` where nobody's is.
    pub right_lost: Option<Spoilt>,
    /// How what it is about changes; `None` where it only leads to a page whose gate judges that.
    pub subject_changed: Option<Spoilt>,
}

const ONCE: Row = Row {
    make: |_, _| unreachable!("each row makes its own"),
    pressed: Pressed::Once,
    by_another: None,
    bound_to_cookie: None,
    right_lost: None,
    subject_changed: None,
};

const DEMOTED: Spoilt = (|world, _| Box::pin(demote(world)), "role-required");
const BANNED: Spoilt = (|world, made| Box::pin(ban(world, made)), "link-dead");

/// The row of a purpose; `None` for the link of the first start, which works while nobody is there (`pages/set_up.rs`), and
/// for the one that a chat is told, which is nobody's own (`journeys/chat.rs`).
#[expect(clippy::too_many_lines, reason = "a row for each purpose")]
pub fn row(purpose: LinkPurpose) -> Option<Row> {
    Some(match purpose {
        LinkPurpose::SetUp | LinkPurpose::IdeaPendingAuth => return None,
        LinkPurpose::SignIn => Row {
            make: |world, email| Box::pin(sign_in(world, email)),
            subject_changed: Some((|world, made| Box::pin(becomes(world, made, AccountStatus::Banned)), "banned")),
            ..ONCE
        },
        LinkPurpose::SecondStep => Row {
            make: |world, email| Box::pin(second_step(world, email)),
            by_another: Some("link-of-another-browser"),
            right_lost: Some((|world, made| Box::pin(wants_no_codes(world, made)), "link-dead")),
            subject_changed: Some((|world, made| Box::pin(give_up(world, made)), "link-dead")),
            ..ONCE
        },
        LinkPurpose::IdentityVerification => Row {
            make: |world, email| Box::pin(unlock(world, email)),
            subject_changed: Some((|world, made| Box::pin(becomes(world, made, AccountStatus::Inactive)), "inactive")),
            ..ONCE
        },
        LinkPurpose::PasswordReset => {
            Row { make: |world, email| Box::pin(password_reset(world, email)), subject_changed: Some(BANNED), ..ONCE }
        }
        LinkPurpose::EmailChange => Row {
            make: |world, email| Box::pin(email_change(world, email)),
            subject_changed: Some((|world, made| Box::pin(take_address(world, made)), "link-dead")),
            right_lost: Some((|world, made| Box::pin(becomes(world, made, AccountStatus::Banned)), "banned")),
            ..ONCE
        },
        LinkPurpose::EmailChangeUndo => Row {
            make: |world, email| Box::pin(email_change_undo(world, email)),
            subject_changed: Some((|world, made| Box::pin(take_old_address(world, made)), "link-dead")),
            ..ONCE
        },
        LinkPurpose::Invitation => Row {
            make: |world, email| Box::pin(invitation(world, email)),
            pressed: Pressed::Leads,
            right_lost: Some((|world, _| Box::pin(demote(world)), "invitation-void")),
            subject_changed: Some((|world, made| Box::pin(withdraw(world, made)), "link-dead")),
            ..ONCE
        },
        LinkPurpose::AccountVerification => Row {
            make: |world, email| Box::pin(account_verification(world, email)),
            subject_changed: Some((|world, made| Box::pin(becomes(world, made, AccountStatus::Inactive)), "link-dead")),
            ..ONCE
        },
        LinkPurpose::CompleteRegistration => Row {
            make: |world, email| Box::pin(complete_registration(world, email)),
            pressed: Pressed::Leads,
            subject_changed: Some((|world, _| Box::pin(refuse_domain(world)), "domain-refused")),
            ..ONCE
        },
        LinkPurpose::MemberApprove => Row {
            make: |world, email| Box::pin(decision(world, email, 0, "/sign-in?notice=member-approved")),
            right_lost: Some(DEMOTED),
            subject_changed: Some((|world, made| Box::pin(decide(world, made)), "already-decided")),
            ..ONCE
        },
        LinkPurpose::MemberReject => Row {
            make: |world, email| Box::pin(decision(world, email, 1, "/sign-in?notice=member-rejected")),
            right_lost: Some(DEMOTED),
            subject_changed: Some((|world, made| Box::pin(decide(world, made)), "already-decided")),
            ..ONCE
        },
        LinkPurpose::MemberProfile => {
            Row { make: |world, email| Box::pin(member_profile(world, email)), pressed: Pressed::Leads, ..ONCE }
        }
        LinkPurpose::EmailClaim => {
            Row { make: |world, email| Box::pin(email_claim(world, email)), subject_changed: Some(BANNED), ..ONCE }
        }
        LinkPurpose::PasswordGrant => Row {
            make: |world, email| Box::pin(password_grant(world, email)),
            bound_to_cookie: Some("bailey-3000-grant"),
            subject_changed: Some(BANNED),
            ..ONCE
        },
        LinkPurpose::HelpCancel => {
            Row { make: |world, email| Box::pin(help_cancel(world, email)), subject_changed: Some(BANNED), ..ONCE }
        }
        LinkPurpose::IdeaApprove => Row {
            make: |world, email| Box::pin(idea_decision(world, email, 0, "/sign-in?notice=idea-approved")),
            right_lost: Some((|world, _| Box::pin(demote(world)), "moderator-required")),
            subject_changed: Some((|world, made| Box::pin(decide_idea(world, made)), "idea-decided")),
            ..ONCE
        },
        LinkPurpose::IdeaReject => Row {
            make: |world, email| Box::pin(idea_decision(world, email, 1, "/sign-in?notice=idea-rejected")),
            right_lost: Some((|world, _| Box::pin(demote(world)), "moderator-required")),
            subject_changed: Some((|world, made| Box::pin(decide_idea(world, made)), "idea-decided")),
            ..ONCE
        },
        LinkPurpose::ResourceDownload => {
            Row { make: |world, email| Box::pin(resource_download(world, email)), pressed: Pressed::Leads, ..ONCE }
        }
        LinkPurpose::ConversationView => {
            Row { make: |world, email| Box::pin(conversation_view(world, email)), pressed: Pressed::Leads, ..ONCE }
        }
        LinkPurpose::RankAssessment => {
            Row { make: |world, email| Box::pin(assessment(world, email, "rank")), pressed: Pressed::Leads, ..ONCE }
        }
        LinkPurpose::ReviewScale => Row {
            make: |world, email| Box::pin(assessment(world, email, "review-scale")),
            pressed: Pressed::Leads,
            ..ONCE
        },
        LinkPurpose::IdeaView => {
            Row { make: |world, email| Box::pin(idea_view(world, email)), pressed: Pressed::Leads, ..ONCE }
        }
    })
}

pub fn link(email: String, path: String, leads_to: &str) -> Made {
    Made { email, path, fields: Vec::new(), leads_to: leads_to.to_owned(), browser: None }
}

async fn sign_in(world: &mut World, email: String) -> Made {
    world.server.member(&email, Role::Member).await;
    let path = world.server.sign_in_link(&email).await;
    link(email, path, "/")
}

async fn second_step(world: &mut World, email: String) -> Made {
    let mut browser = world.server.signed_in(&email, Role::Member).await;
    assert_eq!(browser.post("/profile/two-factor/email/on", &[]).await.status, 303);
    let between = world.server.pending_sign_in(&email).await;
    let path = world.mailed(&email, "Type this code", 0).await;
    Made { browser: Some(between), ..link(email, path, "/") }
}

async fn unlock(world: &mut World, email: String) -> Made {
    world.server.member(&email, Role::Member).await;
    for _ in 0..20 {
        if world.server.browser().sign_in_with(&email, "a guess").await.status == 429 {
            let path = world.mailed(&email, "too many wrong passwords", 0).await;
            return link(email, path, "/sign-in?notice=unlocked-by-mail");
        }
    }
    panic!("nobody is locked out after twenty guesses");
}

async fn password_reset(world: &mut World, email: String) -> Made {
    world.server.member(&email, Role::Member).await;
    world.server.browser().post("/forgot-password", &[("email", &email)]).await;
    let path = world.mailed(&email, "new password", 0).await;
    link(email, path, "/choose-password")
}

async fn email_change(world: &mut World, email: String) -> Made {
    let mut browser = world.server.signed_in(&email, Role::Member).await;
    let wanted = format!("new-{email}");
    assert_eq!(browser.post("/profile/email", &[("email", &wanted)]).await.status, 303);
    let path = world.mailed(&wanted, "is to have this address", 0).await;
    link(email, path, "/sign-in?notice=email-changed")
}

async fn email_change_undo(world: &mut World, email: String) -> Made {
    let asked = email_change(world, email.clone()).await;
    assert_eq!(world.server.browser().post(&asked.path, &[]).await.status, 303);
    let path = world.mailed(&email, "takes it back", 0).await;
    link(format!("new-{email}"), path, "/choose-password")
}

async fn invite(world: &mut World, email: &str, joining: &str) {
    let fields = [("name", "Somebody"), ("email", email), ("role", "member"), ("joining", joining)];
    world.boss_posts("/admin/invitations", &fields).await;
}

async fn invitation(world: &mut World, email: String) -> Made {
    invite(world, &email, "invite").await;
    let path = world.mailed(&email, "", 0).await;
    link(email, path, "/join")
}

async fn account_verification(world: &mut World, email: String) -> Made {
    invite(world, &email, "add").await;
    let path = world.mailed(&email, "", 0).await;
    link(email, path, "/choose-password")
}

async fn member_profile(world: &mut World, email: String) -> Made {
    let added = account_verification(world, email.clone()).await;
    assert_eq!(world.server.browser().post(&added.path, &[]).await.status, 303);
    let path = world.mailed(&email, "", 0).await;
    link(email, path, "/profile")
}

/// Asks to join, and confirms the address.
async fn register(world: &World, email: &str) {
    let asked = world.server.browser().post("/register", &[("name", "Somebody"), ("email", email)]).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let confirm = world.mailed(email, "You have asked to join", 0).await;
    assert_eq!(world.server.browser().post(&confirm, &[]).await.status, 303, "{email}");
}

async fn decision(world: &mut World, email: String, nth: usize, leads_to: &str) -> Made {
    register(world, &email).await;
    let path = world.mailed(MODERATOR, &email, nth).await;
    link(email, path, leads_to)
}

async fn complete_registration(world: &mut World, email: String) -> Made {
    let approve = decision(world, email.clone(), 0, "").await;
    assert_eq!(world.server.browser().post(&approve.path, &[]).await.status, 303);
    let path = world.mailed(&email, "", 0).await;
    link(email, path, "/join")
}

async fn email_claim(world: &mut World, email: String) -> Made {
    world.server.member(&email, Role::Member).await;
    world.server.browser().post("/claim-account", &[("email", &email)]).await;
    let path = world.mailed(&email, "", 0).await;
    link(email, path, "/choose-password")
}

async fn password_grant(world: &mut World, email: String) -> Made {
    let reset = password_reset(world, email).await;
    let mut browser = world.server.browser();
    assert_eq!(browser.post(&reset.path, &[]).await.location(), "/choose-password");
    let made = link(reset.email, "/choose-password".to_owned(), "/sign-in?notice=password-chosen");
    Made { fields: vec![("password", NEW_PASSWORD)], browser: Some(browser), ..made }
}

async fn help_cancel(world: &mut World, email: String) -> Made {
    world.server.member(&email, Role::Member).await;
    world.server.needs_help(&email).await;
    let path = world.mailed(&email, "asked an admin", 0).await;
    link(email, path, "/sign-in?notice=help-cancelled")
}

/// Gives whom a link was made for another standing, whatever else would follow from that.
async fn becomes(world: &mut World, made: &Made, status: AccountStatus) {
    let id = world.server.member_row(&made.email).await.id;
    let mut tx = world.server.db.store.write().await.expect("it answers");
    assert!(tx.set_account_status(&id, status).await.expect("it writes"), "{}", made.email);
    tx.commit().await.expect("it keeps");
}

/// Turns codes by e-mail off for whom a link was made for, whatever else would follow from that.
async fn wants_no_codes(world: &mut World, made: &Made) {
    let id = world.server.member_row(&made.email).await.id;
    let mut tx = world.server.db.store.write().await.expect("it answers");
    assert!(tx.set_email_codes(&id, false).await.expect("it writes"), "{}", made.email);
    tx.commit().await.expect("it keeps");
}

/// Takes the roles of whoever invites and decides, by another super-admin's doing.
async fn demote(world: &mut World) {
    let sql = "UPDATE members SET role = 'member' WHERE email IN ('mod@example.org', 'boss@example.org')";
    world.server.execute_sql(&[sql]).await;
}

async fn ban(world: &mut World, made: &Made) {
    let forms = world.server.forms_about(&made.email).await;
    world.boss_posts(&format!("{forms}/ban"), &[]).await;
}

async fn give_up(_: &mut World, made: &Made) {
    let mut browser = Browser::clone_of(made.browser.as_ref().expect("it began in one"));
    assert_eq!(browser.post("/sign-in/second-step/cancel", &[]).await.location(), "/sign-in");
}

async fn take_address(world: &mut World, made: &Made) {
    world.server.member(&format!("new-{}", made.email), Role::Member).await;
}

async fn take_old_address(world: &mut World, made: &Made) {
    world.server.member(made.email.trim_start_matches("new-"), Role::Member).await;
}

async fn withdraw(world: &mut World, made: &Made) {
    let id = world.server.member_row(&made.email).await.id;
    world.boss_posts(&format!("/admin/invitations/{id}/withdraw"), &[]).await;
}

async fn refuse_domain(world: &mut World) {
    world.save(&[("members.refused_domains", "example.org")]).await;
}

async fn decide(world: &mut World, made: &Made) {
    let id = world.server.member_row(&made.email).await.id;
    world.save(&[]).await;
    world.boss_posts(&format!("/admin/invitations/{id}/approve"), &[]).await;
}
