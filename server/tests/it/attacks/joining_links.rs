//! The links by which people join, each of them: looked at, used, lapsed, tightened, loosened, and judged again when its
//! button is pressed.
use crate::support::{Browser, NEW_PASSWORD, TestServer};
use axum::http::Method;
use policy::{Role, time::Span};
use store::{on_both, testing::TestDatabase};

const BOSS: &str = "boss@example.org";
const MODERATOR: &str = "mod@example.org";

/// A link by which somebody joins: what it is for, its path, where its button leads, and which setting limits it.
struct Link {
    purpose: &'static str,
    path: String,
    leads_to: &'static str,
    limit: &'static str,
}

/// The link in the mail with this subject to somebody, or the one after it.
async fn mailed(server: &TestServer, email: &str, subject: &str, nth: usize) -> String {
    let arrived = server.mail().await;
    let mail = arrived.iter().find(|mail| mail.to == email && mail.subject.starts_with(subject));
    let mail = mail.unwrap_or_else(|| panic!("no mail about {subject:?} to {email} in {arrived:?}"));
    let rest = mail.text.split("http://localhost:3000").nth(nth + 1).expect("it holds the link");
    rest.split_whitespace().next().expect("the link has a path").to_owned()
}

async fn invite(boss: &mut Browser, email: &str, joining: &str) {
    let fields = [("name", "Somebody"), ("email", email), ("role", "member"), ("joining", joining)];
    assert_eq!(boss.post("/admin/invitations", &fields).await.status, 303, "{email}");
}

/// The link by which somebody who has asked to join confirms their address.
async fn registered(server: &TestServer, email: &str) -> String {
    let asked = server.browser().post("/register", &[("name", "Somebody"), ("email", email)]).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    mailed(server, email, "Confirm that you want to join", 0).await
}

const LIMITS: [&str; 5] = [
    "links.verification",
    "links.identity_verification",
    "links.member_approve",
    "links.member_reject",
    "links.member_profile",
];

/// The settings of these tests, with every limit at so many minutes.
fn limited(minutes: &'static str) -> Vec<(&'static str, &'static str)> {
    LIMITS.iter().map(|key| (*key, minutes)).chain([("members.registration", "by-approval")]).collect()
}

/// A link of each purpose, all made at once.
async fn every_link(db: TestDatabase) -> (TestServer, Browser, Vec<Link>) {
    let (server, mut boss) = TestServer::with_settings(db, &limited("20")).await;
    server.member(MODERATOR, Role::Moderator).await;
    let link = |purpose, path, leads_to, limit| Link { purpose, path, leads_to, limit };
    invite(&mut boss, "invited@example.org", "invite").await;
    let invited = mailed(&server, "invited@example.org", "You are invited", 0).await;
    invite(&mut boss, "added@example.org", "add").await;
    let added = mailed(&server, "added@example.org", "Confirm your new account", 0).await;
    invite(&mut boss, "shown@example.org", "add").await;
    let shown = mailed(&server, "shown@example.org", "Confirm your new account", 0).await;
    assert_eq!(server.browser().post(&shown, &[]).await.status, 303);
    let shown = mailed(&server, "shown@example.org", "Your profile was added", 0).await;
    let asked = registered(&server, "asked@example.org").await;
    let mut decisions = Vec::new();
    for (nth, email) in ["approve@example.org", "reject@example.org", "complete@example.org"].into_iter().enumerate() {
        let confirm = registered(&server, email).await;
        assert_eq!(server.browser().post(&confirm, &[]).await.status, 303, "{email}");
        decisions.push(mailed(&server, MODERATOR, "Somebody asks to join", nth % 2).await);
    }
    assert_eq!(server.browser().post(&decisions[2], &[]).await.status, 303);
    let complete = mailed(&server, "complete@example.org", "Finish joining", 0).await;
    let [approve, reject, _] = <[String; 3]>::try_from(decisions).expect("three of them");
    let links = vec![
        link("invitation", invited, "/join", "links.verification"),
        link("account-verification", added, "/choose-password", "links.verification"),
        link("member-profile", shown, "/profile", "links.member_profile"),
        link("identity-verification", asked, "/sign-in?notice=registration-confirmed", "links.identity_verification"),
        link("member-approve", approve, "/sign-in?notice=member-approved", "links.member_approve"),
        link("member-reject", reject, "/sign-in?notice=member-rejected", "links.member_reject"),
        link("complete-registration", complete, "/join", "links.identity_verification"),
    ];
    (server, boss, links)
}

/// Everything that is known of links and of who joins.
async fn state(server: &TestServer) -> Vec<String> {
    let mut found =
        server.sql_column("SELECT token_hash || COALESCE(CAST(used_at AS TEXT), '') FROM links ORDER BY 1").await;
    found.extend(
        server
            .sql_column(
                "SELECT email || standing || COALESCE(CAST(email_verified_at AS TEXT), '') FROM members ORDER BY 1",
            )
            .await,
    );
    found.extend(
        server.sql_column("SELECT email || COALESCE(CAST(decided_at AS TEXT), '') FROM registrations ORDER BY 1").await,
    );
    found
}

on_both! {
    /// Fails when looking at one of these links does anything, whoever looks, or its button does it to somebody else.
    async fn looking_changes_nothing_and_the_button_works_once_whoever_is_signed_in(db: TestDatabase) {
        let (server, _, links) = every_link(db).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let before = state(&server).await;
        for Link { purpose, path, .. } in &links {
            for browser in [&mut server.browser(), &mut grace] {
                assert_eq!(browser.send(Method::HEAD, path, None).await.status, 200, "{purpose}");
                assert_eq!(browser.get(path).await.status, 200, "{purpose}");
            }
        }
        assert_eq!(state(&server).await, before);
        for Link { purpose, path, leads_to, .. } in &links {
            let mut browser = server.browser();
            assert_eq!(browser.post(path, &[]).await.location(), *leads_to, "{purpose}");
            if *leads_to == "/join" {
                let joined = browser.post("/join", &[("name", "Somebody"), ("password", NEW_PASSWORD)]).await;
                assert_eq!(joined.status, 303, "{purpose}: {}", joined.text());
            }
            let again = if *purpose == "member-profile" { 303 } else { 410 };
            assert_eq!(server.browser().post(path, &[]).await.status, again, "{purpose}: once more");
        }
        assert_eq!(server.member_row("grace@example.org").await.role, Role::Member);
    }

    /// Fails when `Links::find_live` no longer asks `link::works` about one of these purposes, or it names another setting.
    async fn each_lapses_by_the_earlier_of_what_held_then_and_what_holds_now(db: TestDatabase) {
        let (server, mut boss, links) = every_link(db).await;
        server.clock.advance(Span::seconds(599));
        for Link { purpose, path, limit, .. } in &links {
            let tightened: Vec<_> = limited("20").into_iter().map(|(key, value)| (key, if key == *limit { "9" } else { value })).collect();
            boss.has_saved_settings(&tightened).await;
            assert_eq!(server.browser().get(path).await.status, 410, "{purpose}: at once");
            assert_eq!(server.browser().post(path, &[]).await.status, 410, "{purpose}: its button, too");
        }
        boss.has_saved_settings(&limited("0")).await;
        for Link { purpose, path, .. } in &links {
            assert_eq!(server.browser().get(path).await.status, 200, "{purpose}: nothing was used up");
        }
        server.clock.advance(Span::seconds(601));
        for Link { purpose, path, .. } in &links {
            assert_eq!(server.browser().get(path).await.status, 410, "{purpose}: a longer one brings nothing back");
            assert_eq!(server.browser().post(path, &[]).await.status, 410, "{purpose}");
        }
    }

    /// Fails when one of these links does what it says although what it is about has changed, or its author's right is gone.
    async fn each_is_judged_again_when_its_button_is_pressed(db: TestDatabase) {
        let (server, mut boss, links) = every_link(db).await;
        boss.has_saved_settings(&[&limited("20")[..], &[("members.refused_domains", "example.org")]].concat()).await;
        let code = |purpose| match purpose {
            "invitation" | "identity-verification" | "complete-registration" => Some("domain-refused"),
            _ => None,
        };
        for Link { purpose, path, .. } in links.iter().filter(|link| code(link.purpose).is_some()) {
            server.browser().post(path, &[]).await.assert_refused(code(purpose).expect("it is refused"));
        }
        boss.has_saved_settings(&limited("20")).await;
        server.execute_sql(&[
            "UPDATE members SET role = 'member' WHERE email IN ('mod@example.org', 'boss@example.org')",
            "UPDATE members SET standing = 'inactive' WHERE email = 'added@example.org'",
        ]).await;
        for Link { purpose, path, .. } in &links {
            let answer = server.browser().post(path, &[]).await;
            match *purpose {
                "invitation" => answer.assert_refused("invitation-void"),
                "account-verification" => answer.assert_refused("link-dead"),
                "member-approve" | "member-reject" => answer.assert_refused("role-required"),
                _ => assert_eq!(answer.status, 303, "{purpose}: nobody's right is behind it"),
            }
        }
        assert_eq!(server.member_row(BOSS).await.role, Role::Member);
    }
}
