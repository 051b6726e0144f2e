//! A software authenticator that does what it is told, and the ceremonies of passkeys.
use super::{Answer, Browser};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_cbor_2::value::Value as Cbor;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Where the pages are.
pub const ORIGIN: &str = "http://localhost:3000";

/// The flags of what an authenticator says (WebAuthn Level 3 §6.1).
const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;

/// An authenticator that holds one passkey.
pub struct Passkey {
    key: SigningKey,
    id: Vec<u8>,
    user: Vec<u8>,
    /// What its counter says next, if it counts.
    pub counter: Option<u32>,
    /// Whether it says that the passkey is one that may be synced.
    pub backup_eligible: bool,
    /// Whether it says that the passkey is backed up.
    pub backed_up: bool,
}

/// What a browser lets the authenticator sign about a ceremony (WebAuthn Level 3 §5.8.1), with what it says of the page.
fn client_data(kind: &str, options: &Value, page: &Value) -> Vec<u8> {
    let mut data = page.clone();
    data["type"] = kind.into();
    data["challenge"] = options["challenge"].clone();
    data.to_string().into_bytes()
}

/// What the server asks of an authenticator.
fn asked(options: Value) -> Value {
    match options {
        Value::Object(mut whole) => whole.remove("publicKey").expect("options of a public key"),
        other => panic!("no options: {other}"),
    }
}

fn cbor(map: impl IntoIterator<Item = (Cbor, Cbor)>) -> Vec<u8> {
    serde_cbor_2::to_vec(&Cbor::Map(map.into_iter().collect::<BTreeMap<_, _>>())).expect("plain data")
}

impl Passkey {
    /// Registers on a page of this origin; answers what is to be sent back, and the key. It counts, and stays on its
    /// device.
    pub fn register(options: Value, from: &str) -> (String, Self) {
        Self::register_on(options, &json!({ "origin": from }))
    }

    /// Registers on a page of which the browser says this.
    pub fn register_on(options: Value, page: &Value) -> (String, Self) {
        Self::register_as(options, page, false)
    }

    /// Registers with a manager that syncs what it holds and counts nothing, as `synced` says, or with a device.
    pub fn register_as(options: Value, page: &Value, synced: bool) -> (String, Self) {
        let options = asked(options);
        let data = client_data("webauthn.create", &options, page);
        let selection = &options["authenticatorSelection"];
        assert_eq!(selection["requireResidentKey"], true, "a passkey must be able to sign in alone");
        let seed = Sha256::digest(uuid::Uuid::new_v4().as_bytes());
        let user = BASE64.decode(options["user"]["id"].as_str().expect("a handle")).expect("base64url");
        let counter = if synced { None } else { Some(0) };
        let key = SigningKey::from_slice(&seed).expect("a seed is a key");
        let id = Sha256::digest(seed).to_vec();
        let mut made = Self { key, id, user, counter, backup_eligible: synced, backed_up: synced };
        let mut said = made.says(&options["rp"]["id"], &selection["userVerification"], ATTESTED);
        let point = made.key.verifying_key().to_sec1_point(false);
        let half = |half: Option<&p256::FieldBytes>| Cbor::Bytes(half.expect("a point").to_vec());
        // COSE: EC2, ES256, P-256 (RFC 9053 §2.1 and §7.1).
        let public = cbor([
            (Cbor::Integer(1), Cbor::Integer(2)),
            (Cbor::Integer(3), Cbor::Integer(-7)),
            (Cbor::Integer(-1), Cbor::Integer(1)),
            (Cbor::Integer(-2), half(point.x())),
            (Cbor::Integer(-3), half(point.y())),
        ]);
        said.extend([0; 16]);
        said.extend(u16::try_from(made.id.len()).expect("short").to_be_bytes());
        said.extend(&made.id);
        said.extend(public);
        let text = |text: &str| Cbor::Text(text.to_owned());
        let attestation = cbor([
            (text("fmt"), text("none")),
            (text("attStmt"), Cbor::Map(BTreeMap::new())),
            (text("authData"), Cbor::Bytes(said)),
        ]);
        let response =
            json!({ "clientDataJSON": BASE64.encode(data), "attestationObject": BASE64.encode(attestation) });
        (made.credential(&response), made)
    }

    fn credential(&self, response: &Value) -> String {
        let id = BASE64.encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} })
            .to_string()
    }

    /// What it says of a ceremony: for whom, its flags, and its counter, which rises by it.
    fn says(&mut self, rp: &Value, verification: &Value, more: u8) -> Vec<u8> {
        let verified = if verification == "required" { VERIFIED } else { 0 };
        let eligible = if self.backup_eligible { BACKUP_ELIGIBLE } else { 0 };
        let backed_up = if self.backed_up { BACKED_UP } else { 0 };
        let counter = self.counter.unwrap_or(0);
        self.counter = self.counter.map(|counter| counter + 1);
        let mut said = Sha256::digest(rp.as_str().expect("a relying party")).to_vec();
        said.push(PRESENT | verified | eligible | backed_up | more);
        said.extend(counter.to_be_bytes());
        said
    }

    /// What the authenticator answers to a challenge on a page of this origin.
    pub fn answer(&mut self, options: Value, from: &str) -> String {
        self.answer_on(options, &json!({ "origin": from }))
    }

    /// What the authenticator answers to a challenge on a page of which the browser says this.
    pub fn answer_on(&mut self, options: Value, page: &Value) -> String {
        let options = asked(options);
        let data = client_data("webauthn.get", &options, page);
        let said = self.says(&options["rpId"], &options["userVerification"], 0);
        let signed = [said.as_slice(), &Sha256::digest(&data)].concat();
        let signature: Signature = self.key.sign(&signed);
        let response = json!({
            "clientDataJSON": BASE64.encode(data),
            "authenticatorData": BASE64.encode(said),
            "signature": BASE64.encode(signature.to_der()),
            "userHandle": BASE64.encode(&self.user),
        });
        self.credential(&response)
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
        self.add_passkey_of(false).await
    }

    /// Adds a passkey that a manager syncs.
    pub async fn add_synced_passkey(&mut self) -> Passkey {
        self.add_passkey_of(true).await.0
    }

    async fn add_passkey_of(&mut self, synced: bool) -> (Passkey, Answer) {
        let (id, options) = self.begin_ceremony("enrol").await;
        let (credential, key) = Passkey::register_as(options, &json!({ "origin": ORIGIN }), synced);
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
