//! Passwords at the edges of the policy, where they are changed and where they are chosen by mail alike.
use crate::support::{Answer, Browser, OTHER_PASSWORDS, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const ANY_TIME: (&str, &str) = ("passwords.change_interval", "0");

/// For each policy a password that is a character too short, what is said about it, and one that is just long enough.
/// An ü is one character, though two bytes.
const EDGES: [(&str, &str, &str, &str); 3] = [
    ("basic", "üüüüüüü", "Use at least 8 characters; 1 character to go.", "üüüüüüüü"),
    ("standard", "tülip-Wk7-o", "Use at least 12 characters; 1 character to go.", "tülip-Wk7-ox"),
    ("strong", "tülip-Wk7-ox-Q", "Use at least 15 characters; 1 character to go.", "tülip-Wk7-ox-Qz"),
];

async fn chosen(browser: &mut Browser, password: &str) {
    let answer = browser.choose_password(password).await;
    assert_eq!(answer.location(), "/sign-in?notice=password-chosen", "{password}: {}", answer.text());
}

fn assert_refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(words), "{words}: {}", answer.text());
}

on_both! {
    /// Fails when `min_length` of a policy is another number, or the length is counted in bytes.
    async fn a_changed_password_is_long_enough_at_the_edge_of_each_policy(db: TestDatabase) {
        let (_server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[ANY_TIME]).await;
        let mut current = PASSWORD;
        for (policy, short, words, enough) in EDGES {
            assert_eq!(boss.save_settings(&[ANY_TIME, ("passwords.policy", policy)]).await.status, 303);
            assert_refused(&ada.change_password(current, short).await, words);
            ada.has_changed_password(current, enough).await;
            current = enough;
        }
    }

    /// Fails when `Passwords::judged_hash` no longer judges by the policy that holds when somebody chooses.
    async fn a_password_chosen_by_mail_is_long_enough_at_the_edge_of_each_policy(db: TestDatabase) {
        let (server, mut boss, _) = TestServer::with_member_and_settings(db, ADA, &[ANY_TIME]).await;
        for (policy, short, words, enough) in EDGES {
            let mut browser = server.choosing_password(ADA).await;
            assert_eq!(boss.save_settings(&[ANY_TIME, ("passwords.policy", policy)]).await.status, 303);
            assert_refused(&browser.choose_password(short).await, words);
            chosen(&mut browser, enough).await;
            assert_eq!(browser.sign_in_with(ADA, enough).await.location(), "/", "{policy}");
            // Long enough for another mail.
            server.clock.advance(Span::minutes(2));
        }
    }

    /// Fails when `MAX_LENGTH` is another number, or is counted before the password is brought to its normal form.
    async fn a_password_has_at_most_256_characters_however_they_are_written(db: TestDatabase) {
        let (server, _, mut ada) = TestServer::with_member_and_settings(db, ADA, &[ANY_TIME, ("passwords.policy", "basic")]).await;
        let (most, more, decomposed) = ("ü".repeat(256), "ü".repeat(257), "u\u{308}".repeat(256));
        assert_refused(&ada.change_password(PASSWORD, &more).await, "Use at most 256 characters.");
        ada.has_changed_password(PASSWORD, &decomposed).await;
        assert_eq!(server.browser().sign_in_with(ADA, &most).await.location(), "/", "it is the same password");
        assert_eq!(server.browser().sign_in_with(ADA, &more).await.status, 422);
        ada.has_changed_password(&most, OTHER_PASSWORDS[0]).await;
        let mut browser = server.choosing_password(ADA).await;
        assert_refused(&browser.choose_password(&more).await, "Use at most 256 characters.");
        assert_refused(&browser.choose_password(&most).await, "That is one of your last 5 passwords.");
        chosen(&mut browser, &"é".repeat(256)).await;
        assert_eq!(browser.sign_in_with(ADA, &"e\u{301}".repeat(256)).await.location(), "/");
    }

    /// Fails when `Passwords::change` or `Passwords::judged_hash` judges without the owner, or `part_in` minds the case.
    async fn own_name_and_own_address_are_left_out_of_a_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let countess = "countess@example.org";
        let mut member = server.signed_in(countess, Role::Member).await;
        let mut browser = server.choosing_password(countess).await;
        for (own, part) in [
            ("somebody else's key", "Somebody"),
            ("seven crates for SOMEBODY", "Somebody"),
            ("the Countess of Lovelace", "countess"),
        ] {
            let words = format!("Leave “{part}” out of it");
            assert_refused(&member.change_password(PASSWORD, own).await, &words);
            assert_refused(&browser.choose_password(own).await, &words);
        }
        member.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
    }

    /// Fails when `Owner::part_in` takes a short part for one wherever it stands, or no longer as a word.
    async fn a_phrase_that_holds_a_fragment_of_a_name_is_taken(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("mark.chen@example.org", Role::Member).await;
        server.execute_sql(&["UPDATE members SET name = 'Will Hall' WHERE email = 'mark.chen@example.org'"]).await;
        let mut member = server.sign_in("mark.chen@example.org").await;
        for (own, part) in [
            ("where there is a will", "Will"),
            ("hall of seven crates", "Hall"),
            ("a question mark, mostly", "mark"),
            ("7chen7chen7chen7", "chen"),
        ] {
            assert_refused(&member.change_password(PASSWORD, own).await, &format!("Leave “{part}” out of it"));
        }
        for phrase in ["goodwill from the kitchen", "a remarkable challenge", "shallow marketplaces"] {
            let mut browser = server.choosing_password("mark.chen@example.org").await;
            chosen(&mut browser, phrase).await;
            assert_eq!(browser.sign_in_with("mark.chen@example.org", phrase).await.location(), "/", "{phrase}");
            server.clock.advance(Span::minutes(10));
        }
    }

    /// Fails when `Hasher::hash_unless_known` looks at none of them, or `Passwords::replace` keeps another number of
    /// hashes than the setting says.
    async fn as_many_passwords_as_the_setting_says_cannot_be_chosen_again_by_mail(db: TestDatabase) {
        let (server, ..) = TestServer::with_member_and_settings(db, ADA, &[("passwords.reuse_limit", "2")]).await;
        let [second, third, _] = OTHER_PASSWORDS;
        let rounds: [(&[&str], &str); 3] =
            [(&[PASSWORD], second), (&[second, PASSWORD], third), (&[third, second], PASSWORD)];
        for (last, next) in rounds {
            let mut browser = server.choosing_password(ADA).await;
            for password in last {
                assert_refused(&browser.choose_password(password).await, "That is one of your last 2 passwords.");
            }
            chosen(&mut browser, next).await;
            // Long enough for another mail.
            server.clock.advance(Span::minutes(10));
        }
        assert_eq!(server.browser().sign_in(ADA).await.location(), "/", "the third one back is hers again");
        let kept = server.sql_column("SELECT password_hash FROM earlier_passwords").await;
        assert_eq!(kept.len(), 1, "besides the present one");
    }

    /// Fails when `Passwords::choose` asks `may_change`, or no longer calls `forget_password_change`.
    async fn the_change_interval_never_holds_a_reset_up(db: TestDatabase) {
        let (server, _, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.change_interval", "30")]).await;
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        let page = ada.change_password(OTHER_PASSWORDS[0], OTHER_PASSWORDS[1]).await;
        assert_eq!(page.status, 403);
        assert!(page.text().contains("You can change it again in 30 days."), "{}", page.text());
        let mut browser = server.choosing_password(ADA).await;
        chosen(&mut browser, OTHER_PASSWORDS[1]).await;
        assert_eq!(browser.sign_in_with(ADA, OTHER_PASSWORDS[1]).await.location(), "/");
        browser.has_changed_password(OTHER_PASSWORDS[1], OTHER_PASSWORDS[2]).await;
    }

    /// Fails when `WARNED_BEFORE` is another time, or the page of the password tells of its end at another time than
    /// the other pages.
    async fn the_warning_of_an_end_begins_less_than_seven_days_before_it(db: TestDatabase) {
        let (server, _, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.max_age", "30")]).await;
        let said = [("/profile", "Your password has to be replaced by"), ("/profile/password", "That is soon")];
        server.clock.advance(Span::days(23));
        assert_eq!(ada.sign_in(ADA).await.location(), "/");
        for (page, words) in said {
            assert!(!ada.get(page).await.text().contains(words), "{page}: seven days are left");
        }
        server.clock.advance(Span::seconds(1));
        for (page, words) in said {
            let text = ada.get(page).await.text();
            assert!(text.contains(words), "{page}: {text}");
        }
    }
}
