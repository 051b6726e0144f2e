//! Passwords under the policy: what a new one has to be, when it may be changed, when it must be.
use crate::support::{OTHER_PASSWORDS, PASSWORD, TestServer};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use policy::{EmailAddress, Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const PAGE: &str = "/profile/password";

on_both! {
    /// Fails when `Passwords::change` no longer judges by the policy.
    async fn a_new_password_is_what_the_policy_asks_for(db: TestDatabase) {
        let (_server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.change_interval", "0")]).await;
        for (revision, policy, new, words) in [
            (1, "basic", "short12", "Use at least 8 characters; 1 character to go."),
            (2, "standard", "eleven char", "Use at least 12 characters; 1 character to go."),
            (3, "standard", "bcdefghijklmn!", "one of the most used passwords"),
            (4, "standard", "somebody else's key", "Leave “Somebody” out of it"),
            (5, "strong", "bcdefghijklmnopq!", "one of the most used passwords"),
            (6, "strong", "fourteen chars", "Use at least 15 characters; 1 character to go."),
        ] {
            boss.save_settings(&[("passwords.change_interval", "0"), ("passwords.policy", policy), ("sessions.lifetime", &format!("{}", 400 + revision))]).await;
            let page = ada.change_password(PASSWORD, new).await;
            assert_eq!(page.status, 422, "{policy} {new}");
            assert!(page.text().contains(words), "{policy} {new}: {}", page.text());
        }
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
    }

    async fn a_change_asks_for_the_present_password_and_ends_the_other_sessions(db: TestDatabase) {
        let (server, _, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.change_interval", "0")]).await;
        let mut elsewhere = server.sign_in(ADA).await;
        for (current, words) in [("", "Enter your present password."), ("guessed wrong", "That is not your present password.")] {
            assert!(ada.change_password(current, OTHER_PASSWORDS[0]).await.text().contains(words));
        }
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        assert_eq!(ada.get("/profile").await.status, 200, "this session goes on under a new token");
        assert_eq!(elsewhere.get("/profile").await.status, 303);
        let why = elsewhere.get("/sign-in").await;
        assert!(why.text().contains("your password or a second factor was changed in another browser"), "{}", why.text());
        assert_eq!(server.browser().sign_in(ADA).await.status, 422, "the old one is worth nothing");
        assert_eq!(server.browser().sign_in_with(ADA, OTHER_PASSWORDS[0]).await.status, 303);
    }

    async fn the_present_password_can_t_be_guessed_at_an_open_browser(db: TestDatabase) {
        let (_server, _, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("lockout.sign_in.max_attempts", "2"), ("passwords.change_interval", "0")]).await;
        for _ in 0..2 {
            assert_eq!(ada.change_password("a guess", OTHER_PASSWORDS[0]).await.status, 422);
        }
        assert_eq!(ada.change_password(PASSWORD, OTHER_PASSWORDS[0]).await.status, 429);
    }

    /// Fails when `hash_unless_known` looks at none of them, or `password::compared` leaves the present one out without a limit.
    async fn the_last_passwords_can_t_be_chosen_again(db: TestDatabase) {
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.change_interval", "0"), ("passwords.reuse_limit", "2")]).await;
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        for last in [OTHER_PASSWORDS[0], PASSWORD] {
            let page = ada.change_password(OTHER_PASSWORDS[0], last).await;
            assert!(page.text().contains("That is one of your last 2 passwords."), "{}", page.text());
        }
        server.clock.advance(Span::seconds(1));
        ada.has_changed_password(OTHER_PASSWORDS[0], OTHER_PASSWORDS[1]).await;
        server.clock.advance(Span::seconds(1));
        ada.has_changed_password(OTHER_PASSWORDS[1], PASSWORD).await;
        boss.save_settings(&[("passwords.change_interval", "0"), ("passwords.reuse_limit", "0")]).await;
        let page = ada.change_password(PASSWORD, PASSWORD).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("That is your present password.") && !page.text().contains("Decided by"), "{}", page.text());
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[1]).await;
    }

    /// Fails when `Passwords::change` no longer asks `may_change`, or that no longer reads `passwords.change_interval`.
    async fn a_password_is_changed_once_in_its_interval(db: TestDatabase) {
        let (server, _, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.change_interval", "2"), ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")]).await;
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        let page = ada.change_password(OTHER_PASSWORDS[0], OTHER_PASSWORDS[1]).await;
        assert!(page.text().contains("You can change it again in 2 days."), "{}", page.text());
        assert!(!ada.get(PAGE).await.page().has_field("current"), "the page does not even ask");
        server.clock.advance(Span::days(2) );
        ada.has_changed_password(OTHER_PASSWORDS[0], OTHER_PASSWORDS[1]).await;
    }

    /// Fails when `serves` is taken from the gate, or no longer reads `passwords.max_age`.
    async fn an_old_password_is_replaced_before_anything_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        server.clock.advance(Span::days(300));
        boss.sign_in("boss@example.org").await;
        let long = [("passwords.max_age", "30"), ("passwords.change_interval", "20"), ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")];
        assert_eq!(boss.save_settings(&long).await.status, 303);
        ada.sign_in(ADA).await;
        assert_eq!(ada.get("/profile").await.status, 200, "the clock starts when it is turned on");
        server.clock.advance(Span::days(29));
        assert!(ada.get(PAGE).await.text().contains("That is soon"), "a week ahead it is told");
        server.clock.advance(Span::days(1));
        ada.sign_in(ADA).await;
        assert_eq!(ada.get("/profile/sessions").await.location(), "/profile/password?next=%2Fprofile%2Fsessions");
        let api = ada.get("/api/v1/session").await;
        assert_eq!((api.status, api.decided_by().as_deref()), (403, Some("passwords.max_age")));
        assert!(ada.get(PAGE).await.text().contains("yours has reached that age"));
        let answer = ada.post(PAGE, &[("current", PASSWORD), ("password", OTHER_PASSWORDS[0]), ("next", "/profile/sessions")]).await;
        assert_eq!(answer.location(), "/profile/sessions", "{}", answer.text());
        assert_eq!(ada.get("/profile/sessions").await.status, 200);
        assert_eq!(boss.post("/sign-out", &[]).await.status, 303, "signing out stays possible");
    }

    /// Fails when `SignIn::by_password` no longer judges what was typed.
    async fn a_tightened_policy_reaches_members_at_their_next_sign_in(db: TestDatabase) {
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.change_interval", "0")]).await;
        ada.has_changed_password(PASSWORD, "tulip-Wk7-ox").await;
        boss.save_settings(&[("passwords.policy", "strong")]).await;
        assert_eq!(ada.get("/profile").await.status, 200, "nobody knows yet how it measures up");
        let mut next = server.browser();
        assert_eq!(next.sign_in_with(ADA, "tulip-Wk7-ox").await.status, 303);
        assert_eq!(next.get("/").await.location(), "/profile/password?next=%2F");
        assert!(boss.get("/admin/settings").await.text().contains("1 password is known to fall short"));
        assert!(next.get(PAGE).await.text().contains("less than your organisation asks for by now"));
        next.has_changed_password("tulip-Wk7-ox", OTHER_PASSWORDS[1]).await;
        assert_eq!(next.get("/").await.status, 200);
    }

    /// Fails when `SignIn::judge_again` leaves out the policy, the password or the name of its owner, on which the verdict
    /// depends, or judges whatever was judged before.
    async fn a_password_is_judged_again_once_what_decides_has_changed_and_not_before(db: TestDatabase) {
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.policy", "strong")]).await;
        let email = EmailAddress::parse(ADA).expect("an address");
        let verdict = async |password: &str| {
            assert_eq!(server.browser().sign_in_with(ADA, password).await.status, 303);
            let mut tx = server.db.store.read().await.expect("it answers");
            let ada = tx.member_by_email(&server.workspace.id, &email).await.expect("it reads").expect("she is there");
            (ada.password_judged.expect("it was judged"), ada.password_falls_short)
        };
        let (first, _) = verdict(PASSWORD).await;
        server.execute_sql(&["UPDATE members SET password_falls_short = 1 WHERE email = 'ada@example.org'"]).await;
        assert_eq!(verdict(PASSWORD).await, (first.clone(), true), "a verdict that stands is not looked at again");
        server.execute_sql(&["UPDATE members SET name = 'Countess' WHERE email = 'ada@example.org'"]).await;
        let (renamed, falls_short) = verdict(PASSWORD).await;
        assert!(renamed != first && !falls_short);
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        let (another, _) = verdict(OTHER_PASSWORDS[0]).await;
        assert_ne!(another, renamed);
        assert_eq!(boss.save_settings(&[("passwords.policy", "basic")]).await.status, 303);
        let (loosened, falls_short) = verdict(OTHER_PASSWORDS[0]).await;
        assert!(loosened != another && !falls_short);
    }

    /// Fails when `SignIn::by_password` no longer upgrades what `is_outdated` finds.
    async fn a_hash_made_with_less_work_is_replaced_at_the_next_sign_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        let email = EmailAddress::parse(ADA).expect("an address");
        let mut tx = server.db.store.write().await.expect("it answers");
        let ada = tx.member_by_email(&server.workspace.id, &email).await.expect("it reads").expect("she is there");
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1_024, 1, 1, None).expect("in range"));
        let weak = weak.hash_password(PASSWORD.as_bytes()).expect("it hashes").to_string();
        tx.upgrade_password_hash(&ada.id, &ada.password_hash.expect("she has one"), &weak).await.expect("it writes");
        tx.commit().await.expect("it keeps");
        assert_eq!(server.browser().sign_in(ADA).await.status, 303);
        let mut tx = server.db.store.read().await.expect("it answers");
        let now = tx.member(&ada.id).await.expect("it reads").and_then(|row| row.password_hash).expect("she has one");
        assert!(now.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{now}");
        assert_eq!(server.browser().sign_in(ADA).await.status, 303, "it is the same password");
    }
}
