//! Acts on one member at once: each sees what the one before has left, so that nothing outlives what ended it.
use crate::support::{Answer, Browser, ORIGIN, PASSWORD, Passkey, TestServer, code_at, shown_secret};
use policy::{Role, time::Span};
use store::on_both;

const MANY: usize = 20;
const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";

/// Sends the same post from so many browsers with the same cookies, all at once.
async fn at_once(browser: &Browser, many: usize, path: &'static str) -> Vec<Answer> {
    let posts: Vec<_> = (0..many)
        .map(|_| {
            let mut one = Browser::clone_of(browser);
            tokio::spawn(async move { one.post(path, &[]).await })
        })
        .collect();
    let mut found = Vec::new();
    for post in posts {
        found.push(post.await.expect("no request panics"));
    }
    found
}

/// The address of a member, their browser, and the post by which they confirm a factor.
type Confirming = (String, Browser, &'static str, Vec<(&'static str, String)>);

/// Members who can each confirm a factor by one post, half of them an app and half a passkey.
async fn about_to_confirm(server: &TestServer, many: usize) -> Vec<Confirming> {
    let mut found = Vec::new();
    for n in 0..many {
        let email = format!("m{n}@example.org");
        let mut browser = server.signed_in(&email, Role::Member).await;
        if n % 2 == 0 {
            browser.post("/profile/two-factor/authenticator", &[]).await;
            let secret = shown_secret(&browser.get("/profile/two-factor").await);
            let code = code_at(&secret, server.clock.now());
            found.push((email, browser, "/profile/two-factor/authenticator/confirm", vec![("code", code)]));
        } else {
            let (id, options) = browser.begin_ceremony("enrol").await;
            let (credential, _) = Passkey::register(options, ORIGIN);
            let fields = vec![("id", id), ("credential", credential), ("name", "Laptop".to_owned())];
            found.push((email, browser, "/api/app/passkeys/enrol-finish", fields));
        }
    }
    found
}

on_both! {
    /// Fails on PostgreSQL when `new_recovery_codes` no longer calls `hold_caller`.
    async fn recovery_codes_are_replaced_exactly(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        server.enrol_app(&mut ada).await;
        let answers = at_once(&ada, MANY, "/profile/two-factor/recovery-codes").await;
        let sets: Vec<_> = answers.iter().map(|answer| answer.page().texts("[data-testid=recovery-codes] code")).collect();
        assert!(sets.iter().all(|codes| codes.len() == 10), "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
        assert_eq!(server.sql_column("SELECT id FROM recovery_codes WHERE used_at IS NULL").await.len(), 10);
        let mut serving = 0;
        for codes in &sets {
            let mut between = server.pending_sign_in(ADA).await;
            let answer = between.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0])]).await;
            serving += usize::from(answer.status == 303);
            server.clock.advance(Span::minutes(20));
        }
        assert_eq!(serving, 1, "one set serves, whole, and no code of another");
    }

    /// Fails on PostgreSQL when `changeable` no longer holds the member, or `hold_caller` no longer asks whether the session
    /// is live: whoever confirms a factor while an admin resets theirs keeps it.
    async fn a_reset_evicts_whoever_confirms_at_that_moment(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut resets = Vec::new();
        let mut confirmations = Vec::new();
        for (email, mut browser, path, fields) in about_to_confirm(&server, MANY).await {
            let (forms, mut boss) = (server.forms_about(&email).await, Browser::clone_of(&boss));
            confirmations.push(tokio::spawn(async move {
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                browser.post(path, &fields).await.status
            }));
            resets.push(tokio::spawn(async move { boss.post(&format!("{forms}/reset-two-factor"), &[]).await.status }));
        }
        for reset in resets {
            assert_eq!(reset.await.expect("no request panics"), 303);
        }
        for confirmation in confirmations {
            let status = confirmation.await.expect("no request panics");
            assert!(status < 500, "{status}");
        }
        for left in [
            "SELECT member_id FROM authenticators",
            "SELECT member_id FROM pending_authenticators",
            "SELECT member_id FROM passkeys",
            "SELECT member_id FROM recovery_codes",
            "SELECT s.id FROM sessions s JOIN members m ON m.id = s.member_id WHERE s.ended_at IS NULL AND m.role = 'member'",
        ] {
            assert_eq!(server.sql_column(left).await, Vec::<String>::new(), "{left}");
        }
    }

    /// Fails on PostgreSQL, in some runs, when `changeable` no longer holds the member.
    async fn a_sign_in_that_was_before_the_end_of_all_sessions_is_ended_by_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut posts = Vec::new();
        for n in 0..MANY / 2 {
            let email = format!("m{n}@example.org");
            server.member(&email, Role::Member).await;
            let (forms, mut boss) = (server.forms_about(&email).await, Browser::clone_of(&boss));
            let mut browser = server.browser();
            posts.push(tokio::spawn(async move { browser.sign_in_with(&email, PASSWORD).await.status }));
            posts.push(tokio::spawn(async move { boss.post(&format!("{forms}/end-sessions"), &[]).await.status }));
        }
        for post in posts {
            let status = post.await.expect("no request panics");
            assert!(matches!(status, 303 | 503), "{status}");
        }
        // The log is in the order in which they took effect.
        let survived = "SELECT m.email FROM sessions s JOIN members m ON m.id = s.member_id \
                        WHERE s.ended_at IS NULL AND m.role = 'member' AND EXISTS \
                          (SELECT 1 FROM audit_entries i, audit_entries e \
                           JOIN audit_names n ON e.body LIKE '%' || n.name || '%' \
                           WHERE i.body LIKE '%\"Signed in\"%' AND i.actor LIKE '%' || n.name || '%' AND e.seq > i.seq \
                             AND e.body LIKE '%\"Ended all sessions of a member\"%' AND n.email = m.email)";
        assert_eq!(server.sql_column(survived).await, Vec::<String>::new());
    }

    /// Fails on PostgreSQL when an act takes what is a member's before the member, and `unit_of_work` gives up at once: two
    /// of them wait for each other, and one is answered by 500.
    async fn acts_of_every_kind_on_one_member_end_in_no_deadlock(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, codes) = server.enrol_app(&mut ada).await;
        let forms = server.forms_about(ADA).await;
        let id = server.member_row(ADA).await.id;
        server.clock.advance(Span::seconds(30));
        let code = code_at(&secret, server.clock.now());
        let mut pending = Vec::new();
        for _ in 0..4 {
            pending.push(server.pending_sign_in(ADA).await);
        }
        let mut posts = Vec::new();
        for (n, between) in pending.iter().enumerate() {
            let act = |browser: &Browser, path: &str, fields: &[(&str, &str)]| {
                let (mut browser, path) = (Browser::clone_of(browser), path.to_owned());
                let fields: Vec<_> = fields.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
                tokio::spawn(async move {
                    let fields: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                    (browser.post(&path, &fields).await.status, path)
                })
            };
            posts.push(act(between, "/sign-in/second-step", &[("code", &code)]));
            posts.push(act(between, "/sign-in/second-step/recovery", &[("recovery_code", &codes[n])]));
            posts.push(act(&ada, "/profile/step-up", &[("code", &code)]));
            posts.push(act(&ada, "/profile/two-factor/recovery-codes", &[]));
            posts.push(act(&ada, "/profile/two-factor/authenticator/remove", &[]));
            posts.push(act(&ada, "/profile/sessions/end-others", &[]));
            posts.push(act(&boss, &format!("/admin/lockouts/{id}/unlock"), &[]));
            posts.push(act(&boss, &format!("{forms}/end-sessions"), &[]));
            posts.push(act(&boss, &format!("{forms}/reset-two-factor"), &[]));
            posts.push(act(&server.browser(), "/sign-in", &[("email", ADA), ("password", PASSWORD)]));
        }
        for post in posts {
            let (status, path) = post.await.expect("no request panics");
            assert!(status != 500 && (status < 500 || status == 503), "{path}: {status}");
        }
    }
}
