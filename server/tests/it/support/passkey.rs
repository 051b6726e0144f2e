//! A software authenticator that does what it is told, and the ceremonies of passkeys.
use super::{Answer, Browser};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use webauthn_authenticator_rs::{AuthenticatorBackendHashedClientData, softpasskey::SoftPasskey};
use webauthn_rs_proto::{CreationChallengeResponse, RequestChallengeResponse};

/// Where the pages are.
pub const ORIGIN: &str = "http://localhost:3000";
const PATIENCE: u32 = 60_000;

/// An authenticator that holds one passkey.
pub struct Passkey {
    device: SoftPasskey,
    id: Vec<u8>,
    user: Vec<u8>,
}

/// What a browser lets the authenticator sign about a ceremony (WebAuthn Level 3 §5.8.1), with what it says of the page.
fn client_data(kind: &str, options: &Value, page: &Value) -> Vec<u8> {
    let mut data = page.clone();
    data["type"] = kind.into();
    data["challenge"] = options["publicKey"]["challenge"].clone();
    data.to_string().into_bytes()
}

impl Passkey {
    /// Registers with a device on a page of this origin; answers what is to be sent back, and the key.
    pub fn register(options: Value, from: &str) -> (String, Self) {
        Self::register_on(options, &json!({ "origin": from }))
    }

    /// Registers with a device on a page of which the browser says this.
    pub fn register_on(options: Value, page: &Value) -> (String, Self) {
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
        (serde_json::to_string(&made).expect("plain data"), Self { device, id, user })
    }

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

impl Browser {
    /// Asks for a challenge: to `enrol`, for `sign-in`, the `second-step` or `step-up`; answers its name and its options.
    pub async fn begin_ceremony(&mut self, kind: &str) -> (String, Value) {
        let answer = self.call(&format!("passkeys/{kind}-start"), &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let found = answer.json();
        let options = found["options"].as_str().expect("options are JSON in a text");
        (found["id"].as_str().expect("an id").to_owned(), serde_json::from_str(options).expect("options are JSON"))
    }

    /// Sends what the authenticator answered to a challenge, with these fields besides.
    pub async fn finish_ceremony(&mut self, kind: &str, id: &str, credential: &str, more: &[(&str, &str)]) -> Answer {
        let fields = [&[("id", id), ("credential", credential)], more].concat();
        self.call(&format!("passkeys/{kind}-finish"), &fields).await
    }

    /// Goes through the whole of a ceremony other than `enrol`.
    pub async fn pass_ceremony(&mut self, kind: &str, key: &mut Passkey, more: &[(&str, &str)]) -> Answer {
        let (id, options) = self.begin_ceremony(kind).await;
        let credential = key.answer(options, ORIGIN);
        self.finish_ceremony(kind, &id, &credential, more).await
    }

    /// Adds a passkey; answers it, and what the server said.
    pub async fn add_passkey(&mut self) -> (Passkey, Answer) {
        let (id, options) = self.begin_ceremony("enrol").await;
        let (credential, key) = Passkey::register(options, ORIGIN);
        let done = self.finish_ceremony("enrol", &id, &credential, &[("name", "Laptop")]).await;
        assert_eq!(done.status, 200, "{}", done.body);
        (key, done)
    }

    /// Adds the first factor of a member, a passkey.
    pub async fn enrol_passkey(&mut self) -> Passkey {
        let (key, done) = self.add_passkey().await;
        assert_eq!(done.json()["recovery_codes"].as_array().map(Vec::len), Some(10));
        key
    }

    /// The path of the forms of a member's oldest passkey.
    pub async fn forms_of_passkey(&mut self) -> String {
        let page = self.get("/profile/two-factor").await.page();
        let action = page.attribute("form[action^='/profile/two-factor/passkeys/']", "action");
        action.split('/').take(5).collect::<Vec<_>>().join("/")
    }

    /// Signs in by passkey alone on a page of this origin; answers what the server said, and what was sent.
    pub async fn sign_in_by_passkey(&mut self, key: &mut Passkey, from: &str) -> (Answer, String, String) {
        let (id, options) = self.begin_ceremony("sign-in").await;
        let credential = key.answer(options, from);
        (self.finish_ceremony("sign-in", &id, &credential, &[]).await, id, credential)
    }
}
