//! A chat is told of ideas that wait: by a webhook whose address is a secret, with a link that gives no right.
use crate::support::{Browser, GRACE, LONG_SESSIONS, MODERATOR, Reply, Research, TestServer, TlsServer};
use policy::{Role, time::Span};
use server::config::Overrides;
use store::{on_both, testing::TestDatabase};

const PLANTS: &str = "Plants in the <stairwell>";
const PAGE: &str = "/admin/settings/chat";
const SECRET: &str = "T000-B000-secret";

/// A community whose Bailey may connect to this machine and trusts the chat's authority.
async fn research(db: TestDatabase, chat: &TlsServer, changes: &[(&str, &str)]) -> Research {
    let flags = Overrides {
        outbound_allow: Some("127.0.0.0/8, ::1".to_owned()),
        outbound_ca_file: Some(chat.authority().display().to_string()),
        ..Overrides::default()
    };
    let server = TestServer::configured(db, flags).await;
    let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
    boss.has_saved_settings(&[&LONG_SESSIONS[..], changes].concat()).await;
    Research::on(server, boss).await
}

async fn sets(boss: &mut Browser, community: &str, form: &str, address: &str) {
    let set = boss.post(PAGE, &[("community", community), ("form", form), ("webhook", address)]).await;
    assert_eq!(set.location(), "/admin/settings/chat?notice=chat-hook-set", "{}", set.text());
}

async fn posts(server: &TestServer) -> usize {
    server.bailey.chat().deliver_due().await.expect("the database answers")
}

/// The path of the link in what was posted.
fn link(body: &str) -> String {
    let (_, rest) = body.split_once("http://localhost:3000").expect("it holds a link");
    rest.split(['"', '|']).next().expect("the link has a path").to_owned()
}

on_both! {
    /// Fails when the link of a chat gives a right, decides, or outlives `links.idea_pending_auth`.
    async fn the_link_in_a_chat_leads_a_moderator_to_the_idea_and_nobody_else(db: TestDatabase) {
        let chat = TlsServer::start(Reply::status("202 Accepted", "x-y: z")).await;
        let mut research = research(db, &chat, &[("links.idea_pending_auth", "60"), ("links.auto_login", "true")]).await;
        sets(&mut research.boss, "", "teams", &chat.url(&format!("/hook/{SECRET}"))).await;
        let (idea, _) = research.waiting(PLANTS).await;
        assert_eq!(posts(&research.server).await, 1);
        let (heads, bodies) = (chat.asked(), chat.bodies());
        assert!(heads[0].starts_with(&format!("POST /hook/{SECRET} HTTP/1.1\r\n")), "{}", heads[0]);
        let body: serde_json::Value = serde_json::from_str(&bodies[0]).expect("JSON");
        let words = &body["attachments"][0]["content"]["body"][0]["inlines"][0]["text"];
        assert_eq!(words, "Somebody asks to publish the idea “Plants in the <stairwell>” in Research.");
        let link = link(&bodies[0]);
        let id = idea.rsplit('/').next().expect("an identifier");
        let queue = format!("/moderation?idea={id}");

        let mut stranger = research.server.browser();
        for _ in 0..20 {
            let page = stranger.get(&link).await;
            assert!(page.status == 200 && page.text().contains("Moderators decide about it, once they have signed in."), "{}", page.text());
            assert!(!page.text().contains("stairwell"), "it tells nothing of the idea");
        }
        assert_eq!(stranger.post(&link, &[]).await.location(), queue);
        assert!(stranger.get(&queue).await.location().starts_with("/sign-in?next="));
        let mut grace = research.server.sign_in(GRACE).await;
        assert_eq!(grace.post(&link, &[]).await.location(), queue, "it goes on working");
        assert_eq!(grace.get(&queue).await.status, 403);
        assert_eq!(grace.post(&format!("{idea}/approve"), &[]).await.status, 404);
        let mut moderator = research.server.sign_in(MODERATOR).await;
        assert_eq!(moderator.get(&link).await.status, 200, "it leads nobody straight on: it is nobody's own");
        let page = moderator.get(&queue).await;
        assert!(page.page().has(&format!("form[action='{idea}/approve']")), "{}", page.text());
        assert!(research.states().await[0].ends_with("pending"));
        research.server.clock.advance(Span::seconds(3_599));
        assert_eq!(stranger.get(&link).await.status, 200);
        research.server.clock.advance(Span::seconds(1));
        for answer in [stranger.get(&link).await, stranger.post(&link, &[]).await] {
            assert_eq!(answer.status, 410);
            answer.assert_refused("link-dead");
        }
        assert_eq!(posts(&research.server).await, 0, "once");
    }

    /// Fails when the address of a webhook is shown, logged or stored as it is.
    async fn the_address_of_a_webhook_is_a_secret(db: TestDatabase) {
        let chat = TlsServer::start(Reply::ok("ok")).await;
        let mut research = research(db, &chat, &[]).await;
        let address = chat.url(&format!("/hook/{SECRET}"));
        for (typed, words) in [
            ("", "Paste the address"),
            ("http://chat.example.org/T000-B000-secret", "begins with https://"),
            ("https://me:T000-B000-secret@chat.example.org/", "no user name"),
            ("https://chat.example.org:22/T000-B000-secret", "at port 443"),
        ] {
            let page = research.boss.post(PAGE, &[("community", research.community.as_str()), ("form", "slack"), ("webhook", typed)]).await;
            assert!(page.status == 422 && page.text().contains(words), "{typed}: {}", page.text());
            assert!(!page.body.contains(SECRET), "a secret does not come back");
            assert_eq!(page.page().attribute("#form option[selected]", "value"), "slack", "what is none does");
        }
        let wrong = research.boss.post(PAGE, &[("community", "nowhere"), ("form", "irc"), ("webhook", &address)]).await;
        assert!(wrong.page().has("#community-error") && wrong.page().has("#form-error"), "{}", wrong.text());
        sets(&mut research.boss, "", "slack", &address).await;
        let page = research.boss.get(PAGE).await;
        assert!(page.text().contains("localhost") && !page.body.contains(SECRET), "{}", page.text());
        assert!(!research.server.sql_column("SELECT address FROM chat_hooks").await.concat().contains(SECRET));
        let log = research.server.sql_column("SELECT body FROM audit_entries").await.concat();
        assert!(log.contains("Set the webhook of a chat") && !log.contains(SECRET));
        for mut other in [research.server.sign_in(GRACE).await, research.server.sign_in(MODERATOR).await] {
            assert_eq!(other.get(PAGE).await.status, 403);
            assert_eq!(other.post(PAGE, &[("form", "slack"), ("webhook", &address)]).await.status, 403);
        }
        research.server.clock.advance(Span::minutes(11));
        let again = research.boss.post(PAGE, &[("form", "slack"), ("webhook", &address)]).await;
        assert!(again.location().starts_with("/profile/step-up?next="), "{}", again.text());
        assert!(!research.server.sql_column("SELECT fields FROM kept_forms").await.concat().contains(SECRET));
    }

    /// Fails when a community's own webhook is not told, or one that was taken away still is.
    async fn a_community_may_have_a_webhook_of_its_own(db: TestDatabase) {
        let chat = TlsServer::start(Reply::ok("ok")).await;
        let mut research = research(db, &chat, &[]).await;
        let community = research.community.clone();
        sets(&mut research.boss, "", "teams", &chat.url("/all")).await;
        sets(&mut research.boss, &community, "slack", &chat.url("/first")).await;
        sets(&mut research.boss, &community, "slack", &chat.url("/research")).await;
        research.waiting(PLANTS).await;
        assert_eq!(posts(&research.server).await, 1);
        assert!(chat.asked()[0].starts_with("POST /research "));
        let bodies = chat.bodies();
        let body: serde_json::Value = serde_json::from_str(&bodies[0]).expect("JSON");
        assert!(body["text"].as_str().expect("a text").contains("“Plants in the &lt;stairwell&gt;”"), "{body}");
        research.waiting("Another").await;
        let remove = research.boss.get(PAGE).await.page().attributes("form[action$='/remove']", "action");
        assert_eq!(remove.len(), 2);
        assert_eq!(research.boss.post(&remove[1], &[]).await.location(), "/admin/settings/chat?notice=chat-hook-removed");
        assert_eq!(posts(&research.server).await, 0);
        assert!(chat.asked().is_empty());
        assert!(research.boss.get(PAGE).await.text().contains("The webhook was taken away"));
        research.waiting("A third one").await;
        assert_eq!(posts(&research.server).await, 1);
        assert!(chat.asked()[0].starts_with("POST /all "));
        assert_eq!(research.boss.post(&remove[1], &[]).await.status, 404);
    }

    /// Fails when a notice is lost while a chat is away, or is posted for ever to one that says no.
    async fn a_chat_that_is_away_is_told_later_and_one_that_says_no_is_left_alone(db: TestDatabase) {
        let chat = TlsServer::start(Reply::status("503 Unavailable", "retry-after: 1")).await;
        let mut research = research(db, &chat, &[]).await;
        sets(&mut research.boss, "", "slack", &chat.url("/hook")).await;
        research.waiting(PLANTS).await;
        assert_eq!(posts(&research.server).await, 0);
        let page = research.boss.get(PAGE).await.text();
        assert!(page.contains("Tried again") && page.contains("the answer has the status 503"), "{page}");
        chat.replies(Reply::ok("ok"));
        assert_eq!(posts(&research.server).await, 0, "not before a minute is over");
        research.server.clock.advance(Span::minutes(1));
        assert_eq!(posts(&research.server).await, 1);
        assert!(research.boss.get(PAGE).await.text().contains("Posted"));
        chat.replies(Reply::status("404 Not Found", "x-y: z"));
        research.waiting("Another").await;
        assert_eq!(posts(&research.server).await, 0);
        assert!(research.boss.get(PAGE).await.text().contains("Given up"));
        research.server.clock.advance(Span::days(1));
        chat.asked();
        assert_eq!((posts(&research.server).await, chat.asked().len()), (0, 0));
    }

    /// Fails when a notice is posted to what only this machine can reach.
    async fn nothing_is_posted_to_what_only_this_machine_reaches(db: TestDatabase) {
        let chat = TlsServer::start(Reply::ok("ok")).await;
        let mut research = Research::start(db, &LONG_SESSIONS).await;
        sets(&mut research.boss, "", "slack", &chat.url("/hook")).await;
        research.waiting(PLANTS).await;
        assert_eq!((posts(&research.server).await, chat.asked().len()), (0, 0));
        let page = research.boss.get(PAGE).await.text();
        assert!(page.contains("to which Bailey connects only where outbound_allow names it"), "{page}");
    }
}
