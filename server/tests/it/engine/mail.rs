//! Mail: what is sent to whom and when, and what becomes of what can't be handed over.
use crate::support::{Answer, NEW_PASSWORD, PASSWORD, Received, TestServer};
use domain::{
    Bailey, Clock, Parts, Vault,
    files::FileStore,
    mail::Mailer,
    members::NewMember,
    outbound::{Authorities, Outbound},
};
use policy::{Role, time::Span};
use store::{OutboxTable, on_both};

const ADA: &str = "ada@example.org";

fn subjects(mut found: Vec<Received>) -> Vec<String> {
    found.sort_by(|a, b| a.subject.cmp(&b.subject));
    found.into_iter().map(|mail| mail.subject.trim_end_matches(" · Bailey").to_owned()).collect()
}

/// A Bailey on the same database whose mail server does not answer.
fn without_server(server: &TestServer, clock: &Clock) -> Bailey {
    let from = "Bailey <bailey@example.org>".parse().expect("an address");
    // Nothing listens on the port of discarded mail.
    let mailer = Mailer::smtp("smtp://127.0.0.1:9", "localhost", from).expect("an address of a mail server");
    let parts = Parts {
        store: server.db.store.clone(),
        clock: clock.clone(),
        vault: Vault::new([7; 32]),
        files: FileStore::new(server.files.path()),
        hash_concurrency: 1,
        hash_wait: std::time::Duration::from_secs(5),
        origin: "http://localhost:3000".to_owned(),
        mailer,
        outbound: Outbound::new(Vec::new(), Authorities::default()),
        avatar_server: "https://avatars.example.org/".parse().expect("an address"),
        safe_mode: false,
    };
    Bailey::new(parts).expect("the parts fit")
}

/// Where the form posts to that tries the test mail again.
fn retry_of(page: &Answer) -> String {
    page.page().part("form[action$='/retry']", "A test mail").attribute("form", "action")
}

on_both! {
    /// Fails when `TwoFactor::confirm_authenticator`, `TwoFactor::new_recovery_codes` or `TwoFactor::remove_authenticator` no longer calls
    /// `Mails::queue_to_caller`, or `Passwords::change` no longer calls `Mails::queue`.
    async fn members_are_told_of_whatever_changes_how_they_sign_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        assert!(server.mail().await.is_empty(), "every browser is new at the first sign-in");
        let (_, codes) = server.enrol_app(&mut ada).await;
        let mail = server.one_mail("A way to sign in was added").await;
        assert_eq!(mail.to, ADA);
        assert!(mail.text.contains("You added an authenticator app to your account on 15 January 2027, 08:00 UTC."), "{}", mail.text);
        assert!(mail.html.contains("href=\"http://localhost:3000/profile/two-factor\""), "{}", mail.html);
        assert!(mail.raw.contains("Auto-Submitted: auto-generated"));

        ada.post("/profile/two-factor/recovery-codes", &[]).await;
        assert_eq!(subjects(server.mail().await), ["Your recovery codes were replaced"]);
        let mut elsewhere = server.browser();
        elsewhere.sign_in(ADA).await;
        let page = elsewhere.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0])]).await;
        assert_eq!(page.status, 422, "the earlier codes no longer work");
        assert!(server.mail().await.is_empty());

        let answer = ada.post("/profile/password", &[("current", PASSWORD), ("password", NEW_PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert!(server.one_mail("Your password was changed").await.text.contains("from the address 203.0.113.7"));
        ada.post("/profile/two-factor/authenticator/remove", &[]).await;
        assert_eq!(subjects(server.mail().await), ["A way to sign in was removed"]);
    }

    /// Fails when `SignIn::let_in` no longer calls `SignIn::tell_of_new_browser`.
    async fn a_sign_in_from_a_new_browser_is_told_and_one_from_a_known_one_is_not(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        let mut own = server.browser();
        own.get("/sign-in").await;
        own.sign_in(ADA).await;
        own.post("/sign-out", &[]).await;
        own.sign_in(ADA).await;
        assert!(server.mail().await.is_empty());
        let mut other = server.browser();
        other.get("/sign-in").await;
        other.sign_in(ADA).await;
        let mail = server.one_mail("You signed in from a new browser").await;
        assert!(mail.text.contains("with Firefox on Linux from the address 203.0.113.7"), "{}", mail.text);
    }

    /// Fails when `TwoFactor::recovery_code_used` no longer calls `Mails::queue`.
    async fn using_a_recovery_code_is_told(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        server.mail().await;
        let mut browser = server.browser();
        browser.sign_in(ADA).await;
        browser.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0])]).await;
        assert!(server.one_mail("A recovery code was used").await.text.contains("9 codes left"));
    }

    /// Fails when a refused act still commits its mail.
    async fn what_was_refused_sends_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let answer = ada.post("/profile/password", &[("current", "not hers"), ("password", NEW_PASSWORD)]).await;
        assert_eq!(answer.status, 422);
        assert!(server.mail().await.is_empty());
    }

    /// Fails when `Outbox::deliver` makes no pause between two tries, when `RETRIES` is another number, or when
    /// `Mails::retry` takes a mail that has arrived.
    async fn a_mail_is_tried_again_with_growing_pauses_and_given_up_in_the_end(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let away = without_server(&server, &server.clock);
        assert_eq!(boss.post("/admin/mail/test", &[]).await.location(), "/admin/mail?notice=test-mail-queued");
        assert_eq!(away.mail().deliver_due().await.expect("the database answers"), 0);
        let page = boss.get("/admin/mail").await.text();
        assert!(page.contains("1 try so far; the next one is due"), "{page}");
        assert_eq!(away.mail().deliver_due().await.expect("the database answers"), 0, "not before its pause is over");
        let mut tries = 1;
        while !boss.get("/admin/mail").await.text().contains("Given up") {
            server.clock.advance(Span::minutes(240));
            let mut again = server.browser();
            again.sign_in("boss@example.org").await;
            boss = again;
            away.mail().deliver_due().await.expect("the database answers");
            tries += 1;
            assert!(tries <= 12, "it is given up after twelve tries");
        }
        assert_eq!(tries, 12);
        let retry = retry_of(&boss.get("/admin/mail").await);
        assert_eq!(boss.post(&retry, &[]).await.location(), "/admin/mail?notice=mail-tried-again");
        assert_eq!(server.one_mail("A test mail").await.to, "boss@example.org");
        assert!(boss.get("/admin/mail").await.text().contains("Handed over"));
        assert_eq!(boss.post(&retry, &[]).await.status, 404, "it has arrived");
    }

    /// Fails when the page offers it only for mails that were given up, when `Mails::retry` takes only those, or when it
    /// takes one that is being tried, which would be handed over twice.
    async fn a_mail_that_waits_after_a_failure_is_tried_at_once_where_an_admin_asks_for_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        boss.post("/admin/mail/test", &[]).await;
        let page = boss.get("/admin/mail").await;
        assert!(page.text().contains("Waiting") && !page.page().has("form[action$='/retry']"), "it is about to be tried anyway");
        let away = without_server(&server, &server.clock);
        away.mail().deliver_due().await.expect("the database answers");
        let page = boss.get("/admin/mail").await;
        assert!(page.text().contains("1 try so far"), "{}", page.text());
        let retry = retry_of(&page);
        assert!(server.mail().await.is_empty(), "its pause is not over");
        let now = server.clock.now();
        let mut tx = server.db.store.write().await.expect("it answers");
        let leased = tx.lease_due(OutboxTable::Mails, (now + Span::minutes(1)).0, (now + Span::minutes(10)).0, 9, i64::MAX).await.expect("it reads");
        tx.commit().await.expect("it keeps");
        assert_eq!(boss.post(&retry, &[]).await.status, 404, "somebody is handing it over");
        let mut tx = server.db.store.write().await.expect("it answers");
        tx.note_delayed(OutboxTable::Mails, &leased[0].id, "nobody answered", (now + Span::minutes(60)).0).await.expect("it writes");
        tx.commit().await.expect("it keeps");
        assert_eq!(boss.post(&retry, &[]).await.location(), "/admin/mail?notice=mail-tried-again");
        assert_eq!(server.one_mail("A test mail").await.to, "boss@example.org");
        assert_eq!(boss.post(&retry, &[]).await.status, 404, "it has arrived");
    }

    /// Fails when `lease_due` no longer moves `next_try_at`.
    async fn of_several_nodes_one_hands_a_mail_over(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        for _ in 0..5 {
            boss.post("/admin/mail/test", &[]).await;
        }
        let (now, leased_for) = (server.clock.now(), Span::minutes(10));
        let mut tx = server.db.store.write().await.expect("it answers");
        assert_eq!(tx.lease_due(OutboxTable::Mails, now.0, (now + leased_for).0, 9, i64::MAX).await.expect("it reads").len(), 5);
        tx.commit().await.expect("it keeps");
        assert_eq!(server.bailey.mail().deliver_due().await.expect("the database answers"), 0, "another node is at it");
        server.clock.advance(leased_for);
        let mut nodes = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let bailey = server.bailey.clone();
            nodes.spawn(async move { bailey.mail().deliver_due().await.expect("the database answers") });
        }
        assert_eq!(nodes.join_all().await.into_iter().sum::<usize>(), 5);
        assert_eq!(server.mail().await.len(), 5);
    }

    /// Fails when `Mails::queue` no longer calls `Vault::seal`, or `note_delivered` no longer forgets the letter.
    async fn what_a_mail_said_is_sealed_and_forgotten_once_it_is_handed_over(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        boss.post("/admin/mail/test", &[]).await;
        let mut tx = server.db.store.write().await.expect("it answers");
        let now = server.clock.now().0;
        let leased = tx.lease_due(OutboxTable::Mails, now, now, 9, i64::MAX).await.expect("it reads");
        assert!(leased[0].payload.starts_with("v1.") && !leased[0].payload.contains("asked"), "{}", leased[0].payload);
        tx.commit().await.expect("it keeps");
        server.mail().await;
        let mut tx = server.db.store.write().await.expect("it answers");
        assert!(!tx.retry(OutboxTable::Mails, &server.workspace.id, &leased[0].id, now).await.expect("it writes"), "nothing is left of it");
    }

    /// Fails when a name comes into the head of a mail with the ends of its lines, or into its HTML part unescaped.
    async fn a_name_cannot_bring_headers_into_a_mail(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let name = "Ada\r\nBcc: eve@example.org\r\n\r\nHello <b>\"";
        let new = NewMember { name, email: ADA, password: Some(PASSWORD.into()), role: Role::Admin, confirmed: true };
        server.create(new).await;
        let mut browser = server.browser();
        browser.sign_in(ADA).await;
        browser.post("/admin/mail/test", &[]).await;
        let mail = server.one_mail("A test mail").await;
        let (head, _) = mail.raw.split_once("\r\n\r\n").expect("a head and a body");
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
        assert!(mail.html.contains("Hello &lt;b&gt;"), "{}", mail.html);
    }

    /// Fails when `preview` no longer marks the page with `as_mail`, or `Mail::samples` leaves one of these kinds
    /// out.
    async fn an_admin_sees_what_people_get(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let page = boss.get("/admin/mail").await;
        assert!(page.text().contains("No mail was sent yet.") && page.text().contains("No mail server is configured"));
        for kind in ["new-browser", "locked", "sign-in-code", "recovery-code-used"] {
            assert!(page.page().links_to(&format!("/admin/mail/preview/{kind}")), "{kind}");
        }
        let preview = boss.get("/admin/mail/preview/sign-in-code").await;
        assert!(preview.page().texts("p").contains(&"1234 5678".to_owned()), "{}", preview.text());
        let csp = preview.headers["content-security-policy"].to_str().expect("ASCII");
        assert!(csp.contains("default-src 'none'") && csp.contains("sandbox"), "{csp}");
        assert_eq!(boss.get("/admin/mail/preview/nothing").await.status, 404);
    }
}
