//! Nobody's act or save reaches above them: what an admin tries against a super-admin.
use crate::support::{Answer, Browser, SECOND_STEP, TestServer, code_at};
use policy::{Role, time::Span};
use store::on_both;

const BOSS: &str = "boss@example.org";
const EVE: &str = "eve@example.org";
const LIST: &str = "network.admin_allowlist";
const WEAKEN: &str = "so only a super-admin may weaken it";

/// A super-admin who has come from two addresses, and an admin who is somewhere else.
async fn boss_and_eve(db: store::testing::TestDatabase) -> (TestServer, Browser, Browser) {
    let server = TestServer::start(db).await;
    server.member(BOSS, Role::SuperAdmin).await;
    let mut hotel = server.browser();
    hotel.address = "192.0.2.9".parse().expect("an address");
    assert_eq!(hotel.sign_in(BOSS).await.status, 303);
    hotel.post("/sign-out", &[]).await;
    server.clock.advance(Span::seconds(1));
    let boss = server.sign_in(BOSS).await;
    server.member(EVE, Role::Admin).await;
    let mut eve = server.browser();
    eve.address = "198.51.100.7".parse().expect("an address");
    assert_eq!(eve.sign_in(EVE).await.status, 303);
    (server, boss, eve)
}

/// What stands beside a field.
fn beside(page: &Answer, key: &str) -> String {
    page.page().text_of(&format!("[id='{key}-error']"))
}

on_both! {
    /// Fails when `Policies::save_in` no longer asks `may_shut_out`, when `admins_last_seen` answers another session than
    /// the newest, or when a word or *Save with confirmation* skips either.
    async fn no_save_of_an_admin_shuts_a_super_admin_out(db: TestDatabase) {
        let (server, mut boss, mut eve) = boss_and_eve(db).await;
        for list in ["198.51.100.7", "198.51.100.7\n192.0.2.9"] {
            for extra in [&[][..], &[("lock_me_out", "lock me out")], &[("step", "wait")], &[("step", "review")]] {
                let refused = eve.save_settings(&[&[(LIST, list)], extra].concat()).await;
                assert_eq!(refused.status, 403, "{list} {extra:?}");
                assert!(beside(&refused, LIST).contains("boss@example.org could not reach"), "{}", beside(&refused, LIST));
                assert_eq!(refused.page().value(LIST), list, "what was typed is still there");
            }
        }
        let refused = eve.put_policy("", "0", &format!(r#"{{"{LIST}": ["198.51.100.7"]}}"#)).await;
        assert_eq!((refused.status, refused.refusal().as_deref()), (403, Some("shuts-out-super-admins")));
        assert_eq!((server.revision().await, boss.get("/admin").await.status), (0, 200));
        eve.has_saved_settings(&[(LIST, "198.51.100.7\n203.0.113.7")]).await;
        assert_eq!(boss.get("/admin").await.status, 200);
    }

    /// Fails when `Policies::restore` or `Policies::undo` goes around `rank`.
    async fn no_earlier_revision_brings_back_what_shuts_a_super_admin_out(db: TestDatabase) {
        let (server, mut boss, mut eve) = boss_and_eve(db).await;
        eve.has_saved_settings(&[(LIST, "198.51.100.7\n203.0.113.7")]).await;
        boss.has_saved_settings(&[]).await;
        boss.address = "192.0.2.77".parse().expect("an address");
        server.clock.advance(Span::seconds(1));
        assert_eq!(boss.sign_in(BOSS).await.status, 303);
        for what in [("revision", "1"), ("undo", "2")] {
            let refused = eve.post("/admin/history/restore", &[what, ("base", "2"), ("lock_me_out", "lock me out")]).await;
            refused.assert_refused("shuts-out-super-admins");
        }
        assert_eq!((server.revision().await, boss.get("/admin").await.status), (2, 200));
    }

    /// Fails when a super-admin who has never signed in, or whose newest session has no address, is not counted.
    async fn a_super_admin_of_whom_no_address_is_known_is_shut_out_by_any_list(db: TestDatabase) {
        let (server, mut boss, mut eve) = boss_and_eve(db).await;
        server.member("grace@example.org", Role::SuperAdmin).await;
        let list = (LIST, "198.51.100.7\n203.0.113.7");
        let refused = eve.save_settings(&[list]).await;
        assert!(refused.status == 403 && beside(&refused, LIST).contains("after it, grace@example.org could not"));
        let review = boss.save_settings(&[list, ("step", "review")]).await;
        assert!(review.page().text_of(".people").contains("grace@example.org"), "she is told: {}", review.text());
        assert_eq!(boss.save_settings(&[list]).await.status, 303, "and may go on");
    }

    /// Fails when the word of a super-admin, or *Save with confirmation*, lifts more than the guard about themselves.
    async fn a_word_about_oneself_leaves_somebody_who_can_reach_the_settings(db: TestDatabase) {
        let (server, mut boss, _) = boss_and_eve(db).await;
        let elsewhere = (LIST, "192.0.2.0/24");
        for extra in [("lock_me_out", "lock me out"), ("step", "wait")] {
            let refused = boss.save_settings(&[elsewhere, extra]).await;
            assert_eq!(refused.status, 422, "{extra:?}");
            assert!(beside(&refused, LIST).contains("No super-admin could reach the settings any more"), "{extra:?}");
        }
        let mut grace = server.browser();
        server.member("grace@example.org", Role::SuperAdmin).await;
        grace.address = "192.0.2.5".parse().expect("an address");
        assert_eq!(grace.sign_in("grace@example.org").await.status, 303);
        assert_eq!(boss.save_settings(&[elsewhere]).await.status, 403, "her own address is not on it");
        assert_eq!(boss.save_settings(&[elsewhere, ("lock_me_out", "lock me out")]).await.status, 303);
        assert_eq!((boss.get("/admin").await.status, grace.get("/admin").await.status), (403, 200));
    }

    /// Fails when `rank::may_change` is no longer asked by one of the paths, or looks at no direction.
    async fn what_protects_super_admins_is_weakened_by_none_below_them_on_any_path(db: TestDatabase) {
        let (server, mut boss, mut eve) = boss_and_eve(db).await;
        let step_up = |minutes| ("sessions.step_up", minutes);
        boss.has_saved_settings(&[step_up("5")]).await;
        for step in ["save", "wait", "review"] {
            let refused = eve.press(step, 1, &[step_up("60")]).await;
            assert!(refused.status == 403 && beside(&refused, "sessions.step_up").contains(WEAKEN), "{step}: {}", refused.text());
        }
        for what in [("revision", "0"), ("undo", "1")] {
            let refused = eve.post("/admin/history/restore", &[what, ("base", "1")]).await;
            refused.assert_refused("weakens-protection");
        }
        let refused = eve.put_policy("", "1", r#"{"sessions.step_up": 6}"#).await;
        assert_eq!((refused.status, refused.refusal().as_deref()), (403, Some("weakens-protection")));
        assert_eq!(server.revision().await, 1);
        eve.has_saved_settings(&[step_up("4")]).await;
        let row = eve.get("/admin/settings").await.page();
        assert!(row.has("[name='sessions.step_up']:not([readonly])"), "it can be made stricter");
        assert!(row.texts(".tag").iter().any(|tag| tag == "Only a super-admin can weaken this"));
        assert!(!boss.get("/admin/settings").await.text().contains("Only a super-admin can weaken this"));
    }

    /// Fails when `Policies::confirm` or `Policies::revert` no longer asks `rank::may_change`.
    async fn a_change_that_waits_is_neither_kept_nor_put_back_by_whoever_may_not_save_it(db: TestDatabase) {
        let (server, mut boss, mut eve) = boss_and_eve(db).await;
        let act = |revision, act| [("revision", revision), ("act", act)];
        assert_eq!(boss.press("wait", 0, &[("sessions.step_up", "20")]).await.status, 303);
        eve.post("/admin/settings/confirm", &act("1", "keep")).await.assert_refused("weakens-protection");
        assert_eq!(eve.post("/admin/settings/confirm", &act("1", "revert")).await.status, 303, "that is stricter");
        assert_eq!(boss.press("wait", 2, &[("sessions.step_up", "3")]).await.status, 303);
        eve.post("/admin/settings/confirm", &act("3", "revert")).await.assert_refused("weakens-protection");
        assert_eq!(boss.post("/admin/settings/confirm", &act("3", "revert")).await.status, 303);
        assert_eq!(eve.press("wait", 4, &[("sessions.step_up", "3")]).await.status, 303);
        assert_eq!(eve.post("/admin/settings/confirm", &act("5", "revert")).await.status, 303, "what she has saved herself");
        assert_eq!(server.revision().await, 6);
    }

    /// Fails when one of these acts no longer asks `changeable`, or a page offers what it refuses.
    async fn no_act_of_an_admin_reaches_a_super_admin(db: TestDatabase) {
        let (server, mut boss, mut eve) = boss_and_eve(db).await;
        server.browser().post("/forgot-password", &[("email", BOSS)]).await;
        let link = server.one_mail("Choose a new password").await.link();
        let forms = server.forms_about(BOSS).await;
        for act in ["reset", "reset-two-factor", "end-sessions", "deactivate", "ban", "activate"] {
            eve.post(&format!("{forms}/{act}"), &[]).await.assert_refused("role-required");
        }
        for act in ["unlock", "trusted/forget", "links/void"] {
            eve.post(&format!("{forms}/{act}"), &[]).await.assert_refused("role-required");
        }
        let session = server.sql_column("SELECT s.id FROM sessions s JOIN members m ON m.id = s.member_id WHERE m.email = 'boss@example.org' AND s.ended_at IS NULL").await;
        eve.post(&format!("{forms}/sessions/end"), &[("session", &session[0])]).await.assert_refused("role-required");
        eve.post(&format!("{forms}/role"), &[("role", "member")]).await.assert_refused("role-required");
        let unlock = forms.replace("/admin/members/", "/admin/lockouts/") + "/unlock";
        eve.post(&unlock, &[]).await.assert_refused("role-required");
        let community = eve.add_community("Research", &[]).await;
        assert_eq!(boss.post(&format!("/admin/settings/communities/{community}/members"), &[("email", BOSS)]).await.status, 303);
        let named = [("community", community.as_str()), ("moderator", "yes")];
        for act in ["add", "remove", "moderator"] {
            eve.post(&format!("{forms}/communities/{act}"), &named).await.assert_refused("role-required");
        }
        let id = forms.rsplit('/').next().expect("an identifier");
        for act in ["remove", "moderator"] {
            eve.post(&format!("/admin/communities/{community}/{act}"), &[("member", id)]).await.assert_refused("role-required");
        }
        let several = eve.post("/admin/members/several", &[("act", "deactivate"), ("members", id)]).await;
        assert!(several.text().contains("Not done for 1 member") && several.text().contains("super-admin"), "{}", several.text());
        let page = eve.get(&forms).await;
        assert!(page.text().contains("They stand above you") && page.page().count("main form[method='post']") == 0, "{}", page.text());
        let adds = eve.post(&format!("/admin/settings/communities/{community}/members"), &[("email", BOSS)]).await;
        adds.assert_refused("role-required");
        assert!(server.mail().await.is_empty(), "nothing was sent");
        assert_eq!(server.browser().get(&link).await.status, 200, "nor was her own link voided");
        assert_eq!(boss.get("/admin").await.status, 200);
        let roll = eve.get("/admin/members").await.page();
        assert!(!roll.has(&format!("form[action^='{forms}/']")), "nothing is offered");
        for _ in 0..5 {
            server.browser().sign_in_with(BOSS, "wrong").await;
        }
        let action = format!("form[action='{unlock}']");
        assert!(!eve.get("/admin/lockouts").await.page().has(&action) && eve.get("/admin/lockouts").await.text().contains(BOSS));
        server.member("grace@example.org", Role::SuperAdmin).await;
        assert!(server.sign_in("grace@example.org").await.get("/admin/lockouts").await.page().has(&action));
    }

    /// Fails when `lift_locks_of` forgets how many codes were wrong in a row, or lifts what the day counts.
    async fn whoever_unlocks_again_and_again_gives_nobody_more_guesses(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[]).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        let unlock = server.forms_about("ada@example.org").await.replace("/admin/members/", "/admin/lockouts/") + "/unlock";
        let mut thief = server.pending_sign_in("ada@example.org").await;
        for _ in 0..10 {
            for _ in 0..5 {
                assert_eq!(thief.post(SECOND_STEP, &[("code", "000000")]).await.status, 422);
            }
            assert_eq!(boss.post(&unlock, &[]).await.status, 303);
        }
        let right = code_at(&secret, server.clock.now());
        thief.post(SECOND_STEP, &[("code", &right)]).await.assert_refused("codes-used-up");
        let list = boss.get("/admin/lockouts").await;
        assert!(list.text().contains("After fifty wrong codes within a day, every code is locked until"), "{}", list.text());
        assert!(!list.page().has("form[action$='/unlock']"), "what it would not lift is not offered");
        server.clock.advance(Span::days(1));
        let mut boss = server.sign_in(BOSS).await;
        let mut thief = server.pending_sign_in("ada@example.org").await;
        for _ in 0..10 {
            for _ in 0..5 {
                assert_eq!(thief.post(SECOND_STEP, &[("code", "000000")]).await.status, 422);
            }
            assert_eq!(boss.post(&unlock, &[]).await.status, 303);
        }
        let right = code_at(&secret, server.clock.now());
        thief.post(SECOND_STEP, &[("code", &right)]).await.assert_refused("factor-disabled");
    }

    /// Fails when a right code counts for the day, or clears what the day counts.
    async fn right_codes_use_up_no_day_and_clear_none(db: TestDatabase) {
        let (server, _) = TestServer::with_settings(db, &[("lockout.two_factor.max_attempts", "20")]).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        let mut wrong = 0;
        for round in 0..60 {
            server.clock.advance(Span::seconds(30));
            let mut browser = server.pending_sign_in("ada@example.org").await;
            if round % 6 != 5 && wrong < 49 {
                assert_eq!(browser.post(SECOND_STEP, &[("code", "000000")]).await.status, 422, "{round}");
                wrong += 1;
            }
            let right = code_at(&secret, server.clock.now());
            assert_eq!(browser.post(SECOND_STEP, &[("code", &right)]).await.location(), "/", "{round}");
        }
        let mut browser = server.pending_sign_in("ada@example.org").await;
        assert_eq!(browser.post(SECOND_STEP, &[("code", "000000")]).await.status, 422, "the fiftieth");
        browser.post(SECOND_STEP, &[("code", "000000")]).await.assert_refused("codes-used-up");
        let email = policy::EmailAddress::parse("ada@example.org").expect("an address");
        server.bailey.lockouts().unlock_from_console(&server.workspace.id, &email).await.expect("she is a member");
        assert_eq!(browser.post(SECOND_STEP, &[("code", "000000")]).await.status, 422, "the console stands above it");
    }
}
