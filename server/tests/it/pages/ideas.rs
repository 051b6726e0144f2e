//! Ideas, and the links in mails that lead to them: to whom, how directly, and until when.
use crate::support::{Browser, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const GRACE: &str = "grace@example.org";
const JOAN: &str = "joan@example.org";

/// An idea that was shared with Grace: the server, the super-admin's browser, the path of the link and of the idea.
struct Shared {
    server: TestServer,
    boss: Browser,
    link: String,
    idea: String,
}

/// Ada posts an idea in a community of hers and Grace's, and shares it with Grace.
async fn shared(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> Shared {
    let server = TestServer::start(db).await;
    let mut boss = server.signed_in("ada@example.org", Role::SuperAdmin).await;
    for email in [GRACE, JOAN] {
        server.member(email, Role::Member).await;
    }
    let id = boss.add_community("Research", &["ada@example.org", GRACE]).await;
    if !changes.is_empty() {
        let saved = boss.save_settings(changes).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    let fields = [("community", id.as_str()), ("title", "Plants in the stairwell"), ("body", "Green.\nCheap.")];
    let idea = boss.post("/ideas", &fields).await.location().to_owned();
    assert!(boss.post(&format!("{idea}/share"), &[("email", GRACE)]).await.location().ends_with("?notice=idea-shared"));
    let mail = server.one_mail("An idea was shared with you").await;
    assert_eq!(mail.to, GRACE);
    assert!(mail.text.contains("Somebody shared the idea “Plants in the stairwell” with you."), "{}", mail.text);
    Shared { link: mail.link(), server, boss, idea }
}

const ON: [(&str, &str); 1] = [("links.auto_login", "true")];

on_both! {
    /// Fails when `leads_straight_on` is no longer asked in `Links::look_at`, or answers yes whatever the setting is.
    async fn its_recipient_lands_on_the_idea_at_once_only_where_that_is_allowed(db: TestDatabase) {
        let Shared { server, mut boss, link, idea } = shared(db, &[]).await;
        let mut grace = server.sign_in(GRACE).await;
        let page = grace.get(&link).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("This link leads to an idea that was shared with grace@example.org."));
        assert_eq!(grace.post(&link, &[]).await.location(), idea, "the button goes on");
        assert_eq!(boss.save_settings(&ON).await.status, 303);
        for _ in 0..2 {
            let straight_on = grace.get(&link).await;
            assert_eq!((straight_on.status, straight_on.location()), (303, idea.as_str()), "as often as it is opened");
        }
        let text = grace.get(&idea).await.text();
        assert!(text.contains("Plants in the stairwell") && text.contains("Green.\nCheap."), "{text}");
    }

    /// Fails when `leads_straight_on` no longer looks at who opens the link.
    async fn another_member_chooses_how_to_go_on(db: TestDatabase) {
        let Shared { server, link, idea, .. } = shared(db, &ON).await;
        let mut joan = server.sign_in(JOAN).await;
        let page = joan.get(&link).await;
        assert_eq!(page.status, 200);
        let words = "It was sent to grace@example.org, and you are signed in as joan@example.org.";
        assert!(page.text().contains(words), "{}", page.text());
        assert_eq!(joan.get("/profile").await.status, 200, "looking at it signs nobody out");
        assert_eq!(joan.get(&idea).await.status, 404, "and opens nothing that is not hers");
        let out = joan.post("/sign-out", &[("next", &idea)]).await;
        let next = format!("/sign-in?notice=signed-out&next={}", idea.replace('/', "%2F"));
        assert_eq!(out.location(), next);
        let fields = [("email", GRACE), ("password", PASSWORD), ("next", &idea)];
        assert_eq!(joan.post("/sign-in", &fields).await.location(), idea);
    }

    /// Fails when a link that only leads somewhere signs somebody in, or leads around the sign-in page.
    async fn the_link_signs_nobody_in(db: TestDatabase) {
        let Shared { server, link, idea, .. } = shared(db, &ON).await;
        let mut browser = server.browser();
        let page = browser.get(&link).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("You have to sign in first."));
        assert_eq!(browser.post(&link, &[]).await.location(), idea);
        assert!(!browser.cookies.contains_key("bailey-3000"), "no session began");
        let next = format!("/sign-in?next={}", idea.replace('/', "%2F"));
        assert_eq!(browser.get(&idea).await.location(), next);
        assert_eq!(browser.get("/api/v1/session").await.status, 401);
    }

    /// Fails when the page of an idea is taken from behind the gate.
    async fn the_link_passes_no_required_second_factor(db: TestDatabase) {
        let changes = [ON[0], ("two_factor.require_everyone", "true")];
        let Shared { server, link, idea, .. } = shared_before(db, &changes).await;
        let mut grace = server.sign_in(GRACE).await;
        assert_eq!(grace.get(&link).await.location(), idea);
        assert!(grace.get(&idea).await.location().starts_with("/profile/two-factor?next="));
    }

    /// Fails when `LinkPurpose::lifetime` no longer names `links.idea_view`.
    async fn the_link_lapses_when_the_setting_says_so_and_tightening_acts_at_once(db: TestDatabase) {
        let Shared { server, mut boss, link, .. } = shared(db, &[("links.idea_view", "60"), ("sessions.idle_timeout", "0")]).await;
        let mut browser = server.browser();
        server.clock.advance(Span::seconds(3_599));
        assert_eq!(browser.get(&link).await.status, 200);
        boss.proves_it_again().await;
        assert_eq!(boss.save_settings(&[("links.idea_view", "30"), ("sessions.idle_timeout", "0")]).await.status, 303);
        assert_eq!(browser.get(&link).await.status, 410, "today's setting counts");
        assert_eq!(boss.save_settings(&[("links.idea_view", "0"), ("sessions.idle_timeout", "0")]).await.status, 303);
        assert_eq!(browser.get(&link).await.status, 200, "as long as it was said to work");
        server.clock.advance(Span::seconds(1));
        let page = browser.get(&link).await;
        assert_eq!(page.status, 410, "loosening revives nothing");
        page.assert_refused("link-dead");
        assert_eq!(browser.post(&link, &[]).await.status, 410);
        server.sign_in(JOAN).await.get(&link).await.assert_refused("link-dead");
        let page = server.sign_in(GRACE).await.get(&link).await;
        page.assert_refused("link-expired");
    }

    async fn an_idea_is_shared_within_its_community_and_not_twice_in_an_hour(db: TestDatabase) {
        let Shared { server, mut boss, idea, .. } = shared(db, &[]).await;
        let share = format!("{idea}/share");
        for (email, words) in [
            ("joan", "An address has a name"),
            (JOAN, "Nobody in Research has this address."),
            ("ada@example.org", "That is your own address."),
            (GRACE, "They were told of this idea within the last hour."),
        ] {
            let page = boss.post(&share, &[("email", email)]).await;
            assert_eq!(page.status, 422, "{email}");
            assert!(page.page().holds(email), "what was typed is still there");
            if email.contains('@') {
                assert!(page.text().contains(words), "{email}: {}", page.text());
            }
        }
        assert!(server.mail().await.is_empty());
        server.clock.advance(Span::minutes(60));
        boss.sign_in("ada@example.org").await;
        assert_eq!(boss.post(&share, &[("email", GRACE)]).await.status, 303);
        server.one_mail("An idea was shared with you").await;
        let log = boss.get("/admin/audit?channel=ideas").await.text();
        assert!(log.contains("Posted an idea") && log.contains("Shared an idea"), "{log}");
    }

    /// Fails when what stands between the tags of a text area is written as it is, or an empty one holds a space.
    async fn a_text_can_not_end_the_text_area_it_comes_back_in(db: TestDatabase) {
        let Shared { server, mut boss, .. } = shared(db, &[]).await;
        let evil = "</textarea><img src=x onerror=alert(1)>";
        let escaped = "&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt;</textarea>";
        assert_eq!(boss.get("/ideas").await.page().value("body"), "", "an empty one is empty");
        let page = boss.post("/ideas", &[("community", ""), ("title", "Plants"), ("body", evil)]).await;
        assert!(page.status == 422 && page.body.contains(escaped) && !page.body.contains(evil), "{}", page.body);
        assert_eq!(boss.get("/admin/settings").await.page().value("sign_in.banner"), "", "an empty one is empty");
        assert_eq!(boss.save_settings(&[("sign_in.banner", evil)]).await.status, 303);
        let page = boss.get("/admin/settings").await.body;
        assert!(page.contains(escaped) && !page.contains(evil), "{page}");
        drop(server);
    }

    async fn an_idea_that_is_not_complete_comes_back_as_typed(db: TestDatabase) {
        let Shared { server, mut boss, idea, .. } = shared(db, &[]).await;
        let long = "x".repeat(121);
        let fields = [("community", "01a1fc8a-d307-7768-993b-77ac04674933"), ("title", long.as_str()), ("body", " ")];
        let page = boss.post("/ideas", &fields).await;
        assert_eq!(page.status, 422);
        for words in ["Enter a title of 1 to 120 characters.", "Describe it in 1 to 5 000 characters.", "Choose a community that you belong to."] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        assert!(page.page().holds(&long));
        let mut joan = server.sign_in(JOAN).await;
        assert!(joan.get("/ideas").await.text().contains("You belong to no community yet."));
        assert_eq!(joan.get(&idea).await.status, 404);
        assert_eq!(joan.post(&format!("{idea}/share"), &[("email", GRACE)]).await.status, 404);
        assert_eq!(joan.get("/ideas/nonsense").await.status, 404);
    }
}

/// As [`shared`], with settings that keep Ada from her own pages: saved once everything is done.
async fn shared_before(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> Shared {
    let mut all = shared(db, &[]).await;
    let saved = all.boss.save_settings(changes).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    all
}
