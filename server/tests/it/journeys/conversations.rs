//! Conversations between members: written on a page, told by mail, and read by nobody else.
use crate::support::{Answer, Browser, LONG_SESSIONS, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";
const JOAN: &str = "joan@example.org";
const EVE: &str = "eve@example.org";

/// A conversation of Ada's with Grace and Joan: the server, Ada's browser, the community and the page.
struct Talk {
    server: TestServer,
    ada: Browser,
    community: String,
    at: String,
}

/// Ada, Grace and Joan belong to a community, and Eve to none; nobody's session is over while a test goes on.
async fn community(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> (TestServer, Browser, String) {
    let server = TestServer::start(db).await;
    let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
    for email in [GRACE, JOAN, EVE] {
        server.member(email, Role::Member).await;
    }
    ada.has_saved_settings(&[&LONG_SESSIONS[..], changes].concat()).await;
    let community = ada.add_community("Research", &[ADA, GRACE, JOAN]).await;
    (server, ada, community)
}

async fn talk(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> Talk {
    let (server, mut ada, community) = community(db, changes).await;
    let to = format!("{GRACE}, {JOAN}");
    let fields =
        [("community", community.as_str()), ("to", &to), ("subject", "Plants"), ("body", "Shall we?\nOn Monday.")];
    let started = ada.post("/conversations", &fields).await;
    assert_eq!(started.status, 303, "{}", started.text());
    Talk { at: started.location().to_owned(), server, ada, community }
}

async fn write(browser: &mut Browser, at: &str, body: &str) -> Answer {
    browser.post(&format!("{at}/reply"), &[("body", body), ("seen", "0")]).await
}

/// To whom mails about conversations have come since the last time, in order.
async fn mailed(server: &TestServer) -> Vec<String> {
    let mails = server.mail().await;
    let mut to: Vec<_> =
        mails.into_iter().filter(|mail| mail.subject.starts_with("New message")).map(|mail| mail.to).collect();
    to.sort();
    to
}

/// How many mails that had waited were sent.
async fn job(server: &TestServer) -> u32 {
    server.bailey.conversations().mail_what_waits().await.expect("it runs")
}

async fn bell(browser: &mut Browser) -> Vec<String> {
    browser.get("/profile").await.page().texts(".bell .sheet a")
}

on_both! {
    /// Fails when `write` no longer tells the others, or `read` and `reply` no longer note what was read.
    async fn a_message_reaches_the_others_by_mail_and_is_answered_there(db: TestDatabase) {
        let Talk { server, mut ada, at, .. } = talk(db, &[]).await;
        let mails = server.mail().await;
        let mut to: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, [GRACE, JOAN]);
        let mail = mails.iter().find(|mail| mail.to == GRACE).expect("it came");
        assert!(mail.subject.starts_with("New message: Plants"), "{}", mail.subject);
        for words in ["conversation “Plants”", "Somebody wrote:", "Shall we?", "On Monday.", "one mail in 5 minutes", "until 22 January 2027"] {
            assert!(mail.text.contains(words), "{words}: {}", mail.text);
        }
        let mut grace = server.sign_in(GRACE).await;
        let page = grace.get(&mail.link()).await;
        assert!(page.text().contains("This link leads to a message that was sent to grace@example.org."), "{}", page.text());
        assert_eq!(grace.post(&mail.link(), &[]).await.location(), format!("{at}#message-1"));
        for _ in 0..2 {
            let page = grace.get(&at).await;
            assert!(page.page().has("#message-1") && page.text().contains("Shall we?\nOn Monday."), "{}", page.text());
            assert_eq!(bell(&mut grace).await, ["1 message is new"], "looking changes nothing");
        }
        assert!(grace.get("/conversations").await.text().contains("1 new message"));
        assert_eq!(grace.post(&format!("{at}/read"), &[("seen", "9")]).await.status, 303);
        assert_eq!(bell(&mut grace).await, ["1 message is new"], "there is no ninth one");
        let read = grace.post(&format!("{at}/read"), &[("seen", "1")]).await;
        assert_eq!(read.location(), format!("{at}?notice=messages-read"));
        assert_eq!(bell(&mut grace).await, [""; 0]);
        assert_eq!(write(&mut grace, &at, "Yes.").await.location(), format!("{at}?notice=message-sent"));
        assert_eq!(bell(&mut ada).await, ["1 message is new"]);
        assert_eq!(ada.post(&format!("{at}/reply"), &[("body", "Good."), ("seen", "2")]).await.status, 303);
        assert_eq!(bell(&mut ada).await, [""; 0], "whoever answers what they have seen has read it");
        assert_eq!(ada.get(&at).await.page().texts("ol .prose"), ["Shall we?\nOn Monday.", "Yes.", "Good."]);
    }

    /// Fails when `leads_straight_on` is no longer asked about the link of a message.
    async fn the_link_of_a_message_leads_straight_on_for_its_recipient_where_that_is_allowed(db: TestDatabase) {
        let Talk { server, at, .. } = talk(db, &[("links.auto_login", "true")]).await;
        let link = server.mail().await.into_iter().find(|mail| mail.to == GRACE).expect("it came").link();
        let page = format!("{at}#message-1");
        assert_eq!(server.sign_in(GRACE).await.get(&link).await.location(), page);
        let other = server.sign_in(JOAN).await.get(&link).await;
        assert!(other.status == 200 && other.text().contains("It was sent to grace@example.org"), "{}", other.text());
        let mut stranger = server.browser();
        assert!(stranger.get(&link).await.text().contains("You have to sign in first."));
        assert_eq!(stranger.post(&link, &[]).await.location(), page);
        assert!(stranger.get(&at).await.location().starts_with("/sign-in?next="), "it signs nobody in");
    }

    /// Fails when `LinkPurpose::lifetime` no longer names `links.conversation_view`.
    async fn the_link_of_a_message_lapses_when_the_setting_says_so(db: TestDatabase) {
        let Talk { server, mut ada, .. } = talk(db, &[("links.conversation_view", "60")]).await;
        let link = server.mail().await.into_iter().find(|mail| mail.to == GRACE).expect("it came").link();
        let mut browser = server.browser();
        server.clock.advance(Span::seconds(3_599));
        assert_eq!(browser.get(&link).await.status, 200);
        for (minutes, status) in [("30", 410), ("0", 200)] {
            ada.proves_it_again().await;
            ada.has_saved_settings(&[&LONG_SESSIONS[..], &[("links.conversation_view", minutes)]].concat()).await;
            assert_eq!(browser.get(&link).await.status, status, "{minutes}");
        }
        server.clock.advance(Span::seconds(1));
        browser.get(&link).await.assert_refused("link-dead");
        server.sign_in(GRACE).await.get(&link).await.assert_refused("link-expired");
    }

    /// Fails when `mail_due` is no longer asked, `MAIL_PAUSE` no longer kept, or a mail repeats what an earlier one told.
    async fn many_messages_are_one_mail_in_five_minutes(db: TestDatabase) {
        let Talk { server, mut ada, at, .. } = talk(db, &[]).await;
        assert_eq!(mailed(&server).await, [GRACE, JOAN]);
        for body in ["Second.", "Third."] {
            assert_eq!(write(&mut ada, &at, body).await.status, 303);
        }
        server.clock.advance(Span::seconds(299));
        assert_eq!(job(&server).await, 0);
        assert!(server.mail().await.is_empty());
        let mut joan = server.sign_in(JOAN).await;
        assert_eq!(joan.post(&format!("{at}/read"), &[("seen", "3")]).await.status, 303);
        server.clock.advance(Span::seconds(1));
        assert_eq!(job(&server).await, 1, "whoever has read it needs no mail");
        let mail = server.one_mail("New message: Plants").await;
        assert_eq!(mail.to, GRACE);
        assert!(mail.text.contains("Second.") && mail.text.contains("Third.") && !mail.text.contains("Shall we?"), "{}", mail.text);
        assert_eq!(job(&server).await, 0, "once");
        server.clock.advance(Span::minutes(5));
        assert_eq!(job(&server).await, 0);
        assert_eq!(write(&mut ada, &at, "Fourth.").await.status, 303);
        assert_eq!(mailed(&server).await, [GRACE, JOAN], "at once after a while");
    }

    /// Fails when whoever has muted it is mailed or counted, or does not hear of it again.
    async fn whoever_mutes_a_conversation_is_left_in_peace(db: TestDatabase) {
        let Talk { server, mut ada, at, .. } = talk(db, &[]).await;
        server.mail().await;
        let mut grace = server.sign_in(GRACE).await;
        for _ in 0..2 {
            assert_eq!(grace.post(&format!("{at}/mute"), &[]).await.location(), format!("{at}?notice=conversation-muted"));
        }
        server.clock.advance(Span::minutes(6));
        write(&mut ada, &at, "Second.").await;
        assert_eq!(mailed(&server).await, [JOAN]);
        assert_eq!(bell(&mut grace).await, [""; 0]);
        assert!(grace.get("/conversations").await.text().contains("2 new messages"), "the list still says so");
        assert_eq!(grace.post(&format!("{at}/unmute"), &[]).await.status, 303);
        assert_eq!(bell(&mut grace).await, ["2 messages are new"]);
        server.clock.advance(Span::minutes(6));
        write(&mut ada, &at, "Third.").await;
        assert_eq!(mailed(&server).await, [GRACE, JOAN]);
    }

    /// Fails when somebody reads, writes or is mailed who has left, was banned, or belongs to the community no longer.
    async fn whoever_takes_part_no_longer_reads_nothing_and_gets_no_mail(db: TestDatabase) {
        let Talk { server, mut ada, at, .. } = talk(db, &[]).await;
        server.mail().await;
        let mut grace = server.sign_in(GRACE).await;
        let mut joan = server.sign_in(JOAN).await;
        assert_eq!(grace.post(&format!("{at}/leave"), &[]).await.location(), "/conversations?notice=conversation-left");
        server.execute_sql(&["DELETE FROM community_members WHERE member_id IN (SELECT id FROM members WHERE email = 'joan@example.org')"]).await;
        server.clock.advance(Span::minutes(6));
        assert_eq!(write(&mut ada, &at, "Second.").await.status, 303);
        assert!(server.mail().await.is_empty());
        for browser in [&mut grace, &mut joan] {
            assert_eq!(browser.get(&at).await.status, 404);
            assert_eq!(write(browser, &at, "Mine.").await.status, 404);
            assert!(!browser.get("/conversations").await.text().contains("Plants"));
            assert_eq!(bell(browser).await, [""; 0]);
            for act in ["read", "mute", "unmute", "leave"] {
                assert_eq!(browser.post(&format!("{at}/{act}"), &[("seen", "1")]).await.status, 404, "{act}");
            }
        }
        assert!(ada.get(&at).await.text().contains("Nobody else takes part any more."));
    }

    async fn whoever_is_banned_or_inactive_gets_no_mail(db: TestDatabase) {
        let Talk { server, mut ada, at, .. } = talk(db, &[]).await;
        server.mail().await;
        let mut grace = server.sign_in(GRACE).await;
        write(&mut ada, &at, "Second.").await;
        for (email, act) in [(GRACE, "ban"), (JOAN, "deactivate")] {
            let forms = server.forms_about(email).await;
            assert_eq!(ada.post(&format!("{forms}/{act}"), &[]).await.status, 303);
        }
        server.mail().await;
        server.clock.advance(Span::minutes(6));
        assert_eq!(job(&server).await, 0, "what waited is not sent either");
        write(&mut ada, &at, "Third.").await;
        assert!(mailed(&server).await.is_empty());
        assert_eq!(grace.get(&at).await.status, 303, "she is signed out");
    }

    /// Fails when somebody is written to who is no active member of the community, or it is told who has an address.
    async fn a_conversation_is_with_members_of_ones_community(db: TestDatabase) {
        let (server, mut ada, community) = community(db, &[]).await;
        let post = async |ada: &mut Browser, to: &str, subject: &str, body: &str| {
            ada.post("/conversations", &[("community", &community), ("to", to), ("subject", subject), ("body", body)]).await
        };
        for to in [EVE, "nobody@example.org"] {
            let page = post(&mut ada, &format!("{GRACE}\r\n{to}"), "Plants", "Hello.").await;
            assert_eq!(page.status, 422);
            assert!(page.text().contains(&format!("Nobody in this community has the address {to}.")), "{}", page.text());
            assert_eq!(page.page().value("to").replace('\r', ""), format!("{GRACE}\n{to}"));
            assert!(page.page().holds("Plants") && page.text().contains("Hello."), "nothing typed is lost");
        }
        for (to, words) in [("", "Enter at least one address."), (ADA, "That is your own address."), ("grace", "Enter an e-mail address")] {
            let page = post(&mut ada, to, "Plants", "Hello.").await;
            assert!(page.status == 422 && page.text().contains(words), "{words}: {}", page.text());
        }
        let (long, longer) = ("x".repeat(121), "x".repeat(5_001));
        let page = post(&mut ada, GRACE, &long, &longer).await;
        for words in ["Enter a subject of 1 to 120 characters.", "Write 1 to 5 000 characters."] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        assert_eq!(post(&mut ada, GRACE, " ", " \n ").await.status, 422);
        let mut eve = server.sign_in(EVE).await;
        let page = post(&mut eve, GRACE, "Plants", "Hello.").await;
        assert!(page.status == 422, "{}", page.text());
        assert!(eve.get("/conversations").await.text().contains("You belong to no community yet."));
        assert!(server.mail().await.is_empty());
        assert!(server.sql_column("SELECT id FROM conversations").await.is_empty());
    }

    /// Fails when a text is written into a page or a mail as it is.
    async fn whatever_is_written_it_is_text(db: TestDatabase) {
        let (server, mut ada, community) = community(db, &[]).await;
        let (subject, body) = ("<img src=x>\r\nBcc: eve@example.org", "</textarea><script>alert(1)</script>");
        let fields = [("community", community.as_str()), ("to", GRACE), ("subject", subject), ("body", body)];
        let at = ada.post("/conversations", &fields).await.location().to_owned();
        let mail = server.one_mail("New message: <img src=x>Bcc: eve@example.org").await;
        assert!(mail.to == GRACE && !mail.raw.contains("\nBcc:"), "{}", mail.raw);
        assert!(!mail.html.contains("<img") && !mail.html.contains("<script>"), "{}", mail.html);
        for page in [ada.get(&at).await, ada.get("/conversations").await] {
            assert!(!page.body.contains("<img src=x>") && !page.body.contains("<script>alert"), "{}", page.body);
        }
        let back = ada.post(&format!("{at}/reply"), &[("body", &format!("{body}{}", "x".repeat(5_000)))]).await;
        assert!(back.status == 422 && !back.body.contains("<script>alert"), "{}", back.body);
        assert!(back.page().value("body").starts_with(body));
    }

    /// Fails when two messages get one number, or one of them is lost.
    async fn two_messages_at_once_are_both_there(db: TestDatabase) {
        let Talk { server, mut ada, at, .. } = talk(db, &[]).await;
        let mut grace = server.sign_in(GRACE).await;
        let (one, other) = tokio::join!(write(&mut ada, &at, "From Ada."), write(&mut grace, &at, "From Grace."));
        assert_eq!((one.status, other.status), (303, 303));
        let mut written = ada.get(&at).await.page().texts("ol .prose").split_off(1);
        written.sort();
        assert_eq!(written, ["From Ada.", "From Grace."]);
        assert_eq!(ada.get(&at).await.page().count("#message-3"), 1);
    }

    /// Fails when the log tells what people write to each other.
    async fn the_audit_log_tells_who_writes_and_not_what(db: TestDatabase) {
        let Talk { mut ada, at, community, .. } = talk(db, &[]).await;
        write(&mut ada, &at, "Second.").await;
        for act in ["mute", "unmute", "leave"] {
            ada.post(&format!("{at}/{act}"), &[]).await;
        }
        let log = ada.get("/admin/audit?channel=conversations").await;
        let told = ["Left a conversation", "Took back that a conversation is muted", "Muted a conversation", "Wrote in a conversation", "Started a conversation"];
        assert_eq!(log.page().texts(".log .what"), told);
        for secret in ["Plants", "Shall we?", "Second."] {
            assert!(!log.body.contains(secret), "{secret}");
        }
        assert!(!community.is_empty());
    }

    /// Fails when `Conversations::start` or `Conversations::reply` no longer asks `Quota::admits_another`, or counts what
    /// others have written or is older.
    async fn a_member_writes_so_much_a_day(db: TestDatabase) {
        let Talk { server, mut ada, at, community } = talk(db, &[]).await;
        let mut grace = server.sign_in(GRACE).await;
        server.execute_sql(&["INSERT INTO conversations (id, workspace_id, community_id, author_id, subject, started_at, last_message_at) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 29) \
            SELECT id || i, workspace_id, community_id, author_id, subject, started_at, last_message_at FROM conversations, n"]).await;
        let fields = [("community", community.as_str()), ("to", JOAN), ("subject", "Trees"), ("body", "Higher ones.")];
        let refused = ada.post("/conversations", &fields).await;
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("You have started 30 conversations within a day"), "{}", refused.text());
        assert!(refused.page().holds("Trees") && refused.text().contains("Higher ones."));
        assert_eq!(grace.post("/conversations", &fields).await.status, 303, "others go on");
        server.execute_sql(&["INSERT INTO messages (conversation_id, number, author_id, body, sent_at) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 299) \
            SELECT conversation_id, 1000 + i, author_id, body, sent_at FROM messages, n WHERE author_id IN (SELECT id FROM members WHERE email = 'ada@example.org')"]).await;
        let refused = write(&mut ada, &at, "One more.").await;
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("You have sent 300 messages within a day") && refused.text().contains("One more."), "{}", refused.text());
        assert_eq!(write(&mut grace, &at, "Mine.").await.status, 303, "others go on");
        server.clock.advance(Span::days(1));
        assert_eq!(write(&mut ada, &at, "One more.").await.status, 303, "a day later");
        assert_eq!(ada.post("/conversations", &fields).await.status, 303, "a day later");
    }
}
