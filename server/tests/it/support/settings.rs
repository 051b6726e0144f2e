//! Settings, saved by the form and over the API.
use super::{Answer, Browser, PASSWORD, TestServer};
use axum::http::Method;
use policy::{Role, Settings};
use store::testing::TestDatabase;

/// Sessions that outlast whatever a test lets pass.
pub const LONG_SESSIONS: [(&str, &str); 2] = [("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")];

/// Where a save leads that made this revision.
pub fn settings_saved(revision: i64) -> String {
    format!("/admin/settings?notice=settings-saved&next=%2Fadmin%2Fhistory%3Fundo%3D{revision}")
}

impl TestServer {
    /// A server on which a super-admin has saved these settings, and her browser.
    pub async fn with_settings(db: TestDatabase, changes: &[(&str, &str)]) -> (Self, Browser) {
        let server = Self::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(changes).await;
        (server, boss)
    }

    /// The same, and the browser of a member who had signed in before.
    pub async fn with_member_and_settings(
        db: TestDatabase,
        email: &str,
        changes: &[(&str, &str)],
    ) -> (Self, Browser, Browser) {
        let server = Self::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let member = server.signed_in(email, Role::Member).await;
        boss.has_saved_settings(changes).await;
        (server, boss, member)
    }

    /// Lets a super-admin who was not there before save these settings; answers her browser.
    pub async fn change_settings(&self, changes: &[(&str, &str)]) -> Browser {
        let email = format!("boss{}@example.org", self.revision().await);
        let mut boss = self.signed_in(&email, Role::SuperAdmin).await;
        boss.has_saved_settings(changes).await;
        boss
    }

    /// The revision of the settings that holds.
    pub async fn revision(&self) -> i64 {
        self.bailey.policies().now(&self.workspace.id).await.expect("it answers").revision
    }

    /// The lifetime of a session that holds, in minutes.
    pub async fn session_lifetime(&self) -> u32 {
        self.bailey.policies().now(&self.workspace.id).await.expect("it answers").settings.sessions.lifetime.0
    }
}

impl Browser {
    /// Posts the whole form on top of the present revision, by the button of its review: the defaults with these changes.
    pub async fn save_settings(&mut self, changes: &[(&str, &str)]) -> Answer {
        let revision = self.bailey.policies().now(&self.workspace.id).await.expect("it answers").revision;
        self.save_settings_at(revision, changes).await
    }

    /// Posts the whole form on top of this revision: the defaults with these changes.
    pub async fn save_settings_at(&mut self, revision: i64, changes: &[(&str, &str)]) -> Answer {
        self.post_settings(revision, changes, None).await
    }

    /// Saves settings, which have to be taken.
    pub async fn has_saved_settings(&mut self, changes: &[(&str, &str)]) {
        let saved = self.save_settings(changes).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }

    /// Proves by the password once more who they are, as a save asks for after ten minutes.
    pub async fn proves_it_again(&mut self) {
        let proved = self.post("/profile/step-up/password", &[("current", PASSWORD), ("next", "/")]).await;
        assert_eq!(proved.status, 303, "{}", proved.text());
    }

    /// Posts the whole form with one of its buttons: the defaults with these changes.
    pub async fn press(&mut self, step: &str, revision: i64, changes: &[(&str, &str)]) -> Answer {
        self.post_settings(revision, changes, Some(step)).await
    }

    async fn post_settings(&mut self, revision: i64, changes: &[(&str, &str)], step: Option<&str>) -> Answer {
        let mut form = Settings::default().to_document();
        form.extend(changes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        form.insert("revision".to_owned(), revision.to_string());
        form.entry("step".to_owned()).or_insert_with(|| step.unwrap_or("reviewed").to_owned());
        let fields: Vec<_> = form.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        self.post("/admin/settings", &fields).await
    }

    /// Puts a document over the API on top of what `tag` says; `query` follows the path.
    pub async fn put_policy(&mut self, query: &str, tag: &str, document: &str) -> Answer {
        let tag = format!("\"{tag}\"");
        let headers = [("content-type", "application/json"), ("if-match", tag.as_str())];
        self.send_with(Method::PUT, &format!("/api/v1/policy{query}"), &headers, Some(document.to_owned())).await
    }
}
