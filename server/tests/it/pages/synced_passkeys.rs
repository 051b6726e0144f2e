//! Passkeys that managers sync: they may begin to be synced, have copies by design, and don't go back to one device.
use crate::support::{Browser, ORIGIN, Passkey, TestServer};
use policy::Role;
use store::on_both;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";

/// The pages on which a passkey proves who somebody is: alone, as the second step, and once more.
async fn doors(server: &TestServer, ada: &Browser) -> [(&'static str, Browser); 3] {
    let between = server.pending_sign_in(ADA).await;
    [("sign-in", server.browser()), ("second-step", between), ("step-up", Browser::clone_of(ada))]
}

/// The audit log about second factors, as an admin is told it.
async fn log_of(boss: &mut Browser) -> String {
    boss.post("/api/app/audit/load", &[("channel", "two-factor")]).await.body
}

/// What a manager does once it was updated.
fn begin_to_sync(key: &mut Passkey, backed_up: bool, counter: Option<u32>) {
    (key.backup_eligible, key.backed_up, key.counter) = (true, backed_up, counter);
}

on_both! {
    /// Fails when `verify` no longer looks again with the flag the other way round, or `TwoFactor::use_passkey` no longer stores
    /// or tells that it has changed.
    async fn a_passkey_that_begins_to_be_synced_is_taken_at_every_door_stored_and_written_down(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        ada.enrol_passkey().await;
        let kinds = doors(&server, &ada).await.map(|(kind, _)| kind);
        for (n, kind) in kinds.into_iter().enumerate() {
            // A manager that has backed it up already, one that has not yet, and one that goes on counting.
            let (backed_up, counter) = [(true, None), (false, None), (true, Some(7))][n];
            server.execute_sql(&["DELETE FROM passkeys"]).await;
            let (mut key, _) = ada.add_passkey().await;
            let at = |kind| move |(name, browser): (&str, Browser)| (name == kind).then_some(browser);
            let mut browser = doors(&server, &ada).await.into_iter().find_map(at(kind)).expect("a door");
            assert_eq!(server.browser().sign_in_by_passkey(&mut key, ORIGIN).await.0.status, 200, "{kind}: it works so far");
            begin_to_sync(&mut key, backed_up, counter);
            let taken = browser.pass_ceremony(kind, &mut key, &[]).await;
            assert_eq!(taken.status, 200, "{kind}: {}", taken.body);
            let log = log_of(&mut boss).await;
            assert_eq!(log.matches("Took a passkey as a synced one from now on").count(), n + 1, "{kind}: {log}");
            assert_eq!(server.sql_column("SELECT credential FROM passkeys").await.concat().matches("\"backup_eligible\":true").count(), 1);
            for (again, mut browser) in doors(&server, &ada).await {
                if again != "step-up" {
                    let taken = browser.pass_ceremony(again, &mut key, &[]).await;
                    assert_eq!(taken.status, 200, "{kind}, {again}: {}", taken.body);
                }
            }
            let log = log_of(&mut boss).await;
            assert_eq!(log.matches("Took a passkey as a synced one from now on").count(), n + 1, "{kind}: it is told once");
            ada = server.browser();
            assert_eq!(ada.pass_ceremony("sign-in", &mut key, &[]).await.status, 200);
        }
    }

    /// Fails when `has_become_synced` takes a passkey that says that it is no longer synced, or its refusal has the words of any
    /// other one.
    async fn a_synced_passkey_that_says_that_it_stays_on_one_device_is_refused_with_what_to_do(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = ada.add_synced_passkey().await;
        server.mail().await;
        for (refused, (kind, mut browser)) in (1..).zip(doors(&server, &ada).await) {
            (key.backup_eligible, key.backed_up) = (false, false);
            let answer = browser.pass_ceremony(kind, &mut key, &[]).await;
            assert_eq!(answer.refusal().as_deref(), Some("passkey-not-synced"), "{kind}: {}", answer.body);
            let log = log_of(&mut boss).await;
            assert_eq!(log.matches("says now that it never leaves one device").count(), refused, "{kind}: {log}");
            (key.backup_eligible, key.backed_up) = (true, true);
            assert_eq!(browser.pass_ceremony(kind, &mut key, &[]).await.status, 200, "{kind}: as it was it is taken");
        }
        assert!(server.mail().await.iter().all(|mail| !mail.subject.contains("copied")), "that is no sign of a copy");
    }

    /// Fails when `counter_tells_copies` takes the counter of a synced passkey for a proof, in `verify` or in `Tx::use_passkey`.
    async fn a_synced_passkey_counts_as_it_likes_and_a_device_bound_one_only_upwards(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = ada.add_synced_passkey().await;
        server.mail().await;
        // Each of two devices counts for itself; another one counts nothing.
        for counter in [Some(9), Some(3), Some(3), None, Some(1)] {
            for (kind, mut browser) in doors(&server, &ada).await {
                key.counter = counter;
                let taken = browser.pass_ceremony(kind, &mut key, &[]).await;
                assert_eq!(taken.status, 200, "{kind} {counter:?}: {}", taken.body);
                if kind == "step-up" {
                    ada = browser;
                }
            }
        }
        assert!(server.mail().await.iter().all(|mail| !mail.subject.contains("copied")));
        let mut bound = server.signed_in(BOSS, Role::Member).await.enrol_passkey().await;
        bound.counter = Some(9);
        assert_eq!(server.browser().sign_in_by_passkey(&mut bound, ORIGIN).await.0.status, 200);
        bound.counter = Some(9);
        server.browser().sign_in_by_passkey(&mut bound, ORIGIN).await.0.assert_refused("wrong-passkey");
        assert_eq!(server.one_mail("A passkey of yours may have been copied").await.to, BOSS);
    }

    /// Fails when a flag is believed before the signature is verified.
    async fn whoever_has_no_signature_learns_nothing_of_where_a_passkey_is(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = server.signed_in(ADA, Role::Member).await.add_synced_passkey().await;
        let mut browser = server.browser();
        for backup_eligible in [true, false] {
            (key.backup_eligible, key.backed_up) = (backup_eligible, false);
            let (id, options) = browser.begin_ceremony("sign-in").await;
            let mut forged: serde_json::Value = serde_json::from_str(&key.answer(options, ORIGIN)).expect("JSON");
            let (_, other) = browser.begin_ceremony("sign-in").await;
            let other: serde_json::Value = serde_json::from_str(&key.answer(other, ORIGIN)).expect("JSON");
            forged["response"]["signature"] = other["response"]["signature"].clone();
            let answer = browser.finish_ceremony("sign-in", &id, &forged.to_string(), &[]).await;
            assert_eq!(answer.refusal().as_deref(), Some("wrong-passkey"), "{backup_eligible}");
        }
    }
}
