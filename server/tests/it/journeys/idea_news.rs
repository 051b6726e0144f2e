//! What happens on ideas is told by a mail each time, by one a day, or not at all; and the mails are stopped by one click.
use crate::support::{ADA, Browser, GRACE, HAPPENED, JOAN, LONG_SESSIONS, MODERATOR, Research};
use axum::http::Method;
use policy::time::Span;
use store::{on_both, testing::TestDatabase};

const PLANTS: &str = "Plants in the stairwell";
const DIGEST: &str = "What happened on ideas";

/// An approved idea of Ada's, on which Grace comments; the path of its page.
async fn approved(db: TestDatabase) -> (Research, Browser, String) {
    let mut research = Research::start(db, &LONG_SESSIONS).await;
    let idea = research.approved(PLANTS).await;
    let grace = research.server.sign_in(GRACE).await;
    (research, grace, idea)
}

async fn says(browser: &mut Browser, idea: &str, comment: &str) {
    let posted = browser.post(&format!("{idea}/comments"), &[("comment", comment)]).await;
    assert_eq!(posted.status, 303, "{}", posted.text());
}

async fn chooses(browser: &mut Browser, choice: &str) {
    let chosen = browser.post("/profile/idea-mails", &[("idea_mails", choice)]).await;
    assert_eq!(chosen.location(), "/profile?notice=idea-mails-chosen", "{}", chosen.text());
}

async fn digests(research: &Research) -> usize {
    research.server.bailey.ideas().send_digests().await.expect("the database answers")
}

on_both! {
    /// Fails when whoever follows an idea is not told, whoever has done it is, or a mail lacks what RFC 8058 asks for.
    async fn whoever_follows_an_idea_is_told_what_happens_on_it(db: TestDatabase) {
        let (mut research, mut grace, idea) = approved(db).await;
        says(&mut grace, &idea, "<b>Green</b>, and cheap.\r\nBcc: eve@example.org").await;
        let mail = research.server.one_mail(HAPPENED).await;
        assert_eq!(mail.to, ADA, "its author, and not whoever has said it");
        assert!(mail.text.contains("On the idea “Plants in the stairwell”: Somebody has written a comment."), "{}", mail.text);
        assert!(mail.text.contains("<b>Green</b>, and cheap.") && !mail.html.contains("<b>Green"), "{}", mail.html);
        assert!(mail.text.contains("The link below leads to it, until"), "{}", mail.text);
        let (head, _) = mail.raw.split_once("\r\n\r\n").expect("a head");
        let head = head.replace("\r\n ", " ");
        assert!(head.contains("\r\nList-Unsubscribe: <http://localhost:3000/unsubscribe/"), "{head}");
        assert!(head.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") && !head.contains("\nBcc"), "{head}");
        assert_eq!(research.ada.post(&mail.links()[0], &[]).await.location(), idea);

        says(&mut research.ada, &idea, "Thank you.").await;
        assert_eq!(research.server.one_mail(HAPPENED).await.to, GRACE, "who comments follows");
        assert_eq!(grace.post(&format!("{idea}/unfollow"), &[]).await.status, 303);
        says(&mut research.ada, &idea, "Anybody there?").await;
        assert!(research.server.mail().await.is_empty(), "whoever has left it in peace is left in peace");
        assert_eq!(grace.post(&format!("{idea}/follow"), &[]).await.status, 303);
        says(&mut research.ada, &idea, "And now?").await;
        assert_eq!(research.server.one_mail(HAPPENED).await.to, GRACE);
    }

    /// Fails when a member who has left the community, or was deactivated, is still told.
    async fn whoever_sees_an_idea_no_longer_is_told_nothing_of_it(db: TestDatabase) {
        let (mut research, mut grace, idea) = approved(db).await;
        let mut moderator = research.server.sign_in(MODERATOR).await;
        for browser in [&mut grace, &mut moderator] {
            assert_eq!(browser.post(&format!("{idea}/follow"), &[]).await.status, 303);
        }
        research.server.execute_sql(&["DELETE FROM community_members WHERE member_id = (SELECT id FROM members WHERE email = 'grace@example.org')"]).await;
        let forms = research.server.forms_about(MODERATOR).await;
        research.boss.proves_it_again().await;
        assert_eq!(research.boss.post(&format!("{forms}/deactivate"), &[]).await.status, 303);
        says(&mut research.ada, &idea, "Anybody there?").await;
        assert!(research.server.mail().await.iter().all(|mail| !mail.subject.starts_with(HAPPENED)));
    }

    /// Fails when a digest comes before a day is over, comes twice, or leaves something out.
    async fn who_wants_one_mail_a_day_gets_everything_in_one(db: TestDatabase) {
        let (mut research, mut grace, idea) = approved(db).await;
        chooses(&mut research.ada, "daily").await;
        assert_eq!(research.ada.get("/profile").await.page().attribute("#idea_mails option[selected]", "value"), "daily");
        for comment in ["Green.", "Cheap."] {
            says(&mut grace, &idea, comment).await;
        }
        research.server.clock.advance(Span::seconds(86_399));
        assert_eq!((digests(&research).await, research.server.mail().await.len()), (0, 0));
        research.server.clock.advance(Span::seconds(1));
        assert_eq!(digests(&research).await, 1);
        let mail = research.server.one_mail(DIGEST).await;
        assert_eq!(mail.to, ADA);
        let line = "“Plants in the stairwell”: Somebody has written a comment. Somebody has written a comment.";
        assert!(mail.text.contains(line) && mail.raw.contains("List-Unsubscribe-Post:"), "{}", mail.text);
        assert_eq!(research.ada.post(&mail.links()[0], &[]).await.location(), idea);
        research.server.clock.advance(Span::days(2));
        assert_eq!(digests(&research).await, 0, "once");
        let wrong = research.ada.post("/profile/idea-mails", &[("idea_mails", "hourly")]).await;
        assert_eq!(wrong.status, 422);
    }

    /// Fails when two nodes that look at once send a digest twice.
    async fn a_digest_is_sent_once_by_however_many_nodes(db: TestDatabase) {
        let (mut research, mut grace, idea) = approved(db).await;
        chooses(&mut research.ada, "daily").await;
        says(&mut grace, &idea, "Green.").await;
        research.server.clock.advance(Span::days(1));
        let turns: Vec<_> = (0..4)
            .map(|_| {
                let bailey = research.server.bailey.clone();
                tokio::spawn(async move { bailey.ideas().send_digests().await.expect("the database answers") })
            })
            .collect();
        let mut sent = 0;
        for turn in turns {
            sent += turn.await.expect("no panic");
        }
        assert_eq!((sent, research.server.mail().await.len()), (1, 1));
    }

    /// Fails when somebody who wants no mails gets one, or finds what happened before in a digest.
    async fn who_wants_no_mails_gets_none(db: TestDatabase) {
        let (mut research, mut grace, idea) = approved(db).await;
        chooses(&mut research.ada, "daily").await;
        says(&mut grace, &idea, "Green.").await;
        chooses(&mut research.ada, "off").await;
        says(&mut grace, &idea, "Cheap.").await;
        research.server.clock.advance(Span::days(3));
        assert_eq!((digests(&research).await, research.server.mail().await.len()), (0, 0));
    }

    /// Fails when `delivery` no longer looks at how many mails somebody got.
    async fn nobody_is_flooded_however_much_is_written(db: TestDatabase) {
        let (research, mut grace, idea) = approved(db).await;
        // One mail told Ada that it was approved.
        for n in 0..22 {
            says(&mut grace, &idea, &format!("Comment {n}")).await;
        }
        assert_eq!(research.server.mail().await.len(), 19, "with the one that told of the decision");
        assert_eq!(research.server.sql_column("SELECT words FROM idea_news").await.len(), 3);
        research.server.clock.advance(Span::days(1));
        assert_eq!(digests(&research).await, 1);
        assert!(research.server.one_mail(DIGEST).await.text.contains("Somebody has written a comment."));
    }

    /// Fails when opening the page stops the mails, when a program of mail needs a session for it, or when a mark is taken
    /// for somebody else's.
    async fn one_click_stops_the_mails_without_a_sign_in(db: TestDatabase) {
        let (mut research, mut grace, idea) = approved(db).await;
        says(&mut grace, &idea, "Green.").await;
        let links = research.server.one_mail(HAPPENED).await.links();
        let stop = links.iter().find(|link| link.starts_with("/unsubscribe/")).expect("it can be stopped").clone();
        let choice = async || research.server.sql_column("SELECT idea_mails FROM members WHERE email = 'ada@example.org'").await.concat();
        let mut program = research.server.browser();
        program.says_site = false;
        for _ in 0..50 {
            let page = program.get(&stop).await;
            assert!(page.status == 200 && page.text().contains("This stops all mails about what happens on the ideas"), "{}", page.text());
            assert_eq!(program.send(Method::HEAD, &stop, None).await.status, 200);
        }
        assert_eq!(choice().await, "at-once", "scanners open pages");
        let other = research.server.member_row(GRACE).await.id;
        let (_, mark) = stop.split_once('.').expect("a mark");
        for dead in [format!("/unsubscribe/{other}.{mark}"), "/unsubscribe/x".to_owned(), format!("{stop}0")] {
            for answer in [program.get(&dead).await, program.post(&dead, &[]).await] {
                assert_eq!(answer.status, 410, "{dead}");
                answer.assert_refused("link-dead");
            }
        }
        // As RFC 8058 has it: no cookies, nothing that tells of a page, and a body of another kind.
        let body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
        let kind = [("content-type", "multipart/form-data; boundary=x")];
        let mut provider = research.server.browser();
        provider.says_site = false;
        let done = provider.send_with(Method::POST, &stop, &kind, Some(body.to_owned())).await;
        assert_eq!(done.status, 200, "it is redirected nowhere: {}", done.text());
        assert!(done.text().contains("You get no more mails about what happens on ideas."), "{}", done.text());
        assert_eq!(choice().await, "off");
        assert_eq!(program.post(&stop, &[("List-Unsubscribe", "One-Click")]).await.status, 200, "twice is once");
        says(&mut grace, &idea, "Cheap.").await;
        assert!(research.server.mail().await.is_empty());
        let log = research.server.sql_column("SELECT body FROM audit_entries WHERE channel = 'ideas'").await;
        assert_eq!(log.iter().filter(|body| body.contains("Stopped mails about ideas")).count(), 1, "{log:?}");
        chooses(&mut research.ada, "at-once").await;
        assert_eq!(research.server.sign_in(JOAN).await.post(&stop, &[]).await.status, 200, "whoever has the mail");
        assert_eq!(choice().await, "off");
    }
}
