//! A form takes what its fields take, and says beside a field what is too long for it.
use crate::support::TestServer;
use axum::http::Method;
use policy::{Role, Settings};
use store::on_both;

const LIST: &str = "network.admin_allowlist";

/// Blocks with notes of umlauts, so that each letter is six bytes of the form: so many characters at most.
fn blocks(characters: usize) -> String {
    let mut list = String::from("203.0.113.0/24\n");
    for n in 0.. {
        let line = format!("10.{}.{}.0/24 # {}\n", n / 256, n % 256, "ä".repeat(80));
        if list.chars().count() + line.chars().count() > characters {
            break;
        }
        list.push_str(&line);
    }
    list
}

on_both! {
    /// Fails when the limit of a form no longer follows from `Settings::form_bytes`.
    async fn a_list_that_its_field_allows_is_saved_however_large_the_form(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let (list, banner) = (blocks(9_900), "é€🎉".repeat(600));
        let changes = [(LIST, list.as_str()), ("sign_in.banner", banner.as_str())];
        ada.has_saved_settings(&changes).await;
        assert_eq!(ada.get("/admin/settings").await.page().value("sign_in.banner"), banner);
        let saved = ada.call_save(1, &[(LIST, &list.replace('\n', "\r\n"))]).await;
        assert_eq!(saved.json()["Saved"]["revision"], 2, "{}", saved.body);
    }

    /// Fails when what is too long for a field is too long for its form.
    async fn what_is_too_long_is_said_beside_its_field_and_stays_there(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let idea = "x".repeat(200_000);
        for (key, typed) in [(LIST, blocks(60_000)), ("sign_in.banner", "€".repeat(20_000)), ("headers.csp", "a".repeat(100_000))] {
            let refused = ada.save_settings(&[(key, &typed), ("sessions.lifetime", "77")]).await;
            let words = refused.page().text_of(&format!("[id='{key}-error']"));
            assert!(refused.status == 422 && words.starts_with("Up to "), "{key}: {words}");
            assert_eq!(refused.page().value(key).trim_end(), typed.trim_end(), "{key}");
            assert_eq!(refused.page().value("sessions.lifetime"), "77", "{key}");
        }
        ada.add_community("Lab", &["ada@example.org"]).await;
        let refused = ada.post("/ideas", &[("community", ""), ("title", "Plants"), ("body", &idea)]).await;
        assert!(refused.status == 422 && refused.text().contains("Describe it in 1 to 5 000 characters."), "{}", refused.status);
        let refused = ada.post("/admin/settings/communities", &[("name", &idea)]).await;
        assert!(refused.status == 422 && refused.page().holds(&idea), "{}", refused.status);
        let document = format!(r#"{{"sign_in": {{"banner": "{}"}}}}"#, "€".repeat(40_000));
        let refused = ada.put_policy("", "0", &document).await;
        assert!(refused.json()["errors"]["sign_in.banner"].as_str().is_some_and(|words| words.starts_with("Up to")));
    }

    /// Fails when strangers, or forms that hold nothing long, are read at the length of those that do.
    async fn nobody_else_is_read_at_that_length(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let long = "x".repeat(70_000);
        let routes = server.routes();
        for tag in routes.tags().iter().filter(|tag| tag.method == Method::POST && tag.body_limit() == server::edge::BODY_LIMIT) {
            let path = tag.path.replace("{id}", "01a1fc8a-d307-7768-993b-77ac04674933").replace("{token}", "x");
            let browser = if tag.area == policy::Area::Public { &mut server.browser() } else { &mut ada };
            let status = browser.post(&path, &[("name", &long)]).await.status;
            assert!(matches!(status, 200 | 303 | 400 | 404 | 410 | 413 | 429), "{tag:?} {status}");
        }
        let beyond = "x".repeat(2 * Settings::form_bytes() + 1);
        let refused = ada.save_settings(&[(LIST, &beyond)]).await;
        assert!(refused.status == 413 && refused.text().contains("go back with its own Back button"), "{}", refused.text());
    }
}
