//! The captcha: asked for after a failure, solved once, for what it was made for.
use crate::support::{Answer, Browser, PASSWORD, TestServer, solve};
use altcha::{Challenge, Payload, SolveChallengeOptions, solve_challenge};
use base64::{Engine, prelude::BASE64_STANDARD};
use policy::{Role, time::Span};
use std::net::IpAddr;
use store::on_both;

const ADA: &str = "ada@example.org";

async fn with_captcha(db: store::testing::TestDatabase) -> TestServer {
    let changes = [("sign_in.captcha", "true"), ("lockout.sign_in.max_attempts", "20"), ("lockout.prompt_delay", "0")];
    let (server, _) = TestServer::with_settings(db, &changes).await;
    server.member(ADA, Role::Member).await;
    server
}

async fn sign_in(browser: &mut Browser, password: &str, answer: &str) -> Answer {
    browser.post("/sign-in", &[("email", ADA), ("password", password), ("altcha", answer)]).await
}

on_both! {
    /// Fails when `SignIn::by_password` no longer asks `captcha::for_sign_in`, or `Captchas::judge` says nothing else of a spent one.
    async fn after_a_failure_a_sign_in_has_to_bring_a_solution_once(db: TestDatabase) {
        let server = with_captcha(db).await;
        let mut browser = server.browser();
        assert!(!browser.get("/sign-in").await.page().has("altcha-widget"), "nobody has failed yet");
        let failed = sign_in(&mut browser, "not hers", "").await;
        assert_eq!(failed.status, 422);
        let without = sign_in(&mut browser, PASSWORD, "").await;
        assert_eq!(without.status, 422);
        without.assert_refused("captcha-unsolved");
        // A page without a script has one thing to do, and no word of waiting.
        assert!(without.text().contains("with JavaScript, and it is turned off. Turn it on for this site"), "{}", without.text());
        assert!(!without.text().contains("by itself") && !without.text().contains("wait until"), "{}", without.text());
        let answer = failed.page().solved_captcha();
        let wrong = sign_in(&mut browser, "not hers", &answer).await;
        assert_eq!(wrong.status, 422);
        wrong.assert_refused("wrong-credentials");
        let replayed = sign_in(&mut browser, PASSWORD, &answer).await;
        replayed.assert_refused("captcha-unsolved");
        let mut elsewhere = server.browser();
        elsewhere.address = IpAddr::from([198, 51, 100, 1]);
        let mut eve = async || {
            elsewhere.post("/sign-in", &[("email", "eve@example.org"), ("password", "x"), ("altcha", &answer)]).await
        };
        eve().await.assert_refused("wrong-credentials");
        eve().await.assert_refused("captcha-lapsed");
        assert_eq!(sign_in(&mut browser, PASSWORD, &wrong.page().solved_captcha()).await.location(), "/");
    }

    /// Fails when `Captchas::solved` no longer looks at what `verify_solution` says, or at when the challenge lapses.
    async fn what_does_not_solve_the_challenge_is_refused(db: TestDatabase) {
        let server = with_captcha(db).await;
        let mut browser = server.browser();
        let made = sign_in(&mut browser, "not hers", "").await.page().challenge();
        let encoded = |payload: &Payload| BASE64_STANDARD.encode(serde_json::to_vec(payload).expect("plain data"));
        let right = solve_challenge(SolveChallengeOptions::new(&made)).expect("it is well-formed").expect("in time");
        let mut guess = right.clone();
        guess.derived_key = "00".repeat(32);
        let mut easier = made.clone();
        easier.parameters.cost = 1;
        let mut other = made.clone();
        other.parameters.data.as_mut().expect("it has some").insert("for".to_owned(), "reset".into());
        let mut unsigned = made.clone();
        unsigned.signature = None;
        for answer in [
            "not base64".to_owned(),
            BASE64_STANDARD.encode("{}"),
            "A".repeat(5_000),
            encoded(&Payload { challenge: made.clone(), solution: guess }),
            encoded(&Payload { challenge: easier, solution: right.clone() }),
            encoded(&Payload { challenge: other, solution: right.clone() }),
            encoded(&Payload { challenge: unsigned, solution: right.clone() }),
        ] {
            let page = sign_in(&mut browser, PASSWORD, &answer).await;
            assert_eq!(page.status, 422);
            page.assert_refused("captcha-unsolved");
        }
        server.clock.advance(Span::minutes(10));
        let late = sign_in(&mut browser, PASSWORD, &encoded(&Payload { challenge: made, solution: right })).await;
        late.assert_refused("captcha-lapsed");
    }

    /// Fails when `sign_in_page` no longer asks `Captchas::prefetched`, or that no longer looks at the tries from the address.
    async fn where_sign_ins_have_failed_the_page_solves_ahead(db: TestDatabase) {
        let server = with_captcha(db).await;
        sign_in(&mut server.browser(), "not hers", "").await;
        let mut browser = server.browser();
        let page = browser.get("/sign-in").await;
        assert!(!page.page().has("noscript"), "nobody knows yet whether it is asked for: {}", page.body);
        assert_eq!(sign_in(&mut browser, PASSWORD, &page.page().solved_captcha()).await.location(), "/");
        let mut elsewhere = server.browser();
        elsewhere.address = IpAddr::from([198, 51, 100, 1]);
        assert!(!elsewhere.get("/sign-in").await.page().has("altcha-widget"), "nobody has failed from there");
    }

    /// Fails when `by_password` no longer takes the level from the address, or `as_of_one` no longer from each of its networks.
    async fn a_first_guess_at_an_account_is_asked_where_others_were_guessed_at(db: TestDatabase) {
        let server = with_captcha(db).await;
        let mut known = server.browser();
        known.get("/sign-in").await;
        assert_eq!(sign_in(&mut known, PASSWORD, "").await.location(), "/");
        let mut sprayer = server.browser();
        let guess = [("email", "eve@example.org"), ("password", "x")];
        sprayer.post("/sign-in", &guess).await.assert_refused("wrong-credentials");
        let asked = sign_in(&mut sprayer, "a guess", "").await;
        asked.assert_refused("captcha-unsolved");
        sign_in(&mut sprayer, "a guess", &asked.page().solved_captcha()).await.assert_refused("wrong-credentials");
        assert_eq!(sign_in(&mut known, PASSWORD, "").await.location(), "/", "a browser of hers is not asked");
        let mut wide = server.browser();
        for network in 0..4_u16 {
            wide.address = IpAddr::from([0x2001, 0xdb8, 0, network, 0, 0, 0, 1]);
            let email = format!("a{network}@example.org");
            let first = wide.post("/sign-in", &[("email", &email), ("password", "x")]).await;
            first.assert_refused("wrong-credentials");
        }
        wide.address = IpAddr::from([0x2001, 0xdb8, 0, 9, 0, 0, 0, 1]);
        let asked = wide.post("/sign-in", &[("email", "c@example.org"), ("password", "x")]).await;
        asked.assert_refused("captcha-unsolved");
        wide.address = IpAddr::from([0x2001, 0xdb8, 1, 0, 0, 0, 0, 1]);
        wide.post("/sign-in", &[("email", "b@example.org"), ("password", "x")]).await.assert_refused("wrong-credentials");
    }

    /// Fails when `Captchas::solved` no longer compares the level, or `for_sign_in` asks for the same one after each failure.
    async fn an_easy_solution_does_not_serve_where_a_hard_one_is_asked_for(db: TestDatabase) {
        let server = with_captcha(db).await;
        let mut browser = server.browser();
        let easy = sign_in(&mut browser, "not hers", "").await.page().challenge();
        let mut other = server.browser();
        let again = sign_in(&mut other, "not hers", "").await.page().challenge();
        let next = sign_in(&mut other, "not hers", &solve(&again)).await.page().challenge();
        let level = |challenge: &Challenge| challenge.parameters.data.as_ref().and_then(|data| data["level"].as_u64());
        assert!(level(&easy) < level(&next), "each failure makes it dearer");
        let page = sign_in(&mut browser, PASSWORD, &solve(&easy)).await;
        page.assert_refused("captcha-unsolved");
    }

    /// Fails when `Lockouts::password_attempt` counts only for addresses that somebody has.
    async fn an_address_that_nobody_has_is_asked_just_the_same(db: TestDatabase) {
        let server = with_captcha(db).await;
        let mut browser = server.browser();
        let mut eve = async |answer: &str| {
            browser.post("/sign-in", &[("email", "eve@example.org"), ("password", "x"), ("altcha", answer)]).await
        };
        let failed = eve("").await;
        assert!(failed.page().has("altcha-widget"));
        eve("").await.assert_refused("captcha-unsolved");
        eve(&failed.page().solved_captcha()).await.assert_refused("wrong-credentials");
    }
}
