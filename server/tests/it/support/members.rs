//! People, and what admins do about them.
use super::{Browser, PASSWORD, TestServer};
use domain::{Token, members::NewMember};
use policy::{EmailAddress, Role};
use store::MemberRow;

impl TestServer {
    /// Creates a member from the console; answers the token of their sign-in link, if they have no password.
    pub async fn create(&self, new: NewMember<'_>) -> Option<Token> {
        self.bailey.members().create(&self.workspace.id, new).await.expect("the member is new")
    }

    /// Creates a member with the password of every test, whose address is confirmed.
    pub async fn member(&self, email: &str, role: Role) {
        self.create(NewMember { name: "Somebody", email, password: Some(PASSWORD.into()), role, confirmed: true })
            .await;
    }

    /// A browser in which somebody who is a member has signed in by password.
    pub async fn sign_in(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(email).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    /// A browser in which a new member of this role has signed in by password.
    pub async fn signed_in(&self, email: &str, role: Role) -> Browser {
        self.member(email, role).await;
        self.sign_in(email).await
    }

    /// What the database holds of a member.
    pub async fn member_row(&self, email: &str) -> MemberRow {
        let email = EmailAddress::parse(email).expect("an address");
        let mut tx = self.db.store.read().await.expect("it answers");
        let found = tx.member_by_email(&self.workspace.id, &email).await.expect("it reads");
        found.expect("there is such a member")
    }

    /// The path of the forms about a member, whether a page shows them or not.
    pub async fn forms_about(&self, email: &str) -> String {
        format!("/admin/members/{}", self.member_row(email).await.id)
    }

    /// The path of a sign-in link that the operator makes at the console.
    pub async fn sign_in_link(&self, email: &str) -> String {
        let email = EmailAddress::parse(email).expect("an address");
        let token = self.bailey.rescue().sign_in_link(&self.workspace.id, &email).await.expect("they are a member");
        format!("/link/{}", token.expose())
    }
}

impl Browser {
    /// The path of a member's forms in Admin, Members.
    pub async fn forms_of(&mut self, email: &str) -> String {
        let page = self.get(&format!("/admin/members?holds={}", email.replace('@', "%40"))).await;
        page.page().attribute("th a[href^='/admin/members/']", "href")
    }

    /// The paths of the communities' forms, by name.
    pub async fn communities(&mut self) -> Vec<String> {
        let page = self.get("/admin/settings/communities").await.page();
        let mut found = Vec::new();
        for action in page.attributes("form[action^='/admin/settings/communities/']", "action") {
            let forms = action.split('/').take(5).collect::<Vec<_>>().join("/");
            if !found.contains(&forms) {
                found.push(forms);
            }
        }
        found
    }

    /// The path of the forms of the only community.
    pub async fn community(&mut self) -> String {
        self.communities().await.pop().expect("there is a community")
    }

    /// Adds a community with these members; answers its identifier.
    pub async fn add_community(&mut self, name: &str, members: &[&str]) -> String {
        self.post("/admin/settings/communities", &[("name", name)]).await;
        let forms = self.community().await;
        for email in members {
            assert_eq!(self.post(&format!("{forms}/members"), &[("email", email)]).await.status, 303, "{email}");
        }
        forms.rsplit('/').next().expect("an identifier").to_owned()
    }
}
