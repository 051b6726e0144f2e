//! `/sign-in` and `/sign-out`.
use crate::support::{PASSWORD, SECOND_STEP, TestServer};
use axum::http::Method;
use policy::Role;
use serde_json::json;
use store::on_both;

on_both! {
    async fn a_wrong_password_and_an_unknown_address_look_the_same(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("ada@example.org", Role::Admin).await;
        let mut pages = Vec::new();
        for email in ["ada@example.org", "eve@example.org"] {
            let page = server.browser().post("/sign-in", &[("email", email), ("password", "wrong")]).await;
            assert_eq!(page.status, 422);
            page.assert_refused("wrong-credentials");
            assert!(page.page().holds(email), "the address is still there");
            let nonce = page.headers["content-security-policy"].to_str().expect("ASCII");
            let nonce = nonce.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
            let id = page.page().value("page");
            pages.push(page.body.replace(email, "…").replace(nonce, "…").replace(&id, "…"));
        }
        assert_eq!(pages[0], pages[1]);
    }

    async fn signing_in_comes_back_to_the_page_that_was_wanted_and_nowhere_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("ada@example.org", Role::Admin).await;
        for (next, leads_to) in [("/admin/audit", "/admin/audit"), ("//evil.example", "/"), ("https://evil.example", "/")] {
            let fields = [("email", "Ada@Example.ORG"), ("password", PASSWORD), ("next", next)];
            assert_eq!(server.browser().post("/sign-in", &fields).await.location(), leads_to);
        }
    }

    async fn a_token_that_the_server_did_not_give_is_worth_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("ada@example.org", Role::Admin).await;
        let mut browser = server.browser();
        browser.cookies.insert("bailey-3000".to_owned(), "planted".to_owned());
        assert_eq!(browser.get("/profile").await.status, 303);
        browser.sign_in("ada@example.org").await;
        assert_ne!(browser.cookies["bailey-3000"], "planted", "signing in gives a token of its own");
    }

    async fn a_session_is_over_after_signing_out(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        let token = browser.cookies["bailey-3000"].clone();
        let answer = browser.post("/sign-out", &[]).await;
        assert_eq!(answer.location(), "/sign-in?notice=signed-out");
        assert!(browser.cookies.is_empty());
        browser.cookies.insert("bailey-3000".to_owned(), token);
        assert_eq!(browser.get("/profile").await.status, 303);
    }

    async fn blank_and_odd_fields_get_words_beside_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let page = server.browser().post("/sign-in", &[]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Enter your e-mail address.") && page.text().contains("Enter your password."));
        let long = "x".repeat(5_000);
        for (email, password) in [("a\0b", "\0"), ("<script>alert(1)</script>", "x"), ("</script><script>alert(1)</script>", "x"), (long.as_str(), "x"), ("ada@example.org", long.as_str())] {
            let page = server.browser().post("/sign-in", &[("email", email), ("password", password)]).await;
            assert_eq!(page.status, 422, "{email:.20}");
            assert!(!page.body.contains("<script>alert(1)"), "what was typed stays text");
        }
        let huge = "x".repeat(70_000);
        assert_eq!(server.browser().post("/sign-in", &[("email", &huge)]).await.status, 413);
    }

    /// Fails when `too_large` no longer says what became of what was typed, or no longer leads back to the form.
    async fn a_form_that_is_too_large_is_answered_in_words_with_a_way_back(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        let body = format!("title=x&body={}", "x".repeat(1_000_000));
        let length = body.len().to_string();
        let form = [("content-type", "application/x-www-form-urlencoded"), ("referer", "http://localhost:3000/ideas?x=1")];
        let elsewhere = [form[0], ("referer", "http://localhost:3000//evil.example/")];
        let announced = [form[0], form[1], ("content-length", length.as_str())];
        for (headers, back) in [(&form[..], "/ideas?x=1"), (&announced[..], "/ideas?x=1"), (&elsewhere[..], "/"), (&form[..1], "/")] {
            let page = ada.send_with(Method::POST, "/ideas", headers, Some(body.clone())).await;
            assert_eq!(page.status, 413);
            assert!(page.text().contains("Nothing was saved.") && page.text().contains("What you typed can't be kept here."));
            assert!(page.page().links_to(back), "{headers:?}: {}", page.body);
        }
    }

    /// Fails when the banner is not rendered, or its HTML is.
    async fn the_banner_stands_on_every_way_in_and_can_do_no_harm(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        server.enrol_app(&mut ada).await;
        let text = "For **staff** only. <script>alert(1)</script> [no](javascript:alert(1)) [help](https://help.example.org)";
        let saved = ada.save_settings(&[("sign_in.banner", text), ("sign_in.show_banner", "true")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let mut between = server.pending_sign_in("ada@example.org").await;
        let shown = "For staff only. <script>alert(1)</script> no help";
        for path in ["/sign-in", "/link/x", SECOND_STEP] {
            let page = between.get(path).await.page();
            assert_eq!(page.text_of(".gate-banner"), shown, "{path}");
            assert_eq!(page.texts(".gate-banner strong"), ["staff"], "{path}");
            assert_eq!(page.attributes(".gate-banner a", "href"), ["https://help.example.org"], "{path}");
            assert!(!page.has(".gate-banner script"), "{path}");
        }
        let preview = ada.post("/api/app/settings/banner", &[("text", text)]).await;
        assert_eq!(preview.json()[0]["paragraph"][1], json!({"strong": [{"text": "staff"}]}), "{}", preview.body);
        let own = ada.get("/profile").await;
        assert!(!own.page().has(".gate-banner") && !own.text().contains("For staff"), "not on the pages of members");
        for path in ["/forgot-password", "/claim-account", "/profile/step-up"] {
            assert_eq!(ada.get(path).await.page().text_of(".gate-banner"), shown, "{path} is one, whoever looks");
        }
    }

    /// Fails when `banner_at` goes by who looks, and not by the page.
    async fn a_page_on_which_nobody_proves_who_they_are_has_no_banner(db: TestDatabase) {
        let shown = [("sign_in.banner", "Staff only."), ("sign_in.show_banner", "true"), ("network.admin_allowlist", "203.0.113.0/24")];
        let (server, mut boss) = TestServer::with_settings(db, &shown).await;
        let mut stranger = server.browser();
        assert!(stranger.get("/sign-in").await.page().has(".gate-banner"));
        for browser in [&mut boss, &mut stranger] {
            browser.address = [198, 51, 100, 7].into();
            for (path, status) in [("/admin", 403), ("/nothing", 404)] {
                let page = browser.get(path).await;
                assert_eq!(page.status, status, "{path}");
                assert!(!page.text().contains("Staff only."), "{path}: {}", page.text());
            }
        }
    }

    /// Fails when `SignIn::shown_banner` forgets its switch.
    async fn a_banner_that_is_off_is_kept_and_not_shown(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let text = [("sign_in.banner", "Staff only.")];
        assert_eq!(ada.save_settings(&text).await.status, 303);
        let page = ada.get("/admin/settings").await;
        assert!(page.text().contains("Staff only.") && page.text().contains("Nobody sees it: the banner is off."));
        assert!(!server.browser().get("/sign-in").await.page().has(".gate-banner"));
        let on = [("sign_in.banner", "Staff only."), ("sign_in.show_banner", "true")];
        assert_eq!(ada.save_settings(&on).await.status, 303);
        assert!(server.browser().get("/sign-in").await.page().has(".gate-banner"));
    }
}
