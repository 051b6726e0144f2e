//! Two ideas of a community, and who is asked about them.
use crate::support::{Browser, LONG_SESSIONS, TestServer};
use policy::{Role, time::Span};

pub const ADA: &str = "ada@example.org";
pub const GRACE: &str = "grace@example.org";
pub const JOAN: &str = "joan@example.org";
pub const EVE: &str = "eve@example.org";

/// Two ideas of a community of Ada's, Grace's and Joan's.
pub struct Ideas {
    pub server: TestServer,
    pub ada: Browser,
    pub community: String,
    /// The fields by which each is chosen.
    pub chosen: Vec<String>,
}

impl Ideas {
    /// The fields by which Grace and Joan are asked about both ideas.
    pub fn fields<'a>(&'a self, kind: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut fields = vec![
            ("kind", kind),
            ("title", "Spring"),
            ("criteria", "Cost\r\nUse"),
            ("assessors", "grace@example.org, joan@example.org"),
        ];
        fields.extend(self.chosen.iter().map(|name| (name.as_str(), "true")));
        fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        fields.extend(more);
        fields
    }

    pub fn form(&self) -> String {
        format!("/assessments/new/{}", self.community)
    }

    /// Ada asks Grace and Joan; returns the page.
    pub async fn asked(&mut self, kind: &str, more: &[(&str, &str)]) -> String {
        let new = self.form();
        let mut ada = Browser::clone_of(&self.ada);
        let made = ada.post(&new, &self.fields(kind, more)).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let at = made.location().strip_suffix("?notice=assessment-made").expect("it was made");
        at.to_owned()
    }

    /// To whom mails about assessments have come since the last time, in order.
    pub async fn mailed(&self) -> Vec<String> {
        let mails = self.server.mail().await;
        let mut to: Vec<_> =
            mails.into_iter().filter(|mail| mail.subject.starts_with("Your r")).map(|mail| mail.to).collect();
        to.sort();
        to
    }

    /// The link of the mail about an assessment that has come to Grace since the last time.
    pub async fn link(&self) -> String {
        let mails = self.server.mail().await;
        let asked = mails.into_iter().find(|mail| mail.to == GRACE && mail.subject.starts_with("Your r"));
        asked.expect("it came").link()
    }

    /// How many were reminded.
    pub async fn job(&self) -> u32 {
        self.server.bailey.assessments().remind_who_is_late().await.expect("it runs")
    }

    /// Lets the community hold a setting otherwise.
    pub async fn overrides(&mut self, key: &str, value: &str) {
        self.ada.proves_it_again().await;
        let form = format!("/admin/settings/communities/{}/{key}", self.community);
        assert_eq!(self.ada.post(&form, &[("value", value)]).await.status, 303);
    }
}

pub async fn ideas(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> Ideas {
    let server = TestServer::start(db).await;
    let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
    for email in [GRACE, JOAN, EVE] {
        server.member(email, Role::Member).await;
    }
    ada.has_saved_settings(&[&LONG_SESSIONS[..], changes].concat()).await;
    let community = ada.add_community("Research", &[ADA, GRACE, JOAN]).await;
    let mut chosen = Vec::new();
    for title in ["Plants in the stairwell", "A bell that rings"] {
        let posted =
            ada.post("/ideas", &[("community", community.as_str()), ("title", title), ("body", "Green.")]).await;
        chosen.push(format!(
            "idea-{}",
            posted.location().split('?').next().expect("a path").trim_start_matches("/ideas/")
        ));
        server.clock.advance(Span::seconds(1));
    }
    Ideas { server, ada, community, chosen }
}
