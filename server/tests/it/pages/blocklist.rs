//! The list of used passwords that is part of the program: wherever a password is chosen, and whatever the settings are.
use crate::support::{Answer, OTHER_PASSWORDS, PASSWORD, TestServer};
use domain::{Error, members::NewMember};
use policy::{Role, time::Span};
use sha2::{Digest, Sha256};
use store::on_both;

const ADA: &str = "ada@example.org";
const ANY_TIME: (&str, &str) = ("passwords.change_interval", "0");
const WORDS: &str = "This password is on a list of used passwords";
/// For each policy a password that is on the list and long enough, in a case of its own.
const USED: [(&str, &str); 3] =
    [("basic", "TrustNo1"), ("standard", "passwordpassword"), ("strong", "1QAZ2wsx3edc4rfv")];

fn assert_refused(answer: &Answer) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(WORDS), "{}", answer.text());
}

on_both! {
    /// Fails when one of the ways in which a password is chosen no longer asks `Passwords::judge_new`, or a policy leaves
    /// the list out.
    async fn a_used_password_is_refused_wherever_it_is_chosen(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let link = server.bailey.members().set_up_link(&server.workspace.id).await.expect("it answers").expect("nobody is here");
        let set_up = [("token", link.expose()), ("name", "Boss"), ("email", "boss@example.org"), ("password", "password1234")];
        assert_refused(&server.browser().post("/set-up", &set_up).await);
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        for (policy, used) in USED {
            boss.has_saved_settings(&[ANY_TIME, ("passwords.policy", policy)]).await;
            assert_refused(&ada.change_password(PASSWORD, used).await);
            let mut by_mail = server.choosing_password(ADA).await;
            assert_refused(&by_mail.choose_password(used).await);
            let new = NewMember { name: "Grace", email: "grace@example.org", password: Some(used.into()), role: Role::Member, confirmed: true };
            let found = server.bailey.members().create(&server.workspace.id, new).await;
            assert!(matches!(&found, Err(Error::Invalid(wrong)) if wrong["password"].contains(WORDS)), "{policy}: {found:?}");
            // Long enough for another mail.
            server.clock.advance(Span::minutes(2));
        }
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
    }

    /// Fails when `SignIn::judge_again` no longer reads the list's name, so that whoever was judged by another one is not
    /// judged again, or `judge` leaves the list out.
    async fn whoever_has_a_used_password_replaces_it_after_their_next_sign_in(db: TestDatabase) {
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[ANY_TIME, ("passwords.policy", "basic")]).await;
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        let hash = server.bailey.hasher().hash(&"trustno1".into()).await.expect("it hashes");
        let sql = String::leak(format!("UPDATE members SET password_hash = '{hash}' WHERE email = '{ADA}'"));
        server.execute_sql(&[sql]).await;
        let mut next = server.browser();
        assert_eq!(next.sign_in_with(ADA, "trustno1").await.status, 303, "they are let in");
        assert_eq!(next.get("/").await.location(), "/profile/password?next=%2F", "and led to choose another one");
        assert_refused(&next.change_password("trustno1", "Trustno1").await);
        next.has_changed_password("trustno1", OTHER_PASSWORDS[1]).await;
        assert_eq!(next.get("/").await.status, 200);
        assert_eq!(boss.get("/admin").await.status, 200);
    }

    /// Fails when the answer holds other hashes than those that begin so, or a page can't ask without being signed in.
    async fn a_page_learns_of_the_list_without_telling_the_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut stranger = server.browser();
        let hash = hex::encode(Sha256::digest("passwordpassword"));
        let answer = stranger.get(&format!("/password-blocklist?prefix={}", &hash[..3])).await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.lines().any(|line| line == &hash[..16]), "{}", answer.body);
        assert!(answer.body.lines().all(|line| line.len() == 16 && line.starts_with(&hash[..3])), "{}", answer.body);
        assert!(answer.body.lines().count() < 100, "a range tells nobody which password it is about");
        for wrong in ["", "?prefix=", "?prefix=ab", "?prefix=ABC", "?prefix=abcd", "?prefix=%00%00%00", "?prefix=xyz"] {
            assert_eq!(stranger.get(&format!("/password-blocklist{wrong}")).await.status, 400, "{wrong}");
        }
    }
}
