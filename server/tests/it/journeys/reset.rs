//! A new password without the old one: by a mail that anybody can ask for, or that an admin sends.
use crate::support::{Answer, Browser, NEW_PASSWORD, PASSWORD, SECOND_STEP, TestServer};
use policy::{Role, time::Span};
use std::net::IpAddr;
use store::on_both;

const ADA: &str = "ada@example.org";

async fn with_ada(db: store::testing::TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let ada = server.signed_in(ADA, Role::Member).await;
    (server, ada)
}

/// Asks for a mail, and answers its link.
async fn ask(server: &TestServer, browser: &mut Browser) -> String {
    let page = browser.post("/forgot-password", &[("email", ADA)]).await;
    assert!(page.text().contains("a mail with a link is on its way"), "{}", page.text());
    server.one_mail("Choose a new password").await.link()
}

on_both! {
    async fn a_forgotten_password_is_replaced_by_mail_and_every_session_ends(db: TestDatabase) {
        let (server, mut ada) = with_ada(db).await;
        let mut browser = server.browser();
        let link = ask(&server, &mut browser).await;
        for _ in 0..3 {
            assert!(browser.get(&link).await.text().contains("This link lets you choose a new password for ada@example.org."));
        }
        assert_eq!(browser.post(&link, &[]).await.location(), "/choose-password");
        assert_eq!(browser.post(&link, &[]).await.status, 410, "the link is used");
        let page = browser.get("/choose-password").await;
        assert!(page.text().contains("At least 12 characters") && page.text().contains(ADA), "{}", page.text());
        let page = browser.choose_password("short").await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("At least 12 characters"));
        let page = browser.choose_password(PASSWORD).await;
        assert!(page.status == 422 && page.text().contains("That is one of your last 5 passwords."), "{}", page.text());
        assert_eq!(browser.choose_password(NEW_PASSWORD).await.location(), "/sign-in?notice=password-chosen");
        assert_eq!(browser.choose_password("another good one here").await.status, 410, "the right is used up");
        assert_eq!(ada.get("/profile").await.status, 303, "her sessions have ended");
        assert_eq!(server.one_mail("Your password was changed").await.to, ADA);
        assert_eq!(server.browser().sign_in(ADA).await.status, 422);
        assert_eq!(server.browser().sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
    }

    /// Fails when `count_refused_use` is not asked before `hash_unless_known`, or `use_grant_up` is not called.
    async fn five_passwords_that_were_used_before_use_the_right_up(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        let mut browser = server.choosing_password(ADA).await;
        assert_eq!(browser.choose_password("short").await.status, 422, "what is refused by its looks counts for nothing");
        for _ in 0..4 {
            assert_eq!(browser.choose_password(PASSWORD).await.status, 422);
        }
        browser.choose_password(PASSWORD).await.assert_refused("grant-used-up");
        assert_eq!(browser.choose_password(NEW_PASSWORD).await.status, 410, "it is used up");
        assert_eq!(server.sign_in(ADA).await.get("/profile").await.status, 200, "and nothing was changed");

        server.clock.advance(Span::minutes(10));
        let browser = server.choosing_password(ADA).await;
        let posts: Vec<_> = (0..20)
            .map(|n| {
                let mut one = Browser::clone_of(&browser);
                // Each from a page of its own: the same form twice is one act.
                let page = n.to_string();
                let post = async move { one.post("/choose-password", &[("password", PASSWORD), ("page", &page)]).await.status };
                tokio::spawn(post)
            })
            .collect();
        let mut looked_at = 0;
        for post in posts {
            let status = post.await.expect("no request panics");
            assert!(matches!(status, 410 | 422 | 503), "{status}");
            looked_at += usize::from(status == 422);
        }
        assert!(looked_at < 5, "{looked_at}");
    }

    /// Fails when the grant's purpose is taken for a link of another kind.
    async fn the_right_opens_nothing_but_that_step(db: TestDatabase) {
        let (server, mut ada) = with_ada(db).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        server.mail().await;
        let mut browser = server.browser();
        let link = ask(&server, &mut browser).await;
        browser.post(&link, &[]).await;
        let grant = browser.cookies["bailey-3000-grant"].clone();
        for path in ["/profile", "/profile/two-factor", SECOND_STEP] {
            assert!(browser.get(path).await.location().starts_with("/sign-in?next="), "{path}");
        }
        let mut thief = server.browser();
        thief.cookies.insert("bailey-3000".to_owned(), grant.clone());
        assert_eq!(thief.get("/profile").await.status, 303, "it is no session");
        assert_eq!(server.browser().get(&format!("/link/{grant}")).await.status, 410, "and no link");
        assert_eq!(browser.choose_password(NEW_PASSWORD).await.status, 303);
        assert_eq!(browser.sign_in_with(ADA, NEW_PASSWORD).await.location(), SECOND_STEP, "the second factor stays");
        assert_eq!(browser.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0])]).await.location(), "/");
    }

    /// Fails when `link::lapses` no longer reads `links.password_reset` or `links.passwordless`, or `Links::granted` no longer
    /// tells a right that has lapsed from one that is dead.
    async fn link_and_right_last_as_long_as_their_settings_say(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        server.change_settings(&[("links.password_reset", "30"), ("links.passwordless", "5")]).await;
        let mut browser = server.browser();
        let link = ask(&server, &mut browser).await;
        server.clock.advance(Span::minutes(30) );
        assert_eq!(browser.get(&link).await.status, 410);
        let link = ask(&server, &mut browser).await;
        server.clock.advance(Span::seconds(30 * 60 - 1));
        assert_eq!(browser.post(&link, &[]).await.location(), "/choose-password");
        server.clock.advance(Span::minutes(5));
        let late = browser.get("/choose-password").await;
        assert_eq!(late.status, 410);
        assert!(late.text().contains("is over. Ask for a new link. Decided by the setting Passwordless authorisation."), "{}", late.text());
        assert_eq!(browser.choose_password(NEW_PASSWORD).await.status, 410);
        let link = ask(&server, &mut browser).await;
        browser.post(&link, &[]).await;
        server.clock.advance(Span::seconds(299));
        assert_eq!(browser.choose_password(NEW_PASSWORD).await.status, 303);
        server.clock.advance(Span::minutes(5));
        assert!(!browser.get("/choose-password").await.text().contains("Passwordless"), "it was used");
    }

    async fn an_address_that_nobody_has_is_answered_alike(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        let mut pages = Vec::new();
        for email in [ADA, "eve@example.org"] {
            let page = server.browser().post("/forgot-password", &[("email", email)]).await;
            pages.push((page.status, page.text().replace(email, "…")));
        }
        assert_eq!(pages[0], pages[1]);
        assert_eq!(server.mail().await.len(), 1);
        let empty = server.browser().post("/forgot-password", &[("email", " ")]).await;
        assert!(empty.status == 422 && empty.text().contains("Enter your e-mail address."));
    }

    /// Fails when `Captchas::judge_ask_for_mail` no longer asks `Lockouts::attempts_from_address`, or an ask is no longer counted.
    async fn whoever_asks_for_the_mails_of_many_is_stopped(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        assert_eq!(boss.save_settings(&[("lockout.sign_in.max_attempts", "1")]).await.status, 303);
        let mut stranger = server.browser();
        for n in 0..20 {
            let (page, email) = (["/forgot-password", "/claim-account"][n % 2], format!("a{n}@example.org"));
            assert_eq!(stranger.post(page, &[("email", &email)]).await.status, 200, "{n}");
        }
        for page in ["/forgot-password", "/claim-account"] {
            let refused = stranger.post(page, &[("email", "boss@example.org")]).await;
            assert_eq!(refused.status, 429);
            refused.assert_refused("address-paused");
            assert!(refused.page().holds("boss@example.org"), "what was typed is still there");
        }
        assert_eq!(server.mail().await, vec![]);
        stranger.address = IpAddr::from([198, 51, 100, 1]);
        assert_eq!(stranger.post("/forgot-password", &[("email", "boss@example.org")]).await.status, 200, "others go on");
    }

    /// Fails when `for_mail` no longer looks at the tries.
    async fn each_ask_for_a_mail_makes_the_next_captcha_dearer(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut stranger = server.browser();
        assert_eq!(stranger.post("/forgot-password", &[("email", "eve@example.org")]).await.status, 200);
        assert_eq!(boss.save_settings(&[("sign_in.captcha", "true")]).await.status, 303);
        let level = |page: &Answer| {
            let challenge = page.page().challenge();
            challenge.parameters.data.as_ref().and_then(|data| data["level"].as_u64())
        };
        assert_eq!(level(&stranger.get("/forgot-password").await), Some(3));
        stranger.address = IpAddr::from([198, 51, 100, 1]);
        assert_eq!(level(&stranger.get("/claim-account").await), Some(2), "from where nobody has asked");
    }

    async fn a_mailbox_is_not_flooded_with_such_mails_and_the_latest_link_counts(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        let mut browser = server.browser();
        let first = ask(&server, &mut browser).await;
        browser.post("/forgot-password", &[("email", ADA)]).await;
        assert!(server.mail().await.is_empty());
        server.clock.advance(Span::minutes(1));
        let second = ask(&server, &mut browser).await;
        assert_eq!(browser.get(&first).await.status, 410);
        assert_eq!(browser.get(&second).await.status, 200);
        let mut sent = 0;
        for _ in 0..30 {
            browser.post("/forgot-password", &[("email", ADA)]).await;
            sent += server.mail().await.len();
            server.clock.advance(Span::seconds(100));
        }
        assert_eq!(sent, 3, "five in an hour");
    }

    /// Neither a lock nor the change interval keeps somebody from a new password, and it lifts the lock.
    async fn a_locked_member_gets_in_by_a_new_password(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        let mut boss = server.change_settings(&[("lockout.sign_in.max_attempts", "1"), ("passwords.change_interval", "30")]).await;
        server.browser().sign_in_with(ADA, "wrong").await;
        assert_eq!(server.browser().sign_in(ADA).await.status, 429);
        server.mail().await;
        let forms = boss.forms_of("ADA").await;
        assert_eq!(boss.post(&format!("{forms}/reset"), &[]).await.location(), "/admin/members?notice=reset-sent");
        let mail = server.one_mail("Choose a new password").await;
        assert!(mail.text.contains("An admin of your workspace asks you"));
        let mut browser = server.browser();
        browser.post(&mail.link(), &[]).await;
        assert_eq!(browser.choose_password(NEW_PASSWORD).await.status, 303);
        assert_eq!(browser.sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
        let again = browser.post("/profile/password", &[("current", NEW_PASSWORD), ("password", "something else again")]).await;
        assert_eq!(again.status, 303, "it was not of her own accord: {}", again.text());
    }

    /// Fails when `mail_reset` asks no pace of an admin.
    async fn an_admin_floods_no_mailbox_and_is_told_why_not(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let reset = format!("{}/reset", server.forms_about(ADA).await);
        let sent = "/admin/members?notice=reset-sent";
        assert_eq!(boss.post(&reset, &[]).await.location(), sent);
        let refused = boss.post(&reset, &[]).await;
        assert_eq!(refused.status, 429);
        refused.assert_refused("mailed-lately");
        let mail = server.one_mail("Choose a new password").await;
        assert_eq!(server.browser().get(&mail.link()).await.status, 200, "the link that she has still works");
        server.clock.advance(Span::seconds(30));
        assert_eq!(boss.post(&reset, &[]).await.location(), sent);
    }

    async fn one_right_in_many_parallel_requests_chooses_once(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        let mut browser = server.browser();
        let link = ask(&server, &mut browser).await;
        browser.post(&link, &[]).await;
        let mut racing = tokio::task::JoinSet::new();
        for n in 0..8 {
            let mut same = server.browser();
            same.cookies.clone_from(&browser.cookies);
            racing.spawn(async move { same.choose_password(&format!("purple anvil over lunch {n}")).await.status });
        }
        let chosen = racing.join_all().await.into_iter().filter(|status| *status == 303).count();
        assert_eq!(chosen, 1);
    }

    /// Fails when `Passwords::ask_for_reset` no longer judges the captcha.
    async fn with_captchas_asking_brings_a_solution(db: TestDatabase) {
        let (server, _ada) = with_ada(db).await;
        server.change_settings(&[("sign_in.captcha", "true")]).await;
        let mut browser = server.browser();
        assert!(browser.get("/forgot-password").await.page().has("altcha-widget"));
        let page = browser.post("/forgot-password", &[("email", ADA)]).await;
        assert_eq!(page.status, 422);
        let answer = page.page().solved_captcha();
        let page = browser.post("/forgot-password", &[("email", ADA), ("altcha", &answer)]).await;
        assert!(page.text().contains("a mail with a link is on its way"));
        let page = browser.post("/sign-in", &[("email", ADA), ("password", "x")]).await;
        let for_sign_in = page.page().solved_captcha();
        let page = browser.post("/forgot-password", &[("email", ADA), ("altcha", &for_sign_in)]).await;
        assert_eq!(page.status, 422, "it was solved for something else");
    }

    /// Fails when `Sessions::credentials_changed` or `Passwords::choose` no longer calls `void_links_of`.
    async fn a_changed_password_ends_every_link_and_right(db: TestDatabase) {
        let (server, mut ada) = with_ada(db).await;
        let mut thief = server.browser();
        let reset = ask(&server, &mut thief).await;
        thief.post("/claim-account", &[("email", ADA)]).await;
        let claim = server.one_mail("Somebody claims your account").await.link();
        assert_eq!(thief.post(&reset, &[]).await.location(), "/choose-password");
        let fields = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(ada.post("/profile/password", &fields).await.status, 303);
        assert_eq!(thief.choose_password("mine from now on, all of it").await.status, 410);
        assert_eq!(thief.post(&claim, &[]).await.status, 410);
        assert_eq!(server.browser().sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
        // Long enough for other mails.
        server.clock.advance(Span::minutes(10));
        thief.post("/claim-account", &[("email", ADA)]).await;
        let claim = server.one_mail("Somebody claims your account").await.link();
        let mut own = server.browser();
        let reset = ask(&server, &mut own).await;
        assert_eq!(own.post(&reset, &[]).await.location(), "/choose-password");
        assert_eq!(own.choose_password("seven crates of marmalade").await.status, 303);
        assert_eq!(thief.post(&claim, &[]).await.status, 410, "whoever chooses one by mail ends them as well");
    }
}
