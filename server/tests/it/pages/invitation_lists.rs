//! Inviting many: the report on each line, and that nobody is invited before the second button.
use crate::support::{Answer, Browser, NEW_PASSWORD, TestServer};
use axum::http::Method;
use policy::{Role, setting_link, time::Span};
use store::{on_both, testing::TestDatabase};

const BOSS: &str = "boss@example.org";
const PAGE: &str = "/admin/invitations";
const LIST: &str = "/admin/invitations/list";

async fn with_boss(db: TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
    (server, boss)
}

async fn post(browser: &mut Browser, step: &str, people: &str, more: &[(&str, &str)]) -> Answer {
    browser.post(LIST, &[&[("step", step), ("people", people), ("many_role", "member")], more].concat()).await
}

/// What the report says of each line.
fn verdicts(page: &Answer) -> Vec<String> {
    page.page().texts("#report td .tag")
}

/// Posts a file as a browser does.
async fn upload(browser: &mut Browser, file: &str) -> Answer {
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    let part = |name: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{text}\r\n");
    let body = [
        part("many_role", "\r\n\r\nmoderator"),
        part("file", &format!("; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n{file}")),
        "--x--\r\n".to_owned(),
    ];
    browser.send_with(Method::POST, "/admin/invitations/file", &kind, Some(body.concat())).await
}

on_both! {
    /// Fails when a line is judged otherwise than it says, when the first button invites somebody, or the second one half of
    /// a list that nobody wanted halved.
    async fn nothing_is_done_before_the_second_button_and_nothing_half_done_unless_that_is_asked_for(db: TestDatabase) {
        let (server, _) = with_boss(db).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let list = "Ada <ada@example.org>\nADA@example.org\nboss@example.org\nno address\ngrace@example.org; it-admin\nida@example.org";
        let page = post(&mut admin, "review", list, &[]).await;
        assert_eq!(page.status, 200);
        let said = verdicts(&page);
        for (found, words) in said.iter().zip([
            "Will be invited",
            "Twice in the list: see line 1",
            "Already a member",
            "Not an address.",
            "The role IT admin is above yours",
            "Will be invited",
        ]) {
            assert!(found.starts_with(words), "{words}: {found}");
        }
        assert_eq!(said.len(), 6);
        assert_eq!(page.page().value("people"), list);
        let stopped = post(&mut admin, "invite", list, &[]).await;
        assert_eq!(stopped.status, 422);
        stopped.assert_refused("list-not-clean");
        assert_eq!(verdicts(&stopped), said, "the report is still there");
        assert!(server.mail().await.is_empty(), "nobody was invited");
        let done = post(&mut admin, "invite", list, &[("although", "true")]).await;
        assert_eq!(done.location(), "/admin/invitations?notice=invitations-sent", "{}", done.text());
        let mut to: Vec<_> = server.mail().await.into_iter().map(|mail| mail.to).collect();
        to.sort_unstable();
        assert_eq!(to, ["ada@example.org", "ida@example.org"]);
        let again = post(&mut admin, "review", "ada@example.org", &[]).await;
        assert_eq!(verdicts(&again), ["Already invited, or has asked to join"]);
        assert_eq!(post(&mut admin, "invite", "ada@example.org", &[("although", "true")]).await.status, 422, "nobody is left");
    }

    /// Fails when whoever was invited by a list can't join, or gets another name or role than it says.
    async fn whoever_is_on_a_list_joins_in_the_role_that_it_says(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let file = "Name;E-Mail;Role\r\n\"Lovelace, Ada\";ada@example.org;admin\r\nGrace;grace@example.org;\r\n";
        let page = upload(&mut boss, file).await;
        assert_eq!(verdicts(&page), ["Will be invited", "Will be invited"], "{}", page.text());
        let people = page.page().value("people");
        let done = boss.post(LIST, &[("step", "invite"), ("people", people.as_str()), ("many_role", "moderator")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let mails = server.mail().await;
        let link = mails.iter().find(|mail| mail.to == "ada@example.org").expect("she is invited").link();
        let mut ada = server.browser();
        assert_eq!(ada.post(&link, &[]).await.location(), "/join");
        assert_eq!(ada.get("/join").await.page().value("name"), "Lovelace, Ada");
        assert_eq!(ada.post("/join", &[("name", "Ada"), ("password", NEW_PASSWORD)]).await.status, 303);
        let roles = [server.member_row("ada@example.org").await.role, server.member_row("grace@example.org").await.role];
        assert_eq!(roles, [Role::Admin, Role::Moderator]);
        for file in ["", "PK\u{3}\u{4}\u{0}"] {
            let refused = upload(&mut boss, file).await;
            assert!(refused.status == 422 && refused.page().has("#file-error"), "{file:?}: {}", refused.text());
        }
        assert_eq!(boss.post("/admin/invitations/file", &[]).await.status, 422, "no file at all");
    }

    /// Fails when the mails of a list are all due at once, or the page does not say how far they are.
    async fn the_mails_of_a_list_are_handed_over_a_few_a_second(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let list = (0..12).map(|n| format!("m{n}@example.org\n")).collect::<Vec<_>>().concat();
        assert_eq!(post(&mut boss, "invite", &list, &[]).await.status, 303);
        assert!(boss.get(PAGE).await.text().replace('\u{a0}', " ").contains("12 people have not joined yet; 0 of 12 mails sent so far."));
        for sent in [5, 5, 2] {
            assert_eq!(server.mail().await.len(), sent);
            server.clock.advance(Span::seconds(1));
        }
        assert!(boss.get(PAGE).await.text().contains("every mail was sent"));
    }

    /// Fails when a list that is longer than what is taken at once is taken, or refused without words.
    async fn a_list_that_is_too_long_is_refused_in_words(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let list = |n: usize| (0..n).map(|n| format!("m{n}@example.org\n")).collect::<Vec<_>>().concat();
        for step in ["review", "invite"] {
            let page = post(&mut boss, step, &list(1_001), &[]).await;
            assert_eq!(page.status, 422, "{step}");
            assert!(page.page().text_of("#people-error").contains("more than 1 000 people"), "{}", page.text());
        }
        assert!(post(&mut boss, "review", " \r\n", &[]).await.page().has("#people-error"));
        let huge = post(&mut boss, "invite", &list(50_000), &[]).await;
        assert_eq!(huge.status, 413);
        assert!(huge.text().contains("Nothing was saved"));
        assert!(server.mail().await.is_empty());
    }

    /// Fails when `joining::may_join` is asked no more by whatever lets somebody join.
    async fn whoever_joins_has_an_address_of_a_domain_that_may(db: TestDatabase) {
        let (allowed, refused) = ("members.allowed_domains", "members.refused_domains");
        let (server, mut boss) = TestServer::with_settings(db, &[(allowed, "example.org\nb\u{fc}cher.example")]).await;
        let one = |email| [("name", "Ada"), ("email", email), ("role", "member"), ("joining", "invite")];
        for joining in ["invite", "add"] {
            let fields = [("name", "Eve"), ("email", "eve@lab.example.org"), ("role", "member"), ("joining", joining)];
            let page = boss.post(PAGE, &fields).await;
            assert_eq!(page.status, 403, "{joining}");
            page.assert_refused("domain-refused");
            assert!(page.page().links_to(&setting_link::to(allowed)), "{joining}");
        }
        let page = post(&mut boss, "review", "eve@example.com\nada@XN--BCHER-KVA.example", &[]).await;
        let said = verdicts(&page);
        assert!(said[0].starts_with("Addresses of example.com can't join") && said[1] == "Will be invited", "{said:?}");
        assert_eq!(boss.post(PAGE, &one("ada@example.org")).await.status, 303);
        let link = server.one_mail("You are invited to join").await.link();
        let mut ada = server.browser();
        assert_eq!(ada.post(&link, &[]).await.location(), "/join");
        boss.has_saved_settings(&[(allowed, "example.org"), (refused, "example.org")]).await;
        let late = ada.post("/join", &[("name", "Ada"), ("password", NEW_PASSWORD)]).await;
        late.assert_refused("domain-refused");
        boss.has_saved_settings(&[]).await;
        assert_eq!(ada.post("/join", &[("name", "Ada"), ("password", NEW_PASSWORD)]).await.status, 303);
    }
}
