//! Members who do not use their account.
use crate::support::{Browser, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";

/// A workspace with two super-admins and Ada, whose account is deactivated after 90 days.
async fn ninety_days(db: store::testing::TestDatabase, more: &[(&str, &str)]) -> TestServer {
    let server = TestServer::start(db).await;
    server.member(ADA, Role::Member).await;
    server.member("second@example.org", Role::SuperAdmin).await;
    let mut changes = vec![("members.max_inactive", "90")];
    changes.extend(more);
    server.change_settings(&changes).await;
    server
}

/// What a turn of the job has done: how many were told, and how many deactivated.
async fn job(server: &TestServer) -> (u32, u32) {
    let turn = server.bailey.members().deactivate_inactive().await.expect("it runs");
    (turn.told, turn.deactivated)
}

/// How a member's account stands.
async fn status(server: &TestServer, email: &str) -> &'static str {
    server.member_row(email).await.status.name()
}

async fn sign_in(server: &TestServer, email: &str) -> (Browser, crate::support::Answer) {
    let mut browser = server.browser();
    let answer = browser.sign_in_with(email, PASSWORD).await;
    (browser, answer)
}

on_both! {
    /// Fails when the job tells nobody, tells twice, or deactivates before the day that it told of.
    async fn a_member_is_told_seven_days_ahead_and_then_deactivated(db: TestDatabase) {
        let server = ninety_days(db, &[]).await;
        server.clock.advance(Span::seconds(83 * 86_400 - 60));
        assert_eq!(job(&server).await, (0, 0));
        server.clock.advance(Span::seconds(60));
        let (told, deactivated) = job(&server).await;
        assert!(told >= 1 && deactivated == 0);
        let mails = server.mail().await;
        let mail = mails.iter().find(|mail| mail.to.contains(ADA)).expect("she is told");
        assert!(mail.subject.starts_with("Your account will be deactivated"), "{}", mail.subject);
        assert_eq!(job(&server).await, (0, 0), "once");
        server.clock.advance(Span::seconds(7 * 86_400 - 60));
        assert_eq!(job(&server).await, (0, 0));
        assert_eq!(status(&server, ADA).await, "active");
        server.clock.advance(Span::seconds(60));
        assert!(job(&server).await.1 >= 1);
        assert_eq!(status(&server, ADA).await, "inactive");
        let (_, refused) = sign_in(&server, ADA).await;
        refused.assert_refused("unused");
        assert!(server.mail().await.is_empty(), "no mail makes it active again");
    }

    /// Fails when somebody comes in too late only because no job has run.
    async fn whoever_comes_too_late_is_deactivated_by_that(db: TestDatabase) {
        let server = ninety_days(db, &[]).await;
        server.clock.advance(Span::seconds(90 * 86_400 - 1));
        let (mut ada, answer) = sign_in(&server, ADA).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        server.clock.advance(Span::seconds(90 * 86_400 - 1));
        assert_eq!(sign_in(&server, ADA).await.1.status, 303, "counted from the last one");
        server.clock.advance(Span::days(90));
        let (_, refused) = sign_in(&server, ADA).await;
        refused.assert_refused("unused");
        assert_eq!(status(&server, ADA).await, "inactive");
        assert_ne!(ada.get("/profile").await.status, 200);
        let wrong = server.browser().sign_in_with(ADA, "not her password").await;
        wrong.assert_refused("wrong-credentials");
    }

    /// Fails when nobody is left who may do everything, whoever comes too late.
    async fn the_last_active_super_admin_stays(db: TestDatabase) {
        let server = ninety_days(db, &[]).await;
        server.clock.advance(Span::days(400));
        job(&server).await;
        server.clock.advance(Span::days(7));
        job(&server).await;
        let mut left = 0;
        for email in server.sql_column("SELECT email FROM members WHERE role = 'super-admin'").await {
            left += usize::from(status(&server, &email).await == "active");
        }
        assert_eq!(left, 1);
        assert_eq!(status(&server, ADA).await, "inactive");
    }

    /// Fails when a community's limit holds for nobody, or the workspace's for whoever is in a stricter one.
    async fn the_strictest_community_decides(db: TestDatabase) {
        let server = ninety_days(db, &[]).await;
        server.member("grace@example.org", Role::Member).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let rowers = boss.add_community("Rowers", &[ADA]).await;
        let at = format!("/admin/settings/communities/{rowers}/members.max_inactive");
        assert_eq!(boss.post(&at, &[("value", "30")]).await.status, 303);
        server.clock.advance(Span::days(31));
        sign_in(&server, ADA).await.1.assert_refused("unused");
        assert_eq!(sign_in(&server, "grace@example.org").await.1.status, 303);
    }

    /// Fails when the mail is sent although the setting is off, revives whom an admin deactivated, or goes on working after
    /// the setting was turned off.
    async fn a_mail_makes_an_account_active_again_where_the_settings_say_so(db: TestDatabase) {
        let server = ninety_days(db, &[("members.self_reactivation", "true")]).await;
        server.clock.advance(Span::days(90));
        sign_in(&server, ADA).await.1.assert_refused("unused");
        let link = server.one_mail("Activate your account again").await.link();
        assert!(server.browser().get(&link).await.text().contains("active again"));
        assert_eq!(status(&server, ADA).await, "inactive", "looking changes nothing");
        server.change_settings(&[("members.max_inactive", "90")]).await;
        let page = server.browser().get(&link).await.page().value("page");
        let refused = server.browser().post(&link, &[("page", &page)]).await;
        assert!(refused.status >= 400, "{}", refused.text());
        server.change_settings(&[("members.max_inactive", "90"), ("members.self_reactivation", "true")]).await;
        let page = server.browser().get(&link).await.page().value("page");
        assert_eq!(server.browser().post(&link, &[("page", &page)]).await.status, 303);
        assert_eq!(status(&server, ADA).await, "active");
        assert_eq!(sign_in(&server, ADA).await.1.status, 303);
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let forms = boss.forms_of(ADA).await;
        assert_eq!(boss.post(&format!("{forms}/deactivate"), &[]).await.status, 303);
        sign_in(&server, ADA).await.1.assert_refused("inactive");
        assert!(server.mail().await.iter().all(|mail| !mail.subject.starts_with("Activate")));
        assert_eq!(boss.post(&format!("{forms}/activate"), &[]).await.status, 303);
        assert_eq!(sign_in(&server, ADA).await.1.status, 303, "an admin may");
    }
}
