//! Passkeys over HTTP, by a software authenticator that does what it is told.
use crate::support::{ORIGIN, Passkey, TestServer};
use policy::{Role, time::Span};
use serde_json::{Value, json};
use store::on_both;

on_both! {
    /// Fails when `Factors::enrolled` no longer counts passkeys, or `TwoFactor::passkey_added` no longer calls `Sessions::rotate`.
    async fn a_passkey_satisfies_the_policy_and_signs_in_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.save_settings(&[("two_factor.require_admins", "true")]).await;
        assert_eq!(ada.get("/admin/settings").await.status, 303);
        let before = ada.cookies["bailey-3000"].clone();
        let mut key = ada.enrol_passkey().await;
        assert_ne!(ada.cookies["bailey-3000"], before, "enrolling rotates the token");
        assert_eq!(ada.get("/admin/settings").await.status, 200);
        let mut fresh = server.browser();
        let (answer, ..) = fresh.sign_in_by_passkey(&mut key, ORIGIN).await;
        assert_eq!((answer.status, answer.json()), (200, Value::from("/")));
        assert_eq!(fresh.get("/admin/settings").await.status, 200);
    }

    /// Fails when `TwoFactor::spend_challenge` no longer looks at what `Tx::spend_challenge` says, or `open_challenge` takes its hash of the text.
    async fn the_same_answer_is_not_taken_twice(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = server.signed_in("ada@example.org", Role::Admin).await.enrol_passkey().await;
        let (answer, id, credential) = server.browser().sign_in_by_passkey(&mut key, ORIGIN).await;
        assert_eq!(answer.status, 200);
        let again = server.browser().post("/api/app/passkeys/sign-in-finish", &[("id", &id), ("credential", &credential)]).await;
        again.assert_refused("challenge-expired");
        let spelt_otherwise = format!("+{id}");
        let again = server.browser().finish_ceremony("sign-in", &spelt_otherwise, &credential, &[]).await;
        again.assert_refused("challenge-expired");
    }

    /// Fails when `TwoFactor::open_challenge` no longer looks at the time, or `CHALLENGE_LASTS` is longer.
    async fn a_challenge_lapses_after_five_minutes(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = server.signed_in("ada@example.org", Role::Admin).await.enrol_passkey().await;
        let mut browser = server.browser();
        let (id, options) = browser.begin_ceremony("sign-in").await;
        let credential = key.answer(options, ORIGIN);
        server.clock.advance(Span::minutes(5));
        let late = browser.post("/api/app/passkeys/sign-in-finish", &[("id", &id), ("credential", &credential)]).await;
        late.assert_refused("challenge-expired");
    }

    /// Fails when `Bailey::new` lets answers from more origins than its own be taken.
    async fn an_answer_for_another_site_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = server.signed_in("ada@example.org", Role::Admin).await.enrol_passkey().await;
        for elsewhere in ["http://localhost:9999", "https://localhost:3000", "https://evil.example"] {
            let mut browser = server.browser();
            let (answer, ..) = browser.sign_in_by_passkey(&mut key, elsewhere).await;
            assert_eq!(answer.refusal().as_deref(), Some("wrong-passkey"), "{elsewhere}");
            assert!(browser.cookies.is_empty());
        }
    }

    /// Fails when neither `TwoFactor::holder` nor the challenge says that only the member's own passkeys count.
    async fn a_passkey_is_a_second_step_for_its_own_member_only(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = server.signed_in("ada@example.org", Role::Admin).await.enrol_passkey().await;
        let mut other = server.signed_in("eve@example.org", Role::Admin).await.enrol_passkey().await;
        let mut browser = server.pending_sign_in("ada@example.org").await;
        let (id, mut options) = browser.begin_ceremony("second-step").await;
        options["publicKey"]["allowCredentials"] = json!([]);
        let wrong = other.answer(options, ORIGIN);
        let refused = browser.post("/api/app/passkeys/second-step-finish", &[("id", &id), ("credential", &wrong)]).await;
        refused.assert_refused("wrong-passkey");
        let (id, options) = browser.begin_ceremony("second-step").await;
        let right = key.answer(options, ORIGIN);
        let done = browser.post("/api/app/passkeys/second-step-finish", &[("id", &id), ("credential", &right)]).await;
        assert_eq!((done.status, done.json()), (200, Value::from("/")));
        assert_eq!(browser.get("/profile").await.status, 200);
    }

    /// Fails when `TwoFactor::take_challenge` no longer looks whose challenge it is.
    async fn one_credential_belongs_to_one_member(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut eve = server.signed_in("eve@example.org", Role::Admin).await;
        let (ada_id, options) = ada.begin_ceremony("enrol").await;
        let (credential, _) = Passkey::register(options, ORIGIN);
        let (eve_id, _) = eve.begin_ceremony("enrol").await;
        for id in [&ada_id, &eve_id] {
            let stolen = eve.post("/api/app/passkeys/enrol-finish", &[("id", id), ("name", "x"), ("credential", &credential)]).await;
            assert!(matches!(stolen.refusal().as_deref(), Some("wrong-passkey" | "challenge-expired")));
        }
        assert_eq!(eve.post("/api/app/passkeys/enrol-finish", &[("id", "x"), ("name", "x"), ("credential", "{}")]).await.status, 422);
    }
}
