//! How long a session lives, and `/profile/sessions`.
use crate::support::{Answer, PASSWORD, TestServer};
use policy::{EmailAddress, Role, time::Span};
use store::{Tx, on_both};

/// A unit of work that holds a member, on `PostgreSQL`: on `SQLite` one that writes holds everything anyway.
async fn holding(server: &TestServer, email: &str) -> Option<Tx> {
    if server.db.dir().is_some() {
        return None;
    }
    let email = EmailAddress::parse(email).expect("an address");
    let mut tx = server.db.store.write().await.expect("it answers");
    let member = tx.member_by_email(&server.workspace.id, &email).await.expect("it reads").expect("they are there");
    tx.lock_member(&member.id).await.expect("it holds");
    Some(tx)
}

/// Comes back once several units of work that looked at members wait for others.
async fn until_some_wait(server: &TestServer) {
    let waiting = "SELECT CAST(pid AS TEXT) FROM pg_locks WHERE NOT granted \
                   AND pid IN (SELECT pid FROM pg_locks WHERE relation = 'members'::regclass)";
    for _ in 0..1_000 {
        if server.sql_column(waiting).await.len() > 3 {
            return;
        }
    }
    panic!("nobody waits");
}

on_both! {
    /// Fails when `judge` no longer asks `session::ended`.
    async fn idling_ends_a_session_and_the_page_says_why(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        server.clock.advance(Span::minutes(30) );
        assert_eq!(browser.get("/profile").await.location(), "/sign-in?next=%2Fprofile");
        let page = browser.get("/sign-in?next=%2Fprofile").await;
        assert!(page.text().contains("You were signed out because nothing happened for 30 minutes."));

        let mut browser = server.browser();
        browser.sign_in("ada@example.org").await;
        server.clock.advance(Span::minutes(29));
        assert_eq!(browser.get("/profile").await.status, 200);
        server.clock.advance(Span::minutes(29));
        assert_eq!(browser.get("/profile").await.status, 200, "activity was recorded");
    }

    /// Fails when `session::ends` no longer reads `sessions.idle_timeout`.
    async fn a_session_may_idle_for_as_long_as_the_setting_says_and_no_longer(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        assert_eq!(ada.save_settings(&[("sessions.idle_timeout", "5")]).await.status, 303);
        server.clock.advance(Span::seconds(5 * 60 - 1));
        assert_eq!(ada.get("/profile").await.status, 200, "a second before the limit");
        server.clock.advance(Span::seconds(5 * 60 + 1));
        assert_eq!(ada.get("/profile").await.location(), "/sign-in?next=%2Fprofile", "a second after it");
        let page = ada.get("/sign-in").await;
        assert!(page.text().contains("because nothing happened for 5 minutes."), "{}", page.text());
    }

    /// Fails when `UnrecordedActivity` forgets what is not worth recording, or `Access::record_activity` what another node has
    /// to know.
    async fn no_session_ends_earlier_than_its_owner_was_away_for_as_long(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(&[("sessions.idle_timeout", "5")]).await;
        let other_node = server.node(domain::Vault::new([7; 32])).await;
        for seconds in [59, 30, 1] {
            let mut ada = server.signed_in(&format!("ada{seconds}@example.org"), Role::Member).await;
            for _ in 0..2 {
                server.clock.advance(Span::seconds(seconds));
                assert_eq!(ada.get("/profile").await.status, 200);
                server.clock.advance(Span::seconds(5 * 60 - 1));
                assert_eq!(ada.get("/profile").await.status, 200, "{seconds}: a second before the limit");
            }
            server.clock.advance(Span::seconds(seconds));
            assert_eq!(ada.get("/profile").await.status, 200);
            server.clock.advance(Span::minutes(2));
            server.bailey.access().record_activity().await.expect("the database answers");
            server.clock.advance(Span::seconds(3 * 60 - 1));
            let mut elsewhere = other_node.browser();
            elsewhere.cookies.clone_from(&ada.cookies);
            assert_eq!(elsewhere.get("/profile").await.status, 200, "{seconds}: another node knows of it");
            server.clock.advance(Span::minutes(5));
            assert_eq!(elsewhere.get("/profile").await.status, 303, "{seconds}: the limit");
        }
    }

    /// Fails when `Policies::follow_up` no longer ends what is over, or takes the new settings for the old ones.
    async fn no_session_that_is_over_is_revived_by_a_setting_that_is_loosened(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for (n, (key, tight, loose)) in [
            ("sessions.lifetime", "60", "480"),
            ("sessions.idle_timeout", "5", "0"),
            ("sessions.remember_me", "false", "true"),
        ].into_iter().enumerate() {
            let others = if key == "sessions.idle_timeout" { [].as_slice() } else { &[("sessions.idle_timeout", "0")] };
            let saved = |value| [&[(key, value)], others].concat();
            let mut boss = server.signed_in(&format!("boss{n}@example.org"), Role::SuperAdmin).await;
            boss.has_saved_settings(others).await;
            let email = format!("ada{n}@example.org");
            server.member(&email, Role::Member).await;
            let mut ada = server.browser();
            let fields = [("email", email.as_str()), ("password", PASSWORD), ("stay_signed_in", "true")];
            assert_eq!(ada.post("/sign-in", &fields).await.status, 303);
            boss.has_saved_settings(&saved(tight)).await;
            server.clock.advance(Span::minutes(61));
            let mut boss = server.signed_in(&format!("later{n}@example.org"), Role::SuperAdmin).await;
            boss.has_saved_settings(&saved(loose)).await;
            assert_eq!(ada.get("/profile").await.location(), "/sign-in?next=%2Fprofile", "{key}");
            let page = ada.get("/sign-in").await;
            assert!(page.text().contains("You were signed out because"), "{key}: {}", page.text());
        }
    }

    /// Fails when `session::ends` takes an idle timeout of 0 for a limit.
    async fn where_none_is_set_idling_ends_no_session_but_the_lifetime_does(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        assert_eq!(ada.save_settings(&[("sessions.idle_timeout", "0")]).await.status, 303);
        server.clock.advance(Span::seconds(480 * 60 - 1));
        assert_eq!(ada.get("/profile").await.status, 200, "after eight hours without a request");
        server.clock.advance(Span::seconds(2));
        assert_eq!(ada.get("/profile").await.status, 303);
        assert!(ada.get("/sign-in").await.text().contains("a session lasts 8 hours here"));
    }

    /// Fails when `judge` asks `session::ended` under another policy than the one that holds now.
    async fn a_shorter_idle_timeout_acts_on_running_sessions_at_their_next_request(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut member = server.signed_in("grace@example.org", Role::Member).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        server.clock.advance(Span::minutes(6));
        assert_eq!(ada.save_settings(&[("sessions.idle_timeout", "5")]).await.status, 303);
        assert_eq!(member.get("/profile").await.location(), "/sign-in?next=%2Fprofile");
        assert!(member.get("/sign-in").await.text().contains("because nothing happened for 5 minutes."));
        assert_eq!(ada.get("/profile").await.status, 200, "saving was activity");
    }

    /// Fails when `session::ends` leaves the lifetime out.
    async fn the_lifetime_ends_a_session_whatever_the_activity(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        for _ in 0..23 {
            server.clock.advance(Span::minutes(20));
            assert_eq!(browser.get("/profile").await.status, 200);
        }
        server.clock.advance(Span::minutes(20));
        assert_eq!(browser.get("/profile").await.status, 303, "after 480 minutes");
        assert!(browser.get("/sign-in").await.text().contains("a session lasts 8 hours here"));
    }

    /// Fails when `session::ends` no longer reads the `sessions.lifetime` that holds now.
    async fn a_shorter_lifetime_acts_on_running_sessions_at_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut member = server.signed_in("grace@example.org", Role::Member).await;
        server.clock.advance(Span::minutes(10));
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        assert_eq!(member.get("/profile").await.status, 200);
        ada.save_settings(&[("sessions.lifetime", "10")]).await;
        assert_eq!(member.get("/profile").await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200, "their own session is younger");
    }

    /// Fails when `Sessions::end_others` ends none of them, or the caller's own too, or leaves out why.
    async fn a_member_sees_and_ends_their_other_sessions(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut here = server.signed_in("ada@example.org", Role::Admin).await;
        let mut there = server.browser();
        there.sign_in("ada@example.org").await;
        let page = here.get("/profile/sessions").await.text();
        assert!(page.contains("This session") && page.contains("Firefox on Linux") && page.contains("203.0.113.7"));
        assert_eq!(here.post("/profile/sessions/end-others", &[]).await.location(), "/profile/sessions?notice=other-sessions-ended");
        assert_eq!(there.get("/profile").await.status, 303);
        assert!(there.get("/sign-in").await.text().contains("this session was ended from another browser"));
        assert_eq!(here.get("/profile").await.status, 200);
    }

    /// Fails when `Tx::end_session` no longer asks whose session it is.
    async fn nobody_ends_the_session_of_somebody_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let mut there = server.browser();
        there.sign_in("ada@example.org").await;
        let page = ada.get("/profile/sessions").await.page();
        let end = page.attribute("form[action^='/profile/sessions/'][action$='/end']", "action");
        assert_eq!(end.split('/').nth(3).map(str::len), Some(36), "the button ends one session: {end}");
        grace.post(&end, &[]).await;
        assert_eq!(there.get("/profile").await.status, 200, "it is not hers to end");
        ada.post(&end, &[]).await;
        assert_eq!(there.get("/profile").await.status, 303);
    }

    /// Fails when `SignIn::let_in` no longer ends the other sessions.
    async fn one_session_at_a_time_ends_the_others_and_says_why(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut first = server.signed_in("ada@example.org", Role::Member).await;
        boss.save_settings(&[("sessions.allow_concurrent", "false")]).await;
        assert_eq!(first.get("/profile").await.status, 200, "it holds from the next sign-in");
        let mut second = server.browser();
        second.sign_in("ada@example.org").await;
        assert_eq!(first.get("/profile").await.status, 303);
        let why = first.get("/sign-in").await;
        assert!(why.text().contains("You were signed out because you signed in elsewhere."), "{}", why.text());
        assert_eq!(second.get("/profile").await.status, 200);
        assert_eq!(boss.get("/admin").await.status, 200, "nobody else's session");
    }

    /// Fails on PostgreSQL, in most runs, without `lock_member` in `SignIn::reload_member`. Each browser is known and so has a
    /// counter of its own, or they would wait for each other there; the member is held until several have come that
    /// far.
    async fn many_sign_ins_at_once_leave_one_session(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        server.member("ada@example.org", Role::Member).await;
        let mut known = Vec::new();
        for _ in 0..20 {
            let mut browser = server.browser();
            browser.get("/sign-in").await;
            assert_eq!(browser.sign_in("ada@example.org").await.status, 303);
            known.push(browser);
        }
        boss.save_settings(&[("sessions.allow_concurrent", "false"), ("lockout.sign_in.max_attempts", "100")]).await;
        let held = holding(&server, "ada@example.org").await;
        let all: Vec<_> = known
            .into_iter()
            .map(|mut browser| {
                tokio::spawn(async move {
                    assert_eq!(browser.sign_in("ada@example.org").await.status, 303);
                    browser
                })
            })
            .collect();
        if let Some(held) = held {
            until_some_wait(&server).await;
            held.commit().await.expect("it lets go");
        }
        let mut live = 0;
        let mut browsers = Vec::new();
        for one in all {
            browsers.push(one.await.expect("no request panics"));
        }
        for browser in &mut browsers {
            live += u32::from(browser.get("/profile").await.status == 200);
        }
        assert_eq!(live, 1);
    }

    /// Fails when `persistent_for` or `session::ended` no longer asks the setting.
    async fn staying_signed_in_outlives_the_browser_only_where_it_is_allowed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        server.member("ada@example.org", Role::Member).await;
        let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("stay_signed_in", "true")];
        let cookie = |answer: &Answer| answer.set_cookie("bailey-3000");
        let mut stays = server.browser();
        assert!(stays.get("/sign-in").await.text().contains("Stay signed in"));
        assert!(cookie(&stays.post("/sign-in", &fields).await).contains("Max-Age=28800"));
        let mut goes = server.browser();
        assert!(!cookie(&goes.sign_in("ada@example.org").await).contains("Max-Age"));
        stays.post("/sign-out", &[]).await;
        let greeting = stays.get("/sign-in").await;
        assert!(greeting.page().holds("ada@example.org"), "the name is remembered");
        stays.post("/sign-in", &fields).await;

        boss.save_settings(&[("sessions.remember_me", "false")]).await;
        assert_eq!(stays.get("/profile").await.status, 303, "a kept session ends");
        assert_eq!(goes.get("/profile").await.status, 200, "and no other");
        let page = stays.get("/sign-in").await;
        assert!(page.text().contains("no longer lets sign-ins outlive the browser"), "{}", page.text());
        assert!(!page.page().has_field("stay_signed_in") && !page.page().holds("ada@example.org"));
        assert!(!stays.cookies.contains_key("bailey-3000-name"), "the name is forgotten");
        assert!(!cookie(&stays.post("/sign-in", &fields).await).contains("Max-Age"));
    }

    /// Fails when the hint beside the box, or the row of the setting, no longer follows the settings.
    async fn the_box_says_until_when_somebody_stays_signed_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let idle = ("sessions.idle_timeout", "90");
        for (changes, hint, effective) in [
            (&[][..], "On this browser, until you are away for 30 minutes", "30 minutes without activity, limited by Idle timeout"),
            (&[idle][..], "On this browser, until you are away for 1 hour 30 minutes", "1 hour 30 minutes without activity, limited by Idle timeout"),
            (&[("sessions.idle_timeout", "0")][..], "On this browser, for 8 hours", "8 hours, limited by Session lifetime"),
            (&[idle, ("sessions.lifetime", "60")][..], "On this browser, for 1 hour", "1 hour, limited by Session lifetime"),
        ] {
            boss.save_settings(changes).await;
            let page = server.browser().get("/sign-in").await.page();
            assert_eq!(page.text_of("#stay_signed_in-help"), hint);
            assert_eq!(page.attribute("[name=stay_signed_in]", "aria-describedby"), "stay_signed_in-help");
            let tab = boss.get("/admin/settings").await.text();
            assert!(tab.contains(&format!("Effective: {effective}")), "{effective}: {tab}");
        }
        boss.save_settings(&[("sessions.remember_me", "false")]).await;
        assert!(!server.browser().get("/sign-in").await.page().has("#stay_signed_in-help"));
    }

    /// Fails when asking how long a session lasts counts as activity, or staying does not; when `left` no longer asks
    /// `setting` or `reaches_admin`.
    async fn a_page_can_ask_how_long_the_session_lasts_and_only_staying_keeps_it_alive(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        server.clock.advance(Span::minutes(28));
        let left = ada.get("/session/left").await.json();
        assert_eq!((left["seconds"].as_i64(), left["idle"].as_bool()), (Some(120), Some(true)));
        assert!(left["setting"] == "Idle timeout" && left["page"].is_null(), "{left}");
        server.clock.advance(Span::minutes(1));
        assert_eq!(ada.get("/session/left").await.json()["seconds"], 60, "asking is no activity");
        assert_eq!(ada.post("/session/stay", &[]).await.json()["seconds"], 30 * 60);
        server.clock.advance(Span::minutes(29));
        assert_eq!(ada.get("/session/left").await.json()["seconds"], 60);
        server.clock.advance(Span::minutes(1));
        let over = ada.get("/session/left").await.json();
        assert!(over["seconds"] == 0 && over["setting"] == "Idle timeout", "{over}");
        assert!(ada.post("/session/stay", &[]).await.location().starts_with("/sign-in"));
        assert!(server.browser().get("/session/left").await.json().is_null());
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.save_settings(&[("sessions.idle_timeout", "0")]).await;
        let left = boss.get("/session/left").await.json();
        assert!(left["setting"] == "Session lifetime" && left["page"] == "/admin/settings?setting=sessions.lifetime", "{left}");
    }
}
