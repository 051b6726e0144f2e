//! What a ceremony with a passkey has to be, whatever it is for: the person is verified, on a page of Bailey's own.
use crate::support::{Browser, ORIGIN, Passkey, SECOND_STEP, TestServer};
use policy::Role;
use serde_json::json;
use store::on_both;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";

/// The pages on which a passkey proves who somebody is: alone, as the second step, and once more.
async fn doors(server: &TestServer, ada: Browser) -> [(&'static str, Browser); 3] {
    let between = server.pending_sign_in(ADA).await;
    [("sign-in", server.browser()), ("second-step", between), ("step-up", ada)]
}

on_both! {
    /// Fails when a challenge asks for less than `required` verification and `TwoFactor::use_passkey` no longer looks at it.
    async fn an_answer_for_which_the_device_did_not_verify_its_person_is_refused_at_every_door(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = ada.enrol_passkey().await;
        server.mail().await;
        for (refused, (kind, mut browser)) in (1..).zip(doors(&server, ada).await) {
            let (id, mut options) = browser.begin_ceremony(kind).await;
            assert_eq!(options["publicKey"]["userVerification"], "required", "{kind}");
            options["publicKey"]["userVerification"] = json!("discouraged");
            let answer = browser.finish_ceremony(kind, &id, &key.answer(options, ORIGIN), &[]).await;
            assert_eq!(answer.refusal().as_deref(), Some("wrong-passkey"), "{kind}");
            if kind != "step-up" {
                assert_eq!(browser.get("/profile").await.status, 303, "{kind}: nobody was signed in");
            }
            let log = boss.post("/api/app/audit/load", &[("channel", "two-factor")]).await.body;
            assert_eq!(log.matches("its answer does not verify").count(), refused, "{kind}: {log}");
            assert_eq!(browser.pass_ceremony(kind, &mut key, &[]).await.status, 200, "{kind}: it was for that alone");
        }
        assert!(server.mail().await.iter().all(|mail| !mail.subject.contains("copied")), "that is no sign of a copy");
    }

    /// Fails when the challenge for a new passkey asks for less than `required` verification.
    async fn a_passkey_for_which_the_device_did_not_verify_its_person_is_not_added(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (id, mut options) = ada.begin_ceremony("enrol").await;
        let verification = &mut options["publicKey"]["authenticatorSelection"]["userVerification"];
        assert_eq!(*verification, "required");
        *verification = json!("discouraged");
        let (credential, _) = Passkey::register(options, ORIGIN);
        let refused = ada.finish_ceremony("enrol", &id, &credential, &[("name", "Laptop")]).await;
        refused.assert_refused("wrong-passkey");
        assert_eq!(server.browser().sign_in(ADA).await.location(), "/", "she has no factor");
    }

    /// Fails when a ceremony is begun by `Tx::insert_challenge`, or when `TwoFactor::spend_challenge` is called before `TwoFactor::holder`.
    async fn to_begin_a_ceremony_or_to_answer_without_a_passkey_writes_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = ada.enrol_passkey().await;
        let rows = async || {
            let sql = "SELECT CAST((SELECT COUNT(*) FROM challenges) + (SELECT COUNT(*) FROM spent_captchas) AS TEXT)";
            server.sql_column(sql).await.concat()
        };
        for (kind, mut browser) in doors(&server, ada).await {
            for _ in 0..20 {
                browser.begin_ceremony(kind).await;
            }
        }
        let mut stranger = server.browser();
        let (id, options) = stranger.begin_ceremony("sign-in").await;
        let (_, mut other) = {
            let mut eve = server.signed_in("eve@example.org", Role::Member).await;
            let (_, options) = eve.begin_ceremony("enrol").await;
            Passkey::register(options, ORIGIN)
        };
        let before = rows().await;
        let answer = other.answer(options.clone(), ORIGIN);
        stranger.finish_ceremony("sign-in", &id, &answer, &[]).await.assert_refused("wrong-passkey");
        stranger.finish_ceremony("sign-in", &id, "{}", &[]).await.assert_refused("wrong-passkey");
        assert_eq!((before.as_str(), rows().await.as_str()), ("1", "1"), "only the passkey that Eve adds");
        let answer = key.answer(options, ORIGIN);
        assert_eq!(stranger.finish_ceremony("sign-in", &id, &answer, &[]).await.status, 200, "it was never spent");
        assert_eq!(rows().await, "2", "it is spent as it is answered");
    }

    /// Fails when `TwoFactor::spend_challenge` reads before it writes, or `place` leaves out the purpose or the member.
    async fn one_answer_of_many_at_once_counts_and_serves_for_nothing_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = ada.enrol_passkey().await;
        let (id, options) = server.browser().begin_ceremony("sign-in").await;
        let answer = key.answer(options, ORIGIN);
        let mut racing = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (mut browser, id, answer) = (server.browser(), id.clone(), answer.clone());
            racing.spawn(async move {
                let done = browser.finish_ceremony("sign-in", &id, &answer, &[]).await;
                done.refusal().unwrap_or_else(|| done.status.to_string())
            });
        }
        let mut found = racing.join_all().await;
        found.sort();
        assert_eq!(found, [vec!["200"], vec!["challenge-expired"; 19]].concat());
        let (id, options) = ada.begin_ceremony("step-up").await;
        let answer = key.answer(options, ORIGIN);
        let mut between = server.pending_sign_in(ADA).await;
        between.finish_ceremony("second-step", &id, &answer, &[]).await.assert_refused("challenge-expired");
        server.browser().finish_ceremony("sign-in", &id, &answer, &[]).await.assert_refused("challenge-expired");
        let mut eve = server.signed_in("eve@example.org", Role::Member).await;
        eve.enrol_passkey().await;
        eve.finish_ceremony("step-up", &id, &answer, &[]).await.assert_refused("challenge-expired");
        assert_eq!(ada.finish_ceremony("step-up", &id, &answer, &[]).await.status, 200, "for what it was made for");
    }

    /// Fails when `TwoFactor::finish_passkey`, `TwoFactor::finish_passkey_sign_in` or `TwoFactor::verify_assertion` no longer asks `on_own_page`, or
    /// when that no longer looks at one of the two members.
    async fn a_ceremony_in_a_frame_of_another_site_is_refused_at_every_door(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let framed = [
            json!({ "origin": ORIGIN, "crossOrigin": true }),
            json!({ "origin": ORIGIN, "crossOrigin": true, "topOrigin": "https://evil.example" }),
            json!({ "origin": ORIGIN, "topOrigin": "https://evil.example" }),
            json!({ "origin": ORIGIN, "crossOrigin": "yes" }),
        ];
        for page in &framed {
            let (id, options) = ada.begin_ceremony("enrol").await;
            let (credential, _) = Passkey::register_on(options, page);
            let answer = ada.finish_ceremony("enrol", &id, &credential, &[("name", "Laptop")]).await;
            assert_eq!(answer.refusal().as_deref(), Some("wrong-passkey"), "{page}");
        }
        let mut key = ada.enrol_passkey().await;
        let own = json!({ "origin": ORIGIN, "crossOrigin": false });
        for (kind, mut browser) in doors(&server, ada).await {
            for page in &framed {
                let (id, options) = browser.begin_ceremony(kind).await;
                let answer = browser.finish_ceremony(kind, &id, &key.answer_on(options, page), &[]).await;
                assert_eq!(answer.refusal().as_deref(), Some("wrong-passkey"), "{kind} {page}");
            }
            if kind != "step-up" {
                assert_eq!(browser.get("/profile").await.status, 303, "{kind}: nobody was signed in");
            }
            let (id, options) = browser.begin_ceremony(kind).await;
            let answer = browser.finish_ceremony(kind, &id, &key.answer_on(options, &own), &[]).await;
            assert_eq!(answer.status, 200, "{kind}: a browser may say that there is no such frame");
        }
        let log = boss.post("/api/app/audit/load", &[("channel", "two-factor")]).await.body;
        assert_eq!(log.matches("it was asked for in a frame of another site").count(), 3 * framed.len(), "{log}");
    }

    /// Fails when `compose` makes `X-Frame-Options` depend on a setting, a way in carries what an admin has added, or
    /// `frame-ancestors` is no longer one of the directives that are Bailey's own.
    async fn no_setting_lets_another_site_frame_a_page_with_a_ceremony(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        boss.enrol_passkey().await;
        let mut between = server.pending_sign_in(BOSS).await;
        let framed = boss.save_settings(&[("headers.csp", "frame-ancestors https://intranet.example")]).await;
        assert_eq!(framed.status, 422);
        assert!(framed.text().contains("Bailey sets frame-ancestors itself."), "{}", framed.text());
        let off = [("headers.permissions_policy", ""), ("headers.coop", "off"), ("headers.corp", "off")];
        for mode in ["enforce", "report-only", "off"] {
            let mut changes = off.to_vec();
            changes.push(("headers.csp_mode", mode));
            let saved = boss.save_settings(&changes).await;
            assert_eq!(saved.status, 303, "{}", saved.text());
            let pages = [
                ("/sign-in", server.browser().get("/sign-in").await),
                (SECOND_STEP, between.get(SECOND_STEP).await),
                ("/profile/two-factor", boss.get("/profile/two-factor").await),
                ("/profile/step-up", boss.get("/profile/step-up").await),
            ];
            for (path, page) in pages {
                assert_eq!(page.status, 200, "{mode} {path}");
                assert_eq!(page.headers["x-frame-options"], "DENY", "{mode} {path}");
                let csp = page.headers.get("content-security-policy").map(|csp| csp.to_str().expect("ASCII"));
                let forbids = csp.is_some_and(|csp| csp.contains("frame-ancestors 'none';"));
                assert!(forbids, "{mode} {path}: {csp:?}");
            }
        }
    }
}
