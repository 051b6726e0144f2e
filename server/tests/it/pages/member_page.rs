//! Admin, one member: what is theirs, and what an admin does about it there.
use crate::support::{Browser, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

/// Presses the button of a form on a page whose action ends so; answers where it led.
async fn press(browser: &mut Browser, page: &str, ends: &str) -> String {
    let forms = browser.get(page).await.page().forms();
    let found = forms.into_iter().find(|(action, _)| action.ends_with(ends));
    let (action, fields) = found.unwrap_or_else(|| panic!("no form ends with {ends} on {page}"));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&action, &fields).await.location().to_owned()
}

on_both! {
    /// Fails when the page leaves something out, or shows a token or what is stored of one.
    async fn a_members_page_shows_what_is_theirs_and_nothing_that_opens_something(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Moderator).await;
        server.enrol_app(&mut ada).await;
        boss.add_community("Research", &[ADA]).await;
        let page = server.forms_about(ADA).await;
        assert_eq!(press(&mut boss, &page, "/reset").await, format!("{page}?notice=reset-sent"), "back on the page");
        let link = server.one_mail("Choose a new password").await.link();
        let shown = boss.get(&page).await;
        let text = shown.text();
        for words in ["Authenticator app", "recovery codes left", "Research", "Password reset", "works until", "Moderator", "Sent a password reset", "handed over"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let token = link.trim_start_matches("/link/");
        let hashes = server.sql_column("SELECT token_hash FROM links").await;
        for secret in hashes.iter().map(String::as_str).chain([token]) {
            assert!(!shown.body.contains(secret), "{secret}");
        }
        assert_eq!(boss.get("/admin/members/01a1fc8a-d307-7768-993b-77ac04674933").await.status, 404);
        assert_eq!(boss.get("/admin/members/nobody").await.status, 404);
        assert_eq!(ada.get(&page).await.status, 403);
    }

    async fn a_link_is_voided_there_one_or_all_of_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        server.member(ADA, Role::Member).await;
        let page = server.forms_about(ADA).await;
        boss.post(&format!("{page}/reset"), &[]).await;
        let link = server.one_mail("Choose a new password").await.link();
        assert_eq!(server.browser().get(&link).await.status, 200);
        assert_eq!(press(&mut boss, &page, "/links/void").await, format!("{page}?notice=links-voided"));
        server.browser().get(&link).await.assert_refused("link-dead");
        assert!(boss.get(&page).await.text().contains("No link that was sent to them works."));
        let hash = server.sql_column("SELECT token_hash FROM links").await;
        assert_eq!(boss.post(&format!("{page}/links/void"), &[("link", &hash[0])]).await.status, 404, "what is stored names none");
        let log = boss.get("/admin/audit?about=ada%40example.org").await.text();
        assert!(log.contains("Voided a link of a member") && log.contains("password-reset"), "{log}");
    }

    async fn one_session_is_ended_there_and_its_browser_is_told(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut first = server.signed_in(ADA, Role::Member).await;
        server.clock.advance(Span::seconds(61));
        let mut second = server.sign_in(ADA).await;
        let page = server.forms_about(ADA).await;
        let ended = press(&mut boss, &page, "/sessions/end").await;
        assert_eq!(ended, format!("{page}?notice=session-ended"));
        assert!(second.get("/profile").await.location().starts_with("/sign-in"), "the latest comes first");
        assert!(second.get("/sign-in").await.text().contains("an admin of this workspace ended your sessions"));
        assert_eq!(first.get("/profile").await.status, 200);
        let own = server.sql_column("SELECT s.id FROM sessions s JOIN members m ON m.id = s.member_id WHERE m.email = 'boss@example.org'").await;
        assert_eq!(boss.post(&format!("{page}/sessions/end"), &[("session", &own[0])]).await.status, 404, "not one of theirs");
        assert_eq!(boss.get("/profile").await.status, 200);
    }

    /// Fails when the role that somebody has, or the one that they get, may stand above whoever gives it.
    async fn a_role_is_given_and_taken_back_within_rank(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let page = server.forms_about(ADA).await;
        let role = format!("{page}/role");
        assert_eq!(ada.get("/admin").await.status, 403);
        for (above, code) in [("it-admin", "role-above-yours"), ("super-admin", "role-above-yours")] {
            admin.post(&role, &[("role", above)]).await.assert_refused(code);
        }
        assert_eq!(admin.post(&role, &[("role", "root")]).await.status, 404);
        let offered = admin.get(&page).await.page().attributes("select[name=role] option", "value");
        assert_eq!(offered, ["member", "moderator", "admin"]);
        assert_eq!(admin.post(&role, &[("role", "admin")]).await.location(), format!("{page}?notice=role-changed"));
        assert_eq!(ada.get("/admin").await.status, 200, "from the next request on");
        assert_eq!(boss.post(&role, &[("role", "it-admin")]).await.status, 303);
        admin.post(&role, &[("role", "member")]).await.assert_refused("role-required");
        assert!(!admin.get(&page).await.page().has_field("role"), "nor is it offered");
        assert_eq!(boss.post(&role, &[("role", "member")]).await.status, 303);
        assert_eq!(ada.get("/admin").await.status, 403);
        let own = server.forms_about("boss@example.org").await;
        boss.post(&format!("{own}/role"), &[("role", "member")]).await.assert_refused("not-on-yourself");
        let log = boss.get("/admin/audit?about=ada%40example.org&channel=members").await.text();
        assert!(log.contains("Changed the role of a member") && log.contains("IT admin"), "{log}");
    }

    /// Fails when `changeable` no longer looks at what the caller is by now.
    async fn of_two_admins_who_take_each_others_role_back_one_stays(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for round in 0..6 {
            let emails = [format!("a{round}@example.org"), format!("b{round}@example.org")];
            let mut posts = Vec::new();
            for (own, other) in [(&emails[0], &emails[1]), (&emails[1], &emails[0])] {
                if server.sql_column(format!("SELECT id FROM members WHERE email = '{other}'").leak()).await.is_empty() {
                    server.member(other, Role::Admin).await;
                    server.member(own, Role::Admin).await;
                }
                posts.push((server.sign_in(own).await, format!("{}/role", server.forms_about(other).await)));
            }
            let acts: Vec<_> = posts
                .into_iter()
                .map(|(mut browser, path)| tokio::spawn(async move { browser.post(&path, &[("role", "member")]).await.status }))
                .collect();
            let mut statuses = Vec::new();
            for act in acts {
                statuses.push(act.await.expect("no request panics"));
            }
            statuses.sort_unstable();
            assert_eq!(statuses, [303, 403]);
            let left = server.sql_column(format!("SELECT id FROM members WHERE role = 'admin' AND email IN ('{}', '{}')", emails[0], emails[1]).leak()).await;
            assert_eq!(left.len(), 1);
        }
    }

    async fn locks_are_lifted_and_browsers_forgotten_there(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        server.member(ADA, Role::Member).await;
        for _ in 0..5 {
            server.browser().sign_in_with(ADA, "wrong").await;
        }
        let page = server.forms_about(ADA).await;
        assert!(boss.get(&page).await.text().contains("Signing in is locked until"));
        assert_eq!(press(&mut boss, &page, "/unlock").await, format!("{page}?notice=unlocked"));
        assert!(boss.get(&page).await.text().contains("Nothing of theirs is locked."));
        assert_eq!(server.browser().sign_in(ADA).await.location(), "/");
        let id = server.member_row(ADA).await.id;
        for name in ["one", "two", "three"] {
            let sql = format!("INSERT INTO known_browsers (browser, member_id, user_agent, first_seen_at, last_seen_at, trusted_at, trusted_until) VALUES ('{name}', '{id}', 'Firefox', 0, 0, {now}, {until})", now = server.clock.now().0, until = server.clock.now().0 + 60_000);
            let sql: &'static str = sql.leak();
            server.execute_sql(&[sql]).await;
        }
        assert_eq!(boss.post(&format!("{page}/trusted/forget"), &[("browser", "one")]).await.location(), format!("{page}?notice=trust-ended"));
        assert_eq!(boss.post(&format!("{page}/trusted/forget"), &[("browser", "one")]).await.status, 404);
        assert_eq!(boss.post(&format!("{page}/trusted/forget"), &[("browser", "é")]).await.status, 404);
        assert_eq!(boss.post(&format!("{page}/trusted/forget"), &[]).await.status, 303);
        assert_eq!(server.sql_column("SELECT browser FROM known_browsers WHERE trusted_at IS NOT NULL").await.len(), 0);
    }
}
