//! Links in mails: opening one changes nothing, its button works once, and each opens nothing but its own.
use crate::support::{Browser, NEW_PASSWORD, SECOND_STEP, TestServer};
use axum::http::Method;
use domain::Token;
use policy::{LinkPurpose, Role, time::Span};
use store::{LinkRow, on_both};

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const CHOOSE: &str = "/choose-password";

/// A link that a member opens: what it is for, its path, and where its button leads.
struct Link {
    purpose: &'static str,
    path: String,
    leads_to: String,
}

impl Link {
    fn token(&self) -> &str {
        self.path.trim_start_matches("/link/")
    }
}

/// A link of each kind, all of them Ada's.
async fn every_link(server: &TestServer, boss: &mut Browser) -> Vec<Link> {
    server.member(ADA, Role::Member).await;
    assert_eq!(boss.save_settings(&[("lockout.sign_in.max_attempts", "1")]).await.status, 303);
    let id = boss.add_community("Research", &[BOSS, ADA]).await;
    let fields = [("community", id.as_str()), ("title", "Plants in the stairwell"), ("body", "Green.")];
    let idea = boss.post("/ideas", &fields).await.location().to_owned();
    assert_eq!(boss.post(&format!("{idea}/share"), &[("email", ADA)]).await.status, 303);
    let to_idea = server.one_mail("An idea was shared with you").await.link();
    let mut stranger = server.browser();
    assert_eq!(stranger.sign_in_with(ADA, "a guess").await.status, 429);
    let unlock = server.one_mail("Signing in is locked for a while").await.link();
    stranger.post("/forgot-password", &[("email", ADA)]).await;
    let reset = server.one_mail("Choose a new password").await.link();
    stranger.post("/claim-account", &[("email", ADA)]).await;
    let claim = server.one_mail("Somebody claims your account").await.link();
    let link = |purpose, path, leads_to: &str| Link { purpose, path, leads_to: leads_to.to_owned() };
    vec![
        link("idea-view", to_idea, &idea),
        link("identity-verification", unlock, "/sign-in?notice=unlocked-by-mail"),
        link("password-reset", reset, CHOOSE),
        link("email-claim", claim, CHOOSE),
        link("sign-in", server.sign_in_link(ADA).await, "/"),
    ]
}

/// The whole table of links, a line for each.
async fn table(server: &TestServer) -> Vec<String> {
    let all = "SELECT token_hash || ' ' || workspace_id || ' ' || purpose || ' ' || COALESCE(member_id, '') || ' ' || \
               COALESCE(subject, '') || ' ' || CAST(created_at AS TEXT) || ' ' || \
               COALESCE(CAST(expires_at AS TEXT), '') || ' ' || COALESCE(CAST(used_at AS TEXT), '') \
               FROM links ORDER BY token_hash";
    server.sql_column(all).await
}

on_both! {
    /// Fails when `Links::look_at` uses a link up, or `Links::redeem` uses none up or one that only leads to an idea.
    async fn opening_a_link_changes_nothing_and_its_button_works_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let links = every_link(&server, &mut boss).await;
        let before = table(&server).await;
        assert_eq!(before.len(), links.len());
        for Link { purpose, path, .. } in &links {
            let mut scanner = server.browser();
            assert_eq!(scanner.send(Method::HEAD, path, None).await.status, 200, "{purpose}");
            for _ in 0..3 {
                assert_eq!(scanner.get(path).await.status, 200, "{purpose}");
            }
            assert_eq!(table(&server).await, before, "{purpose}");
        }
        for Link { purpose, path, leads_to } in &links {
            let mut browser = server.browser();
            assert_eq!(browser.post(path, &[]).await.location(), leads_to, "{purpose}");
            let again = if *purpose == "idea-view" { 303 } else { 410 };
            assert_eq!(browser.post(path, &[]).await.status, again, "{purpose}: once more");
        }
    }

    /// Fails when `act` no longer asks `is_from_own_page`.
    async fn a_gateway_of_mails_that_presses_buttons_uses_no_link_up(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let links = every_link(&server, &mut boss).await;
        let before = table(&server).await;
        for Link { purpose, path, .. } in &links {
            let mut gateway = server.browser();
            gateway.says_site = false;
            for headers in [&[][..], &[("origin", "http://localhost:3000.evil.example")], &[("referer", "https://mail.example/")]] {
                gateway.get(path).await;
                let kind = [("content-type", "application/x-www-form-urlencoded")];
                let headers = [&kind, headers].concat();
                let answer = gateway.send_with(Method::POST, path, &headers, Some(String::new())).await;
                assert!(matches!(answer.status, 200 | 403), "{purpose} {headers:?}: {}", answer.status);
                assert!(answer.location().is_empty() && !gateway.cookies.contains_key("bailey-3000-grant"), "{purpose}");
            }
            let kept = gateway.cookies.clone();
            gateway.cookies.clear();
            let again = [("once_more", "1")];
            assert_eq!(gateway.post(path, &again).await.status, 200, "{purpose}: a field of its own making");
            gateway.cookies = kept;
            assert_eq!(gateway.post(path, &again).await.status, 200, "{purpose}: with the cookie");
        }
        assert_eq!(table(&server).await, before);
        for Link { purpose, path, leads_to } in &links {
            assert_eq!(server.browser().post(path, &[]).await.location(), leads_to, "{purpose}: its owner");
        }
    }

    /// Fails when a browser that says nothing of where a form comes from can't press a button at all.
    async fn a_browser_that_says_nothing_presses_the_button_once_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        for Link { purpose, path, leads_to } in every_link(&server, &mut boss).await {
            let mut old = server.browser();
            old.says_site = false;
            old.get(&path).await;
            let page = old.post(&path, &[]).await;
            assert_eq!(page.status, 200, "{purpose}");
            assert!(page.text().contains("Press it once more"), "{purpose}: {}", page.text());
            let mark = page.page().value("once_more");
            assert_eq!(old.post(&path, &[("once_more", &mark)]).await.location(), leads_to, "{purpose}");
        }
    }

    /// Fails when `Links::find_live` no longer tells a link that was superseded from one that was used.
    async fn a_link_that_a_newer_one_took_the_place_of_says_so_and_offers_another(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        let mut stranger = server.browser();
        for (path, subject) in [("/forgot-password", "Choose a new password"), ("/claim-account", "Somebody claims your account")] {
            stranger.post(path, &[("email", ADA)]).await;
            let first = server.one_mail(subject).await.link();
            server.clock.advance(Span::minutes(1));
            stranger.post(path, &[("email", ADA)]).await;
            let second = server.one_mail(subject).await.link();
            for answer in [server.browser().get(&first).await, server.browser().post(&first, &[]).await] {
                assert_eq!(answer.status, 410, "{path}");
                answer.assert_refused("link-superseded");
                assert!(answer.text().contains("A newer link took the place of this one"), "{}", answer.text());
                assert!(answer.page().links_to(path), "{path}");
            }
            assert_eq!(server.browser().post(&second, &[]).await.location(), CHOOSE, "{path}");
            server.clock.advance(Span::minutes(61));
            server.browser().get(&second).await.assert_refused("link-dead");
        }
    }

    /// Fails when `Links::why_dead` no longer looks at whose link it was, or tells its holder no more than others.
    async fn only_its_holder_learns_that_a_link_was_used(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut stranger = server.browser();
        stranger.post("/forgot-password", &[("email", ADA)]).await;
        let link = server.one_mail("Choose a new password").await.link();
        assert_eq!(stranger.post(&link, &[]).await.location(), CHOOSE);
        let page = ada.get(&link).await;
        assert_eq!(page.status, 410);
        page.assert_refused("link-used");
        for other in [&mut stranger, &mut boss] {
            let page = other.get(&link).await;
            assert_eq!(page.status, 410);
            page.assert_refused("link-dead");
        }
    }

    /// Fails when `Links::find_live` no longer looks at the purpose, or when the token of a link is looked for among those
    /// of sessions or of sign-ins between their steps.
    async fn a_token_opens_nothing_but_what_it_was_made_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let set_up = server.bailey.members().set_up_link(&server.workspace.id).await.expect("it answers").expect("nobody is here");
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut tokens = vec![("set-up", set_up.expose().to_owned())];
        let mut chooser = server.browser();
        for link in every_link(&server, &mut boss).await {
            if link.purpose == "password-reset" {
                assert_eq!(chooser.post(&link.path, &[]).await.location(), CHOOSE);
                tokens.push(("password-grant", chooser.cookies["bailey-3000-grant"].clone()));
            } else {
                tokens.push((link.purpose, link.token().to_owned()));
            }
        }
        server.clock.advance(Span::minutes(1));
        server.browser().post("/forgot-password", &[("email", ADA)]).await;
        let reset = server.one_mail("Choose a new password").await.link();
        tokens.push(("password-reset", reset.trim_start_matches("/link/").to_owned()));
        for (purpose, token) in &tokens {
            let (of_first_start, path) = (format!("/set-up?token={token}"), format!("/link/{token}"));
            assert_eq!(server.browser().get(&of_first_start).await.status, 410, "{purpose}");
            let opens = !matches!(*purpose, "set-up" | "password-grant");
            let page = server.browser().get(&path).await;
            assert_eq!(page.status, if opens { 200 } else { 410 }, "{purpose}: {}", page.text());
            let mut holder = server.browser();
            for name in ["bailey-3000", "bailey-3000-step", "bailey-3000-grant"] {
                holder.cookies.insert(name.to_owned(), token.clone());
            }
            assert_eq!(holder.get("/profile").await.location(), "/sign-in?next=%2Fprofile", "{purpose}");
            assert_eq!(holder.get("/api/v1/session").await.status, 401, "{purpose}");
            assert!(holder.get(SECOND_STEP).await.location().starts_with("/sign-in?"), "{purpose}");
            let chooses = *purpose == "password-grant";
            let page = holder.get(CHOOSE).await;
            assert_eq!(page.status, if chooses { 200 } else { 410 }, "{purpose}: {}", page.text());
            if !chooses {
                assert_eq!(holder.post(CHOOSE, &[("password", NEW_PASSWORD)]).await.status, 410, "{purpose}");
            }
            if !opens {
                assert_eq!(holder.post(&path, &[]).await.status, 410, "{purpose}");
            }
        }
        let chosen = chooser.post(CHOOSE, &[("password", NEW_PASSWORD)]).await;
        assert_eq!(chosen.location(), "/sign-in?notice=password-chosen", "the right itself does: {}", chosen.text());
    }

    /// Fails when `Members::look_at_set_up` no longer looks at the purpose.
    async fn no_other_link_makes_the_first_super_admin(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let form = |token| [("token", token), ("name", "Ada"), ("email", ADA), ("password", NEW_PASSWORD)];
        for purpose in LinkPurpose::ALL.iter().filter(|purpose| **purpose != LinkPurpose::SetUp).map(|purpose| purpose.name()) {
            let row = LinkRow {
                workspace_id: server.workspace.id.clone(),
                purpose: purpose.to_owned(),
                member_id: None,
                subject: None,
                created_at: server.clock.now().0,
                expires_at: None,
            };
            let mut tx = server.db.store.write().await.expect("it answers");
            tx.insert_link(&row, &Token::from_browser(purpose).hash()).await.expect("it writes");
            tx.commit().await.expect("it keeps");
            assert_eq!(server.browser().get(&format!("/set-up?token={purpose}")).await.status, 410, "{purpose}");
            assert_eq!(server.browser().post("/set-up", &form(purpose)).await.status, 410, "{purpose}");
        }
        let link = server.bailey.members().set_up_link(&server.workspace.id).await.expect("it answers").expect("nobody is here");
        let made = server.browser().post("/set-up", &form(link.expose())).await;
        assert_eq!(made.location(), "/sign-in?notice=set-up-done", "{}", made.text());
    }
}
