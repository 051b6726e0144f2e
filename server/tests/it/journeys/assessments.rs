//! Assessments: asked by a moderator, answered in parts, reminded of until they are done, and what came of them.
mod world;

use crate::support::{Answer, Browser};
use policy::time::Span;
use store::on_both;
use world::{EVE, GRACE, JOAN, ideas};

/// Answers every question by a grade, but for those that are given.
async fn answer(browser: &mut Browser, at: &str, step: &str, grade: &str, but: &[(&str, &str)]) -> Answer {
    let all = ["grade-1-1", "grade-1-2", "grade-1-3", "grade-2-1", "grade-2-2", "grade-2-3"].map(|name| (name, grade));
    let mut fields: Vec<_> = all.into_iter().filter(|(name, _)| but.iter().all(|(other, _)| other != name)).collect();
    fields.extend(but);
    fields.push(("step", step));
    browser.post(at, &fields).await
}

async fn bell(browser: &mut Browser) -> Vec<String> {
    browser.get("/profile").await.page().texts(".bell .sheet a")
}

on_both! {
    /// Fails when `unanswered`, `may_fill_in` or `sees_results` is no longer asked.
    async fn an_assessment_is_saved_in_parts_and_submitted_once_it_is_complete(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        let at = all.asked("rank", &[]).await;
        let mails = all.server.mail().await;
        assert_eq!(mails.len(), 2, "{mails:?}");
        let mail = mails.iter().find(|mail| mail.to == GRACE).expect("it came");
        assert!(mail.subject.starts_with("Your rank assessment is wanted: Spring"), "{}", mail.subject);
        assert!(mail.text.contains("“Spring” waits for your rank assessment of ideas in Research."), "{}", mail.text);
        let mut grace = all.server.sign_in(GRACE).await;
        let page = grace.get(&mail.link()).await;
        assert!(page.text().contains("This link leads to a rank assessment that waits for grace@example.org."), "{}", page.text());
        assert_eq!(grace.post(&mail.link(), &[]).await.location(), at);
        assert_eq!(bell(&mut grace).await, ["1 assessment waits for you"]);
        assert!(grace.get("/assessments").await.text().contains("Waits for you"));
        let saved = answer(&mut grace, &at, "save", "", &[("grade-1-1", "4"), ("note", "Half of it.")]).await;
        assert_eq!(saved.location(), format!("{at}?notice=assessment-saved"));
        let page = grace.get(&at).await.page();
        assert_eq!(page.attributes("option[selected]", "value"), ["4"]);
        assert_eq!(page.value("note"), "Half of it.");
        let lacks = answer(&mut grace, &at, "submit", "5", &[("grade-2-2", "")]).await;
        assert_eq!(lacks.status, 422);
        assert_eq!(lacks.page().texts(".field.bad .error"), ["Choose an answer."]);
        assert_eq!(lacks.page().attributes("option[selected]", "value"), ["5", "5", "5"], "what was chosen is still there");
        let wrong = answer(&mut grace, &at, "save", "6", &[]).await;
        assert_eq!((wrong.status, wrong.page().count(".field.bad")), (422, 4));
        let long = "x".repeat(1_001);
        assert_eq!(answer(&mut grace, &at, "save", "5", &[("note", &long)]).await.status, 422);
        assert!(all.ada.get(&at).await.text().contains("1 of 4 answered"), "only the first was saved");
        let done = answer(&mut grace, &at, "submit", "5", &[("grade-1-1", "2"), ("note", "All of it.")]).await;
        assert_eq!(done.location(), format!("{at}?notice=assessment-submitted"));
        assert_eq!(bell(&mut grace).await, [""; 0]);
        for step in ["save", "submit"] {
            answer(&mut grace, &at, step, "1", &[]).await.assert_refused("assessment-submitted");
        }
        let page = grace.get(&at).await.page();
        assert!(!page.has("form[class~='stack']") && !page.has("svg.chart"), "others have not answered yet");
        let ada = all.ada.get(&at).await;
        assert!(ada.page().has("svg.chart") && ada.text().contains("All of it.") && ada.text().contains("0 of 4 answered"), "{}", ada.text());
        let mut joan = all.server.sign_in(JOAN).await;
        assert_eq!(answer(&mut joan, &at, "submit", "3", &[]).await.status, 303);
        let page = grace.get(&at).await.page();
        assert_eq!(page.texts("td"), ["2.50 (2 answers)", "4.00 (2 answers)", "4.00 (2 answers)", "4.00 (2 answers)"]);
        assert_eq!(page.attributes("svg.chart", "role"), ["img"]);
        assert!(page.text_of("svg.chart desc").contains("A bell that rings: 3.25; Plants in the stairwell: 4.00."));
        assert!(grace.get("/assessments").await.text().contains("2 of 2 submitted, over"));
        let log = all.ada.get("/admin/audit?channel=ideas").await.page().texts(".log .what");
        assert_eq!(log[..3], ["Submitted an assessment", "Submitted an assessment", "Made an assessment"]);
    }

    /// Fails when the job mails somebody twice in a week, or who has finished; or the button more than once a day.
    async fn whoever_has_not_finished_is_reminded_once_a_week_until_they_have(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        let at = all.asked("rank", &[]).await;
        assert_eq!(all.mailed().await, [GRACE, JOAN]);
        let (remind, mut grace) = (format!("{at}/remind"), all.server.sign_in(GRACE).await);
        all.ada.post(&remind, &[]).await.assert_refused("reminded-lately");
        assert_eq!(grace.post(&remind, &[]).await.status, 404, "she does not moderate");
        assert_eq!(grace.post(&format!("{at}/close"), &[]).await.status, 404);
        all.server.clock.advance(Span::seconds(7 * 86_400 - 1));
        assert_eq!(all.job().await, 0);
        all.server.clock.advance(Span::seconds(1));
        assert_eq!((all.job().await, all.job().await), (2, 0));
        assert_eq!(all.mailed().await, [GRACE, JOAN]);
        all.server.clock.advance(Span::seconds(86_399));
        all.ada.post(&remind, &[]).await.assert_refused("reminded-lately");
        all.server.clock.advance(Span::seconds(1));
        assert_eq!(answer(&mut grace, &at, "submit", "5", &[]).await.status, 303);
        assert_eq!(all.ada.post(&remind, &[]).await.location(), format!("{at}?notice=assessors-reminded"));
        all.ada.post(&remind, &[]).await.assert_refused("reminded-lately");
        assert_eq!(all.mailed().await, [JOAN], "not who has finished");
        all.server.clock.advance(Span::days(7));
        assert_eq!(all.job().await, 1);
        assert_eq!(all.mailed().await, [JOAN]);
        let mut joan = all.server.sign_in(JOAN).await;
        assert_eq!(answer(&mut joan, &at, "submit", "5", &[]).await.status, 303);
        all.server.clock.advance(Span::days(8));
        assert_eq!(all.job().await, 0);
        assert!(all.server.mail().await.is_empty(), "once it is done nobody is reminded");
        all.ada.post(&remind, &[]).await.assert_refused("assessment-closed");
    }

    async fn two_nodes_remind_once(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        all.asked("rank", &[]).await;
        all.mailed().await;
        all.server.clock.advance(Span::days(7));
        let (one, other) = tokio::join!(all.job(), all.job());
        assert_eq!(one + other, 2);
        assert_eq!(all.mailed().await, [GRACE, JOAN]);
    }

    async fn a_review_asks_for_value_cost_and_constraints(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        let at = all.asked("review-scale", &[("criteria", "")]).await;
        let mail = all.server.mail().await.into_iter().find(|mail| mail.to == GRACE).expect("it came");
        assert!(mail.subject.starts_with("Your review is wanted: Spring"), "{}", mail.subject);
        let mut grace = all.server.sign_in(GRACE).await;
        assert!(grace.get(&mail.link()).await.text().contains("leads to a review that waits for grace@example.org."));
        assert_eq!(grace.post(&mail.link(), &[]).await.location(), at);
        let page = grace.get(&at).await.page();
        assert_eq!(page.texts("fieldset:first-of-type label"), ["Value", "Cost", "Constraints"]);
        assert_eq!(answer(&mut grace, &at, "save", "5", &[]).await.status, 422, "that is of another kind");
        assert_eq!(answer(&mut grace, &at, "submit", "high", &[("grade-1-2", "not-applicable")]).await.status, 303);
        let mut joan = all.server.sign_in(JOAN).await;
        assert_eq!(answer(&mut joan, &at, "submit", "low", &[]).await.status, 303);
        let page = joan.get(&at).await.page();
        assert_eq!(page.count("svg.chart[role='img'] title"), 3);
        assert_eq!(page.texts("td")[..2], ["High 1, Low 1", "Low 1, N/A 1"]);
        assert!(page.texts("svg.chart desc")[1].contains("A bell that rings: 1.00; Plants in the stairwell: 2.00."));
    }

    /// Fails when `settings_for` no longer asks what the community holds, or `LinkPurpose::lifetime` no longer names
    /// `links.rank_assessment` or `links.reviewscale`.
    async fn the_link_works_as_long_as_the_community_says(db: TestDatabase) {
        let minutes = [("links.rank_assessment", "60"), ("links.reviewscale", "60")];
        let mut all = ideas(db, &minutes).await;
        for (kind, key) in [("rank", "links.rank_assessment"), ("review-scale", "links.reviewscale")] {
            all.asked(kind, &[]).await;
            let (inherits, mut browser) = (all.link().await, all.server.browser());
            all.server.clock.advance(Span::seconds(3_599));
            assert_eq!(browser.get(&inherits).await.status, 200, "{kind}");
            all.overrides(key, "10").await;
            assert_eq!(browser.get(&inherits).await.status, 410, "{kind}: tightening acts at once");
            all.overrides(key, "120").await;
            assert_eq!(browser.get(&inherits).await.status, 200, "{kind}");
            all.server.clock.advance(Span::seconds(1));
            assert_eq!(browser.get(&inherits).await.status, 410, "{kind}: loosening revives nothing");
            all.asked(kind, &[]).await;
            let longer = all.link().await;
            all.server.clock.advance(Span::seconds(7_199));
            assert_eq!(browser.get(&longer).await.status, 200, "{kind}: longer than the workspace says");
            all.server.clock.advance(Span::seconds(1));
            browser.get(&longer).await.assert_refused("link-dead");
            all.server.sign_in(GRACE).await.get(&longer).await.assert_refused("link-expired");
            all.overrides(key, "5").await;
            all.asked(kind, &[]).await;
            let shorter = all.link().await;
            all.server.clock.advance(Span::seconds(299));
            assert_eq!(browser.get(&shorter).await.status, 200, "{kind}");
            all.server.clock.advance(Span::seconds(1));
            assert_eq!(browser.get(&shorter).await.status, 410, "{kind}");
        }
    }

    /// Fails when `links.auto_login` says nothing about the links of assessments.
    async fn the_link_leads_straight_on_where_that_is_allowed(db: TestDatabase) {
        let mut all = ideas(db, &[("links.auto_login", "true")]).await;
        let at = all.asked("rank", &[]).await;
        let link = all.link().await;
        assert_eq!(all.server.sign_in(GRACE).await.get(&link).await.location(), at);
        assert_eq!(all.server.sign_in(JOAN).await.get(&link).await.status, 200);
    }

    /// Fails when somebody answers, is reminded of or counts what is closed.
    async fn what_is_closed_is_neither_answered_nor_reminded_of(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        // The clock stands at 15 January 2027, 08:00.
        let at = all.asked("rank", &[("closes", "2027-01-24")]).await;
        let mail = all.server.mail().await.into_iter().find(|mail| mail.to == GRACE).expect("it came");
        assert!(mail.text.contains("It is closed on 24 January 2027, 23:59 UTC."), "{}", mail.text);
        let mut grace = all.server.sign_in(GRACE).await;
        assert_eq!(answer(&mut grace, &at, "save", "3", &[]).await.status, 303);
        all.server.clock.advance(Span::days(7));
        assert_eq!(all.job().await, 2);
        all.server.clock.advance(Span::days(7));
        assert_eq!(all.job().await, 0);
        for step in ["save", "submit"] {
            answer(&mut grace, &at, step, "5", &[]).await.assert_refused("assessment-closed");
        }
        assert_eq!(bell(&mut grace).await, [""; 0]);
        assert!(grace.get(&at).await.text().contains("Nothing is answered here any more."));
        let at = all.asked("rank", &[]).await;
        assert_eq!(all.ada.post(&format!("{at}/close"), &[]).await.location(), format!("{at}?notice=assessment-closed"));
        assert_eq!(all.ada.post(&format!("{at}/close"), &[]).await.status, 303, "twice is once");
        answer(&mut grace, &at, "submit", "5", &[]).await.assert_refused("assessment-closed");
    }

    /// Fails when somebody makes or sees an assessment who moderates no community, or one of another community.
    async fn an_assessment_is_made_by_who_moderates_the_community(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        let (new, mut grace) = (all.form(), all.server.sign_in(GRACE).await);
        let entries = "header.top > nav a";
        assert_eq!(grace.get("/").await.page().texts(entries), ["Home", "Ideas", "Conversations"], "nothing is there for her");
        assert_eq!(grace.get(&new).await.status, 404);
        assert_eq!(grace.post(&new, &all.fields("rank", &[])).await.status, 404);
        assert!(!grace.get("/assessments").await.page().links_to(&new));
        all.server.execute_sql(&["UPDATE community_members SET moderator = 1 WHERE member_id IN (SELECT id FROM members WHERE email = 'grace@example.org')"]).await;
        assert_eq!(grace.get("/").await.page().texts(entries), ["Home", "Ideas", "Conversations", "Assessments"]);
        assert!(grace.get("/assessments").await.page().links_to(&new));
        assert_eq!(grace.get(&new).await.page().count("input[type='checkbox']"), 2);
        let at = grace.post(&new, &all.fields("rank", &[("assessors", JOAN)])).await;
        let at = at.location().strip_suffix("?notice=assessment-made").expect("it was made").to_owned();
        let mut joan = all.server.sign_in(JOAN).await;
        assert_eq!(joan.get("/").await.page().texts(entries).last().map(String::as_str), Some("Assessments"));
        assert_eq!(grace.get(&at).await.page().count("form[action$='/remind']"), 1);
        assert_eq!(joan.get(&at).await.page().count("form[action$='/remind']"), 0);
        assert_eq!(answer(&mut grace, &at, "save", "5", &[]).await.status, 404, "she is no assessor of it");
        let mut eve = all.server.sign_in(EVE).await;
        for path in [at.clone(), new.clone(), "/assessments/nonsense".to_owned(), "/assessments/new/nonsense".to_owned()] {
            assert_eq!(eve.get(&path).await.status, 404, "{path}");
        }
        assert_eq!(answer(&mut eve, &at, "save", "5", &[]).await.status, 404);
        let other = all.ada.post("/admin/settings/communities", &[("name", "Archive")]).await;
        assert_eq!(other.status, 303);
        let places: Vec<_> = all.ada.get("/assessments").await.page().attributes("a[href^='/assessments/new/']", "href");
        let archive = places.iter().find(|place| **place != new).expect("it is there");
        assert!(all.ada.get(archive).await.text().contains("Nobody in Archive has posted an idea yet."));
        let page = Browser::clone_of(&all.ada).post(archive, &all.fields("rank", &[])).await;
        assert!(page.status == 422, "ideas and members of another community: {}", page.text());
        assert_eq!(grace.get(archive).await.status, 404);
    }

    async fn what_is_not_complete_comes_back_as_typed(db: TestDatabase) {
        let all = ideas(db, &[]).await;
        let (new, mut ada) = (all.form(), Browser::clone_of(&all.ada));
        let long = "x".repeat(121);
        let cases = [
            (("title", long.as_str()), "Enter a title of 1 to 120 characters."),
            (("kind", "vote"), "Choose what is asked."),
            (("criteria", "\r\n"), "Enter 1 to 10 criteria, one a line."),
            (("criteria", "Cost\r\nCost"), "Enter each criterion once."),
            (("assessors", ""), "Enter at least one address."),
            (("assessors", EVE), "Nobody in this community has the address eve@example.org."),
            (("closes", "soon"), "Enter a day like 2027-01-31, or none."),
            (("closes", "2027-01-14"), "That day is over."),
        ];
        for (change, words) in cases {
            let page = ada.post(&new, &all.fields("rank", &[change])).await;
            assert_eq!(page.status, 422, "{words}");
            assert!(page.text().contains(words), "{words}: {}", page.text());
            assert_eq!(page.page().count("input[type='checkbox'][checked]"), 2, "{words}");
        }
        let none: Vec<_> = all.fields("rank", &[]).into_iter().filter(|(name, _)| !name.starts_with("idea-")).collect();
        let page = ada.post(&new, &none).await;
        assert!(page.status == 422 && page.text().contains("Choose 1 to 20 ideas."), "{}", page.text());
        assert!(page.page().holds("Spring") && page.page().value("criteria").contains("Use"));
        assert!(all.server.mail().await.is_empty());
        all.server.execute_sql(&["INSERT INTO assessments (id, workspace_id, community_id, author_id, kind, title, made_at) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) \
            SELECT community_id || i, workspace_id, community_id, author_id, 'rank', 'Old', posted_at FROM ideas, n WHERE title LIKE 'Plants%'"]).await;
        let refused = ada.post(&new, &all.fields("rank", &[])).await;
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("You have made 20 assessments within a day") && refused.page().holds("Spring"), "{}", refused.text());
    }

    /// Fails when an assessor who takes part no longer is waited for, reminded, or let in.
    async fn whoever_takes_part_no_longer_is_not_waited_for(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        let at = all.asked("rank", &[]).await;
        all.mailed().await;
        let (mut grace, mut joan) = (all.server.sign_in(GRACE).await, all.server.sign_in(JOAN).await);
        all.server.execute_sql(&["DELETE FROM community_members WHERE member_id IN (SELECT id FROM members WHERE email = 'joan@example.org')"]).await;
        assert_eq!(joan.get(&at).await.status, 404);
        assert_eq!(answer(&mut joan, &at, "submit", "5", &[]).await.status, 404);
        assert_eq!(bell(&mut joan).await, [""; 0]);
        all.server.clock.advance(Span::days(7));
        assert_eq!(all.job().await, 1);
        assert_eq!(all.mailed().await, [GRACE]);
        assert!(all.ada.get(&at).await.text().contains("Takes part no longer"));
        assert_eq!(answer(&mut grace, &at, "submit", "5", &[]).await.status, 303);
        assert!(grace.get(&at).await.page().has("svg.chart"), "nobody is left to answer");
    }

    /// Fails when one of two answers at once is lost, or both are submitted.
    async fn an_assessment_is_submitted_once(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        let at = all.asked("rank", &[]).await;
        let mut one = all.server.sign_in(GRACE).await;
        let mut other = Browser::clone_of(&one);
        let (first, second) =
            tokio::join!(answer(&mut one, &at, "submit", "5", &[]), answer(&mut other, &at, "submit", "1", &[]));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let grades = all.server.sql_column("SELECT DISTINCT grade FROM assessment_answers").await;
        assert_eq!(grades.len(), 1, "{grades:?}");
    }

    /// Fails when a text is written into a page or a mail as it is.
    async fn whatever_it_is_called_it_is_text(db: TestDatabase) {
        let mut all = ideas(db, &[]).await;
        let evil = "<img src=x onerror=alert(1)>";
        let at = all.asked("rank", &[("title", "<img src=x>\r\nBcc: eve@example.org"), ("criteria", evil)]).await;
        let mail = all.server.mail().await.into_iter().find(|mail| mail.to == GRACE).expect("it came");
        assert!(!mail.raw.contains("\nBcc:") && !mail.html.contains("<img"), "{}", mail.raw);
        let mut grace = all.server.sign_in(GRACE).await;
        let note = "</textarea><script>alert(1)</script>";
        let saved = grace.post(&at, &[("grade-1-1", "5"), ("grade-2-1", "5"), ("note", note), ("step", "submit")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        for page in [grace.get("/assessments").await, all.ada.get(&at).await, grace.get(&at).await] {
            assert!(!page.body.contains("<img src=x") && !page.body.contains("<script>alert"), "{}", page.body);
        }
    }
}
