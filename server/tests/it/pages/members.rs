//! Admin, members: who takes part, and what whoever does not is told.
use crate::support::{Answer, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
/// The addresses of those whom the roll lists.
const LISTED: &str = "th[scope=row] .soft";

on_both! {
    /// Fails when `Members::set_status` no longer ends the sessions, or `may_sign_in` no longer looks at the standing.
    async fn whoever_is_deactivated_or_banned_is_out_at_once_and_told_why(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let forms = boss.forms_of(ADA).await;
        for (act, code) in [("deactivate", "inactive"), ("ban", "banned")] {
            assert_eq!(boss.post(&format!("{forms}/{act}"), &[]).await.location(), "/admin/members?notice=account-status-changed");
            assert!(ada.get("/profile").await.location().starts_with("/sign-in"));
            assert!(ada.get("/sign-in").await.text().contains("this account is no longer active"));
            let refused = server.browser().sign_in(ADA).await;
            assert_eq!(refused.status, 403);
            refused.assert_refused(code);
            let wrong = server.browser().sign_in_with(ADA, "not hers").await;
            wrong.assert_refused("wrong-credentials");
            assert_eq!(boss.post(&format!("{forms}/activate"), &[]).await.status, 303);
            ada = server.browser();
            assert_eq!(ada.sign_in(ADA).await.location(), "/");
        }
        let log = boss.get("/admin/audit?channel=members").await.text();
        assert!(log.contains("Banned a member") && log.contains("Activated a member"), "{log}");
    }

    /// Fails when `Sessions::end_all_of` leaves a session, or `Ended::from_name` does not know why they ended.
    async fn an_admin_ends_every_session_of_a_member_who_is_told_why(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let mut here = server.signed_in(ADA, Role::Member).await;
        let mut there = server.browser();
        assert_eq!(there.sign_in(ADA).await.location(), "/");
        let forms = boss.forms_of(ADA).await;
        let ended = boss.post(&format!("{forms}/end-sessions"), &[]).await;
        assert_eq!(ended.location(), "/admin/members?notice=member-signed-out");
        assert!(boss.get(ended.location()).await.text().contains("The member was signed out everywhere"));
        for browser in [&mut here, &mut there] {
            assert!(browser.get("/profile").await.location().starts_with("/sign-in"));
            let why = browser.get("/sign-in").await.text();
            assert!(why.contains("an admin of this workspace ended your sessions"), "{why}");
        }
        assert_eq!(grace.get("/profile").await.status, 200, "nobody else's");
        let log = boss.get("/admin/audit?channel=session").await.text();
        assert!(log.contains("Ended all sessions of a member") && log.contains(ADA), "{log}");
        assert_eq!(here.sign_in(ADA).await.location(), "/", "they take part as ever");
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let of_boss = server.forms_about("boss@example.org").await;
        assert_eq!(admin.post(&format!("{of_boss}/end-sessions"), &[]).await.status, 403);
        let own = boss.post(&format!("{of_boss}/end-sessions"), &[]).await;
        assert_eq!(own.status, 403);
        own.assert_refused("not-on-yourself");
        assert_eq!(boss.get("/profile").await.status, 200);
    }

    /// Fails when `Members::set_status`, `Passwords::send_reset`, `TwoFactor::reset`, `Sessions::end_all_of` or `Lockouts::unlock` no longer asks
    /// `is_fresh`, or the way back forgets whom one was looking for.
    async fn whatever_changes_a_member_asks_for_a_fresh_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        server.clock.advance(Span::minutes(10));
        let here = "/admin/members?holds=ada%40example.org";
        let page = boss.get(here).await;
        let forms = boss.forms_of(ADA).await;
        let sent = |page: &Answer, part: &str| page.page().count(part);
        let of_ada = format!("form[action^='{forms}/']");
        assert_eq!(sent(&page, &format!("{of_ada} input[type=hidden][name=holds][value='ada@example.org']")), sent(&page, &of_ada), "{}", page.body);
        let asked = "/profile/step-up?next=%2Fadmin%2Fmembers%3Fholds%3Dada%2540example.org";
        for act in ["activate", "deactivate", "ban", "end-sessions", "reset", "reset-two-factor"] {
            let answer = boss.post(&format!("{forms}/{act}"), &[("holds", ADA)]).await;
            assert_eq!(answer.location(), asked, "{act}");
        }
        let unlock = forms.replace("/admin/members/", "/admin/lockouts/") + "/unlock";
        assert_eq!(boss.post(&unlock, &[]).await.location(), "/profile/step-up?next=%2Fadmin%2Flockouts");
        assert_eq!(ada.get("/profile").await.status, 200, "nothing was done");
        assert!(server.mail().await.is_empty(), "nor sent");
        let proved = boss.post("/profile/step-up/password", &[("current", PASSWORD), ("next", here)]).await;
        assert_eq!(proved.location(), here);
        let banned = boss.post(&format!("{forms}/ban"), &[("holds", ADA)]).await;
        assert_eq!(banned.location(), format!("{here}&notice=account-status-changed"));
        let page = boss.get(banned.location()).await.page();
        assert_eq!((page.texts(LISTED), page.texts("td .tag.bad")), (vec![ADA.to_owned()], vec!["Banned".to_owned()]));
    }

    /// Fails when `SignIn::turn_away` no longer clears the try.
    async fn being_turned_away_is_no_failed_try(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        server.member(ADA, Role::Member).await;
        boss.save_settings(&[("lockout.sign_in.max_attempts", "2")]).await;
        let forms = boss.forms_of(ADA).await;
        boss.post(&format!("{forms}/deactivate"), &[]).await;
        for _ in 0..4 {
            assert_eq!(server.browser().sign_in(ADA).await.status, 403);
        }
    }

    async fn nobody_bans_themselves_and_an_admin_no_super_admin(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let of_boss = server.forms_about("boss@example.org").await;
        let page = boss.post(&format!("{of_boss}/ban"), &[]).await;
        assert_eq!(page.status, 403);
        page.assert_refused("not-on-yourself");
        assert_eq!(admin.post(&format!("{of_boss}/ban"), &[]).await.status, 403);
        assert_eq!(boss.get("/profile").await.status, 200);
        let of_admin = boss.forms_of("admin@example.org").await;
        assert_eq!(boss.post(&format!("{of_admin}/ban"), &[]).await.status, 303);
        assert_eq!(boss.post("/admin/members/nobody/ban", &[]).await.status, 404);
    }

    /// Fails when `may_sign_in` no longer looks at whether the address is verified.
    async fn an_address_that_is_not_confirmed_is_confirmed_by_mail_first(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        server.execute_sql(&["UPDATE members SET email_verified_at = NULL"]).await;
        let mut browser = server.browser();
        let page = browser.sign_in(ADA).await;
        assert_eq!(page.status, 403);
        page.assert_refused("not-verified");
        let link = server.one_mail("Confirm your address").await.link();
        browser.sign_in(ADA).await;
        assert!(server.mail().await.is_empty(), "not again at once");
        assert!(browser.get(&link).await.text().contains("This confirms that ada@example.org is your address."));
        assert_eq!(browser.sign_in(ADA).await.status, 403, "looking confirms nothing");
        assert_eq!(browser.post(&link, &[]).await.location(), "/sign-in?notice=address-confirmed");
        assert_eq!(browser.sign_in_with(ADA, PASSWORD).await.location(), "/");
    }

    async fn the_roll_is_searched_and_shows_what_holds(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Moderator).await;
        server.enrol_app(&mut ada).await;
        server.member("a_b@example.org", Role::Member).await;
        for _ in 0..5 {
            server.browser().sign_in_with("a_b@example.org", "wrong").await;
        }
        let all = boss.get("/admin/members").await.text();
        assert!(all.contains(ADA) && all.contains("Moderator") && all.contains("Locked"), "{all}");
        let found = boss.get("/admin/members?holds=A_B").await.text();
        assert!(found.contains("a_b@example.org") && !found.contains(ADA), "an underscore stands for itself");
        assert!(boss.get("/admin/members?holds=%25").await.text().contains("Nobody has such a name or address."));
        server.clock.advance(Span::minutes(15));
        let mut boss = server.browser();
        boss.sign_in("boss@example.org").await;
        assert!(!boss.get("/admin/members").await.text().contains("Locked"));
    }

    /// Fails when the list of a group holds others than those whom the Security tab and the overview count in it.
    async fn the_roll_lists_those_whom_the_counts_are_about(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Moderator).await;
        server.enrol_app(&mut ada).await;
        let mut eve = server.signed_in("eve@example.org", Role::Member).await;
        eve.post("/profile/two-factor/email/on", &[]).await;
        server.member("gone@example.org", Role::Member).await;
        let forms = boss.forms_of("gone@example.org").await;
        let answer = boss.post(&format!("{forms}/ban"), &[("holds", "gone"), ("who", "not-enrolled")]).await;
        assert_eq!(answer.location(), "/admin/members?holds=gone&who=not-enrolled&notice=account-status-changed");
        for (who, found) in [
            ("everyone", "ada boss eve gone"),
            ("active", "ada boss eve"),
            ("not-enrolled", "boss eve"),
            ("admins", "boss"),
            ("admins-not-enrolled", "boss"),
            ("with-authenticator", "ada"),
            ("with-passkey", ""),
            ("only-email-codes", "eve"),
            ("strangers", "ada boss eve gone"),
        ] {
            let listed = boss.get(&format!("/admin/members?who={who}")).await.page().texts(LISTED);
            assert_eq!(listed.join(" ").replace("@example.org", ""), found, "{who}");
        }
        let nobody = boss.get("/admin/members?who=with-passkey").await.text();
        assert!(nobody.contains("There is nobody of this kind."), "{nobody}");
        let tab = boss.get("/admin/settings").await.page();
        assert!(tab.links_to("/admin/members?who=admins-not-enrolled"), "the tag leads to them");
        assert!(boss.get("/admin").await.page().links_to("/admin/members?who=not-enrolled"));
    }
}
