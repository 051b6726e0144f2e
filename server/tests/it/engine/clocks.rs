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
