//! Communities, who belongs to them, and who moderates one: made so by an admin, and what they decide then.
use crate::support::{Browser, Received, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const BOSS: &str = "boss@example.org";
const MIA: &str = "mia@example.org";
const JOAN: &str = "joan@example.org";
const LIST: &str = "/admin/communities";
const ASKS: &str = "Somebody asks to join";

/// The identifier of somebody.
async fn id(server: &TestServer, email: &str) -> String {
    server.member_row(email).await.id.to_string()
}

/// Somebody asks to join and proves that the address is theirs; answers the mails that follow.
async fn joan_waits(server: &TestServer) -> Vec<Received> {
    server.browser().post("/register", &[("name", "Joan"), ("email", JOAN)]).await;
    let link = server.one_mail("Confirm that you want to join").await.link();
    assert_eq!(server.browser().post(&link, &[]).await.status, 303);
    server.mail().await
}

/// The links of a mail to a moderator: the one that approves, and the one that rejects.
fn decisions(mail: &Received) -> [String; 2] {
    let links = mail.text.split("http://localhost:3000").skip(1);
    let mut links = links.map(|rest| rest.split_whitespace().next().expect("a link has a path").to_owned());
    [links.next().expect("it approves"), links.next().expect("it rejects")]
}

/// A server where people ask to join, with a super-admin, and Mia, who belongs to a community and moderates it.
async fn with_mia(db: store::testing::TestDatabase) -> (TestServer, Browser, Browser, String) {
    let (server, mut boss) = TestServer::with_settings(db, &[("members.registration", "by-approval")]).await;
    let mia = server.signed_in(MIA, Role::Member).await;
    let community = boss.add_community("Research", &[MIA]).await;
    let fields = [("member", id(&server, MIA).await), ("moderator", "yes".to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = boss.post(&format!("{LIST}/{community}/moderator"), &fields).await;
    assert_eq!(made.location(), format!("{LIST}/{community}?notice=moderators-changed"));
    (server, boss, mia, community)
}

on_both! {
    async fn an_admin_adds_a_community_describes_it_and_decides_who_belongs_to_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        assert!(boss.get(LIST).await.text().contains("There is no community yet."));
        let typed = [("name", ""), ("description", "<b>What nobody</b> knows yet")];
        let refused = boss.post(LIST, &typed).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Enter a name of 1 to 60 characters.") && refused.page().value("description").contains("<b>What"), "{}", refused.text());
        let typed = [("name", "Research\r\nX"), ("description", "<b>What nobody</b> knows yet")];
        assert_eq!(boss.post(LIST, &typed).await.location(), format!("{LIST}?notice=community-created"));
        assert_eq!(boss.post(LIST, &typed).await.status, 422, "the name is taken");
        let at = boss.get(LIST).await.page().attribute("main li a[href^='/admin/communities/']", "href");
        let community = at.rsplit('/').next().expect("an identifier").to_owned();
        let page = boss.get(&at).await;
        assert!(page.text().contains("ResearchX") && page.body.contains("&lt;b&gt;What"), "{}", page.body);
        let long = "x".repeat(1_001);
        let long = long.as_str();
        for (name, description, words) in [("", "x", "Enter a name of 1 to 60"), ("Lab", long, "A description has at most")] {
            let refused = boss.post(&at, &[("name", name), ("description", description)]).await;
            assert!(refused.status == 422 && refused.text().contains(words), "{}", refused.text());
            assert_eq!(refused.page().value("description"), description, "what was typed is there");
        }
        assert_eq!(boss.post(&at, &[("name", "Lab"), ("description", "Plants")]).await.location(), format!("{at}?notice=community-described"));
        let members = format!("{at}/members");
        let nobody = boss.post(&members, &[("email", "x@example.org")]).await;
        assert!(nobody.status == 422 && nobody.text().contains("No member has this address.") && nobody.page().holds("x@example.org"), "{}", nobody.text());
        assert_eq!(ada.get(&format!("/c/{community}")).await.status, 404, "not for those outside of it");
        assert_eq!(boss.post(&members, &[("email", "Ada@example.org")]).await.status, 303);
        let home = ada.get("/").await.page();
        assert!(home.links_to(&format!("/c/{community}")));
        let seen = ada.get(&format!("/c/{community}")).await.text();
        assert!(seen.contains("Lab") && seen.contains("Plants") && seen.contains("1 member"), "{seen}");
        assert_eq!(ada.get(&at).await.status, 403);
        let who = id(&server, "ada@example.org").await;
        assert_eq!(boss.post(&format!("{at}/remove"), &[("member", &who)]).await.location(), format!("{at}?notice=removed-from-community"));
        assert_eq!(boss.post(&format!("{at}/remove"), &[("member", &who)]).await.status, 404);
        assert_eq!(boss.post(&format!("{at}/moderator"), &[("member", &who), ("moderator", "yes")]).await.status, 404, "who does not belong to it");
        assert_eq!(ada.get(&format!("/c/{community}")).await.status, 404);
        let log = boss.get("/admin/audit?channel=members").await.text();
        for entry in ["Created a community", "Described a community", "Added a member to a community", "Removed a member from a community"] {
            assert!(log.contains(entry), "{entry}: {log}");
        }
    }

    /// Fails when `Members::ask_moderators_of` tells nobody, or `may_decide` no longer looks at communities.
    async fn whoever_moderates_a_community_decides_about_those_who_were_put_into_it(db: TestDatabase) {
        let (server, mut boss, mut mia, community) = with_mia(db).await;
        let first = joan_waits(&server).await;
        assert_eq!(first.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [BOSS], "no community is concerned yet");
        assert!(!mia.get(&format!("/c/{community}")).await.text().contains("Waiting for approval"));
        let of_joan = id(&server, JOAN).await;
        mia.post(&format!("/c/{community}/approve"), &[("member", &of_joan)]).await;
        assert_eq!(server.member_row(JOAN).await.status, policy::AccountStatus::Pending, "she is not of this community");
        assert_eq!(boss.post(&format!("{LIST}/{community}/members"), &[("email", JOAN)]).await.status, 303);
        let asked = server.mail().await;
        assert_eq!(asked.iter().map(|mail| (mail.to.as_str(), mail.subject.as_str().starts_with(ASKS))).collect::<Vec<_>>(), [(MIA, true)]);
        assert!(mia.get(&format!("/c/{community}")).await.text().contains("Waiting for approval"));
        let [approve, reject] = decisions(&asked[0]);
        assert!(server.browser().get(&approve).await.text().contains("has asked to join"));
        let taken = boss.post(&format!("{LIST}/{community}/moderator"), &[("member", &id(&server, MIA).await), ("moderator", "no")]).await;
        assert_eq!(taken.status, 303);
        server.browser().post(&approve, &[]).await.assert_refused("role-required");
        mia.post(&format!("/c/{community}/approve"), &[("member", &of_joan)]).await.assert_refused("role-required");
        assert!(!mia.get(&format!("/c/{community}")).await.text().contains("Waiting for approval"), "nor does she see who waits");
        boss.post(&format!("{LIST}/{community}/moderator"), &[("member", &id(&server, MIA).await), ("moderator", "yes")]).await;
        let done = mia.post(&format!("/c/{community}/approve"), &[("member", &of_joan)]).await;
        assert_eq!(done.location(), format!("/c/{community}?notice=member-approved"));
        assert_eq!(server.one_mail("Finish joining").await.to, JOAN);
        for link in [&approve, &reject] {
            server.browser().post(link, &[]).await.assert_refused("already-decided");
        }
        let log = boss.get("/admin/audit?channel=members").await.text();
        assert!(log.contains("Approved a registration") && log.contains(MIA), "{log}");
    }

    /// Fails when deciding does not ask `is_fresh`, or whoever moderates another community may.
    async fn nobody_decides_in_a_community_that_they_do_not_moderate(db: TestDatabase) {
        let (server, mut boss, mut mia, community) = with_mia(db).await;
        joan_waits(&server).await;
        assert_eq!(boss.post("/admin/settings/communities", &[("name", "Sales")]).await.status, 303);
        let mut all = boss.communities().await.into_iter().map(|forms| forms.rsplit('/').next().expect("an identifier").to_owned());
        let sales = all.find(|id| *id != community).expect("the other one");
        boss.post(&format!("{LIST}/{sales}/members"), &[("email", JOAN)]).await;
        let of_joan = id(&server, JOAN).await;
        for at in [&sales, &community] {
            let answer = mia.post(&format!("/c/{at}/reject"), &[("member", &of_joan)]).await;
            assert!(matches!(answer.status, 403 | 404), "{}", answer.status);
        }
        assert_eq!(mia.get(&format!("/c/{sales}")).await.status, 404);
        assert_eq!(mia.post(&format!("/c/{community}/reject"), &[("member", "nobody")]).await.status, 404);
        boss.post(&format!("{LIST}/{community}/members"), &[("email", JOAN)]).await;
        server.clock.advance(Span::minutes(10));
        let asked = mia.post(&format!("/c/{community}/reject"), &[("member", &of_joan)]).await;
        assert!(asked.location().starts_with("/profile/step-up?next="), "{}", asked.location());
        assert_eq!(server.member_row(JOAN).await.status, policy::AccountStatus::Pending);
    }

    /// Fails when the second of two decisions about one person counts.
    async fn of_two_who_approve_and_reject_at_once_one_decides(db: TestDatabase) {
        let (server, mut boss, mia, community) = with_mia(db).await;
        joan_waits(&server).await;
        boss.post(&format!("{LIST}/{community}/members"), &[("email", JOAN)]).await;
        server.mail().await;
        let of_joan = id(&server, JOAN).await;
        let (first, second) = (of_joan.clone(), of_joan.clone());
        let (approve, reject) = (format!("/c/{community}/approve"), format!("/admin/invitations/{of_joan}/reject"));
        let (mut mia, mut admin) = (mia, Browser::clone_of(&boss));
        let approved = tokio::spawn(async move { mia.post(&approve, &[("member", &first)]).await });
        let rejected = tokio::spawn(async move { admin.post(&reject, &[("reason", ""), ("member", &second)]).await });
        let mut statuses = [approved.await.expect("no panic").status, rejected.await.expect("no panic").status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let mails = server.mail().await;
        assert_eq!(mails.iter().filter(|mail| mail.to == JOAN).count(), 1, "they are told once");
    }

    /// Fails when a member of another workspace is put into a community, or one of another workspace is shown.
    async fn a_community_of_another_workspace_is_not_there(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let (other, lab, eve) = ("01a1fc8a-0000-7000-8000-000000000001", "01a1fc8a-0000-7000-8000-000000000002", "01a1fc8a-0000-7000-8000-000000000003");
        for sql in [
            format!("INSERT INTO workspaces (id, host, name, created_at) VALUES ('{other}', 'elsewhere.example', 'Elsewhere', 0)"),
            format!("INSERT INTO communities (id, workspace_id, name, created_at) VALUES ('{lab}', '{other}', 'Lab', 0)"),
            format!("INSERT INTO members (id, workspace_id, email, name, role, created_at) VALUES ('{eve}', '{other}', 'eve@elsewhere.example', 'Eve', 'member', 0)"),
            format!("INSERT INTO community_members (community_id, member_id, moderator) VALUES ('{lab}', '{eve}', 1)"),
        ] {
            let sql: &'static str = sql.leak();
            server.execute_sql(&[sql]).await;
        }
        for page in [format!("{LIST}/{lab}"), format!("/c/{lab}"), format!("/admin/members/{eve}")] {
            assert_eq!(boss.get(&page).await.status, 404, "{page}");
        }
        for (path, fields) in [
            (format!("{LIST}/{lab}"), vec![("name", "Mine"), ("description", "")]),
            (format!("{LIST}/{lab}/members"), vec![("email", BOSS)]),
            (format!("{LIST}/{lab}/remove"), vec![("member", eve)]),
            (format!("/admin/members/{eve}/role"), vec![("role", "admin")]),
            (format!("/admin/members/{eve}/communities/add"), vec![("community", lab)]),
        ] {
            assert_eq!(boss.post(&path, &fields).await.status, 404, "{path}");
        }
        let list = boss.get("/admin/members").await.text();
        assert!(!list.contains("elsewhere") && !boss.get(LIST).await.text().contains("Lab"), "{list}");
    }
}
