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
    /// Saves the whole form on top of the present revision, through its review where there is one: the defaults with
    /// these changes.
    pub async fn save_settings(&mut self, changes: &[(&str, &str)]) -> Answer {
        let revision = self.bailey.policies().now(&self.workspace.id).await.expect("it answers").revision;
        self.save_settings_at(revision, changes).await
    }

    /// Saves the whole form on top of this revision: the defaults with these changes.
    pub async fn save_settings_at(&mut self, revision: i64, changes: &[(&str, &str)]) -> Answer {
        self.press("reviewed", revision, changes).await
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

    /// Presses a button of the form, or of its review, which is opened before: the defaults with these changes, of which
    /// one may name another button.
    pub async fn press(&mut self, step: &str, revision: i64, changes: &[(&str, &str)]) -> Answer {
        let step = changes.iter().find(|(name, _)| *name == "step").map_or(step, |(_, named)| *named);
        let changes: Vec<_> = changes.iter().copied().filter(|(name, _)| *name != "step").collect();
        let opened_by = match step {
            "reviewed" => "save",
            // The form has no such button.
            "wait" => "review",
            _ => return self.post_settings(step, revision, &changes).await,
        };
        let opened = self.post_settings(opened_by, revision, &changes).await;
        let Some(seen) = opened.seen() else { return opened };
        let changes = [&changes[..], &[("seen", seen.as_str())]].concat();
        self.post_settings(step, revision, &changes).await
    }

    /// Posts the whole form as it is, whatever was shown before: the defaults with these changes.
    pub async fn post_settings(&mut self, step: &str, revision: i64, changes: &[(&str, &str)]) -> Answer {
        let mut form = Settings::default().to_document();
        form.extend(changes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        form.insert("revision".to_owned(), revision.to_string());
        form.insert("step".to_owned(), step.to_owned());
        let fields: Vec<_> = form.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        self.post("/admin/settings", &fields).await
    }

    /// Saves the whole form by the server function, as the application does, through its review where there is one.
    pub async fn call_save(&mut self, revision: i64, changes: &[(&str, &str)]) -> Answer {
        let revision = revision.to_string();
        let mut form = Settings::default().to_document();
        form.extend(changes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let named: Vec<_> = form.iter().map(|(key, value)| (format!("values[{key}]"), value.as_str())).collect();
        let mut fields: Vec<_> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        fields.push(("revision", &revision));
        let opened = self.call("settings/save", &fields).await;
        let answer = if opened.status == 200 { opened.json() } else { return opened };
        let Some(seen) = answer["NeedsReview"]["fingerprint"].as_str() else { return opened };
        fields.extend([("reviewed", "true"), ("seen", seen)]);
        self.call("settings/save", &fields).await
    }

    /// Puts a document over the API on top of what `tag` says; `query` follows the path.
    pub async fn put_policy(&mut self, query: &str, tag: &str, document: &str) -> Answer {
        let tag = format!("\"{tag}\"");
        let headers = [("content-type", "application/json"), ("if-match", tag.as_str())];
        self.send_with(Method::PUT, &format!("/api/v1/policy{query}"), &headers, Some(document.to_owned())).await
    }
}
