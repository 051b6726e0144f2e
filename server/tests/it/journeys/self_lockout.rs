//! Nobody saws off their own branch: whatever else a save does, it does not lock its author out by the way.
use crate::support::{Browser, PASSWORD, TestServer};
use policy::{Role, Settings, time::Span};
use store::on_both;

const LIST: &str = "network.admin_allowlist";
const ELSEWHERE: &str = "198.51.100.0/24";
const ADA: &str = "ada@example.org";
const OUT: &str = "your own address 203.0.113.7 is not on it";

/// A super-admin without a second factor, whose session is eight minutes old and was to outlive the browser; and
/// another one who has never signed in.
async fn ada(server: &TestServer) -> Browser {
    server.member("grace@example.org", Role::SuperAdmin).await;
    server.member(ADA, Role::SuperAdmin).await;
    let mut ada = server.browser();
    let kept = [("email", ADA), ("password", PASSWORD), ("stay_signed_in", "true")];
    assert_eq!(ada.post("/sign-in", &kept).await.status, 303);
    server.clock.advance(Span::minutes(8));
    ada
}

/// A super-admin who comes from elsewhere, so that somebody can still reach the settings.
async fn colleague(server: &TestServer) -> Browser {
    server.member("colleague@example.org", Role::SuperAdmin).await;
    let mut colleague = server.browser();
    colleague.address = "198.51.100.9".parse().expect("an address");
    assert_eq!(colleague.sign_in("colleague@example.org").await.status, 303);
    colleague
}

fn elsewhere() -> Settings {
    let mut settings = Settings::default();
    settings.set(Settings::find(LIST).expect("it is declared"), ELSEWHERE).expect("it is valid");
    settings
}

on_both! {
    /// Fails when `self_lockout::self_impact` takes what the gate says first for all there is.
    async fn a_list_without_its_author_is_not_saved_whatever_else_is_saved_with_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = ada(&server).await;
        let others = [
            ("two_factor.require_admins", "true"),
            ("two_factor.require_everyone", "true"),
            ("sessions.lifetime", "5"),
            ("sessions.remember_me", "false"),
        ];
        for (key, value) in others {
            let refused = ada.save_settings(&[(LIST, ELSEWHERE), (key, value)]).await;
            assert_eq!(refused.status, 403, "{key}");
            assert!(refused.text().contains(OUT), "{key}: {}", refused.text());
            let refused = ada.call_save(0, &[(LIST, ELSEWHERE), (key, value)]).await;
            assert_eq!(refused.refusal().as_deref(), Some("locks-you-out"), "{key}");
            let document = format!(r#"{{"{LIST}": ["{ELSEWHERE}"], "{key}": {value}}}"#);
            let refused = ada.put_policy("", "0", &document).await;
            assert_eq!((refused.status, refused.refusal().as_deref()), (403, Some("locks-you-out")), "{key}");
            let said = refused.text();
            assert!(!said.contains("with confirmation") && !said.contains("type “lock"), "nobody could reach them: {said}");
        }
        assert_eq!(server.revision().await, 0);
        colleague(&server).await;
        let document = format!(r#"{{"{LIST}": ["{ELSEWHERE}"]}}"#);
        let said = ada.put_policy("", "0", &document).await.text();
        assert!(said.contains("save this change on the Security tab") && !said.contains("type “lock"), "{said}");
        let other = ada.save_settings(&[(LIST, ELSEWHERE), ("lock_me_out", "lock me")]).await;
        assert!(other.status == 403 && other.text().contains("The words that you typed did not match."));
        let words = [(LIST, ELSEWHERE), ("two_factor.require_admins", "true"), ("lock_me_out", "lock me out")];
        server.execute_sql(&["UPDATE sessions SET address = '192.0.2.7' WHERE address = '198.51.100.9'"]).await;
        assert_eq!(ada.save_settings(&words).await.status, 422, "then nobody could reach the settings");
        server.execute_sql(&["UPDATE sessions SET address = '198.51.100.9' WHERE address = '192.0.2.7'"]).await;
        assert_eq!(ada.save_settings(&words).await.status, 303, "it was meant");
    }

    /// Fails when a review tells of the first thing alone, or of what is to come as if it had been.
    async fn a_review_lists_everything_that_is_ahead_with_what_helps(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = ada(&server).await;
        let alone = ada.save_settings(&[("sessions.idle_timeout", "5"), ("step", "review")]).await;
        assert!(!alone.text().contains("You will be signed out"), "asking for a review is activity: {}", alone.text());
        let all = [
            (LIST, ELSEWHERE),
            ("two_factor.require_admins", "true"),
            ("sessions.lifetime", "5"),
            ("sessions.idle_timeout", "5"),
            ("step", "review"),
        ];
        let page = ada.save_settings(&all).await;
        for words in [
            "You will be signed out: a session will last 5 minutes, and yours is older. Sign in again after saving.",
            "You have not set up two-factor authentication yourself",
            "Enrol now",
            "You are not on this list yourself",
            "Add my address to the list",
            "No super-admin could reach the settings any more",
        ] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        for refused in ["[name=lock_me_out]", "[name=step][value=wait]", ".review [name=step][value=save]"] {
            assert!(!page.page().has(refused), "{refused}: what is answered by 422 is not offered");
        }
        assert!(!page.text().contains("You were signed out"), "{}", page.text());
        let document = format!(r#"{{"{LIST}": ["{ELSEWHERE}"], "two_factor.require_admins": true}}"#);
        let dry = ada.put_policy("?dry_run=true", "0", &document).await.json();
        let ahead = dry["yourself"].as_array().expect("a list");
        let keys: Vec<_> = ahead.iter().filter_map(|ahead| ahead["setting"].as_str()).collect();
        assert_eq!((keys, dry["locks_you_out"].as_bool()), (vec![LIST, "two_factor.require_admins"], Some(true)));
        assert!(dry["blocked"].as_str().is_some_and(|words| words.starts_with("No super-admin")), "{dry}");
        colleague(&server).await;
        let page = ada.save_settings(&all).await;
        assert!(page.text().contains("To save all the same, type “lock me out”"), "{}", page.text());
        assert!(page.page().has("[name=step][value=wait]") && !page.text().contains("No super-admin could"));
    }

    /// Fails when `Policies::restore` goes around the guard, its page hides what is ahead, or `restore` does not show
    /// the same card again.
    async fn restoring_a_list_without_ones_own_address_asks_for_the_same_word(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = ada(&server).await;
        colleague(&server).await;
        let meant = [(LIST, ELSEWHERE), ("two_factor.require_admins", "true"), ("lock_me_out", "lock me out")];
        assert_eq!(ada.save_settings(&meant).await.status, 303);
        server.bailey.rescue().mfa_off(&server.workspace.id).await.expect("it answers");
        server.bailey.rescue().allowlist_off(&server.workspace.id).await.expect("it answers");
        let page = ada.get("/admin/history?restore=1").await.text();
        assert!(page.contains("You are not on this list yourself") && page.contains("type “lock me out”"), "{page}");
        let restore = [("revision", "1"), ("base", "3")];
        let refused = ada.post("/admin/history/restore", &restore).await;
        assert_eq!(refused.status, 403);
        for words in [OUT, "Restore revision 1", "Do it with confirmation, or type “lock me out”"] {
            assert!(refused.text().contains(words), "{words}: {}", refused.text());
        }
        for field in ["[name=lock_me_out]", "[name=base][value='3']", "[name=revision][value='1']"] {
            assert!(refused.page().has(field), "{field}: {}", refused.body);
        }
        assert!(!refused.text().contains("did not match") && !refused.text().contains("Add it"));
        let other = ada.post("/admin/history/restore", &[restore[0], restore[1], ("lock_me_out", "lock me in")]).await;
        assert!(other.text().contains("The words that you typed did not match."), "{}", other.text());
        let undo = ada.post("/admin/history/restore", &[("undo", "3"), ("base", "3")]).await;
        assert!(undo.status == 403 && undo.text().contains("Undo revision 3") && undo.text().contains(OUT));
        assert_eq!(server.revision().await, 3);
        let meant = ada.post("/admin/history/restore", &[restore[0], restore[1], ("lock_me_out", "lock me out")]).await;
        assert_eq!(meant.location(), "/admin/history?notice=revision-restored");
        assert_eq!(ada.get("/admin").await.status, 403, "before she is asked to enrol");
    }

    /// Fails when somebody who has never signed in is taken to come from anywhere.
    async fn a_super_admin_who_never_signed_in_is_not_counted_on(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("grace@example.org", Role::SuperAdmin).await;
        let console = |base| server.bailey.policies().save_from_console(&server.workspace.id, base, elsewhere(), "console", false);
        assert_eq!(console(0).await.expect("nobody has signed in so far").policy.revision, 1);
        server.bailey.rescue().allowlist_off(&server.workspace.id).await.expect("it answers");
        server.signed_in("boss@example.org", Role::SuperAdmin).await;
        assert!(console(2).await.is_err(), "boss comes from elsewhere, and of grace nothing is known");
        let mut ada = server.signed_in(ADA, Role::ItAdmin).await;
        ada.address = "198.51.100.7".parse().expect("an address");
        let refused = ada.save_settings(&[(LIST, ELSEWHERE)]).await;
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("after it, boss@example.org, grace@example.org could not reach"), "{}", refused.text());
    }

    /// Fails when `admin_addresses::admins` forgets from where the author comes.
    async fn a_super_admin_who_has_moved_may_list_where_they_are(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.address = "198.51.100.7".parse().expect("an address");
        let saved = boss.save_settings(&[(LIST, ELSEWHERE)]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert_eq!(boss.get("/admin").await.status, 200);
    }

    /// Fails when `Policies::confirm` no longer asks `may_shut_out`.
    async fn what_would_leave_every_super_admin_outside_is_not_confirmed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::ItAdmin).await;
        ada.address = "198.51.100.7".parse().expect("an address");
        boss.address = ada.address;
        assert_eq!(boss.press("wait", 0, &[(LIST, ELSEWHERE)]).await.status, 303);
        let kept = ada.post("/admin/settings/confirm", &[("revision", "1"), ("act", "keep")]).await;
        assert!(kept.status == 403 && kept.text().contains("boss@example.org could not reach"), "{}", kept.text());
        server.clock.advance(Span::minutes(5));
        server.bailey.policies().revert_overdue().await.expect("it answers");
        assert_eq!(server.revision().await, 2, "it went back by itself");
    }

    /// Fails when `admin_addresses::shut_out` names nobody, or names the author.
    async fn a_review_names_the_other_admins_whom_a_list_shuts_out(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.signed_in("boss@example.org", Role::SuperAdmin).await;
        server.member("grace@example.org", Role::Admin).await;
        let mut ada = server.browser();
        ada.address = "198.51.100.7".parse().expect("an address");
        server.member(ADA, Role::ItAdmin).await;
        ada.sign_in(ADA).await;
        let both = "198.51.100.0/24\n203.0.113.7";
        let page = ada.save_settings(&[(LIST, both), ("step", "review")]).await;
        let listed = page.page().text_of(".people");
        assert!(listed.contains("grace@example.org"), "{listed}");
        assert!(!listed.contains("boss@example.org") && !listed.contains(ADA), "{listed}");
        assert!(page.text().contains("1 admin was not last seen at an address on this list"), "{}", page.text());
        assert!(!page.text().contains("Nobody is signed out or held up by it."));
        ada.address = "192.0.2.7".parse().expect("an address");
        let page = ada.save_settings(&[(LIST, "203.0.113.7"), ("step", "review")]).await;
        assert!(page.text().contains("You are not on this list yourself"), "{}", page.text());
        let listed = page.page().text_of(".people");
        assert!(listed.contains("grace@example.org") && !listed.contains(ADA), "{listed}");
        assert!(!page.text().contains("Nobody is signed out or held up by it."));
    }

    /// Fails when the condition of a segment lets in whoever takes no part.
    async fn a_review_counts_nobody_who_takes_no_part(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("eve@example.org", Role::Member).await;
        server.member("mallory@example.org", Role::Member).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let out = [
            "UPDATE members SET standing = 'banned' WHERE email = 'eve@example.org'",
            "UPDATE members SET standing = 'inactive' WHERE email = 'mallory@example.org'",
        ];
        server.execute_sql(&out).await;
        let page = ada.save_settings(&[("two_factor.require_everyone", "true"), ("step", "review")]).await;
        assert!(page.text().contains("1 member has to set up two-factor authentication"), "{}", page.text());
        assert!(!page.text().contains("eve@example.org") && !page.text().contains("mallory@example.org"));
        assert!(ada.get("/admin").await.text().contains("0 of 1"), "nor does the overview");
    }
}
