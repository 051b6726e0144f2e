//! The machine's clock beside the database's.
use crate::support::{NOON, SECOND_STEP, TestServer, code_at};
use domain::Clock;
use policy::{Role, time::Span};
use std::{process::Command, sync::atomic::Ordering};
use store::on_both;

on_both! {
    /// Fails when `clock_warning` no longer asks PostgreSQL, or asks by another clock than Bailey's.
    async fn a_clock_that_is_six_seconds_off_is_told_where_the_database_has_one(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let has_clock = server.db.dir().is_none();
        let Clock::Manual(at) = &server.clock else { panic!("the clock of a test stands") };
        for (off, told) in [(0, None), (6_000, Some("behind")), (-6_000, Some("ahead of"))] {
            at.store(Clock::System.now().0 + off, Ordering::SeqCst);
            let said = server.bailey.clock_warning().await.expect("the database answers");
            match told.filter(|_| has_clock) {
                Some(way) => assert!(said.as_ref().is_some_and(|said| said.contains(way)), "{off}: {said:?}"),
                None => assert_eq!(said, None, "{off}"),
            }
        }
    }

    /// Fails when `is_ahead_of` is not asked of proofs, sessions and mails, `as_of` not of locks, or `accept_step` looks at
    /// the last step alone.
    async fn a_clock_that_ran_ahead_and_was_set_right_lengthens_nothing_and_holds_nothing_up(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let Clock::Manual(at) = &server.clock else { panic!("the clock of a test stands") };
        server.member("boss@example.org", Role::SuperAdmin).await;
        server.member("ada@example.org", Role::Member).await;
        at.store((NOON + Span::days(731)).0, Ordering::SeqCst);
        let mut ada = server.sign_in("ada@example.org").await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        for _ in 0..5 {
            server.browser().sign_in_with("boss@example.org", "wrong").await;
        }
        server.browser().post("/forgot-password", &[("email", "ada@example.org")]).await;
        at.store(NOON.0, Ordering::SeqCst);
        assert!(server.mail().await.iter().any(|mail| mail.subject.starts_with("Choose a new password")));
        assert_eq!(ada.get("/profile").await.status, 303, "nobody knows how old her session is");
        let mut between = server.pending_sign_in("ada@example.org").await;
        let code = code_at(&secret, NOON);
        assert_eq!(between.post(SECOND_STEP, &[("code", &code)]).await.location(), "/", "her codes are taken");
        assert_eq!(server.browser().sign_in("boss@example.org").await.status, 429, "it is locked");
        server.clock.advance(Span::minutes(15));
        assert_eq!(server.browser().sign_in("boss@example.org").await.status, 303, "for as long as a lock lasts");
        server.browser().post("/forgot-password", &[("email", "ada@example.org")]).await;
        server.one_mail("Choose a new password").await;
    }

    /// Fails when a sign-in between its steps, a challenge, a set-up, a change that waits or a password of that time serves
    /// for two years.
    async fn what_was_begun_while_a_clock_ran_ahead_serves_no_longer(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let Clock::Manual(at) = &server.clock else { panic!("the clock of a test stands") };
        server.member("boss@example.org", Role::SuperAdmin).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        let (secret, codes) = server.enrol_app(&mut ada).await;
        at.store((NOON + Span::days(731)).0, Ordering::SeqCst);
        let mut between = server.pending_sign_in("ada@example.org").await;
        let mut boss = server.sign_in("boss@example.org").await;
        let waits = boss.press("wait", 0, &[("sessions.lifetime", "60")]).await;
        assert_eq!(waits.status, 303, "{}", waits.text());
        assert_eq!(server.session_lifetime().await, 60);
        server.member("grace@example.org", Role::Member).await;
        at.store((NOON + Span::minutes(1)).0, Ordering::SeqCst);
        let lapsed = between.post(SECOND_STEP, &[("code", &code_at(&secret, NOON))]).await;
        assert!(lapsed.location().starts_with("/sign-in?notice="), "{}", lapsed.location());
        assert_eq!(server.bailey.policies().revert_overdue().await.expect("it answers"), 1, "nobody confirmed it");
        assert_eq!(server.session_lifetime().await, 480);
        let mut boss = server.sign_in("boss@example.org").await;
        boss.has_saved_settings(&[("passwords.max_age", "90")]).await;
        let mut grace = server.sign_in("grace@example.org").await;
        assert!(grace.get("/").await.location().starts_with("/profile/password"), "nobody knows how old her password is");
        assert_eq!(boss.get("/profile").await.status, 200, "hers is known");
        let mut again = server.pending_sign_in("ada@example.org").await;
        assert_eq!(again.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0])]).await.location(), "/");
        let told = server.bailey.instants_ahead().await.expect("it answers").expect("there are some");
        for what in ["session: ", "password: 1", "pending sign-in: 1"] {
            assert!(told.contains(what), "{what}: {told}");
        }
    }

    /// Fails when `ahead_of` leaves one of the kinds out, or the doctor no longer says what it has found.
    async fn times_that_lie_ahead_are_told_of(db: TestDatabase) {
        let server = TestServer::start(db).await;
        assert_eq!(server.bailey.instants_ahead().await.expect("it answers"), None);
        server.member("ada@example.org", Role::Member).await;
        let Clock::Manual(at) = &server.clock else { panic!("the clock of a test stands") };
        at.store((NOON + Span::seconds(4)).0, Ordering::SeqCst);
        let mut ada = server.sign_in("ada@example.org").await;
        server.browser().sign_in_with("ada@example.org", "wrong").await;
        at.store(NOON.0, Ordering::SeqCst);
        assert_eq!(server.bailey.instants_ahead().await.expect("it answers"), None, "clocks differ by so much");
        at.store((NOON + Span::minutes(1)).0, Ordering::SeqCst);
        server.enrol_app(&mut ada).await;
        server.browser().post("/forgot-password", &[("email", "ada@example.org")]).await;
        server.bailey.mail().deliver_due().await.expect("it answers");
        at.store((NOON - Span::days(1)).0, Ordering::SeqCst);
        let told = server.bailey.instants_ahead().await.expect("it answers").expect("there are some");
        for what in ["session: 1", "lock or count of tries: ", "authenticator app: 1", "link: 1", "password: 1"] {
            assert!(told.contains(what), "{what}: {told}");
        }
    }

    async fn what_has_lapsed_is_deleted(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        ada.post("/profile/two-factor/authenticator", &[]).await;
        server.browser().post("/forgot-password", &[("email", "ada@example.org")]).await;
        server.mail().await;
        server.bailey.tidy_up().await.expect("it answers");
        let left = async |sql| server.sql_column(sql).await.len();
        assert_eq!(left("SELECT member_id FROM pending_authenticators").await, 1, "it still waits");
        server.clock.advance(Span::minutes(11));
        server.bailey.tidy_up().await.expect("it answers");
        assert_eq!(left("SELECT member_id FROM pending_authenticators").await, 0);
        server.clock.advance(Span::days(89));
        server.bailey.tidy_up().await.expect("it answers");
        assert_eq!(left("SELECT token_hash FROM links").await, 1, "whoever opens it is told why it is dead");
        server.clock.advance(Span::days(1));
        server.bailey.tidy_up().await.expect("it answers");
        assert_eq!(left("SELECT token_hash FROM links").await, 0);
    }

    /// Fails when `bailey doctor` says nothing of the clocks.
    async fn the_doctor_says_that_the_clocks_agree(db: TestDatabase) {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let mut doctor = Command::new(env!("CARGO_BIN_EXE_bailey"));
        doctor.arg("doctor").current_dir(dir.path()).env("BAILEY_DATABASE_URL", &db.url);
        let said = doctor.output().expect("the program starts").stdout;
        let said = String::from_utf8(said).expect("text");
        let line = if db.dir().is_none() { "Clocks: this machine's and the database's agree.\n" } else { "Clocks: this machine's is the only one.\n" };
        assert!(said.contains(line), "{said}");
    }
}
