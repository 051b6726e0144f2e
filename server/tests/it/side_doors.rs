//! Ways in besides the front door: each asks for as much as the password and the second step would.
use crate::{
    second_step::enrol_app,
    settings::save,
    support::{Answer, Browser, PASSWORD, TestServer, code_at},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use policy::{EmailAddress, Role, time::Span};
use serde_json::Value;
use store::on_both;
use tokio::task::JoinSet;
use url::Url;
use webauthn_authenticator_rs::{AuthenticatorBackend, softpasskey::SoftPasskey};
use webauthn_rs_proto::{CreationChallengeResponse, RequestChallengeResponse};

const ADA: &str = "ada@example.org";
const NEW: &str = "purple anvil over lunch";
const STEP: &str = "/sign-in/second-step";
const RECOVERY: &str = "/sign-in/second-step/recovery";
const STEP_UP: &str = "/profile/step-up";
const MANY: usize = 20;
const PATIENCE: u32 = 60_000;

/// A server on which somebody has saved these settings.
async fn with(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> TestServer {
    let server = TestServer::start(db).await;
    let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
    let saved = save(&mut boss, 0, changes).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    server
}

/// An authenticator that holds one passkey; the test keeps what a real one would know of it.
struct Key {
    device: SoftPasskey,
    id: Vec<u8>,
    user: Vec<u8>,
}

fn origin() -> Url {
    Url::parse("http://localhost:3000").expect("an origin")
}

/// Asks for a challenge; answers its name and the options.
async fn challenge(browser: &mut Browser, path: &str) -> (String, Value) {
    let answer = browser.post(path, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let found = answer.json();
    let options = found["options"].as_str().expect("options are JSON in a text");
    (found["id"].as_str().expect("an id").to_owned(), serde_json::from_str(options).expect("options are JSON"))
}

async fn enrol_passkey(browser: &mut Browser) -> Key {
    let (id, options) = challenge(browser, "/api/app/passkeys/enrol-start").await;
    let mut options: CreationChallengeResponse = serde_json::from_value(options).expect("creation options");
    let selection = options.public_key.authenticator_selection.as_mut().expect("the server selects");
    // The device of the test keeps nothing of its own.
    selection.require_resident_key = false;
    selection.resident_key = None;
    let user: Vec<u8> = options.public_key.user.id.clone();
    let mut device = SoftPasskey::new(true);
    let made = device.perform_register(origin(), options.public_key, PATIENCE).expect("the device registers");
    let credential = serde_json::to_string(&made).expect("plain data");
    let fields = [("id", id.as_str()), ("name", "Laptop"), ("credential", credential.as_str())];
    let done = browser.post("/api/app/passkeys/enrol-finish", &fields).await;
    assert_eq!(done.status, 200, "{}", done.body);
    Key { device, id: made.raw_id, user }
}

/// Signs in by passkey alone.
async fn by_passkey(browser: &mut Browser, key: &mut Key) -> Answer {
    let (id, mut options) = challenge(browser, "/api/app/passkeys/sign-in-start").await;
    let held = BASE64_URL_SAFE_NO_PAD.encode(&key.id);
    options["publicKey"]["allowCredentials"] = serde_json::json!([{ "type": "public-key", "id": held }]);
    let options: RequestChallengeResponse = serde_json::from_value(options).expect("request options");
    let mut made = key.device.perform_auth(origin(), options.public_key, PATIENCE).expect("the device signs");
    made.response.user_handle = Some(key.user.clone());
    let credential = serde_json::to_string(&made).expect("plain data");
    let fields = [("id", id.as_str()), ("credential", credential.as_str())];
    browser.post("/api/app/passkeys/sign-in-finish", &fields).await
}

/// The path of a sign-in link that the operator makes at the console.
async fn sign_in_link(server: &TestServer) -> String {
    let email = EmailAddress::parse(ADA).expect("an address");
    let token = server.bailey.rescue_sign_in_link(&server.workspace.id, &email).await.expect("she is a member");
    format!("/link/{}", token.expose())
}

/// Presses the button of a link in many browsers at once; answers where those were led for whom it worked.
async fn pressed_at_once(server: &TestServer, link: &str) -> Vec<String> {
    let mut racing = JoinSet::new();
    for _ in 0..MANY {
        let (mut browser, link) = (server.browser(), link.to_owned());
        racing.spawn(async move { browser.post(&link, &[]).await });
    }
    let mut led_to = Vec::new();
    for answer in racing.join_all().await {
        assert!(matches!(answer.status, 303 | 410), "{} {}", answer.status, answer.body);
        if answer.status == 303 {
            led_to.push(answer.location().to_owned());
        }
    }
    led_to
}

/// Passes the second step by a recovery code in a browser that skips it from then on; leaves her signed out.
async fn trust(own: &mut Browser, code: &str) {
    assert_eq!(own.sign_in(ADA).await.location(), STEP, "it is asked for");
    let fields = [("recovery_code", code), ("trust", "true")];
    assert_eq!(own.post(RECOVERY, &fields).await.location(), "/");
    own.post("/sign-out", &[]).await;
    assert_eq!(own.sign_in(ADA).await.location(), "/", "the browser is trusted");
    own.post("/sign-out", &[]).await;
}

on_both! {
    /// Fails when `finish_passkey_sign_in` asks for the tries at the password.
    async fn a_passkey_signs_in_while_the_password_is_locked(db: TestDatabase) {
        let server = with(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        let mut key = enrol_passkey(&mut server.signed_in(ADA, Role::Member).await).await;
        assert_eq!(server.browser().sign_in_with(ADA, "a guess").await.status, 429);
        assert_eq!(server.browser().sign_in(ADA).await.status, 429, "the password is locked");
        let mut own = server.browser();
        let answer = by_passkey(&mut own, &mut key).await;
        assert_eq!((answer.status, answer.json()), (200, Value::from("/")));
        assert_eq!(own.get("/profile").await.status, 200);
    }

    /// Fails when `finish_passkey_sign_in` no longer asks `may_sign_in`, or writes nothing down about it.
    async fn whoever_takes_no_part_is_refused_by_passkey_as_by_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut key = enrol_passkey(&mut server.signed_in(ADA, Role::Member).await).await;
        let page = boss.get("/admin/members?holds=ada%40example.org").await;
        let (_, rest) = page.body.split_once("action=\"/admin/members/").expect("she is listed");
        let (id, _) = rest.split_once('/').expect("the path goes on");
        for (act, reason) in [("deactivate", "inactive"), ("ban", "banned")] {
            assert_eq!(boss.post(&format!("/admin/members/{id}/{act}"), &[]).await.status, 303);
            let mut browser = server.browser();
            let refused = by_passkey(&mut browser, &mut key).await;
            assert_eq!(refused.status, 403, "{}", refused.body);
            assert_eq!(refused.json()["Refused"]["reason"], reason);
            assert!(browser.cookies.is_empty());
            let log = boss.get("/admin/audit?channel=sign-in").await.text();
            assert!(log.contains("Sign-in refused") && log.contains(reason), "{log}");
            assert_eq!(server.browser().sign_in(ADA).await.status, 403, "nor by password");
            assert_eq!(boss.post(&format!("/admin/members/{id}/activate"), &[]).await.status, 303);
        }
        assert_eq!(by_passkey(&mut server.browser(), &mut key).await.status, 200, "the passkey was right all along");
    }

    /// Fails when `use_link` starts a session instead of calling `first_step_done`.
    async fn a_sign_in_link_from_the_console_leads_to_the_second_step(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = enrol_app(&server, &mut ada).await;
        let link = sign_in_link(&server).await;
        let mut browser = server.browser();
        assert_eq!(browser.post(&link, &[]).await.location(), STEP);
        assert!(!browser.cookies.contains_key("bailey"), "it is no session");
        assert_eq!(browser.get("/profile").await.status, 303);
        assert_eq!(server.browser().post(&link, &[]).await.status, 410, "it is used up all the same");
        assert_eq!(browser.post(RECOVERY, &[("recovery_code", &codes[0])]).await.location(), "/");
    }

    /// Fails when `credentials_changed` no longer calls `take_pendings_of`.
    async fn a_changed_password_ends_every_sign_in_between_its_steps(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, codes) = enrol_app(&server, &mut ada).await;
        server.clock.advance(Span::seconds(30));
        let mut thieves = [server.browser(), server.browser()];
        for thief in &mut thieves {
            assert_eq!(thief.sign_in(ADA).await.location(), STEP);
        }
        let fields = [("current", PASSWORD), ("password", NEW)];
        assert_eq!(ada.post("/profile/password", &fields).await.location(), "/profile/password?notice=password-changed");
        let code = code_at(&secret, server.clock.now());
        let proofs = [(STEP, "code", code.as_str()), (RECOVERY, "recovery_code", codes[0].as_str())];
        for (thief, (path, field, right)) in thieves.iter_mut().zip(proofs) {
            assert_ne!(thief.post(path, &[(field, right)]).await.location(), "/", "{path}");
            assert!(!thief.cookies.contains_key("bailey"), "{path}");
            assert_eq!(thief.get("/profile").await.status, 303, "{path}");
        }
        for (path, field, right) in proofs {
            let mut own = server.browser();
            assert_eq!(own.sign_in_with(ADA, NEW).await.location(), STEP);
            assert_eq!(own.post(path, &[(field, right)]).await.location(), "/", "{path}: it was right all along");
        }
    }

    /// Fails when `choose_password` no longer calls `take_pendings_of`.
    async fn a_password_chosen_by_mail_ends_every_sign_in_between_its_steps(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = enrol_app(&server, &mut ada).await;
        let mut thief = server.browser();
        assert_eq!(thief.sign_in(ADA).await.location(), STEP);
        let mut own = server.browser();
        own.post("/forgot-password", &[("email", ADA)]).await;
        let link = server.one_mail("Choose a new password").await.link();
        assert_eq!(own.post(&link, &[]).await.location(), "/choose-password");
        assert_eq!(own.post("/choose-password", &[("password", NEW)]).await.status, 303);
        let right = [("recovery_code", codes[0].as_str())];
        assert_ne!(thief.post(RECOVERY, &right).await.location(), "/");
        assert_eq!(thief.get("/profile").await.status, 303);
        assert_eq!(own.sign_in_with(ADA, NEW).await.location(), STEP);
        assert_eq!(own.post(RECOVERY, &right).await.location(), "/", "it was right all along");
    }

    /// Fails when `code_attempt` counts the kinds of codes apart, or when one of these acts no longer calls
    /// `reserve_attempt`.
    async fn wrong_codes_of_every_kind_and_place_share_one_budget(db: TestDatabase) {
        let server = with(db, &[("lockout.two_factor.max_attempts", "4")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, codes) = enrol_app(&server, &mut ada).await;
        server.clock.advance(Span::seconds(30));
        let mut between = server.browser();
        assert_eq!(between.sign_in(ADA).await.location(), STEP);
        for (way, field, wrong) in [("", "code", "000000"), ("/recovery", "recovery_code", "aaaa-bbbb-cccc-dddd")] {
            assert_eq!(between.post(&format!("{STEP}{way}"), &[(field, wrong)]).await.status, 422, "{way}");
            assert_eq!(ada.post(&format!("{STEP_UP}{way}"), &[(field, wrong)]).await.status, 422, "{way}");
        }
        let code = code_at(&secret, server.clock.now());
        for (way, field, right) in [("", "code", code.as_str()), ("/recovery", "recovery_code", codes[0].as_str())] {
            assert_eq!(between.post(&format!("{STEP}{way}"), &[(field, right)]).await.status, 429, "{way}");
            assert_eq!(ada.post(&format!("{STEP_UP}{way}"), &[(field, right)]).await.status, 429, "{way}");
        }
        server.clock.advance(Span::minutes(15));
        let later = code_at(&secret, server.clock.now());
        assert_eq!(ada.post(STEP_UP, &[("code", &later)]).await.location(), "/profile", "the pause is over");
    }

    /// Fails when `send_code` forgets the tries, or when `code_attempt` counts for the sign-in and not the member.
    async fn asking_for_another_code_by_mail_gives_no_new_tries(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let on = ada.post("/profile/two-factor/email/on", &[]).await;
        assert_eq!(on.location(), "/profile/two-factor?notice=email-codes-on");
        let by_mail = format!("{STEP}/email");
        let mut between = server.browser();
        assert_eq!(between.sign_in(ADA).await.location(), STEP);
        server.one_mail("Your code for signing in").await;
        for _ in 0..3 {
            assert_eq!(between.post(&by_mail, &[("code", "1111 1111")]).await.status, 422);
        }
        server.clock.advance(Span::seconds(30));
        let sent = between.post(&format!("{by_mail}/send"), &[]).await;
        assert_eq!(sent.location(), "/sign-in/second-step?notice=code-sent");
        let code = server.one_mail("Your code for signing in").await.code();
        for _ in 0..2 {
            assert_eq!(between.post(&by_mail, &[("code", "1111 1111")]).await.status, 422);
        }
        assert_eq!(between.post(&by_mail, &[("code", &code)]).await.status, 429);
        server.clock.advance(Span::minutes(1));
        let mut again = server.browser();
        assert_eq!(again.sign_in(ADA).await.location(), STEP);
        let code = server.one_mail("Your code for signing in").await.code();
        assert_eq!(again.post(&by_mail, &[("code", &code)]).await.status, 429, "nor does another sign-in");
    }

    /// Fails when neither `Tx::live_link` nor `Tx::use_link` asks for `used_at IS NULL`; on PostgreSQL when `use_link`
    /// alone does not.
    async fn a_link_that_is_pressed_many_times_at_once_works_once(db: TestDatabase) {
        let server = with(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        server.member(ADA, Role::Member).await;
        assert_eq!(server.browser().sign_in_with(ADA, "a guess").await.status, 429);
        let unlock = server.one_mail("Signing in is locked for a while").await.link();
        assert_eq!(pressed_at_once(&server, &unlock).await, ["/sign-in?notice=unlocked-by-mail"]);
        let sign_in = sign_in_link(&server).await;
        assert_eq!(pressed_at_once(&server, &sign_in).await, ["/"]);
    }

    /// Fails when `judge_captcha` no longer spends what it has judged. Each sign-in is at another address, so
    /// that none of them makes the captcha of the next one harder.
    async fn one_solved_captcha_serves_one_of_many_sign_ins_at_once(db: TestDatabase) {
        let captchas = [("sign_in.captcha", "true"), ("lockout.sign_in.max_attempts", "20"), ("lockout.prompt_delay", "0")];
        let server = with(db, &captchas).await;
        for n in 0..MANY {
            let failed = server.browser().sign_in_with(&format!("a{n}@example.org"), "a guess").await;
            assert_eq!(failed.status, 422);
        }
        let asked = server.browser().sign_in_with("a0@example.org", "a guess").await;
        let answer = crate::captcha::solved(&crate::captcha::challenge(&asked));
        let mut racing = JoinSet::new();
        for n in 0..MANY {
            let (mut browser, answer) = (server.browser(), answer.clone());
            racing.spawn(async move {
                let email = format!("a{n}@example.org");
                let fields = [("email", email.as_str()), ("password", "a guess"), ("altcha", answer.as_str())];
                browser.post("/sign-in", &fields).await.text()
            });
        }
        let pages = racing.join_all().await;
        let with_words = |words: &str| pages.iter().filter(|page| page.contains(words)).count();
        assert_eq!(with_words("Email or password is not right."), 1, "the password of one was looked at");
        assert_eq!(with_words("had expired, or was used before"), MANY - 1);
    }

    /// Fails when `finish_passkey` or `credentials_changed` no longer calls `end_all_trust`.
    async fn a_trusted_browser_is_asked_again_once_a_factor_was_added_or_removed(db: TestDatabase) {
        let server = with(db, &[("two_factor.trusted_device_days", "7")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = enrol_app(&server, &mut ada).await;
        let mut own = server.browser();
        own.get("/sign-in").await;
        trust(&mut own, &codes[0]).await;
        enrol_passkey(&mut ada).await;
        trust(&mut own, &codes[1]).await;
        let removed = ada.post("/profile/two-factor/authenticator/remove", &[]).await;
        assert_eq!(removed.location(), "/profile/two-factor?notice=authenticator-removed");
        assert_eq!(own.sign_in(ADA).await.location(), STEP, "the passkey is left");
    }

    /// Fails when `proved` no longer calls `rotate_session`.
    async fn a_copied_session_gains_nothing_from_a_fresh_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, _) = enrol_app(&server, &mut ada).await;
        let mut copy = Browser::clone_of(&ada);
        assert_eq!(copy.get("/profile").await.status, 200);
        server.clock.advance(Span::minutes(10));
        let code = code_at(&secret, server.clock.now());
        assert_eq!(ada.post(STEP_UP, &[("code", &code)]).await.location(), "/profile");
        assert_ne!(ada.cookies["bailey"], copy.cookies["bailey"], "the session has a new token");
        assert_eq!(copy.get("/profile").await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200);
    }
}
