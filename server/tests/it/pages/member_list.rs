//! Admin, members, as a list: who is looked for, page by page, and what is done to several at once.
use crate::support::{Answer, Browser, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const PAGE: &str = "/admin/members";
const SEVERAL: &str = "/admin/members/several";
/// The addresses of those whom the list shows.
const LISTED: &str = "th[scope=row] .soft";

/// Adds so many members straight to the database, who are called alike; their addresses are `p000@example.org` and so on.
async fn people(server: &TestServer, many: u32) {
    let workspace = &server.workspace.id;
    let mut rows = Vec::new();
    for n in 0..many {
        rows.push(format!(
            "('{}', '{workspace}', 'p{n:03}@example.org', 1, 'Twin', 'member', 'active', 1800000000000, NULL)",
            uuid::Uuid::from_u128(u128::from(n) * 0x1_0001_0001 + 7)
        ));
    }
    let sql = format!(
        "INSERT INTO members (id, workspace_id, email, email_verified_at, name, role, standing, created_at, last_sign_in_at) VALUES {}",
        rows.join(", ")
    );
    let sql: &'static str = sql.leak();
    server.execute_sql(&[sql]).await;
}

fn listed(page: &Answer) -> Vec<String> {
    page.page().texts(LISTED).into_iter().map(|email| email.replace("@example.org", "")).collect()
}

/// The link to a neighbouring page; `None` where there is none.
fn neighbour(page: &Answer, rel: &str) -> Option<String> {
    page.page().attributes(&format!("a[rel='{rel}']"), "href").pop()
}

/// The identifier of somebody.
async fn id(server: &TestServer, email: &str) -> String {
    server.member_row(email).await.id.to_string()
}

/// Walks from a page in one direction; answers whom each page lists.
async fn walk(browser: &mut Browser, from: String, rel: &str) -> Vec<Vec<String>> {
    let (mut pages, mut next) = (Vec::new(), Some(from));
    while let Some(at) = next {
        let page = browser.get(&at).await;
        assert_eq!(page.status, 200, "{at}");
        pages.push(listed(&page));
        next = neighbour(&page, rel);
        assert!(pages.len() < 10, "it ends");
    }
    pages
}

on_both! {
    /// Fails when a page is not where the one before ended, or an order has no index of its own that tells twins apart.
    async fn the_list_is_walked_page_by_page_there_and_back_although_all_are_called_alike(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        people(&server, 120).await;
        for order in ["email", "email-backwards", "name", "name-backwards", "latest-sign-in", "earliest-sign-in", "latest-joined", "earliest-joined"] {
            let there = walk(&mut boss, format!("{PAGE}?order={order}"), "next").await;
            assert_eq!(there.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 21], "{order}");
            let mut all = there.concat();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), 121, "{order}: nobody twice, nobody missed");
            let second = neighbour(&boss.get(&format!("{PAGE}?order={order}")).await, "next").expect("there is a next one");
            let last = neighbour(&boss.get(&second).await, "next").expect("there is another one");
            let back = walk(&mut boss, last, "prev").await;
            assert_eq!(back.into_iter().rev().collect::<Vec<_>>(), there, "{order}");
        }
        let first = boss.get(PAGE).await;
        assert!(neighbour(&first, "prev").is_none() && first.text().contains("121 members"), "{}", first.text());
    }

    async fn members_are_narrowed_by_words_role_state_and_community(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        for (email, role) in [("ada@example.org", Role::Moderator), ("gone@example.org", Role::Member), ("eve@example.org", Role::Member)] {
            server.member(email, role).await;
        }
        server.execute_sql(&["UPDATE members SET name = 'Ada King Lovelace' WHERE email = 'ada@example.org'"]).await;
        boss.post(&format!("{}/ban", server.forms_about("gone@example.org").await), &[]).await;
        let community = boss.add_community("Research", &["ada@example.org", "gone@example.org"]).await;
        for (query, found) in [
            ("holds=lovelace+ada".to_owned(), "ada"),
            ("holds=lovelace+eve".to_owned(), ""),
            ("role=moderator".to_owned(), "ada"),
            ("role=member".to_owned(), "eve gone"),
            ("status=banned".to_owned(), "gone"),
            (format!("community={community}"), "ada gone"),
            (format!("community={community}&status=active"), "ada"),
            (format!("community={community}&who=banned&holds=gone"), "gone"),
            ("order=email-backwards&role=member".to_owned(), "gone eve"),
        ] {
            let page = boss.get(&format!("{PAGE}?{query}")).await;
            assert_eq!(listed(&page).join(" "), found, "{query}");
            assert!(!page.page().has(".notice"), "{query}: {}", page.text());
        }
    }

    /// Fails when a query that nobody has written by hand breaks the page, or is passed over in silence.
    async fn what_an_address_asks_for_and_there_is_not_gets_words(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let elsewhere = "01a1fc8a-d307-7768-993b-77ac04674933";
        for (query, words) in [
            ("after=nonsense".to_owned(), "That page of the list can’t be found"),
            (format!("after={elsewhere}.x&order=latest-joined"), "That page of the list can’t be found"),
            (format!("after={elsewhere}.{}", "x".repeat(600)), "That page of the list can’t be found"),
            ("before=%ff".to_owned(), "That page of the list can’t be found"),
            ("role=root".to_owned(), "There is no role “root”"),
            ("status=%3Cb%3E".to_owned(), "There is no state “&lt;b&gt;”"),
            ("order=size".to_owned(), "There is no order “size”"),
            ("who=strangers".to_owned(), "There is no part of the members “strangers”"),
            ("community=x".to_owned(), "There is no community “x”"),
            (format!("community={elsewhere}"), "There is no such community here"),
        ] {
            let page = boss.get(&format!("{PAGE}?{query}")).await;
            assert_eq!(page.status, 200, "{query}");
            assert!(page.text().contains(words), "{query}: {}", page.text());
        }
        for query in [format!("after={elsewhere}.zzz"), format!("before={elsewhere}.aaa"), format!("holds={}", "%25x".repeat(300)), "%zz=%&&=".to_owned()] {
            assert_eq!(boss.get(&format!("{PAGE}?{query}")).await.status, 200, "{query}");
        }
    }

    /// Fails when the preview does something, or promises what is then refused; or when the report forgets somebody.
    async fn several_members_are_chosen_previewed_and_done(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        server.member("top@example.org", Role::SuperAdmin).await;
        for email in ["ada@example.org", "eve@example.org"] {
            server.member(email, Role::Member).await;
        }
        boss.post(&format!("{}/deactivate", server.forms_about("eve@example.org").await), &[]).await;
        let (mut query, mut ids) = (String::from("act=deactivate"), Vec::new());
        for email in ["ada@example.org", "eve@example.org", "top@example.org", "boss@example.org"] {
            ids.push(id(&server, email).await);
            query = format!("{query}&m={}", ids[ids.len() - 1]);
        }
        let entries = server.sql_column("SELECT CAST(COUNT(*) AS TEXT) FROM audit_entries").await;
        let preview = boss.get(&format!("{SEVERAL}?{query}")).await;
        let text = preview.text();
        assert!(text.contains("Deactivate: 1 member") && text.contains("Left out: 3 members"), "{text}");
        assert!(text.contains("They take no part already."), "{text}");
        assert_eq!(server.sql_column("SELECT CAST(COUNT(*) AS TEXT) FROM audit_entries").await, entries, "looking does nothing");
        let form = preview.page();
        assert_eq!(form.value("members"), ids[0], "whom it reaches, and nobody else");
        let done = boss.post(SEVERAL, &[("act", "deactivate"), ("members", &ids.join(" ")), ("asked", &query)]).await;
        assert_eq!(done.status, 200);
        assert!(done.text().contains("done for 1 member") && done.text().contains("Not done for 3 members"), "{}", done.text());
        assert_eq!(server.member_row("ada@example.org").await.status, policy::AccountStatus::Inactive);
        for email in ["top@example.org", "boss@example.org"] {
            assert_eq!(server.member_row(email).await.status, policy::AccountStatus::Active, "{email}");
        }
        let log = boss.get("/admin/audit?about=ada%40example.org").await.text();
        assert!(log.contains("Deactivated a member") && log.contains("Only entries about ada@example.org"), "{log}");
        let again = boss.post(SEVERAL, &[("act", "activate"), ("members", &format!("{} {}", ids[0], "01a1fc8a-d307-7768-993b-77ac04674933"))]).await;
        assert!(again.text().contains("There is no such member any more."), "{}", again.text());
        assert_eq!(server.member_row("ada@example.org").await.status, policy::AccountStatus::Active);
    }

    async fn everybody_who_matches_is_chosen_at_once_and_each_act_reaches_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        server.member("eve@example.org", Role::Member).await;
        for _ in 0..5 {
            server.browser().sign_in_with("eve@example.org", "wrong").await;
        }
        for (act, reached) in [("unlock", "eve"), ("end-sessions", "ada"), ("send-reset", "ada eve"), ("deactivate", "ada eve"), ("activate", "ada eve")] {
            let preview = boss.get(&format!("{SEVERAL}?act={act}&all=yes&role=member")).await;
            let members = preview.page().value("members");
            let mut found = Vec::new();
            for email in ["ada", "eve"] {
                if members.contains(&id(&server, &format!("{email}@example.org")).await) {
                    found.push(email);
                }
            }
            assert_eq!(found.join(" "), reached, "{act}: {}", preview.text());
            let done = boss.post(SEVERAL, &[("act", act), ("members", &members)]).await;
            assert!(done.text().contains(if found.len() == 1 { "done for 1 member" } else { "done for 2 members" }), "{act}: {}", done.text());
        }
        assert!(ada.get("/profile").await.location().starts_with("/sign-in"));
        assert_eq!(server.mail().await.iter().filter(|mail| mail.subject.starts_with("Choose a new password")).count(), 2);
        let nobody = boss.get(&format!("{SEVERAL}?act=unlock&all=yes&role=super-admin")).await;
        assert!(nobody.text().contains("Nobody is chosen."), "{}", nobody.text());
        for query in ["", "act=explode&m=x", "act=unlock&m=x"] {
            assert_eq!(boss.get(&format!("{SEVERAL}?{query}")).await.status, 200, "{query}");
        }
        assert_eq!(boss.post(SEVERAL, &[("act", "explode"), ("members", "x")]).await.location(), SEVERAL);
    }

    /// Fails when `Members::act_on` no longer asks `is_fresh`, or the way back forgets who was chosen.
    async fn doing_it_to_several_asks_for_a_fresh_proof_and_comes_back_to_the_preview(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        server.member("ada@example.org", Role::Member).await;
        let ada = id(&server, "ada@example.org").await;
        server.clock.advance(Span::minutes(10));
        let query = format!("act=deactivate&m={ada}");
        let asked = boss.post(SEVERAL, &[("act", "deactivate"), ("members", &ada), ("asked", &query)]).await;
        let next = format!("{SEVERAL}?{query}");
        assert_eq!(asked.location(), format!("/profile/step-up?next={}", url::form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>()));
        assert_eq!(server.member_row("ada@example.org").await.status, policy::AccountStatus::Active);
        let back = boss.post("/profile/step-up/password", &[("current", PASSWORD), ("next", &next)]).await;
        assert_eq!(back.location(), next);
        assert!(boss.get(&next).await.text().contains("Deactivate: 1 member"));
        let elsewhere = boss.post(SEVERAL, &[("act", "x"), ("members", &ada), ("asked", "\r\nSet-Cookie: a=b/../..//evil.example?")]).await;
        assert_eq!(elsewhere.location(), format!("{SEVERAL}?Set-Cookiea=b....evil.example"));
    }
}
