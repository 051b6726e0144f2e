//! Whoever compares answers learns nothing about accounts: not whether there is one, nor what became of it.
use crate::support::{Answer, PASSWORD, TestServer};
use domain::members::NewMember;
use policy::Role;
use store::on_both;

/// Whatever an account can be, and an address for each; the first is nobody's. All are of one length.
const STATES: [(&str, &str); 7] = [
    ("unknown", "a0@example.org"),
    ("active", "a1@example.org"),
    ("without a password", "a2@example.org"),
    ("not confirmed", "a3@example.org"),
    ("not active", "a4@example.org"),
    ("banned", "a5@example.org"),
    ("with a second factor", "a6@example.org"),
];

async fn with_every_state(db: store::testing::TestDatabase) -> TestServer {
    let server = TestServer::start(db).await;
    for (email, password, confirmed) in [("a2@example.org", None, true), ("a3@example.org", Some(PASSWORD), false)] {
        let password = password.map(Into::into);
        let new = NewMember { name: "Somebody", email, password, role: Role::Member, confirmed };
        server.create(new).await;
    }
    for email in ["a1@example.org", "a4@example.org", "a5@example.org"] {
        server.member(email, Role::Member).await;
    }
    let mut enrolled = server.signed_in("a6@example.org", Role::Member).await;
    server.enrol_app(&mut enrolled).await;
    let standings = [
        "UPDATE members SET standing = 'inactive' WHERE email = 'a4@example.org'",
        "UPDATE members SET standing = 'banned' WHERE email = 'a5@example.org'",
    ];
    server.execute_sql(&standings).await;
    server
}

/// What can be compared of an answer: status, headers and body, without what is new in each (the nonce, the number of
/// the request, the values of cookies, the date) and without the address that was sent.
fn seen(answer: &Answer, email: &str) -> (u16, Vec<(String, String)>, String) {
    let header = |name: &str| answer.headers[name].to_str().expect("ASCII");
    let nonce = header("content-security-policy").split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
    let (nonce, number) = (nonce.expect("a nonce"), header("x-request-id"));
    let masked = |text: &str| text.replace(email, "…").replace(nonce, "…").replace(number, "…");
    let mut headers = Vec::new();
    for (name, value) in &answer.headers {
        let value = value.to_str().expect("ASCII");
        let value = match name.as_str() {
            "date" => continue,
            "set-cookie" => value.split('=').next().unwrap_or_default().to_owned(),
            _ => masked(value),
        };
        headers.push((name.to_string(), value));
    }
    headers.sort();
    (answer.status, headers, masked(&answer.body))
}

on_both! {
    /// Fails when `ask_for_reset`, `claim_account` or `note_refused` makes a link or a mail of its own: work that only an
    /// address costs that somebody has, so that the time tells.
    async fn asking_for_a_mail_is_the_same_work_whether_somebody_has_the_address(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("ada@example.org", Role::Member).await;
        let mut browser = server.browser();
        for email in ["ada@example.org", "nobody@example.org"] {
            for path in ["/forgot-password", "/claim-account"] {
                assert_eq!(browser.post(path, &[("email", email)]).await.status, 200, "{path}");
            }
            for _ in 0..5 {
                browser.sign_in_with(email, "wrong").await;
            }
        }
        assert_eq!(server.sql_column("SELECT id FROM asked_mails").await.len(), 6, "three for each");
        assert_eq!(server.sql_column("SELECT token_hash FROM links").await, Vec::<String>::new());
        assert_eq!(server.sql_column("SELECT id FROM mails").await, Vec::<String>::new());
        let mails = server.mail().await;
        assert!(mails.iter().all(|mail| mail.to == "ada@example.org"), "{mails:?}");
        let mut subjects: Vec<_> = mails.iter().filter_map(|mail| mail.subject.split(" · ").next()).collect();
        subjects.sort_unstable();
        let all = ["Choose a new password", "Signing in is locked for a while", "Somebody claims your account"];
        assert_eq!(subjects, all);
        assert_eq!(server.sql_column("SELECT id FROM asked_mails").await, Vec::<String>::new(), "nothing is left");
    }

    /// Fails when `SignIn::by_password` tells a state of the account from another before the password was right, or `SignIn::note_refused`
    /// leads to another answer for whoever has no account.
    async fn a_wrong_password_is_answered_alike_whatever_became_of_the_account(db: TestDatabase) {
        let server = with_every_state(db).await;
        let mut answers = Vec::new();
        for (state, email) in STATES {
            let answer = server.browser().sign_in_with(email, "not theirs").await;
            assert_eq!(answer.status, 422, "{state}");
            answer.assert_refused("wrong-credentials");
            answers.push(seen(&answer, email));
        }
        for ((state, _), answer) in STATES.iter().zip(&answers) {
            assert_eq!(answer, &answers[0], "{state}");
        }
    }

    /// Fails when `Passwords::ask_for_reset` or `Members::claim_account` refuses somebody for what their account is, or says that there is
    /// none.
    async fn asking_for_a_mail_is_answered_alike_whatever_became_of_the_account(db: TestDatabase) {
        let server = with_every_state(db).await;
        for page in ["/forgot-password", "/claim-account"] {
            let mut answers = Vec::new();
            for (state, email) in STATES {
                let answer = server.browser().post(page, &[("email", email)]).await;
                assert!(answer.text().contains("a mail with a link is on its way"), "{page} {state}: {}", answer.text());
                answers.push(seen(&answer, email));
            }
            for ((state, _), answer) in STATES.iter().zip(&answers) {
                assert_eq!(answer, &answers[0], "{page} {state}");
            }
        }
    }
}
