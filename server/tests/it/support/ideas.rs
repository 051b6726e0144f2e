//! A community with its people, and ideas in every state.
use super::{Browser, Received, TestServer};
use policy::Role;
use store::testing::TestDatabase;

/// Who writes ideas in [`Research`].
pub const ADA: &str = "ada@example.org";
/// Who moderates it, without a role that does everywhere.
pub const MODERATOR: &str = "mod@example.org";
/// Who belongs to it.
pub const GRACE: &str = "grace@example.org";
/// Who belongs to no community.
pub const JOAN: &str = "joan@example.org";
/// The mail about an idea that waits.
pub const WAITS: &str = "An idea waits for your decision";
/// The mail about something that happened.
pub const HAPPENED: &str = "Something happened on an idea";

/// A community with its people.
pub struct Research {
    pub server: TestServer,
    /// A super-admin who does not belong to it.
    pub boss: Browser,
    pub ada: Browser,
    /// Its identifier.
    pub community: String,
}

impl Research {
    /// A community of Ada, Grace and a moderator of its own, in a workspace with these settings.
    pub async fn start(db: TestDatabase, changes: &[(&str, &str)]) -> Self {
        let (server, boss) = TestServer::with_settings(db, changes).await;
        Self::on(server, boss).await
    }

    /// The same on a server that runs already.
    pub async fn on(server: TestServer, mut boss: Browser) -> Self {
        let ada = server.signed_in(ADA, Role::Member).await;
        for email in [MODERATOR, GRACE, JOAN] {
            server.member(email, Role::Member).await;
        }
        let community = boss.add_community("Research", &[ADA, MODERATOR, GRACE]).await;
        let research = Self { server, boss, ada, community };
        research.moderates(true).await;
        research
    }

    /// Makes the moderator one, or takes that back.
    pub async fn moderates(&self, moderator: bool) {
        let id = self.server.member_row(MODERATOR).await.id;
        let community = store::CommunityId::parse(&self.community).expect("an identifier");
        let mut tx = self.server.db.store.write().await.expect("it answers");
        assert!(tx.set_community_moderator(&community, &id, moderator).await.expect("it writes"));
        tx.commit().await.expect("it keeps");
    }

    /// Lets somebody write an idea, and submit it or keep it as a draft; answers the path of its page.
    pub async fn writes(&self, author: &mut Browser, title: &str, step: &str) -> String {
        let fields =
            [("community", self.community.as_str()), ("title", title), ("body", "Green.\nCheap."), ("step", step)];
        let written = author.post("/ideas", &fields).await;
        assert_eq!(written.status, 303, "{}", written.text());
        written.location().split('?').next().expect("a path").to_owned()
    }

    /// An idea of Ada's that waits: the path of its page, and the mails about it.
    pub async fn waiting(&mut self, title: &str) -> (String, Vec<Received>) {
        let mut ada = Browser::clone_of(&self.ada);
        let idea = self.writes(&mut ada, title, "submit").await;
        (idea, self.server.mail().await)
    }

    /// An idea of Ada's that was approved: the path of its page.
    pub async fn approved(&mut self, title: &str) -> String {
        let (idea, _) = self.waiting(title).await;
        let done = self.boss.post(&format!("{idea}/approve"), &[]).await;
        assert_eq!(done.location(), "/moderation?notice=idea-approved", "{}", done.text());
        self.server.mail().await;
        idea
    }

    /// The state of each idea, by title.
    pub async fn states(&self) -> Vec<String> {
        self.server.sql_column("SELECT title || ': ' || state FROM ideas ORDER BY title, id").await
    }
}

impl Received {
    /// The paths of all links that it holds.
    pub fn links(&self) -> Vec<String> {
        let parts = self.text.split("http://localhost:3000").skip(1);
        parts.map(|rest| rest.split_whitespace().next().expect("a link has a path").to_owned()).collect()
    }
}
