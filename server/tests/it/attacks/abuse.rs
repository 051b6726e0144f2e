//! What somebody does who wants in, or wants others out.
use crate::support::{Browser, NEW_PASSWORD, PASSWORD, SECOND_STEP, TestServer, code_at};
use axum::http::{Method, header::RETRY_AFTER};
use policy::{Role, time::Span};
use server::config::Overrides;
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};
use store::on_both;

const ADA: &str = "ada@example.org";

/// The flags of a server in which nobody waits for long.
fn impatient() -> Overrides {
    Overrides { hash_wait: Some("1".to_owned()), ..Overrides::default() }
}

on_both! {
    /// Fails when neither `turn` nor `Lockouts::give_back` keeps a try from counting that the server was too busy for, or when
    /// `hashing::admit` no longer looks at how long one would wait.
    async fn a_flood_of_sign_ins_is_turned_away_and_counts_for_nobody(db: TestDatabase) {
        let server = TestServer::configured(db, impatient()).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let changes = [("lockout.sign_in.max_attempts", "2"), ("lockout.prompt_delay", "0")];
        assert_eq!(boss.save_settings(&changes).await.status, 303);
        let mut flood = tokio::task::JoinSet::new();
        for n in 0..800_u16 {
            let mut browser = server.browser();
            // Each from elsewhere, since one address is paused long before.
            browser.address = IpAddr::from([10, 9, n.to_be_bytes()[0], n.to_be_bytes()[1]]);
            flood.spawn(async move {
                let answer = browser.sign_in_with(&format!("a{n}@example.org"), "wrong").await;
                assert!(answer.status != 503 || answer.headers.contains_key(RETRY_AFTER));
                (n, answer.status)
            });
        }
        let profile = boss.get("/profile").await;
        assert_eq!(profile.status, 200, "others are served meanwhile: {}", profile.text());
        let answers = flood.join_all().await;
        assert!(answers.iter().all(|(_, status)| matches!(status, 422 | 503)), "{answers:?}");
        let turned_away: Vec<_> = answers.iter().filter(|(_, status)| *status == 503).collect();
        assert!(!turned_away.is_empty(), "the queue has an end");
        let (looked_at, _) = answers.iter().find(|(_, status)| *status == 422).expect("some were looked at");
        let again = async |n: u16| server.browser().sign_in_with(&format!("a{n}@example.org"), "wrong").await.status;
        assert_eq!(again(*looked_at).await, 429, "the second of two tries");
        assert_eq!(again(turned_away[0].0).await, 422, "the first that was looked at");
    }

    /// Fails when `by_password` no longer tells `turn` and `keep` of the browser, when the page of a busy server does not bring
    /// the password back, or when `seal_for_again` leaves out whose it is.
    async fn in_a_flood_known_browsers_go_on_and_a_strangers_page_brings_back_what_was_typed(db: TestDatabase) {
        let server = TestServer::configured(db, impatient()).await;
        server.member(ADA, Role::Member).await;
        let mut known = server.browser();
        known.get("/sign-in").await;
        assert_eq!(known.sign_in(ADA).await.status, 303);
        let flooding = Arc::new(AtomicBool::new(true));
        let mut flood = tokio::task::JoinSet::new();
        for n in 0..150_u8 {
            let (mut browser, flooding) = (server.browser(), Arc::clone(&flooding));
            browser.address = IpAddr::from([10, 9, 0, n]);
            flood.spawn(async move {
                for round in 0.. {
                    if !flooding.load(Relaxed) {
                        break;
                    }
                    browser.sign_in_with(&format!("a{n}-{round}@example.org"), "wrong").await;
                }
            });
        }
        let mut stranger = server.browser();
        stranger.address = IpAddr::from([198, 51, 100, 1]);
        let mut busy = None;
        for _ in 0..100 {
            let answer = stranger.sign_in(ADA).await;
            if answer.status == 503 {
                busy = Some(answer);
                break;
            }
        }
        let busy = busy.expect("a flood makes a server busy");
        assert_eq!(known.sign_in(ADA).await.status, 303, "a browser that Ada has used waits, and is let in");
        flooding.store(false, Relaxed);
        flood.join_all().await;
        let page = busy.page();
        assert!(page.has("form[data-again]") && !busy.body.contains(PASSWORD), "{}", busy.text());
        assert!(page.has(&format!("form[data-wait='{}']", busy.headers[RETRY_AFTER].to_str().expect("a number"))));
        let sealed = page.value("again");
        let brings = |email: &'static str| [("email", email.to_owned()), ("password", String::new()), ("again", sealed.clone())];
        let post = async |browser: &mut Browser, email| {
            let fields = brings(email);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post("/sign-in", &fields).await.status
        };
        let mut another = server.browser();
        another.get("/sign-in").await;
        assert_eq!(post(&mut another, ADA).await, 422, "another browser");
        assert_eq!(post(&mut stranger, "eve@example.org").await, 422, "another account");
        assert_eq!(post(&mut stranger, ADA).await, 303);
        server.clock.advance(Span::minutes(2));
        assert_eq!(post(&mut stranger, ADA).await, 422, "it lapses");
    }

    /// Fails when text that is none, a NUL or a password of whatever length ends in a fault of the server and not in
    /// a refusal.
    async fn text_that_is_none_is_refused_and_breaks_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        // A lone surrogate in UTF-8, an overlong slash, a byte that no text holds, NUL.
        for body in ["email=%ED%A0%80&password=%ED%A0%80", "email=a%C0%AFb&password=x", "email=%FF&password=%FF", "email=a%00b%40example.org&password=%00"] {
            let answer = server.browser().send(Method::POST, "/sign-in", Some(body.to_owned())).await;
            assert!(matches!(answer.status, 400 | 422), "{body}: {}", answer.status);
        }
        for length in [4_096, 4_097, 60_000] {
            let answer = server.browser().sign_in_with(ADA, &"x".repeat(length)).await;
            assert_eq!(answer.status, 422, "{length}");
        }
        assert_eq!(server.browser().sign_in(ADA).await.location(), "/", "her own still works");
    }

    /// Fails when `ApiError::from_server_fn_error` no longer calls `not_called`, or `functions::call` no longer answers
    /// a problem in place of what that says.
    async fn arguments_that_can_not_be_read_are_a_problem_and_tell_of_no_internals(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let (form, json) = ("application/x-www-form-urlencoded", "application/json");
        let passkey = "/api/app/passkeys/sign-in-finish";
        let calls = [
            (passkey, json, "{}"), (passkey, json, "{\"a\":"), (passkey, form, ""), (passkey, form, "id=%ED%A0%80"),
            (passkey, form, "id=a&credential=b&stay=perhaps"), (passkey, "text/html", "\0"), ("/api/app/history/load", json, "{\"a\":"),
            ("/api/app/history/load", json, "{\"undo\": \"x\"}"),
        ];
        for (path, kind, body) in calls {
            for accept in ["application/json", "text/html"] {
                let headers = [("content-type", kind), ("accept", accept), ("referer", "http://localhost:3000/sign-in")];
                let answer = boss.send_with(Method::POST, path, &headers, Some(body.to_owned())).await;
                assert_eq!(answer.status, 400, "{path} {body}: {}", answer.body);
                assert_eq!(answer.headers["content-type"], "application/problem+json");
                let problem = answer.json();
                assert_eq!(problem["type"], "/problems/unreadable");
                assert_eq!(problem["request_id"].as_str(), answer.headers["x-request-id"].to_str().ok(), "{}", answer.body);
                let internals = ["deserializ", "missing field", "Transport", "server function", "credential"];
                assert!(internals.iter().all(|word| !answer.body.contains(word)), "{}", answer.body);
            }
        }
    }

    /// NIST SP 800-63B-4 §3.2.2. Fails when `lockout::reserve` no longer counts tries in a row.
    async fn after_a_hundred_wrong_codes_in_a_row_no_code_works_any_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        let changes = [("lockout.two_factor.max_attempts", "20"), ("lockout.two_factor.duration", "1"), ("lockout.two_factor.window", "1")];
        assert_eq!(ada.save_settings(&changes).await.status, 303);
        let mut between = server.guess_a_hundred_codes(ADA).await;
        server.one_mail("Codes no longer work for your account").await;
        let code = code_at(&secret, server.clock.now());
        let page = between.post(SECOND_STEP, &[("code", &code)]).await;
        assert_eq!(page.status, 403);
        page.assert_refused("factor-disabled");
    }

    /// Session fixation: nothing that somebody else put into the browser becomes a session.
    async fn each_rise_of_privilege_brings_a_new_token(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        let mut ada = server.browser();
        ada.cookies.insert("bailey-3000".to_owned(), "planted".to_owned());
        ada.cookies.insert("bailey-3000-step".to_owned(), "planted".to_owned());
        ada.sign_in(ADA).await;
        let mut tokens = vec!["planted".to_owned(), ada.cookies["bailey-3000"].clone()];
        server.enrol_app(&mut ada).await;
        tokens.push(ada.cookies["bailey-3000"].clone());
        server.clock.advance(Span::minutes(10));
        let fields = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(ada.post("/profile/password", &fields).await.status, 303);
        let now = ada.cookies["bailey-3000"].clone();
        for token in tokens {
            assert_ne!(token, now);
            let mut old = Browser::clone_of(&ada);
            old.cookies.insert("bailey-3000".to_owned(), token);
            assert_eq!(old.get("/profile").await.status, 303);
        }
        assert_eq!(ada.get("/profile").await.status, 200);
    }
}
