//! Attempts at passwords and codes: how many, in which time, and what follows.
use crate::support::{Answer, Browser, Received, SECOND_STEP, TestServer};
use axum::http::header::RETRY_AFTER;
use policy::{EmailAddress, Role, time::Span};
use std::net::IpAddr;
use store::{AttemptCounterRow, AttemptKey, AuditFilter, on_both};

const ADA: &str = "ada@example.org";
const EVE: &str = "eve@example.org";

async fn wrong(browser: &mut Browser, email: &str) -> Answer {
    browser.sign_in_with(email, "not her password").await
}

/// A server on which Ada exists and somebody has saved these settings.
async fn with(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> (TestServer, Browser) {
    let (server, boss) = TestServer::with_settings(db, changes).await;
    server.member(ADA, Role::Member).await;
    (server, boss)
}

on_both! {
    /// Fails when `lockout::as_of` no longer looks at the duration that holds now.
    async fn a_lock_that_runs_follows_a_shorter_duration(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        server.member("ada@example.org", Role::Member).await;
        let wrong = async |server: &TestServer| server.browser().sign_in_with("ada@example.org", "wrong").await.status;
        boss.has_saved_settings(&[("lockout.sign_in.max_attempts", "1"), ("lockout.sign_in.duration", "60")]).await;
        wrong(&server).await;
        assert_eq!(server.browser().sign_in("ada@example.org").await.status, 429);
        boss.has_saved_settings(&[("lockout.sign_in.max_attempts", "1"), ("lockout.sign_in.duration", "5")]).await;
        server.clock.advance(Span::minutes(5));
        assert!(!boss.get("/admin/lockouts").await.text().contains("ada@example.org"), "it is not listed any more");
        assert_eq!(server.browser().sign_in("ada@example.org").await.status, 303);
        wrong(&server).await;
        server.clock.advance(Span::minutes(4));
        boss.has_saved_settings(&[("lockout.sign_in.max_attempts", "1"), ("lockout.sign_in.duration", "60")]).await;
        server.clock.advance(Span::minutes(1));
        assert_eq!(server.browser().sign_in("ada@example.org").await.status, 303, "and never a longer one");
    }

    /// Fails without the call of `Lockouts::reserve` in `Lockouts::try_password`, or when `lockout::budget` no longer reads
    /// `lockout.sign_in.max_attempts` or `lockout.sign_in.duration`.
    async fn a_locked_member_cannot_sign_in_with_the_right_password(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "3"), ("lockout.sign_in.duration", "7"), ("lockout.prompt_delay", "0")]).await;
        let mut browser = server.browser();
        for _ in 0..2 {
            assert_eq!(wrong(&mut browser, ADA).await.status, 422);
        }
        let last = wrong(&mut browser, ADA).await;
        assert_eq!(last.status, 429);
        assert!(last.text().contains("Too many wrong passwords. Signing in is locked for 7 minutes, until "), "{}", last.text());
        assert_eq!(last.headers[RETRY_AFTER], "420");
        server.clock.advance(Span::seconds(419));
        assert_eq!(browser.sign_in(ADA).await.status, 429, "the right password, a second too early");
        server.clock.advance(Span::seconds(1));
        assert_eq!(browser.sign_in(ADA).await.status, 303);
    }

    /// Fails when `lockout::budget` no longer reads `lockout.sign_in.window`.
    async fn tries_count_within_the_window_and_a_right_one_clears_them(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "2"), ("lockout.sign_in.window", "5")]).await;
        let mut browser = server.browser();
        assert_eq!(wrong(&mut browser, ADA).await.status, 422);
        server.clock.advance(Span::minutes(5));
        assert_eq!(wrong(&mut browser, ADA).await.status, 422, "the first one is forgotten");
        assert_eq!(browser.sign_in(ADA).await.status, 303);
        let mut browser = server.browser();
        assert_eq!(wrong(&mut browser, ADA).await.status, 422, "a right one cleared them");
        assert_eq!(wrong(&mut browser, ADA).await.status, 429);
    }

    /// Fails when `SignIn::by_password` no longer asks `Lockouts::attempts_from_address`, or `SignIn::note_refused` no longer counts for it.
    async fn whoever_goes_through_many_accounts_is_stopped_and_known_browsers_and_others_are_not(db: TestDatabase) {
        let (server, mut boss) = with(db, &[("lockout.sign_in.max_attempts", "2"), ("lockout.sign_in.duration", "9")]).await;
        let mut known = server.browser();
        known.get("/sign-in").await;
        assert_eq!(known.sign_in(ADA).await.status, 303);
        let mut stranger = server.browser();
        for n in 0..40 {
            assert_eq!(wrong(&mut stranger, &format!("a{n}@example.org")).await.status, 422, "{n}");
        }
        let page = stranger.sign_in(ADA).await;
        assert_eq!(page.status, 429, "the right password is not looked at");
        assert!(page.text().contains("Too many tries came from your network address, perhaps not yours. Try again in 9 minutes."), "{}", page.text());
        assert_eq!(page.headers[RETRY_AFTER], "540");
        assert_eq!(known.sign_in(ADA).await.status, 303, "a browser that Ada has used goes on");
        assert_eq!(stranger.post("/forgot-password", &[("email", ADA)]).await.status, 200, "so does a forgotten password");
        let mut elsewhere = server.browser();
        elsewhere.address = IpAddr::from([198, 51, 100, 1]);
        assert_eq!(elsewhere.sign_in(ADA).await.status, 303, "and whoever comes from elsewhere");
        assert!(boss.get("/admin/audit?channel=sign-in").await.text().contains("Paused a network address"));
        server.clock.advance(Span::minutes(9));
        assert_eq!(stranger.sign_in(ADA).await.status, 303, "it ends by itself");
    }

    /// Fails when `buckets` no longer takes a subscriber's whole network of version 6 for one.
    async fn another_address_of_the_same_network_helps_nobody(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        let mut stranger = server.browser();
        for n in 0..20_u16 {
            stranger.address = IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, n]);
            assert_eq!(wrong(&mut stranger, &format!("a{n}@example.org")).await.status, 429, "each locks its own account");
        }
        stranger.address = IpAddr::from([0x2001, 0xdb8, 0, 0, 9, 9, 9, 9]);
        stranger.sign_in(ADA).await.assert_refused("address-paused");
        stranger.address = IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, 0]);
        assert_eq!(stranger.sign_in(ADA).await.status, 303, "the neighbour's");
    }

    /// Fails when `count_for_address` or `attempts_from_address` leaves out one of the `buckets`, or the wide ones have no larger
    /// budget than the narrow ones.
    async fn many_narrow_networks_of_one_subscriber_are_one_party(db: TestDatabase) {
        let (server, mut boss) = with(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        let mut stranger = server.browser();
        for n in 0..80_u16 {
            stranger.address = IpAddr::from([0x2001, 0xdb8, 0, n, 0, 0, 0, 1]);
            assert_eq!(wrong(&mut stranger, &format!("a{n}@example.org")).await.refusal().as_deref(), Some("locked"), "{n}");
        }
        stranger.address = IpAddr::from([0x2001, 0xdb8, 0, 200, 0, 0, 0, 1]);
        stranger.sign_in(ADA).await.assert_refused("address-paused");
        let log = boss.get("/admin/audit?channel=sign-in").await.text();
        assert!(log.contains("2001:db8::/56"), "{log}");
        for beside in [[0x2001, 0xdb8, 0, 0x100, 0, 0, 0, 1], [0x2001, 0xdb8, 1, 0, 0, 0, 0, 1]] {
            let mut browser = server.browser();
            browser.address = IpAddr::from(beside);
            assert_eq!(browser.sign_in(ADA).await.status, 303, "{beside:?}");
        }
    }

    /// Fails when `Lockouts::password_attempt` counts only for addresses that somebody has, or `subject_of` takes another spelling for
    /// another address.
    async fn an_address_that_nobody_has_locks_just_the_same(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "2")]).await;
        let mut pages = Vec::new();
        for (email, spelt) in [(ADA, "ADA@ＥＸＡＭＰＬＥ.org"), (EVE, "EVE@ＥＸＡＭＰＬＥ.org")] {
            let mut browser = server.browser();
            assert_eq!(wrong(&mut browser, spelt).await.status, 422, "another spelling counts for the same address");
            assert_eq!(wrong(&mut browser, email).await.status, 429);
            let page = wrong(&mut browser, email).await;
            assert_eq!(page.status, 429);
            pages.push(page.text().replace(email, "…"));
        }
        assert_eq!(pages[0], pages[1]);
    }

    /// Fails when `Attempt::is_at` gives every browser the same counter.
    async fn a_strangers_guesses_do_not_lock_the_owners_own_browser_out(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "2")]).await;
        let mut own = server.browser();
        own.get("/sign-in").await;
        assert_eq!(own.sign_in(ADA).await.status, 303);
        own.post("/sign-out", &[]).await;
        let mut stranger = server.browser();
        stranger.get("/sign-in").await;
        for _ in 0..3 {
            wrong(&mut stranger, ADA).await;
        }
        assert_eq!(stranger.sign_in(ADA).await.status, 429, "for others the account is locked");
        assert_eq!(own.sign_in(ADA).await.status, 303, "for her own browser it is not");
        own.post("/sign-out", &[]).await;
        for _ in 0..2 {
            wrong(&mut own, ADA).await;
        }
        assert_eq!(own.sign_in(ADA).await.status, 429, "it has a budget of its own, and no more");
    }

    /// Fails when `Lockouts::reserve` no longer sets `delayed_until`, or `lockout::budget` no longer reads
    /// `lockout.prompt_delay`.
    async fn a_refused_try_is_followed_by_the_prompt_delay(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "1"), ("lockout.sign_in.duration", "1"), ("lockout.prompt_delay", "30")]).await;
        let mut browser = server.browser();
        assert!(wrong(&mut browser, ADA).await.page().has("[data-wait='30']"), "the form counts down");
        server.clock.advance(Span::seconds(50));
        assert_eq!(browser.sign_in(ADA).await.status, 429);
        server.clock.advance(Span::seconds(20));
        assert_eq!(browser.sign_in(ADA).await.status, 429, "the lock is over, and the form still waits");
        server.clock.advance(Span::seconds(10));
        assert_eq!(browser.sign_in(ADA).await.status, 303);
    }

    /// Fails when `Lockouts::list` leaves out a member who is locked or lists tries at an address that nobody has, or
    /// when `Lockouts::lift` no longer clears the tries or writes nothing down.
    async fn an_admin_sees_who_is_locked_and_unlocks_them(db: TestDatabase) {
        let (server, mut boss) = with(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        assert!(boss.get("/admin/lockouts").await.text().contains("Nobody is locked out."));
        let mut browser = server.browser();
        wrong(&mut browser, ADA).await;
        wrong(&mut browser, EVE).await;
        let list = boss.get("/admin/lockouts").await;
        assert!(list.text().contains(ADA) && !list.text().contains(EVE), "{}", list.text());
        assert_eq!(list.page().count("form[action^='/admin/lockouts/']"), 1, "only hers: {}", list.text());
        let unlock = list.page().attribute("form[action^='/admin/lockouts/']", "action");
        assert_eq!(boss.post(&unlock, &[]).await.location(), "/admin/lockouts?notice=unlocked");
        assert_eq!(browser.sign_in(ADA).await.status, 303);
        assert!(boss.get("/admin/audit?channel=sign-in").await.text().contains("Unlocked a member"));
        assert_eq!(boss.post("/admin/lockouts/nobody/unlock", &[]).await.status, 404);
    }

    /// Fails when `browser::encoded` asks the browser on the server, too, or `Disabled` no longer leads to the member.
    async fn an_admin_sees_whose_codes_are_disabled_and_is_led_to_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let email = "ada+o'brien@example.org";
        server.member(email, Role::Member).await;
        let mut tx = server.db.store.write().await.expect("it answers");
        let email = EmailAddress::parse(email).expect("an address");
        let ada = tx.member_by_email(&server.workspace.id, &email).await.expect("it answers").expect("she is a member").id;
        let key = AttemptKey { workspace: server.workspace.id.clone(), guarded: "two-factor", subject: ada.to_string(), browser: String::new() };
        let row = tx.lock_attempts(&key, Some(&ada), server.clock.now().0).await.expect("it answers");
        tx.put_attempts(&key, &AttemptCounterRow { consecutive: 100, ..row }).await.expect("it answers");
        tx.commit().await.expect("it answers");
        let list = boss.get("/admin/lockouts").await;
        assert_eq!(list.status, 200, "{}", list.text());
        assert!(list.text().contains("After a hundred wrong codes in a row, codes no longer work."), "{}", list.text());
        let way_on = list.page().attribute("a[href^='/admin/members?holds=']", "href");
        let holds = "/admin/members?holds=ada%2Bo'brien%40example.org";
        assert_eq!(way_on, holds, "as encodeURIComponent writes it");
        let found = boss.get(&way_on).await;
        assert!(found.status == 200 && found.text().contains("ada+o'brien@example.org"), "{}", found.text());
    }

    /// Fails when `Lockouts::unlock_from_console` no longer calls `Lockouts::lift`.
    async fn the_operator_unlocks_from_the_console(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        let mut browser = server.browser();
        wrong(&mut browser, ADA).await;
        assert_eq!(browser.sign_in(ADA).await.status, 429);
        let email = EmailAddress::parse(ADA).expect("an address");
        server.bailey.lockouts().unlock_from_console(&server.workspace.id, &email).await.expect("she is a member");
        assert_eq!(browser.sign_in(ADA).await.status, 303);
    }

    /// Fails without the call of `Lockouts::reserve` in `Lockouts::try_password`, or, on PostgreSQL and in most runs, when `lock_attempts`
    /// lets two guesses see the same count.
    async fn of_many_guesses_at_once_no_more_than_the_budget_is_looked_at(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "5")]).await;
        let guesses: Vec<_> = (0..200)
            .map(|n| {
                let mut browser = server.browser();
                tokio::spawn(async move { browser.sign_in_with(ADA, &format!("guess {n}")).await.status })
            })
            .collect();
        let mut found = Vec::new();
        for guess in guesses {
            found.push(guess.await.expect("no request panics"));
        }
        // The guess that locks was looked at as well, and is told of the lock; some the server is too busy for.
        assert_eq!(found.iter().filter(|status| **status == 422).count(), 4, "{found:?}");
        assert!(found.contains(&429) && found.iter().all(|status| matches!(status, 422 | 429 | 503)), "{found:?}");
        let mut tx = server.db.store.read().await.expect("it answers");
        let of_sign_in = AuditFilter { channel: Some("sign-in".to_owned()), ..AuditFilter::default() };
        let log = tx.audit_entries(&server.workspace.id, &of_sign_in, 1_000).await.expect("it reads");
        drop(tx);
        assert_eq!(log.iter().filter(|entry| entry.body.contains("wrong password")).count(), 5, "whoever looks writes it down");
        let mut right = server.browser();
        assert_eq!(right.sign_in(ADA).await.status, 429);
    }

    /// Fails when the second step no longer takes its budget from the settings.
    async fn wrong_codes_pause_the_second_step_as_the_settings_say(db: TestDatabase) {
        let (server, mut boss) = with(db, &[("lockout.two_factor.max_attempts", "2"), ("lockout.two_factor.duration", "3"), ("lockout.two_factor.window", "4")]).await;
        server.enrol_app(&mut boss).await;
        let mut between = server.browser();
        between.sign_in("boss@example.org").await;
        let mut code = async || between.post(SECOND_STEP, &[("code", "000000")]).await.status;
        assert_eq!((code().await, code().await, code().await), (422, 422, 429));
        server.clock.advance(Span::minutes(3));
        assert_eq!(code().await, 422, "the pause is over");
        server.clock.advance(Span::minutes(4));
        assert_eq!((code().await, code().await), (422, 422), "and so is the window");
    }

    /// Fails when `SignIn::note_refused` no longer calls `Links::mail_lock`.
    async fn the_mail_about_a_lock_unlocks_when_its_button_is_pressed_and_once(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "2"), ("lockout.prompt_delay", "0")]).await;
        let mut stranger = server.browser();
        wrong(&mut stranger, ADA).await;
        assert!(server.mail().await.is_empty(), "nothing is locked yet");
        wrong(&mut stranger, ADA).await;
        wrong(&mut stranger, ADA).await;
        let mail = server.one_mail("Signing in is locked for a while").await;
        assert_eq!(mail.to, ADA);
        let link = mail.link();
        let mut browser = server.browser();
        for _ in 0..2 {
            let page = browser.get(&link).await;
            assert!(page.text().contains("This lifts the lock of ada@example.org"), "{}", page.text());
        }
        assert_eq!(browser.sign_in(ADA).await.status, 429, "opening a link changes nothing");
        assert_eq!(browser.post(&link, &[]).await.location(), "/sign-in?notice=unlocked-by-mail");
        assert!(!browser.cookies.contains_key("bailey-3000"), "it signs nobody in");
        assert_eq!(browser.sign_in(ADA).await.location(), "/");
        assert_eq!(browser.post(&link, &[]).await.status, 410);
    }

    /// Fails when `Links::may_mail` counts links without `since_the_last_pressed`, or that takes a link that the next one
    /// replaced for one that was used.
    async fn whoever_has_unlocked_by_mail_gets_another_mail_at_the_next_lock(db: TestDatabase) {
        let settings = [("lockout.sign_in.max_attempts", "1"), ("lockout.sign_in.duration", "5"), ("lockout.prompt_delay", "0")];
        let (server, _) = with(db, &settings).await;
        let mut stranger = server.browser();
        for n in 0..7 {
            wrong(&mut stranger, ADA).await;
            let link = server.one_mail("Signing in is locked").await.link();
            server.clock.advance(Span::seconds(1));
            assert_eq!(server.browser().post(&link, &[]).await.status, 303, "{n}");
            server.clock.advance(Span::seconds(1));
        }
        let mut links = Vec::new();
        for _ in 0..7 {
            wrong(&mut stranger, ADA).await;
            links.extend(server.mail().await.iter().map(Received::link));
            server.clock.advance(Span::minutes(5));
        }
        assert_eq!(links.len(), 5, "in an hour, where nobody uses them");
        assert_eq!(server.browser().get(&links[0]).await.status, 410, "the newest one took its place");
        assert_eq!(server.browser().get(&links[4]).await.status, 200, "and goes on working");
    }

    /// Fails when `Links::find_live` no longer asks `link::works`, or `LinkPurpose::lifetime` no longer names one of the two.
    async fn the_link_lapses_by_the_smaller_of_its_two_settings_as_they_are_today(db: TestDatabase) {
        let (server, mut boss) = with(db, &[("lockout.sign_in.max_attempts", "1"), ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")]).await;
        let mut eve = server.browser();
        wrong(&mut eve, ADA).await;
        let link = server.one_mail("Signing in is locked").await.link();
        server.clock.advance(Span::minutes(6));
        assert_eq!(server.browser().get(&link).await.status, 200);
        let base = [("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")];
        for key in ["links.identity_verification", "links.verification"] {
            let saved = boss.save_settings(&[base[0], base[1], (key, "5")]).await;
            assert_eq!(saved.status, 303, "{}", saved.text());
            assert_eq!(server.browser().get(&link).await.status, 410, "{key} is five minutes");
        }
        assert_eq!(boss.save_settings(&base).await.status, 303);
        assert_eq!(server.browser().get(&link).await.status, 200);
        server.clock.advance(Span::minutes(1_434));
        assert_eq!(server.browser().get(&link).await.status, 410, "a day after it was sent");
    }

    /// Fails when `act` of the identity verification clears the tries at codes as well.
    async fn a_mailbox_does_not_reset_the_tries_at_codes(db: TestDatabase) {
        let (server, _) = with(db, &[("lockout.sign_in.max_attempts", "1"), ("lockout.two_factor.max_attempts", "1")]).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let (_, codes) = server.enrol_app(&mut grace).await;
        let mut browser = server.browser();
        browser.sign_in("grace@example.org").await;
        browser.post(SECOND_STEP, &[("code", "000000")]).await;
        let mut eve = server.browser();
        wrong(&mut eve, "grace@example.org").await;
        let link = server.one_mail("Signing in is locked").await.link();
        assert_eq!(eve.post(&link, &[]).await.status, 303);
        let mut browser = server.pending_sign_in("grace@example.org").await;
        assert_eq!(browser.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0])]).await.status, 429);
    }
}
