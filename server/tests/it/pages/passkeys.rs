//! Passkeys over HTTP, by a software authenticator that does what it is told.
use crate::support::{Answer, Browser, TestServer};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use policy::{Role, time::Span};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::on_both;
use webauthn_authenticator_rs::{AuthenticatorBackendHashedClientData, softpasskey::SoftPasskey};
use webauthn_rs_proto::{CreationChallengeResponse, RequestChallengeResponse};

pub const ORIGIN: &str = "http://localhost:3000";
const PATIENCE: u32 = 60_000;

/// An authenticator that holds one passkey.
pub struct Key {
    device: SoftPasskey,
    id: Vec<u8>,
    user: Vec<u8>,
}

/// The name of a challenge, and its options.
pub fn challenge(answer: &Answer) -> (String, Value) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let found = answer.json();
    let options = found["options"].as_str().expect("options are JSON in a text");
    (found["id"].as_str().expect("an id").to_owned(), serde_json::from_str(options).expect("options are JSON"))
}

/// What a browser lets the authenticator sign about a ceremony (WebAuthn Level 3 §5.8.1), with what it says of the page.
fn client_data(kind: &str, options: &Value, page: &Value) -> Vec<u8> {
    let mut data = page.clone();
    data["type"] = kind.into();
    data["challenge"] = options["publicKey"]["challenge"].clone();
    data.to_string().into_bytes()
}

/// Registers with a device on a page of this origin; answers what is to be sent back, and the key.
pub fn register(options: Value, from: &str) -> (String, Key) {
    register_on(options, &json!({ "origin": from }))
}

/// Registers with a device on a page of which the browser says this.
pub fn register_on(options: Value, page: &Value) -> (String, Key) {
    let data = client_data("webauthn.create", &options, page);
    let mut options: CreationChallengeResponse = serde_json::from_value(options).expect("creation options");
    let selection = options.public_key.authenticator_selection.as_mut().expect("the server selects");
    assert!(selection.require_resident_key, "a passkey must be able to sign in alone");
    // The device of the test keeps nothing of its own; the test brings the handle along instead.
    selection.require_resident_key = false;
    selection.resident_key = None;
    let user: Vec<u8> = options.public_key.user.id.clone();
    let mut device = SoftPasskey::new(true);
    let hash = Sha256::digest(&data).to_vec();
    let mut made = device.perform_register(hash, options.public_key, PATIENCE).expect("the device registers");
    made.response.client_data_json = data;
    let id: Vec<u8> = made.raw_id.clone();
    (serde_json::to_string(&made).expect("plain data"), Key { device, id, user })
}

impl Key {
    /// What the authenticator answers to a challenge on a page of this origin.
    pub fn answer(&mut self, options: Value, from: &str) -> String {
        self.answer_on(options, &json!({ "origin": from }))
    }

    /// What the authenticator answers to a challenge on a page of which the browser says this.
    pub fn answer_on(&mut self, mut options: Value, page: &Value) -> String {
        let data = client_data("webauthn.get", &options, page);
        if options["publicKey"]["allowCredentials"].as_array().is_none_or(Vec::is_empty) {
            let id = BASE64_URL_SAFE_NO_PAD.encode(&self.id);
            options["publicKey"]["allowCredentials"] = json!([{ "type": "public-key", "id": id }]);
        }
        let options: RequestChallengeResponse = serde_json::from_value(options).expect("request options");
        let hash = Sha256::digest(&data).to_vec();
        let mut made = self.device.perform_auth(hash, options.public_key, PATIENCE).expect("the device signs");
        made.response.client_data_json = data;
        made.response.user_handle = Some(self.user.clone());
        serde_json::to_string(&made).expect("plain data")
    }
}

/// Adds a passkey; answers it, and what the server said.
pub async fn add(browser: &mut Browser) -> (Key, Answer) {
    let (id, options) = challenge(&browser.post("/api/app/passkeys/enrol-start", &[]).await);
    let (credential, key) = register(options, ORIGIN);
    let fields = [("id", id.as_str()), ("name", "Laptop"), ("credential", credential.as_str())];
    let done = browser.post("/api/app/passkeys/enrol-finish", &fields).await;
    assert_eq!(done.status, 200, "{}", done.body);
    (key, done)
}

/// Adds the first factor of a member, a passkey.
pub async fn enrol(browser: &mut Browser) -> Key {
    let (key, done) = add(browser).await;
    assert_eq!(done.json()["recovery_codes"].as_array().map(Vec::len), Some(10));
    key
}

/// The path of the forms of a member's oldest passkey.
pub async fn forms_of_passkey(browser: &mut Browser) -> String {
    let page = browser.get("/profile/two-factor").await;
    let mark = "action=\"/profile/two-factor/passkeys/";
    let (_, rest) = page.body.split_once(mark).unwrap_or_else(|| panic!("{}", page.text()));
    format!("/profile/two-factor/passkeys/{}", rest.split('/').next().expect("the path goes on"))
}

/// Asks for a challenge for `sign-in`, `second-step` or `step-up`, and answers it, with these fields besides.
pub async fn ceremony(browser: &mut Browser, key: &mut Key, kind: &str, more: &[(&str, &str)]) -> Answer {
    let (id, options) = challenge(&browser.post(&format!("/api/app/passkeys/{kind}-start"), &[]).await);
    let credential = key.answer(options, ORIGIN);
    let mut fields = vec![("id", id.as_str()), ("credential", credential.as_str())];
    fields.extend_from_slice(more);
    browser.post(&format!("/api/app/passkeys/{kind}-finish"), &fields).await
}

/// Signs in by passkey alone on a page of this origin; answers what the server said, and what was sent.
pub async fn sign_in_alone(browser: &mut Browser, key: &mut Key, from: &str) -> (Answer, String, String) {
    let (id, options) = challenge(&browser.post("/api/app/passkeys/sign-in-start", &[]).await);
    let credential = key.answer(options, from);
    let answer = browser.post("/api/app/passkeys/sign-in-finish", &[("id", &id), ("credential", &credential)]).await;
    (answer, id, credential)
}

on_both! {
    /// Fails when `Factors::enrolled` no longer counts passkeys, or `passkey_added` no longer calls `rotate_session`.
    async fn a_passkey_satisfies_the_policy_and_signs_in_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        crate::pages::settings::save(&mut ada, 0, &[("two_factor.require_admins", "true")]).await;
        assert_eq!(ada.get("/admin/settings").await.status, 303);
        let before = ada.cookies["bailey"].clone();
        let mut key = enrol(&mut ada).await;
        assert_ne!(ada.cookies["bailey"], before, "enrolling rotates the token");
        assert_eq!(ada.get("/admin/settings").await.status, 200);
        let mut fresh = server.browser();
        let (answer, ..) = sign_in_alone(&mut fresh, &mut key, ORIGIN).await;
        assert_eq!((answer.status, answer.json()), (200, Value::from("/")));
        assert_eq!(fresh.get("/admin/settings").await.status, 200);
    }

    /// Fails when `Tx::take_challenge` leaves the challenge where it is.
    async fn the_same_answer_is_not_taken_twice(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = enrol(&mut server.signed_in("ada@example.org", Role::Admin).await).await;
        let (answer, id, credential) = sign_in_alone(&mut server.browser(), &mut key, ORIGIN).await;
        assert_eq!(answer.status, 200);
        let again = server.browser().post("/api/app/passkeys/sign-in-finish", &[("id", &id), ("credential", &credential)]).await;
        assert_eq!(again.json()["Refused"]["reason"], "challenge-expired");
    }

    /// Fails when `Tx::take_challenge` no longer looks at `expires_at`, or `CHALLENGE_LASTS` is longer.
    async fn a_challenge_lapses_after_five_minutes(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = enrol(&mut server.signed_in("ada@example.org", Role::Admin).await).await;
        let mut browser = server.browser();
        let (id, options) = challenge(&browser.post("/api/app/passkeys/sign-in-start", &[]).await);
        let credential = key.answer(options, ORIGIN);
        server.clock.advance(Span::minutes(5));
        let late = browser.post("/api/app/passkeys/sign-in-finish", &[("id", &id), ("credential", &credential)]).await;
        assert_eq!(late.json()["Refused"]["reason"], "challenge-expired");
    }

    /// Fails when `Bailey::new` lets answers from more origins than its own be taken.
    async fn an_answer_for_another_site_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = enrol(&mut server.signed_in("ada@example.org", Role::Admin).await).await;
        for elsewhere in ["http://localhost:9999", "https://localhost:3000", "https://evil.example"] {
            let mut browser = server.browser();
            let (answer, ..) = sign_in_alone(&mut browser, &mut key, elsewhere).await;
            assert_eq!(answer.json()["Refused"]["reason"], "wrong-passkey", "{elsewhere}");
            assert!(browser.cookies.is_empty());
        }
    }

    /// Fails when neither `holder` nor the challenge says that only the member's own passkeys count.
    async fn a_passkey_is_a_second_step_for_its_own_member_only(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut key = enrol(&mut server.signed_in("ada@example.org", Role::Admin).await).await;
        let mut other = enrol(&mut server.signed_in("eve@example.org", Role::Admin).await).await;
        let mut browser = server.browser();
        assert_eq!(browser.sign_in("ada@example.org").await.location(), "/sign-in/second-step");
        let (id, mut options) = challenge(&browser.post("/api/app/passkeys/second-step-start", &[]).await);
        options["publicKey"]["allowCredentials"] = json!([]);
        let wrong = other.answer(options, ORIGIN);
        let refused = browser.post("/api/app/passkeys/second-step-finish", &[("id", &id), ("credential", &wrong)]).await;
        assert_eq!(refused.json()["Refused"]["reason"], "wrong-passkey");
        let (id, options) = challenge(&browser.post("/api/app/passkeys/second-step-start", &[]).await);
        let right = key.answer(options, ORIGIN);
        let done = browser.post("/api/app/passkeys/second-step-finish", &[("id", &id), ("credential", &right)]).await;
        assert_eq!((done.status, done.json()), (200, Value::from("/")));
        assert_eq!(browser.get("/profile").await.status, 200);
    }

    /// Fails when `take_challenge` no longer looks whose challenge it is.
    async fn one_credential_belongs_to_one_member(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut eve = server.signed_in("eve@example.org", Role::Admin).await;
        let (ada_id, options) = challenge(&ada.post("/api/app/passkeys/enrol-start", &[]).await);
        let (credential, _) = register(options, ORIGIN);
        let (eve_id, _) = challenge(&eve.post("/api/app/passkeys/enrol-start", &[]).await);
        for id in [&ada_id, &eve_id] {
            let stolen = eve.post("/api/app/passkeys/enrol-finish", &[("id", id), ("name", "x"), ("credential", &credential)]).await;
            assert!(matches!(stolen.json()["Refused"]["reason"].as_str(), Some("wrong-passkey" | "challenge-expired")));
        }
        assert_eq!(eve.post("/api/app/passkeys/enrol-finish", &[("id", "x"), ("name", "x"), ("credential", "{}")]).await.status, 422);
    }
}
