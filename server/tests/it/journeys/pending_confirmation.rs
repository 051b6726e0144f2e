//! While a change waits to be confirmed, nothing is saved on top of it, by whatever path it comes.
use crate::support::{Answer, Browser, NOON, TestServer};
use domain::{Error, Vault};
use policy::{Refusal, Role, Settings, time::Span};
use serde_json::{Value, json};
use store::on_both;

const WORDS: &str = "The last change waits to be confirmed, and goes back by itself at 08:05 UTC.";
const VIEWS: &str = "links.idea_view";

/// Writes over the API on top of the change that waits.
async fn put(browser: &mut Browser, query: &str) -> Answer {
    browser.put_policy(query, "1", &format!(r#"{{"{VIEWS}": 99}}"#)).await
}

/// Calls a server function with the whole form.
async fn call(browser: &mut Browser, function: &str, wait: &str) -> Answer {
    let mut values = Settings::default().to_document();
    values.insert("sessions.lifetime".to_owned(), "100".to_owned());
    values.insert(VIEWS.to_owned(), "99".to_owned());
    let mut fields: Vec<_> = values.iter().map(|(key, text)| (format!("values[{key}]"), text.as_str())).collect();
    fields.extend([("revision".to_owned(), "1"), ("wait".to_owned(), wait)]);
    let fields: Vec<_> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    browser.post(&format!("/api/app/settings/{function}"), &fields).await
}

on_both! {
    /// Fails when `Policies::save_in` or `Policies::review_for` no longer asks `nothing_pending`.
    async fn nothing_is_saved_on_top_of_a_change_that_waits(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let other = server.node(Vault::new([7; 32])).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        ada.press("wait", 0, &[("sessions.lifetime", "100")]).await;
        let mut elsewhere = other.browser();
        elsewhere.sign_in("ada@example.org").await;
        for browser in [&mut ada, &mut elsewhere] {
            let on_top = [("sessions.lifetime", "100"), (VIEWS, "99")];
            for step in ["save", "wait", "review"] {
                let page = browser.press(step, 1, &on_top).await;
                assert!(page.status == 409 && page.text().contains(WORDS), "{step}: {}", page.text());
                assert!(page.page().links_to("/admin/settings/confirm"), "{step}");
                assert!(page.page().holds("99"), "{step}: what was typed is still there");
            }
            for query in ["", "?dry_run=true"] {
                let refused = put(browser, query).await;
                assert_eq!((refused.status, refused.refusal().as_deref()), (409, Some("change-waiting")));
            }
            for (function, wait) in [("save", "false"), ("save", "true"), ("review", "false")] {
                let refused = call(browser, function, wait).await;
                assert_eq!(refused.refusal().as_deref(), Some("change-waiting"), "{function}: {}", refused.body);
            }
            for what in ["revision", "undo"] {
                let number = if what == "undo" { "1" } else { "0" };
                let refused = browser.post("/admin/history/restore", &[(what, number), ("base", "1")]).await;
                assert!(refused.status == 409 && refused.text().contains(WORDS), "{what}: {}", refused.text());
            }
            for query in ["restore=0", "undo=1"] {
                let page = browser.get(&format!("/admin/history?{query}")).await;
                assert!(page.status == 200 && page.text().contains(WORDS), "{query}: {}", page.text());
            }
        }
        let mut wanted = Settings::default();
        wanted.set(Settings::find(VIEWS).expect("it is declared"), "99").expect("it is valid");
        for server in [&server, &other] {
            let (bailey, workspace) = (&server.bailey, &server.workspace.id);
            let console = bailey.policies().save_from_console(workspace, 1, wanted.clone(), "console", true).await;
            assert!(matches!(console, Err(Error::Refused(Refusal::ChangeWaiting { .. }))), "{console:?}");
            let planned = bailey.policies().review_from_console(workspace, wanted.clone(), true).await;
            assert!(matches!(planned, Err(Error::Refused(Refusal::ChangeWaiting { .. }))), "{planned:?}");
        }
        assert_eq!((server.revision().await, server.session_lifetime().await), (1, 100));
        server.clock.advance(Span::minutes(5));
        other.bailey.policies().revert_overdue().await.expect("it answers");
        assert_eq!((server.revision().await, server.session_lifetime().await), (2, 480), "nobody has confirmed it");
        assert_eq!(ada.press("reviewed", 2, &[(VIEWS, "99")]).await.status, 303);
    }

    /// Fails when what `waits` keeps is lost on the way, or `confirm` does not lead back to it.
    async fn what_was_refused_meanwhile_goes_on_once_the_change_is_settled(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        for (act, base) in [("keep", 0), ("revert", 2)] {
            ada.press("wait", base, &[("sessions.lifetime", &(100 + base).to_string())]).await;
            let waits = (base + 1).to_string();
            ada.press("review", base + 1, &[(VIEWS, "99")]).await;
            let settled = ada.post("/admin/settings/confirm", &[("revision", waits.as_str()), ("act", act)]).await;
            assert!(settled.location().starts_with("/admin/settings?saved=yes&notice=change-"), "{}", settled.location());
            let page = ada.get(settled.location()).await;
            assert!(page.page().holds("99") && page.text().contains("What you typed is below"), "{act}");
            ada.press("reviewed", server.revision().await, &[(VIEWS, "99")]).await;
        }
        ada.press("wait", 4, &[("sessions.lifetime", "90")]).await;
        let settled = ada.post("/admin/settings/confirm", &[("revision", "5"), ("act", "keep")]).await;
        assert_eq!(settled.location(), "/admin/settings?notice=change-confirmed", "nothing was refused meanwhile");
    }

    /// Fails when `Policies::save_settings` no longer puts back what is overdue before it saves.
    async fn a_change_whose_time_is_over_goes_back_before_anything_is_saved(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.press("wait", 0, &[("sessions.lifetime", "100")]).await;
        server.clock.advance(Span::minutes(5));
        let late = ada.press("reviewed", 1, &[("sessions.lifetime", "100"), (VIEWS, "99")]).await;
        assert_eq!((late.status, server.session_lifetime().await), (409, 480));
        assert!(!late.text().contains(WORDS), "{}", late.text());
        assert_eq!(ada.press("reviewed", 2, &[(VIEWS, "99")]).await.status, 303);
    }

    /// Fails when a tab that asks anew is told what was so when it was opened.
    async fn an_open_tab_is_told_what_became_of_a_change(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let note = "/api/app/settings/waiting";
        ada.press("wait", 0, &[("sessions.lifetime", "100")]).await;
        let waits = ada.post(note, &[]).await;
        assert_eq!(waits.status, 200, "{}", waits.body);
        let waits = waits.json();
        let (by, at) = (waits["pending"]["by"].as_str(), waits["pending"]["auto_revert_at"].as_i64());
        assert_eq!((by, at), (Some("ada@example.org"), Some((NOON + Span::minutes(5)).0)), "{waits}");
        assert_eq!(waits.get("auto_reverted_at"), Some(&Value::Null), "{waits}");
        assert_eq!(grace.post(note, &[]).await.status, 403);
        ada.post("/admin/settings/confirm", &[("revision", "1"), ("act", "keep")]).await;
        let settled = ada.post(note, &[]).await;
        let neither = json!({ "pending": null, "auto_reverted_at": null });
        assert_eq!((settled.status, settled.json()), (200, neither));
        ada.press("wait", 1, &[("sessions.lifetime", "90")]).await;
        server.clock.advance(Span::minutes(5));
        server.bailey.policies().revert_overdue().await.expect("it answers");
        let back = ada.post(note, &[]).await.json();
        assert_eq!(back.get("pending"), Some(&Value::Null), "{back}");
        assert!(back["auto_reverted_at"].is_i64(), "{back}");
    }

    /// Fails when `Access::auto_revert_at` is not asked, or `is_behind` tells whoever is no admin, or was kept out before.
    async fn an_admin_whom_a_waiting_change_keeps_out_is_told_when_it_goes_back(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let said = "The last change goes back by itself at ";
        assert!(!ada.get("/admin").await.text().contains(said));
        ada.press("wait", 0, &[("network.admin_allowlist", "198.51.100.0/24")]).await;
        for path in ["/admin", "/admin/settings", "/admin/settings/confirm", "/ideas"] {
            let page = ada.get(path).await;
            assert!(page.text().contains(said) && page.text().contains(" unless it is confirmed."), "{path}: {}", page.text());
            assert!(page.page().has("time[datetime='2027-01-15T08:05:00Z']"), "{path}: {}", page.body);
        }
        for browser in [&mut grace, &mut server.browser()] {
            for path in ["/admin", "/ideas", "/sign-in"] {
                assert!(!browser.get(path).await.text().contains(said), "{path}");
            }
        }
        server.clock.advance(Span::minutes(5));
        server.bailey.policies().revert_overdue().await.expect("it answers");
        assert!(!ada.get("/admin").await.text().contains(said));
        ada.press("wait", 2, &[("two_factor.require_admins", "true")]).await;
        let enrol = ada.get("/admin").await;
        assert!(ada.get(enrol.location()).await.text().contains(said), "where it leads them");
        let mut late = server.signed_in("late@example.org", Role::Admin).await;
        ada.address = "198.51.100.7".parse().expect("an address");
        assert!(late.get("/profile/two-factor").await.text().contains(said));
        server.bailey.rescue().mfa_off(&server.workspace.id).await.expect("it answers");
        let list = [("network.admin_allowlist", "203.0.113.7")];
        assert_eq!(late.press("reviewed", 4, &list).await.status, 303);
        late.press("wait", 5, &[list[0], ("sessions.lifetime", "100")]).await;
        assert!(!ada.get("/admin").await.text().contains(said), "that change is not what keeps her out");
    }

    /// Fails when `Rescue::change_settings` no longer calls `Policies::revert_pending_in`.
    async fn a_rescue_works_while_a_change_waits_and_does_not_confirm_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let other = server.node(Vault::new([7; 32])).await;
        let workspace = &server.workspace.id;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let elsewhere = [("network.admin_allowlist", "198.51.100.0/24"), ("sessions.lifetime", "100")];
        ada.press("wait", 0, &elsewhere).await;
        assert_eq!(ada.get("/admin").await.status, 403);
        let done = other.bailey.rescue().allowlist_off(workspace).await.expect("it always works");
        assert_eq!((done.reverted, done.changes.len()), (Some(1), 1));
        assert_eq!(ada.get("/admin").await.status, 200);
        server.clock.advance(Span::minutes(5));
        assert_eq!((server.bailey.policies().revert_overdue().await.expect("it answers"), server.session_lifetime().await), (0, 480));
        ada.press("wait", 3, &[("two_factor.require_admins", "true")]).await;
        let done = other.bailey.rescue().mfa_off(workspace).await.expect("it always works");
        assert_eq!((done.reverted, done.changes.len()), (Some(4), 0), "what it put back had required it");
        assert_eq!(ada.get("/admin").await.status, 200);
    }
}
