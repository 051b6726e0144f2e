//! What is measured by others: which pages, of whom, and only what their headers allow.
use crate::support::{Answer, Browser, TestServer};
use policy::Role;
use store::on_both;

const ADA: &str = "ada@example.org";
const ON: (&str, &str) = ("analytics.google", "G-WORK1234");
const UNASKED: (&str, &str) = ("analytics.consent", "false");
const COOKIE: &str = "bailey-3000-analytics";
const PROTECTED: [&str; 4] = ["/profile", "/profile/password", "/profile/sessions", "/profile/two-factor"];

fn csp(answer: &Answer) -> &str {
    answer.headers.get("content-security-policy").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The ID under which a page is measured; `None` where neither it nor its headers know of Google.
fn measured(answer: &Answer) -> Option<String> {
    let source = "https://www.googletagmanager.com/gtag/js?id=";
    let id = answer.body.split_once(source).map(|(_, rest)| rest.split('"').next().unwrap_or_default().to_owned());
    assert_eq!(csp(answer).contains("google"), id.is_some(), "the headers allow what is loaded: {}", csp(answer));
    assert_eq!(answer.body.contains("gtag('config'"), id.is_some());
    id
}

fn asks(answer: &Answer) -> bool {
    answer.page().has("form[action='/analytics'] button[value=yes]")
}

async fn answers(browser: &mut Browser, consent: &str) -> Answer {
    browser.post("/analytics", &[("consent", consent), ("next", "/ideas")]).await
}

on_both! {
    /// Fails when a page knows of Google although nothing is measured.
    async fn nothing_is_measured_by_default_and_nobody_is_asked(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        for path in ["/", "/ideas", "/profile", "/admin", "/sign-in"] {
            let page = boss.get(path).await;
            assert!(measured(&page).is_none() && !asks(&page), "{path}");
        }
        assert!(!boss.get("/profile").await.text().contains("Google Analytics"));
    }

    /// Fails when `analytics::measuring` no longer waits for consent, or a page of another kind is measured.
    async fn whoever_agrees_is_measured_on_pages_of_the_workspace_alone(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[ON]).await;
        let page = boss.get("/").await;
        assert!(measured(&page).is_none() && asks(&page), "not before they agree");
        let kept = answers(&mut boss, "yes").await;
        assert_eq!(kept.location(), "/ideas", "back to where they were");
        let cookie = kept.set_cookie(COOKIE);
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=15552000"), "{cookie}");
        for path in ["/", "/ideas"] {
            let page = boss.get(path).await;
            assert_eq!(measured(&page).as_deref(), Some("G-WORK1234"), "{path}");
            assert!(!asks(&page), "{path}");
            let nonce = csp(&page).split_once("'nonce-").and_then(|(_, rest)| rest.split('\'').next()).expect("a nonce").to_owned();
            let own = format!("nonce=\"{nonce}\"");
            let tag = page.body.split("<script").find(|script| script.contains("googletagmanager")).expect("the tag");
            assert!(tag.split('>').next().is_some_and(|tag| tag.contains(&own)), "{tag}");
            assert!(csp(&page).contains("script-src 'self' 'nonce-"), "{}", csp(&page));
        }
        for path in PROTECTED.into_iter().chain(["/admin", "/admin/settings", "/admin/members", "/admin/audit", "/missing"]) {
            let page = boss.get(path).await;
            assert!(measured(&page).is_none() && !asks(&page), "{path}");
        }
        for path in ["/sign-in", "/forgot-password", "/register", "/link/nothing", "/choose-password", "/"] {
            let mut stranger = server.browser();
            stranger.cookies.insert(COOKIE.to_owned(), "yes".to_owned());
            let page = stranger.get(path).await;
            assert!(measured(&page).is_none() && !asks(&page), "{path}");
        }
        let wrong = boss.post("/ideas", &[("community", ""), ("title", ""), ("body", "")]).await;
        assert_eq!(wrong.status, 422);
        assert!(measured(&wrong).is_some(), "a form that came back is a page as any other");
    }

    /// Fails when a no is not remembered, can't be taken back, or leaves Google's cookies.
    async fn an_answer_is_taken_back_on_the_profile(db: TestDatabase) {
        let (_, mut boss) = TestServer::with_settings(db, &[ON]).await;
        assert_eq!(answers(&mut boss, "no").await.location(), "/ideas");
        let page = boss.get("/").await;
        assert!(measured(&page).is_none() && !asks(&page), "nobody is asked twice");
        let profile = boss.get("/profile").await;
        assert!(profile.text().contains("Your visits with this browser are not counted."), "{}", profile.text());
        assert_eq!(boss.post("/analytics", &[("consent", "yes")]).await.location(), "/profile?notice=consent-kept");
        assert!(measured(&boss.get("/").await).is_some());
        boss.cookies.insert("_ga".to_owned(), "GA1.1.1".to_owned());
        boss.cookies.insert("_ga_WORK1234".to_owned(), "GS1.1".to_owned());
        assert!(boss.get("/profile").await.text().contains("are counted with Google Analytics"));
        boss.post("/analytics", &[("consent", "no")]).await;
        assert!(!boss.cookies.keys().any(|name| name.starts_with("_ga")), "{:?}", boss.cookies);
        assert!(measured(&boss.get("/").await).is_none());
        for (wrong, next) in [("", "//evil.example"), ("maybe", "https://evil.example"), ("yes\r\nx: y", "/\\evil.example")] {
            let answer = boss.post("/analytics", &[("consent", wrong), ("next", next)]).await;
            assert_eq!(answer.location(), "/", "{next}");
            assert!(measured(&boss.get("/").await).is_none(), "anything but a yes is a no");
        }
    }

    /// Fails when `analytics::measuring` no longer reads `analytics.consent`.
    async fn where_nobody_is_asked_everybody_is_measured_who_has_not_said_no(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[ON, UNASKED]).await;
        let page = boss.get("/").await;
        assert!(measured(&page).is_some() && !asks(&page));
        boss.post("/analytics", &[("consent", "no")]).await;
        assert!(measured(&boss.get("/").await).is_none());
        let mut ada = server.signed_in(ADA, Role::Member).await;
        assert!(measured(&ada.get("/").await).is_some());
        boss.has_saved_settings(&[]).await;
        assert!(measured(&ada.get("/").await).is_none(), "turned off, at once");
    }

    /// Fails when `Analytics::on` no longer reads what communities override, or a community decides about other pages.
    async fn a_community_decides_about_its_own_pages_and_the_strictest_elsewhere(db: TestDatabase) {
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[ON, UNASKED]).await;
        let id = boss.add_community("Research", &["boss@example.org", ADA]).await;
        let fields = [("community", id.as_str()), ("title", "Plants"), ("body", "Green.")];
        let idea = boss.post("/ideas", &fields).await.location().split('?').next().expect("a path").to_owned();
        let override_it = format!("/admin/settings/communities/{id}/analytics.google");
        assert_eq!(measured(&ada.get(&idea).await).as_deref(), Some("G-WORK1234"), "inherited");
        let put = |value: &'static str| [("value", value)];
        assert_eq!(boss.post(&override_it, &put("G-TEAM1234")).await.status, 303);
        assert_eq!(measured(&ada.get(&idea).await).as_deref(), Some("G-TEAM1234"));
        assert_eq!(measured(&ada.get("/").await).as_deref(), Some("G-WORK1234"));
        assert_eq!(boss.post(&override_it, &put("")).await.status, 303);
        assert!(measured(&ada.get(&idea).await).is_none());
        assert!(measured(&ada.get("/").await).is_none(), "the strictest wins");
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        assert!(measured(&grace.get("/").await).is_some(), "she is in none");
        boss.has_saved_settings(&[UNASKED]).await;
        assert_eq!(boss.post(&override_it, &put("G-TEAM1234")).await.status, 303);
        assert_eq!(measured(&ada.get(&idea).await).as_deref(), Some("G-TEAM1234"));
        assert!(measured(&ada.get("/").await).is_none() && measured(&grace.get("/").await).is_none());
        assert_eq!(boss.post(&override_it, &put("UA-1")).await.status, 422);
    }

    /// Fails when the ID is written into a page unread, or the policy of a page is another one than was saved.
    async fn an_id_that_is_none_is_refused_and_other_headers_stay(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        for wrong in ["UA-12345-1", "G-1", "G-ABCD\"><script>", "G-ABCD');alert(1)//", "GTM-ABCD"] {
            assert_eq!(boss.save_settings(&[("analytics.google", wrong)]).await.status, 422, "{wrong}");
        }
        let required = boss.save_settings(&[ON, ("headers.coep", "require-corp")]).await;
        assert_eq!(required.status, 422, "it would block the script");
        boss.has_saved_settings(&[ON, UNASKED, ("headers.csp", "img-src https://images.example.org")]).await;
        let page = boss.get("/").await;
        let policy = csp(&page);
        assert!(policy.contains("img-src 'self' data: https://images.example.org https://*.google-analytics.com"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("object-src 'none'"), "{policy}");
        assert!(boss.get("/admin/settings").await.text().contains("Analytics is on. The pages that it measures also allow"));
    }
}
