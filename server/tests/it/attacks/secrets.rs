//! What a stolen database gives away, and what a changed one can't hide.
use crate::support::{Browser, NOON, PASSWORD, SECOND_STEP, TestDatabase, TestServer, code_at, shown_secret};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use domain::{Token, audit::Verdict, members::NewMember};
use policy::{Role, time::Span};
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use store::on_both;
use totp_rs::Secret;

const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";

/// Everything that stands in the database, as text.
async fn dump(db: &TestDatabase) -> String {
    if let Some(dir) = db.dir() {
        let bytes: Vec<u8> = std::fs::read_dir(dir)
            .expect("the folder is there")
            .flat_map(|file| std::fs::read(file.expect("a file").path()).expect("it can be read"))
            .collect();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut connection = sqlx::PgConnection::connect(&db.url).await.expect("it answers");
    let tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()";
    let mut text = String::new();
    for table in connection.fetch_all(tables).await.expect("it reads") {
        let table: String = table.get(0);
        let rows = format!("SELECT row_to_json(t)::text FROM {table} t");
        for row in connection.fetch_all(AssertSqlSafe(rows)).await.expect("it reads") {
            text.push_str(row.get::<&str, _>(0));
        }
    }
    text
}

on_both! {
    /// Fails when `begin_authenticator` no longer rotates the session, or `TwoFactor::overview` no longer asks `is_fresh`.
    async fn a_copied_cookie_reads_no_seed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut thief = Browser::clone_of(&ada);
        server.clock.advance(Span::minutes(5));
        assert_eq!(ada.post("/profile/two-factor/authenticator", &[]).await.location(), "/profile/two-factor");
        assert_eq!(thief.get("/profile/two-factor").await.status, 303, "her session has a new token");
        let secret = shown_secret(&ada.get("/profile/two-factor").await);
        server.clock.advance(Span::minutes(5));
        for browser in [&mut Browser::clone_of(&ada), &mut ada] {
            let page = browser.get("/profile/two-factor").await;
            assert!(!page.page().has("[data-testid=totp-secret]") && !page.body.contains(&secret), "{}", page.text());
            assert!(page.page().has("a[href='/profile/step-up?next=%2Fprofile%2Ftwo-factor']"), "{}", page.text());
        }
        ada.post("/profile/step-up/password", &[("current", PASSWORD)]).await;
        assert_eq!(shown_secret(&ada.get("/profile/two-factor").await), secret, "nothing that was scanned is lost");
    }

    /// Fails when a token is stored in place of its `Token::hash`, a code in place of its keyed hash, a secret or a
    /// waiting mail without `Vault::seal`.
    async fn a_copy_of_the_database_opens_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let link = server.bailey.members().set_up_link(&server.workspace.id).await.expect("it answers").expect("nobody is here");
        let mut browser = server.signed_in(ADA, Role::SuperAdmin).await;
        let (secret, codes) = server.enrol_app(&mut browser).await;
        let mut between = server.browser();
        between.sign_in(ADA).await;
        server.member(GRACE, Role::Member).await;
        let mut grace = server.browser();
        grace.get("/sign-in").await;
        let device = grace.cookies.iter().find(|(name, _)| name.starts_with("bailey-"));
        let device = device.map(|(_, token)| token.clone()).expect("a browser is known again");
        grace.sign_in(GRACE).await;
        assert_eq!(grace.post("/profile/two-factor/email/on", &[]).await.status, 303);
        server.browser().sign_in(GRACE).await;
        server.browser().post("/forgot-password", &[("email", GRACE)]).await;
        let waiting = dump(&server.db).await;
        let mails = server.mail().await;
        let mail = |subject: &str| mails.iter().find(|mail| mail.subject.starts_with(subject)).expect("it has arrived");
        let code = mail("Your code for signing in").code();
        let reset = mail("Choose a new password").link();
        let mut chooser = server.browser();
        assert_eq!(chooser.post(&reset, &[]).await.location(), "/choose-password");
        // Both while the mails wait and once they are handed over.
        let dump = waiting + &dump(&server.db).await;
        assert!(dump.contains(ADA), "the dump is one");
        let known_by = Token::from_browser(&device).hash();
        assert!(dump.contains(&known_by), "the browser is known by a hash");
        let session = browser.cookies["bailey-3000"].as_str();
        let pending = between.cookies["bailey-3000-step"].as_str();
        let grant = chooser.cookies["bailey-3000-grant"].as_str();
        let reset = reset.trim_start_matches("/link/");
        for hidden in [PASSWORD, link.expose(), session, pending, &device, reset, grant, &secret] {
            assert!(!dump.contains(hidden), "a token or a secret stands in the database in clear");
        }
        let bytes = Secret::try_from_base32(&secret).expect("a secret in base32").as_bytes().to_vec();
        for hidden in [hex::encode(&bytes), BASE64_STANDARD_NO_PAD.encode(&bytes)] {
            assert!(!dump.contains(&hidden), "a secret stands in the database in clear");
        }
        for hidden in [&codes[0], &codes[0].replace('-', ""), &code, &code.replace(' ', "")] {
            assert!(!dump.contains(hidden.as_str()), "a code stands in the database in clear");
        }
    }

    /// Fails when `Sessions::find`, `SignIn::pending` or `Links::find_live` looks for what a browser sent in place of its hash.
    async fn a_hash_from_the_database_opens_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
        server.enrol_app(&mut ada).await;
        let mut between = server.browser();
        between.sign_in(ADA).await;
        let mut chooser = server.browser();
        chooser.post("/forgot-password", &[("email", ADA)]).await;
        let link = server.one_mail("Choose a new password").await.link();
        chooser.post(&link, &[]).await;
        let dump = dump(&server.db).await;
        let mut thief = server.browser();
        for (name, owner) in [("bailey-3000", &ada), ("bailey-3000-step", &between), ("bailey-3000-grant", &chooser)] {
            let hash = Token::from_browser(&owner.cookies[name]).hash();
            assert!(dump.contains(&hash), "{name}: this is what is stored");
            assert_eq!(thief.get(&format!("/link/{hash}")).await.status, 410, "{name}");
            thief.cookies.insert(name.to_owned(), hash);
        }
        assert_eq!(thief.get("/profile").await.location(), "/sign-in?next=%2Fprofile");
        assert_eq!(thief.get("/api/v1/session").await.status, 401);
        assert!(thief.get(SECOND_STEP).await.location().starts_with("/sign-in?"));
        assert_eq!(thief.get("/choose-password").await.status, 410);
        assert_eq!(ada.get("/profile").await.status, 200, "the tokens themselves do");
        assert_eq!(between.get(SECOND_STEP).await.status, 200);
        assert_eq!(chooser.get("/choose-password").await.status, 200);
    }

    /// Fails on PostgreSQL when `Store::read` no longer sees one state: the head is read before entries that are appended
    /// meanwhile.
    async fn a_log_that_is_written_meanwhile_is_never_called_broken(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (bailey, workspace) = (server.bailey.clone(), server.workspace.id.clone());
                tokio::spawn(async move {
                    for n in 0..40 {
                        let email = format!("m{writer}.{n}@example.org");
                        let new = NewMember { name: "Somebody", email: &email, password: None, role: Role::Member, confirmed: true };
                        bailey.members().create(&workspace, new).await.expect("they are new");
                    }
                })
            })
            .collect();
        let mut looked = 0;
        while looked < 3 || writers.iter().any(|writer| !writer.is_finished()) {
            let found = server.bailey.audit().verify(&server.workspace.id).await.expect("it answers");
            assert!(matches!(found, Verdict::Whole(_)), "{found:?} the {looked}th time");
            looked += 1;
        }
        let whole = server.bailey.audit().verify(&server.workspace.id).await.expect("it answers");
        assert_eq!(whole, Verdict::Whole(160));
    }

    async fn a_secret_that_is_moved_to_another_member_does_not_open(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut eve = server.signed_in("eve@example.org", Role::Member).await;
        let (secret, _) = server.enrol_app(&mut eve).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        server.enrol_app(&mut ada).await;
        server.execute_sql(&["UPDATE authenticators SET last_step = 0, secret = (SELECT secret FROM authenticators \
            WHERE member_id = (SELECT id FROM members WHERE email = 'eve@example.org'))"]).await;
        let mut browser = server.browser();
        browser.sign_in("ada@example.org").await;
        let page = browser.post(SECOND_STEP, &[("code", &code_at(&secret, NOON))]).await;
        assert_eq!(page.status, 500, "her own secret is lost, but nobody else's stands in for it");
        assert_eq!(browser.get("/profile").await.status, 303);
    }

    async fn a_changed_entry_breaks_the_chain_at_its_place(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.save_settings(&[("sessions.lifetime", "60")]).await;
        let verdict = || server.bailey.audit().verify(&server.workspace.id);
        assert_eq!(verdict().await.expect("it reads"), Verdict::Whole(3));
        let free: &[&str] = if server.db.dir().is_some() {
            &["DROP TRIGGER audit_entries_are_never_changed", "DROP TRIGGER audit_entries_are_never_deleted"]
        } else {
            &["DROP TRIGGER audit_entries_are_never_changed ON audit_entries"]
        };
        server.execute_sql(free).await;
        server.execute_sql(&["UPDATE audit_entries SET actor = 'eve@example.org' WHERE seq = 2"]).await;
        assert_eq!(verdict().await.expect("it reads"), Verdict::Broken(2));
        server.execute_sql(&["DELETE FROM audit_entries WHERE seq >= 2"]).await;
        assert_eq!(verdict().await.expect("it reads"), Verdict::Broken(2), "an end that is cut off is seen too");
    }
}
