//! Wherever somebody says that they want to go, Bailey leads them nowhere but to its own pages.
use crate::support::{Answer, NEW_PASSWORD, PASSWORD, TestServer};
use axum::http::Method;
use policy::Role;
use store::on_both;
use url::{Url, form_urlencoded::byte_serialize};

const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";

/// What one browser or another takes for another site, or has taken for one, and what only looks so.
const ELSEWHERE: [&str; 7] = [
    "//e.example",
    "/\\e.example",
    "/%09/e.example",
    "https:e.example",
    "/x@e.example",
    "javascript:alert(1)",
    "/\t/e",
];

/// A page of this site, from which a browser is led on.
fn here() -> Url {
    Url::parse("http://localhost:3000/sign-in").expect("an address")
}

/// Where a browser goes that is led to this place from a page of this site.
fn led_to(place: &str) -> Url {
    here().join(place).expect("an address")
}

/// Where an answer leads a browser.
fn leads_to(answer: &Answer) -> Url {
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(!answer.location().is_empty(), "it leads somewhere");
    led_to(answer.location())
}

/// Where an address says that one goes on to.
fn next_of(address: &Url) -> Option<String> {
    address.query_pairs().find(|(name, _)| name == "next").map(|(_, next)| next.into_owned())
}

/// An answer leads to a page of this site, and so does what that page is told about where to go on to.
fn assert_stays(answer: &Answer, wanted: &str) {
    let to = leads_to(answer);
    assert_eq!(to.origin(), here().origin(), "{wanted:?} leads to {to}");
    if let Some(next) = next_of(&to) {
        assert_eq!(led_to(&next).origin(), here().origin(), "{wanted:?} leads to {next} by way of {to}");
    }
}

on_both! {
    /// Fails when `SignIn::by_password` no longer asks `local_path` (`hand_out_session` asks once more), or when neither
    /// `AskedQuery::next` nor `sign_in_page` does.
    async fn a_sign_in_leads_nowhere_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(GRACE, Role::Member).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        for (wanted, code) in ELSEWHERE.into_iter().zip(&codes) {
            let form = |email| [("email", email), ("password", PASSWORD), ("next", wanted)];
            assert_stays(&server.browser().post("/sign-in", &form(GRACE)).await, wanted);
            let mut browser = server.browser();
            assert_stays(&browser.post("/sign-in", &form(ADA)).await, wanted);
            let recovery = [("recovery_code", code.as_str())];
            assert_stays(&browser.post("/sign-in/second-step/recovery", &recovery).await, wanted);
            let encoded: String = byte_serialize(wanted.as_bytes()).collect();
            // Whoever is signed in already is led on at once.
            assert_stays(&browser.get(&format!("/sign-in?next={encoded}")).await, wanted);
        }
    }

    /// Fails when `passkey_sign_in_finish` or `passkey_step_up_finish` no longer asks `local_path`.
    async fn a_passkey_leads_nowhere_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = ada.enrol_passkey().await;
        for wanted in ELSEWHERE {
            let alone = server.browser().pass_ceremony("sign-in", &mut key, &[("next", wanted)]).await;
            let anew = ada.pass_ceremony("step-up", &mut key, &[("next", wanted)]).await;
            for answer in [alone, anew] {
                assert_eq!(answer.status, 200, "{wanted:?}: {}", answer.body);
                let path = answer.json();
                let to = led_to(path.as_str().expect("a path"));
                assert_eq!(to.origin(), here().origin(), "{wanted:?} leads to {to}");
            }
        }
    }

    /// Fails when `Fields::next` or `Sessions::sign_out` no longer asks `local_path`.
    async fn a_form_of_a_member_leads_nowhere_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let any_password = [("passwords.change_interval", "0"), ("passwords.reuse_limit", "0")];
        assert_eq!(boss.save_settings(&any_password).await.status, 303);
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (mut present, mut other) = (PASSWORD, NEW_PASSWORD);
        for wanted in ELSEWHERE {
            let (current, next) = (("current", present), ("next", wanted));
            assert_stays(&ada.post("/profile/step-up/password", &[current, next]).await, wanted);
            assert_stays(&ada.post("/profile/password", &[current, ("password", other), next]).await, wanted);
            std::mem::swap(&mut present, &mut other);
            for path in ["/profile/two-factor/authenticator", "/profile/two-factor/authenticator/cancel"] {
                assert_stays(&ada.post(path, &[next]).await, wanted);
            }
            assert_stays(&ada.post("/sign-out", &[next]).await, wanted);
            assert_eq!(ada.sign_in_with(ADA, present).await.location(), "/");
        }
    }

    /// Fails when `came_from` keeps more of the Referer than its path, or when neither `SignIn::by_password` nor `signed_in` asks
    /// `local_path` about it.
    async fn the_page_that_a_refused_form_came_from_leads_nowhere_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        for wanted in ELSEWHERE {
            for site in ["", "http://localhost:3000", "https://e.example"] {
                let referer = format!("{site}{wanted}");
                let form = ("content-type", "application/x-www-form-urlencoded");
                let headers = [form, ("referer", referer.as_str())];
                let mut browser = server.browser();
                let refused = browser.send_with(Method::POST, "/profile/password", &headers, Some(String::new())).await;
                let to = leads_to(&refused);
                assert_eq!((to.origin(), to.path()), (here().origin(), "/sign-in"), "{referer:?} leads to {to}");
                let next = next_of(&to).expect("there is a way back");
                assert!(next.starts_with('/'), "{referer:?} is kept as {next}");
                let fields = [("email", ADA), ("password", PASSWORD), ("next", next.as_str())];
                assert_stays(&browser.post("/sign-in", &fields).await, &referer);
            }
        }
    }
}
