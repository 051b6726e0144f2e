//! The machine's clock beside the database's.
use crate::support::TestServer;
use domain::Clock;
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
