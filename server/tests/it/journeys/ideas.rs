//! Ideas: from a draft to what everybody sees, with somebody who decides; and what people say about them.
use crate::support::{ADA, Browser, GRACE, HAPPENED, JOAN, LONG_SESSIONS, MODERATOR, Received, Research, WAITS};
use axum::http::Method;
use policy::{Role, time::Span};
use store::on_both;

const PLANTS: &str = "Plants in the stairwell";

/// The mail with this subject to somebody.
fn to<'a>(mails: &'a [Received], email: &str, subject: &str) -> &'a Received {
    let found = mails.iter().find(|mail| mail.to == email && mail.subject.starts_with(subject));
    found.unwrap_or_else(|| panic!("no mail about {subject:?} to {email} in {mails:?}"))
}

/// The links of a mail to a moderator: the one that approves, and the one that rejects.
fn decisions(mails: &[Received], email: &str) -> [String; 2] {
    let links = to(mails, email, WAITS).links();
    links.try_into().expect("it holds two links")
}

on_both! {
    /// Fails when nobody who decides is told, when opening a link decides, or when one decides twice.
    async fn an_idea_waits_until_a_moderator_approves_it_by_the_link_of_their_mail(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        let (idea, mails) = research.waiting(PLANTS).await;
        let mut told: Vec<_> = mails.iter().filter(|mail| mail.subject.starts_with(WAITS)).map(|mail| mail.to.as_str()).collect();
        told.sort_unstable();
        assert_eq!(told, ["boss@example.org", MODERATOR], "and no member");
        let mut grace = research.server.sign_in(GRACE).await;
        assert_eq!(grace.get(&idea).await.status, 404, "nobody else sees it");
        assert!(!grace.get("/ideas").await.text().contains(PLANTS));
        let page = research.ada.get(&idea).await.text();
        assert!(page.contains(PLANTS) && page.contains("Pending") && page.contains("A moderator decides about it"), "{page}");

        let mail = to(&mails, MODERATOR, WAITS);
        assert!(mail.text.contains("It works once, until") && mail.text.contains("Green.\nCheap."), "{}", mail.text);
        let [approve, reject] = decisions(&mails, MODERATOR);
        let mut moderator = research.server.browser();
        for _ in 0..50 {
            assert!(moderator.get(&approve).await.text().contains("asks to publish “Plants in the stairwell” in Research. This approves it"));
            assert_eq!(moderator.send(Method::HEAD, &approve, None).await.status, 200);
        }
        assert!(moderator.get(&reject).await.page().has_field("reason"));
        assert_eq!(research.states().await, ["Plants in the stairwell: pending"], "looking decides nothing");
        assert_eq!(moderator.post(&approve, &[]).await.location(), "/sign-in?notice=idea-approved");
        for link in decisions(&mails, "boss@example.org").iter().chain([&reject]) {
            for answer in [moderator.get(link).await, moderator.post(link, &[("reason", "No.")]).await] {
                assert_eq!(answer.status, 409);
                answer.assert_refused("idea-decided");
                assert!(answer.text().contains("mod@example.org has approved this idea already."), "{}", answer.text());
            }
        }
        assert_eq!(moderator.post(&approve, &[]).await.status, 410, "it works once");
        assert!(grace.get(&idea).await.text().contains("Green.\nCheap."));
        assert!(grace.get("/").await.text().contains(PLANTS), "it is new in her communities");
        let mail = research.server.one_mail(HAPPENED).await;
        assert!(mail.to == ADA && mail.text.contains("A moderator has approved it."), "{}", mail.text);
        assert_eq!(research.ada.post(&mail.link(), &[]).await.location(), idea);
        let log = research.boss.get("/admin/audit?channel=ideas").await.text();
        assert!(log.contains("Posted an idea") && log.contains("Approved an idea"), "{log}");
    }

    /// Fails when a link rejects without a reason, loses one that is too long, or its author is not told why.
    async fn whoever_rejects_by_a_link_says_why_and_the_author_tries_again(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        let (idea, mails) = research.waiting(PLANTS).await;
        let [approve, reject] = decisions(&mails, MODERATOR);
        let mut moderator = research.server.browser();
        let long = "x".repeat(501);
        for typed in ["", " \u{200b} ", long.as_str()] {
            let page = moderator.post(&reject, &[("reason", typed)]).await;
            assert_eq!(page.status, 422);
            assert!(page.page().has("#reason-error") && page.text().contains("Say why, in 1 to 500 characters."), "{}", page.text());
            assert_eq!(page.page().value("reason"), typed, "what was typed is still there");
        }
        assert_eq!(research.states().await, ["Plants in the stairwell: pending"]);
        let evil = "<img src=x onerror=alert(1)>\r\nBcc: eve@example.org";
        let done = moderator.post(&reject, &[("reason", evil)]).await;
        assert_eq!(done.location(), "/sign-in?notice=idea-rejected", "{}", done.text());
        let mail = research.server.one_mail(HAPPENED).await;
        assert!(mail.to == ADA && mail.text.contains("A moderator has rejected it: <img"), "{}", mail.text);
        assert!(!mail.html.contains("<img"), "{}", mail.html);
        let (head, _) = mail.raw.split_once("\r\n\r\n").expect("a head");
        assert!(!head.contains("\nBcc:"), "{head}");
        let page = research.ada.get(&idea).await;
        assert!(page.text().contains("It was rejected: ") && page.body.contains("&lt;img src=x") && !page.body.contains("<img src=x"), "{}", page.body);
        assert_eq!(research.server.sign_in(GRACE).await.get(&idea).await.status, 404);

        let edit = format!("{idea}/edit");
        let wrong = research.ada.post(&edit, &[("title", " "), ("body", "Green.")]).await;
        assert!(wrong.status == 422 && wrong.page().has("#title-error") && wrong.page().value("body") == "Green.", "{}", wrong.text());
        let again = research.ada.post(&edit, &[("title", "Plants"), ("body", "Green, and cheap.")]).await;
        assert!(again.location().ends_with("?notice=idea-submitted"), "{}", again.text());
        let mails = research.server.mail().await;
        moderator.post(&approve, &[]).await.assert_refused("link-superseded");
        assert_eq!(moderator.post(&decisions(&mails, MODERATOR)[0], &[]).await.status, 303);
        assert_eq!(research.states().await, ["Plants: approved"]);
        let refused = research.ada.post(&edit, &[("title", "Other"), ("body", "Words")]).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("idea-not-open");
    }

    /// Fails when `decide_idea` no longer looks at the state, or `decide_in` no longer at what it has changed.
    async fn of_two_moderators_who_decide_at_once_one_wins_and_the_other_is_told(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        for n in 0..5 {
            let title = format!("Plants {n}");
            let (idea, mails) = research.waiting(&title).await;
            let [_, reject] = decisions(&mails, MODERATOR);
            let (mut boss, mut moderator) = (Browser::clone_of(&research.boss), research.server.browser());
            let approve = format!("{idea}/approve");
            let [approved, rejected] = [
                tokio::spawn(async move { boss.post(&approve, &[]).await }),
                tokio::spawn(async move { moderator.post(&reject, &[("reason", "No.")]).await }),
            ];
            let (approved, rejected) = (approved.await.expect("no panic"), rejected.await.expect("no panic"));
            let (won, lost, state) = if approved.status == 303 {
                (&approved, &rejected, "approved")
            } else {
                (&rejected, &approved, "rejected")
            };
            assert_eq!((won.status, lost.status), (303, 409), "{} {}", approved.text(), rejected.text());
            lost.assert_refused("idea-decided");
            assert!(lost.text().contains(&format!("has {state} this idea already.")), "{}", lost.text());
            assert!(research.states().await.contains(&format!("{title}: {state}")));
        }
    }

    /// Fails when the right is judged when the mail is sent, and not when the button is pressed.
    async fn whoever_has_lost_the_right_decides_nothing(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        let (idea, mails) = research.waiting(PLANTS).await;
        let mut moderator = research.server.sign_in(MODERATOR).await;
        assert!(moderator.get("/moderation").await.text().contains(PLANTS));
        research.moderates(false).await;
        for link in decisions(&mails, MODERATOR) {
            for answer in [moderator.get(&link).await, moderator.post(&link, &[("reason", "No.")]).await] {
                assert_eq!(answer.status, 403);
                answer.assert_refused("moderator-required");
            }
        }
        for act in ["approve", "reject"] {
            assert_eq!(moderator.post(&format!("{idea}/{act}"), &[("reason", "No.")]).await.status, 404, "{act}");
        }
        research.moderates(true).await;
        let forms = research.server.forms_about(MODERATOR).await;
        assert_eq!(research.boss.post(&format!("{forms}/deactivate"), &[]).await.status, 303);
        for link in decisions(&mails, MODERATOR) {
            let answer = research.server.browser().post(&link, &[("reason", "No.")]).await;
            assert!(matches!(answer.status, 403 | 410), "{}", answer.text());
        }
        assert_eq!(research.states().await, ["Plants in the stairwell: pending"]);
    }

    /// Fails when `links.idea_approve` or `links.idea_reject` no longer limits its links.
    async fn the_links_of_a_decision_lapse_each_by_its_own_setting(db: TestDatabase) {
        let changes = [&LONG_SESSIONS[..], &[("links.idea_approve", "60"), ("links.idea_reject", "30")]].concat();
        let mut research = Research::start(db, &changes).await;
        let (_, mails) = research.waiting(PLANTS).await;
        let [approve, reject] = decisions(&mails, MODERATOR);
        let mut moderator = research.server.browser();
        let mut open = async |after, expected: [u16; 2]| {
            research.server.clock.advance(after);
            let found = [moderator.get(&approve).await.status, moderator.get(&reject).await.status];
            assert_eq!(found, expected, "{after:?}");
        };
        open(Span::seconds(1_799), [200, 200]).await;
        open(Span::seconds(1), [200, 410]).await;
        open(Span::seconds(1_799), [200, 410]).await;
        open(Span::seconds(1), [410, 410]).await;
        assert_eq!(moderator.post(&approve, &[]).await.status, 410);
        assert_eq!(research.states().await, ["Plants in the stairwell: pending"]);
    }

    /// Fails when somebody else sees a draft, or changes one.
    async fn a_draft_is_its_authors_alone(db: TestDatabase) {
        let research = Research::start(db, &[]).await;
        let mut ada = Browser::clone_of(&research.ada);
        let idea = research.writes(&mut ada, PLANTS, "draft").await;
        assert!(research.server.mail().await.is_empty(), "nobody is told");
        let (mut boss, mut moderator) = (Browser::clone_of(&research.boss), research.server.sign_in(MODERATOR).await);
        let mut grace = research.server.sign_in(GRACE).await;
        for other in [&mut boss, &mut moderator, &mut grace] {
            assert_eq!(other.get(&idea).await.status, 404);
            for act in ["edit", "approve", "reject", "comments", "vote", "follow", "share"] {
                let fields = [("title", "Mine"), ("body", "Now"), ("reason", "No."), ("comment", "Oh"), ("email", ADA)];
                assert_eq!(other.post(&format!("{idea}/{act}"), &fields).await.status, 404, "{act}");
            }
        }
        let list = |text: String| text.contains(PLANTS);
        assert!(list(ada.get("/ideas?state=draft").await.text()) && !list(ada.get("/ideas?state=approved").await.text()));
        let saved = ada.post(&format!("{idea}/edit"), &[("title", "Plants"), ("body", "More."), ("step", "draft")]).await;
        assert!(saved.location().ends_with("?notice=draft-saved"), "{}", saved.text());
        for act in ["comments", "vote", "follow", "share", "approve"] {
            let refused = ada.post(&format!("{idea}/{act}"), &[("comment", "Oh"), ("email", GRACE)]).await;
            assert!(matches!(refused.status, 403 | 409), "{act}: {}", refused.status);
        }
        ada.post(&format!("{idea}/edit"), &[("title", "Plants"), ("body", "More.")]).await;
        assert_eq!(research.states().await, ["Plants: pending"]);
        assert_eq!(research.server.mail().await.len(), 2, "both who decide are told now");
    }

    /// Fails when `after_submission` lets a moderator's idea wait, or anybody else's through.
    async fn what_a_moderator_posts_is_there_at_once(db: TestDatabase) {
        let research = Research::start(db, &[]).await;
        let mut moderator = research.server.sign_in(MODERATOR).await;
        let idea = research.writes(&mut moderator, PLANTS, "submit").await;
        assert_eq!(research.states().await, ["Plants in the stairwell: approved"]);
        assert!(research.server.mail().await.is_empty());
        assert_eq!(research.server.sign_in(GRACE).await.get(&idea).await.status, 200);
        assert_eq!(research.server.sign_in(JOAN).await.get(&idea).await.status, 404, "of another community");
    }

    /// Fails when the queue shows what is not the moderator's to decide about, or the bell says nothing of it.
    async fn the_queue_and_the_bell_are_for_those_who_decide(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        let (idea, _) = research.waiting(PLANTS).await;
        let mut moderator = research.server.sign_in(MODERATOR).await;
        for browser in [&mut moderator, &mut research.boss] {
            assert!(browser.get("/").await.text().contains("1 idea waits for a decision"));
            let page = browser.get("/moderation").await;
            assert!(page.text().contains(PLANTS) && page.page().has(&format!("form[action='{idea}/approve']")), "{}", page.text());
        }
        assert!(research.boss.get("/moderation").await.page().links_to("/admin/invitations"));
        assert!(!moderator.get("/moderation").await.page().links_to("/admin/invitations"));
        let mut grace = research.server.sign_in(GRACE).await;
        assert!(!grace.get("/").await.text().contains("waits for a decision"));
        let refused = grace.get("/moderation").await;
        assert!(refused.status == 403 && refused.text().contains("Moderators of a community decide"), "{}", refused.text());
        let wrong = moderator.post(&format!("{idea}/reject"), &[("reason", "")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("Say why"), "{}", wrong.text());
        let sales = research.boss.add_community("Sales", &[ADA]).await;
        let fields = [("community", sales.as_str()), ("title", "Prices"), ("body", "Lower.")];
        assert_eq!(research.ada.post("/ideas", &fields).await.status, 303);
        assert!(!moderator.get("/moderation").await.text().contains("Prices"), "of another community");
        assert!(research.boss.get("/moderation").await.text().contains("Prices"));
        let rejected = moderator.post(&format!("{idea}/reject"), &[("reason", "Too green.")]).await;
        assert_eq!(rejected.location(), "/moderation?notice=idea-rejected");
        let page = moderator.get(&format!("/moderation?idea={}", idea.rsplit('/').next().expect("an identifier"))).await;
        assert!(page.text().contains("The idea that you came for waits no longer"), "{}", page.text());
    }

    /// Fails when a comment is shown as markup, is posted where nobody may, or `Quota::IdeaComments` is not asked.
    async fn people_talk_about_an_idea_that_they_see(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        let idea = research.approved(PLANTS).await;
        let comments = format!("{idea}/comments");
        let mut grace = research.server.sign_in(GRACE).await;
        let evil = "</p><script>alert(1)</script>\r\nSecond line";
        let posted = grace.post(&comments, &[("comment", evil)]).await;
        assert_eq!(posted.location(), format!("{idea}?notice=comment-posted"));
        let page = research.ada.get(&idea).await;
        assert!(page.text().contains("Second line") && !page.body.contains("<script>alert"), "{}", page.body);
        let long = "x".repeat(2_001);
        for typed in ["", long.as_str()] {
            let page = grace.post(&comments, &[("comment", typed)]).await;
            assert!(page.status == 422 && page.page().has("#comment-error"), "{}", page.text());
            assert_eq!(page.page().value("comment"), typed);
        }
        assert_eq!(research.server.sign_in(JOAN).await.post(&comments, &[("comment", "Me too")]).await.status, 404);
        let (waiting, _) = research.waiting("Another").await;
        research.ada.post(&format!("{waiting}/comments"), &[("comment", "Soon")]).await.assert_refused("idea-not-open");
        research.server.execute_sql(&["INSERT INTO idea_comments (id, idea_id, author_id, body, posted_at) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199) \
            SELECT id || i, idea_id, author_id, body, posted_at FROM idea_comments, n"]).await;
        let refused = grace.post(&comments, &[("comment", "One more")]).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("quota-reached");
        assert_eq!(refused.page().value("comment"), "One more", "nothing typed is lost");
        assert_eq!(research.ada.post(&comments, &[("comment", "Others go on")]).await.status, 303);
    }

    /// Fails when a vote is counted twice, or one that is taken back is still counted.
    async fn a_member_votes_once_however_often_at_once(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        let idea = research.approved(PLANTS).await;
        let mut grace = research.server.sign_in(GRACE).await;
        let moderator = research.server.sign_in(MODERATOR).await;
        let votes = (0..20).map(|n| {
            let mut browser = Browser::clone_of([&grace, &moderator, &research.ada][n % 3]);
            let path = format!("{idea}/vote");
            tokio::spawn(async move { browser.post(&path, &[]).await.status })
        });
        for vote in votes.collect::<Vec<_>>() {
            assert_eq!(vote.await.expect("no panic"), 303);
        }
        assert!(grace.get(&idea).await.text().contains("3 votes"));
        let backs = (0..5).map(|_| {
            let (mut browser, path) = (Browser::clone_of(&grace), format!("{idea}/take-vote-back"));
            tokio::spawn(async move { browser.post(&path, &[]).await.status })
        });
        for back in backs.collect::<Vec<_>>() {
            assert_eq!(back.await.expect("no panic"), 303);
        }
        let page = grace.get(&idea).await;
        assert!(page.text().contains("2 votes") && page.page().has(&format!("form[action='{idea}/vote']")), "{}", page.text());
        let log = research.server.sql_column("SELECT body FROM audit_entries WHERE channel = 'ideas'").await;
        assert_eq!(log.iter().filter(|body| body.contains("Voted for an idea")).count(), 3);
        assert_eq!(log.iter().filter(|body| body.contains("Took a vote back")).count(), 1);
        assert_eq!(research.server.sign_in(JOAN).await.post(&format!("{idea}/vote"), &[]).await.status, 404);
    }

    /// Fails when `one_more_waits` no longer asks `Quota::PendingIdeas`.
    async fn so_many_ideas_of_one_member_wait(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        research.waiting("Plants 0").await;
        research.server.execute_sql(&["INSERT INTO ideas (id, workspace_id, community_id, author_id, title, body, posted_at, state) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 19) \
            SELECT id || i, workspace_id, community_id, author_id, title, body, posted_at, state FROM ideas, n"]).await;
        let fields = [("community", research.community.as_str()), ("title", "One more"), ("body", "Green.")];
        let refused = research.ada.post("/ideas", &fields).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("20 of your ideas wait for a moderator") && refused.page().holds("One more"), "{}", refused.text());
        assert_eq!(research.ada.post("/ideas", &[&fields[..], &[("step", "draft")]].concat()).await.status, 303);
    }

    /// Fails when `one_more_act` no longer asks `Quota::IdeaActs`, or counts what others have done or is older.
    async fn a_member_does_so_many_things_with_ideas_a_day(db: TestDatabase) {
        let mut research = Research::start(db, &LONG_SESSIONS).await;
        let idea = research.approved(PLANTS).await;
        let mut grace = research.server.sign_in(GRACE).await;
        let [vote, back] = ["vote", "take-vote-back"].map(|act| format!("{idea}/{act}"));
        assert_eq!(grace.post(&vote, &[]).await.status, 303);
        research.server.execute_sql(&["INSERT INTO audit_entries (workspace_id, seq, at, channel, actor, body, previous, hash) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) \
            SELECT workspace_id, seq + 1000 + i, at, channel, actor, body, previous, hash FROM audit_entries, n \
            WHERE body LIKE '%\"action\":\"Voted for an idea\"%'"]).await;
        let refused = grace.post(&back, &[]).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("quota-reached");
        assert!(grace.get(&idea).await.text().contains("1 vote"), "nothing was done");
        assert_eq!(research.ada.post(&vote, &[]).await.status, 303, "others go on");
        research.server.clock.advance(Span::days(1));
        research.server.clock.advance(Span::seconds(1));
        assert_eq!(grace.post(&back, &[]).await.status, 303, "a day later");
    }

    /// Fails when a page of the list leaves an idea out, shows one twice, or forgets the state that was asked for.
    async fn the_list_goes_on_over_pages(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        research.approved(PLANTS).await;
        research.server.execute_sql(&["INSERT INTO ideas (id, workspace_id, community_id, author_id, title, body, posted_at, state) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) \
            SELECT '01a1fc8a-d307-7768-993b-' || (100000000000 + i), workspace_id, community_id, author_id, title || i, body, posted_at - i / 7, state FROM ideas, n"]).await;
        let (mut address, mut seen) = ("/ideas?state=approved".to_owned(), Vec::new());
        for expected in [50, 50, 21] {
            let page = research.ada.get(&address).await.page();
            let found = page.attributes("main .rows a[href^='/ideas/']", "href");
            assert_eq!(found.len(), expected, "{address}");
            seen.extend(found);
            let next = page.attributes("a[href^='/ideas?state=approved&after=']", "href");
            address = next.first().cloned().unwrap_or_default();
        }
        assert_eq!(address, "", "that was the last one");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 121);
        assert!(research.ada.get("/ideas?state=draft").await.text().contains("There is no idea to show here."));
        for odd in ["/ideas?state=gone", "/ideas?after=nobody", "/ideas?after=01a1fc8a-d307-7768-993b-77ac04674933"] {
            assert_eq!(research.ada.get(odd).await.status, 200, "{odd}");
        }
    }

    /// Fails when `seen` no longer looks at the workspace.
    async fn an_idea_of_another_workspace_is_nobodys_here(db: TestDatabase) {
        let mut research = Research::start(db, &[]).await;
        research.waiting(PLANTS).await;
        research.server.execute_sql(&[
            "INSERT INTO workspaces (id, host, name, created_at) VALUES ('other', 'other.example.org', 'Other', 9999999999999)",
            "INSERT INTO communities (id, workspace_id, name, created_at) VALUES ('01a1fc8a-d307-7768-993b-77ac04674934', 'other', 'Theirs', 1)",
            "INSERT INTO ideas (id, workspace_id, community_id, author_id, title, body, posted_at, state) \
             SELECT '01a1fc8a-d307-7768-993b-77ac04674933', 'other', '01a1fc8a-d307-7768-993b-77ac04674934', author_id, 'Theirs', body, posted_at, 'pending' FROM ideas",
        ]).await;
        let idea = "/ideas/01a1fc8a-d307-7768-993b-77ac04674933";
        assert_eq!(research.boss.get(idea).await.status, 404);
        for act in ["approve", "reject", "comments", "vote", "edit"] {
            let fields = [("reason", "No."), ("comment", "Oh"), ("title", "Mine"), ("body", "Now")];
            assert_eq!(research.boss.post(&format!("{idea}/{act}"), &fields).await.status, 404, "{act}");
        }
        assert!(!research.boss.get("/moderation").await.text().contains("Theirs"));
        assert_eq!(research.states().await, ["Plants in the stairwell: pending", "Theirs: pending"]);
        let moderator = research.server.signed_in("more@example.org", Role::Moderator).await;
        assert_eq!(Browser::clone_of(&moderator).get(idea).await.status, 404);
    }
}
