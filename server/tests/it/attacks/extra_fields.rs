//! Fields that no form has change nothing, whatever they are called.
use crate::support::{NEW_PASSWORD, NOON, PASSWORD, TestServer};
use domain::members::NewMember;
use policy::{AccountStatus, Role};
use store::{MemberRow, on_both};

const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";

/// These fields, and those that somebody adds who wants more than the form gives; `other` is another member.
fn with_more<'a>(fields: &[(&'a str, &'a str)], other: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all = fields.to_vec();
    all.extend([("role", "super-admin"), ("standing", "banned"), ("email_verified_at", "1")]);
    all.extend([("workspace_id", other), ("member_id", other), ("id", other)]);
    all
}

/// What no form changes about a member.
fn fixed(row: &MemberRow) -> [String; 5] {
    let (id, workspace) = (row.id.to_string(), row.workspace_id.to_string());
    let (role, standing) = (row.role.to_string(), row.status.name().to_owned());
    [id, workspace, role, standing, format!("{:?}", row.email_verified_at)]
}

/// A server with Grace, who has another name than everybody else.
async fn with_grace(db: store::testing::TestDatabase) -> TestServer {
    let server = TestServer::start(db).await;
    let (password, role) = (Some(PASSWORD.into()), Role::Member);
    let grace = NewMember { name: "Grace", email: GRACE, password, role, confirmed: true };
    server.create(grace).await;
    server
}

on_both! {
    /// Fails when `change` of the password or `post` of the ideas takes more from the form than it shows.
    async fn a_members_form_changes_what_it_shows_and_nothing_besides(db: TestDatabase) {
        let server = with_grace(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let id = boss.add_community("Research", &[ADA, GRACE]).await;
        let (of_ada, of_grace) = (server.member_row(ADA).await, server.member_row(GRACE).await);
        let other = of_grace.id.to_string();
        let fields = with_more(&[("current", PASSWORD), ("password", NEW_PASSWORD), ("email", GRACE)], &other);
        let changed = ada.post("/profile/password", &fields).await;
        assert_eq!(changed.location(), "/profile/password?notice=password-changed", "{}", changed.text());
        let author = [("author_id", other.as_str()), ("author", "Grace")];
        let idea = [[("community", id.as_str()), ("title", "Plants")], [("body", "Green."), ("posted_at", "1")], author].concat();
        let posted = ada.post("/ideas", &with_more(&idea, &other)).await;
        let page = ada.get(posted.location()).await.text();
        assert!(page.contains("Plants") && page.contains("Somebody in Research"), "{page}");
        assert_eq!(fixed(&server.member_row(ADA).await), fixed(&of_ada));
        assert_eq!(server.member_row(GRACE).await, of_grace);
        assert_eq!(ada.get("/admin").await.status, 403);
        assert_eq!(server.browser().sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
    }

    /// Fails when `create` of the set-up takes role, standing or identifiers from the form.
    async fn the_first_start_makes_an_active_super_admin_whatever_else_it_is_sent(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let link = server.bailey.members().set_up_link(&server.workspace.id).await.expect("it answers").expect("nobody is here");
        let other = "01a1fc8a-d307-7768-993b-77ac04674933";
        let fields = [("token", link.expose()), ("name", "Ada"), ("email", ADA), ("password", PASSWORD)];
        let mut fields = with_more(&fields, other);
        fields.push(("role", "member"));
        let done = server.browser().post("/set-up", &fields).await;
        assert_eq!(done.location(), "/sign-in?notice=set-up-done", "{}", done.text());
        let made = server.member_row(ADA).await;
        assert_eq!((made.role, made.status), (Role::SuperAdmin, AccountStatus::Active));
        assert_eq!((&made.workspace_id, made.email_verified_at), (&server.workspace.id, Some(NOON)));
        assert_ne!(made.id.as_str(), other);
    }

    /// Fails when `mail`, `act` of the links or `set` takes more from a form than it shows.
    async fn claiming_an_account_and_choosing_its_password_give_nothing_besides(db: TestDatabase) {
        let server = with_grace(db).await;
        let account = NewMember { name: "Ada", email: ADA, password: None, role: Role::Member, confirmed: false };
        server.create(account).await;
        let (of_ada, of_grace) = (server.member_row(ADA).await, server.member_row(GRACE).await);
        let other = of_grace.id.to_string();
        let mut browser = server.browser();
        let asked = browser.post("/claim-account", &with_more(&[("email", ADA)], &other)).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        assert_eq!(server.member_row(ADA).await, of_ada, "asking changes nothing");
        let link = server.one_mail("Somebody claims your account").await.link();
        assert_eq!(browser.post(&link, &with_more(&[], &other)).await.location(), "/choose-password");
        let choice = [("password", NEW_PASSWORD), ("email", GRACE), ("username", GRACE)];
        let chosen = browser.post("/choose-password", &with_more(&choice, &other)).await;
        assert_eq!(chosen.location(), "/sign-in?notice=password-chosen", "{}", chosen.text());
        let confirmed = MemberRow { email_verified_at: Some(NOON), ..of_ada };
        assert_eq!(fixed(&server.member_row(ADA).await), fixed(&confirmed), "that the address is hers is what the link proves");
        assert_eq!(server.member_row(GRACE).await, of_grace);
        assert_eq!(server.browser().sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
    }
}
