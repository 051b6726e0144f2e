//! The server on which there is a link of each purpose, and whoever makes them.
use crate::support::{Browser, LONG_SESSIONS, TestServer};
use policy::{Role, Timestamp};
use store::testing::TestDatabase;

pub const BOSS: &str = "boss@example.org";
pub const MODERATOR: &str = "mod@example.org";

/// Every limit at twenty minutes.
const LIMITED: [(&str, &str); 20] = [
    ("links.verification", "20"),
    ("links.password_reset", "20"),
    ("links.passwordless", "20"),
    ("links.email_claim", "20"),
    ("links.rank_assessment", "20"),
    ("links.reviewscale", "20"),
    ("links.resource_download", "20"),
    ("links.member_approve", "20"),
    ("links.member_reject", "20"),
    ("links.member_profile", "20"),
    ("links.idea_view", "20"),
    ("links.idea_approve", "20"),
    ("links.idea_reject", "20"),
    ("links.idea_pending_auth", "20"),
    ("links.conversation_view", "20"),
    ("links.identity_verification", "20"),
    ("two_factor.email_code_lifetime", "1200"),
    ("members.registration", "by-approval"),
    LONG_SESSIONS[0],
    LONG_SESSIONS[1],
];

/// Every limit as loose as it can be.
pub const LOOSE: [(&str, &str); 17] = [
    ("links.verification", "0"),
    ("links.password_reset", "0"),
    ("links.passwordless", "1440"),
    ("links.email_claim", "0"),
    ("links.rank_assessment", "0"),
    ("links.reviewscale", "0"),
    ("links.resource_download", "0"),
    ("links.member_approve", "0"),
    ("links.member_reject", "0"),
    ("links.member_profile", "0"),
    ("links.idea_view", "0"),
    ("links.idea_approve", "0"),
    ("links.idea_reject", "0"),
    ("links.idea_pending_auth", "0"),
    ("links.conversation_view", "0"),
    ("links.identity_verification", "0"),
    ("two_factor.email_code_lifetime", "3600"),
];

pub struct World {
    pub server: TestServer,
    pub boss: Browser,
    pub made_at: Timestamp,
    /// The community that the ideas are posted in.
    pub community: String,
}

impl World {
    pub async fn start(db: TestDatabase) -> Self {
        let (server, mut boss) = TestServer::with_settings(db, &LIMITED).await;
        server.member(MODERATOR, Role::Moderator).await;
        let community = boss.add_community("Research", &[BOSS]).await;
        let made_at = server.clock.now();
        Self { server, boss, made_at, community }
    }

    /// Saves the settings of a world with these changes.
    pub async fn save(&mut self, changes: &[(&str, &str)]) {
        self.boss.proves_it_again().await;
        let all: Vec<_> = LIMITED.iter().chain(changes).copied().collect();
        self.boss.has_saved_settings(&all).await;
    }

    /// Posts a form of the boss's, which has to be taken.
    pub async fn boss_posts(&mut self, path: &str, fields: &[(&str, &str)]) {
        self.boss.proves_it_again().await;
        let answer = self.boss.post(path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
    }

    /// The link in the latest mail to somebody whose text holds some words: the first of its links, or one after it.
    pub async fn mailed(&self, to: &str, holds: &str, nth: usize) -> String {
        let arrived = self.server.mail().await;
        let mail = arrived.iter().rev().find(|mail| mail.to == to && mail.text.contains(holds));
        let mail = mail.unwrap_or_else(|| panic!("no mail about {holds:?} to {to} in {arrived:?}"));
        let rest = mail.text.split("http://localhost:3000").nth(nth + 1).expect("it holds the link");
        rest.split_whitespace().next().expect("the link has a path").to_owned()
    }

    /// Everything that a link could change.
    pub async fn state(&self) -> Vec<String> {
        let mut found = Vec::new();
        for sql in [
            "SELECT token_hash || COALESCE(CAST(used_at AS TEXT), '') FROM links ORDER BY 1",
            "SELECT email || standing || role || COALESCE(password_hash, '') || COALESCE(CAST(email_verified_at AS TEXT), '') FROM members ORDER BY 1",
            "SELECT email || COALESCE(CAST(decided_at AS TEXT), '') FROM registrations ORDER BY 1",
            "SELECT id FROM sessions WHERE ended_at IS NULL ORDER BY 1",
            "SELECT id FROM pending_sign_ins ORDER BY 1",
            "SELECT id FROM mails ORDER BY 1",
        ] {
            found.extend(self.server.sql_column(sql).await);
        }
        found
    }
}
