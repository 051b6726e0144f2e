//! Members who can't use their second step ask an admin to remove it, after the password.
use crate::support::{Browser, LONG_SESSIONS, NEW_PASSWORD, Received, SECOND_STEP, TestServer, code_at};
use policy::{Role, time::Span};
use store::{on_both, testing::TestDatabase};

const ADA: &str = "ada@example.org";
const SETTING: &str = "two_factor.help_wait";
const ASK: &str = "/sign-in/second-step/help";
const QUEUE: &str = "/admin/help-requests";
const ASKED: &str = "Somebody asks to have your second step removed";
const REMOVED: &str = "Your second factors were removed";
const WAITS: &str = "member can't use their second step";

/// A server on which Ada has an app, and the secret and the recovery codes of it; her admin, and Ada's browser.
async fn enrolled(db: TestDatabase, changes: &[(&str, &str)]) -> (TestServer, Browser, Browser, String) {
    let (server, boss) = TestServer::with_settings(db, &[changes, &LONG_SESSIONS].concat()).await;
    let mut ada = server.signed_in(ADA, Role::Member).await;
    let (secret, _) = server.enrol_app(&mut ada).await;
    server.mail().await;
    (server, boss, ada, secret)
}

/// Somebody who knows Ada's password asks; answers their browser and the mail to Ada.
async fn asked(server: &TestServer) -> (Browser, Received) {
    let mut between = server.pending_sign_in(ADA).await;
    assert_eq!(between.post(ASK, &[]).await.location(), "/sign-in/second-step?notice=help-asked");
    (between, server.one_mail(ASKED).await)
}

/// The form about the only request that waits, if one does.
async fn form(boss: &mut Browser) -> Option<String> {
    boss.get(QUEUE).await.page().attributes(&format!("form[action^='{QUEUE}/']"), "action").pop()
}

/// The path of the latest request, whether it waits or not.
async fn latest(server: &TestServer) -> String {
    let ids = server.sql_column("SELECT id FROM help_requests ORDER BY asked_at DESC, id DESC").await;
    format!("{QUEUE}/{}", ids[0])
}

fn decision<'a>(step: &'a str, reason: &'a str) -> [(&'static str, &'a str); 2] {
    [("step", step), ("reason", reason)]
}

on_both! {
    /// Fails when a request no longer reaches the queue or the bell, when the member's address is not told at once, when
    /// `Refusal::HelpWaits` is not asked, or when granting leaves a factor or a session.
    async fn an_admin_grants_a_request_after_an_hour_and_the_member_enrols_anew(db: TestDatabase) {
        let (server, mut boss, mut ada, _) = enrolled(db, &[("two_factor.require_everyone", "true"), ("two_factor.grace_days", "3")]).await;
        let (mut between, mail) = asked(&server).await;
        assert_eq!(mail.to, ADA);
        let page = between.get(SECOND_STEP).await;
        assert!(page.text().contains("You asked an admin at") && !page.page().has(&format!("form[action='{ASK}']")), "{}", page.text());
        assert!(boss.get("/").await.text().contains(WAITS));
        let form = form(&mut boss).await.expect("it waits");
        let log = boss.get("/admin/audit?channel=two-factor").await.text();
        assert!(log.contains("Asked for help with the second step"), "{log}");
        server.clock.advance(Span::seconds(3_599));
        boss.proves_it_again().await;
        let early = boss.post(&form, &decision("grant", "I called her.")).await;
        early.assert_refused("help-waits");
        assert_eq!(early.status, 403);
        assert_eq!(ada.get("/profile").await.status, 200, "nothing was changed");
        server.clock.advance(Span::seconds(1));
        for (step, reason) in [("grant", ""), ("grant", " \r\n "), ("", "I called her."), ("else", "x")] {
            let refused = boss.post(&form, &decision(step, reason)).await;
            assert_eq!(refused.status, 422, "{step} {reason}");
            assert!(refused.page().has("[id$='-error']"), "{}", refused.text());
        }
        let long = "x".repeat(501);
        assert_eq!(boss.post(&form, &decision("grant", &long)).await.page().value("reason"), long);
        let done = boss.post(&form, &decision("grant", "I called her <b>at</b>\r\nher desk.")).await;
        assert_eq!(done.location(), "/admin/help-requests?notice=help-granted", "{}", done.text());
        assert!(server.one_mail(REMOVED).await.text.contains("an admin, at your request"), "she is told");
        let log = boss.get("/admin/audit?channel=two-factor").await;
        assert!(log.text().contains("Granted a request for help") && log.body.contains("I called her &lt;b&gt;at&lt;/b&gt;"), "{}", log.text());
        assert_eq!(ada.get("/profile").await.status, 303, "she is signed out");
        assert_eq!(between.get(SECOND_STEP).await.status, 303, "the sign-in is over");
        assert!(!boss.get("/").await.text().contains(WAITS));
        boss.post(&form, &decision("grant", "Again")).await.assert_refused("help-settled");
        assert_eq!(ada.sign_in(ADA).await.location(), "/", "by the password alone");
        assert_eq!(ada.get("/").await.status, 200);
        server.clock.advance(Span::days(3));
        assert!(ada.get("/").await.location().starts_with("/profile/two-factor"), "and she enrols anew");
    }

    /// Fails when `second_step_help::may_be_granted_from` no longer asks `two_factor.help_wait`.
    async fn a_request_waits_for_as_long_as_the_setting_says_when_it_is_granted(db: TestDatabase) {
        let (server, mut boss, ..) = enrolled(db, &[(SETTING, "120")]).await;
        asked(&server).await;
        let form = form(&mut boss).await.expect("it waits");
        server.clock.advance(Span::minutes(61));
        boss.proves_it_again().await;
        let early = boss.post(&form, &decision("grant", "I called her.")).await;
        early.assert_refused("help-waits");
        assert!(early.text().contains("Decided by the setting"), "{}", early.text());
        boss.has_saved_settings(&[&[(SETTING, "60")][..], &LONG_SESSIONS].concat()).await;
        assert_eq!(boss.post(&form, &decision("grant", "I called her.")).await.status, 303);
    }

    /// Fails when opening the link cancels anything, when pressing it does not, or when it works twice.
    async fn whoever_has_the_mailbox_cancels_a_request_that_is_not_theirs(db: TestDatabase) {
        let (server, mut boss, mut ada, _) = enrolled(db, &[]).await;
        let (mut between, mail) = asked(&server).await;
        let link = mail.link();
        for _ in 0..3 {
            let page = server.browser().get(&link).await;
            assert!(page.status == 200 && page.text().contains("remove the second step of ada@example.org"), "{}", page.text());
        }
        let form = form(&mut boss).await.expect("looking cancels nothing");
        let mut anybody = server.browser();
        assert_eq!(anybody.post(&link, &[]).await.location(), "/sign-in?notice=help-cancelled");
        assert!(anybody.get("/sign-in?notice=help-cancelled").await.text().contains("knows your password"));
        assert_eq!(self::form(&mut boss).await, None);
        assert_eq!(anybody.post(&link, &[]).await.status, 410);
        server.clock.advance(Span::minutes(61));
        boss.proves_it_again().await;
        boss.post(&form, &decision("grant", "Late")).await.assert_refused("help-settled");
        assert_eq!(ada.get("/profile").await.status, 200, "she is as she was");
        assert!(between.get(SECOND_STEP).await.page().has(&format!("form[action='{ASK}']")) || between.get(SECOND_STEP).await.status == 303);
        let log = boss.get("/admin/audit?channel=two-factor").await.text();
        assert!(log.contains("Cancelled a request for help"), "{log}");
    }

    /// Fails when a second request within an open one writes or sends anything, or when `Quota::HelpRequests` is not asked.
    async fn asking_again_changes_nothing_and_a_member_asks_so_often_a_day(db: TestDatabase) {
        let (server, ..) = enrolled(db, &[]).await;
        let (mut between, mut mail) = asked(&server).await;
        let rows = server.rows().await;
        for _ in 0..3 {
            assert_eq!(between.post(ASK, &[]).await.status, 303);
        }
        assert_eq!((server.rows().await, server.mail().await.len()), (rows, 0));
        for _ in 0..2 {
            assert_eq!(server.browser().post(&mail.link(), &[]).await.status, 303);
            (between, mail) = asked(&server).await;
        }
        server.browser().post(&mail.link(), &[]).await;
        let refused = between.post(ASK, &[]).await;
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("3 times within a day") && refused.page().has("#code"), "{}", refused.text());
        server.clock.advance(Span::days(1));
        asked(&server).await;
    }

    /// Fails when one of these leaves a request in the queue: `SignIn::let_in`, `Sessions::credentials_changed`,
    /// `Passwords::choose`, `Members::set_status`.
    async fn whatever_settles_it_otherwise_cancels_a_request(db: TestDatabase) {
        let (server, mut boss, mut ada, secret) = enrolled(db, &[("passwords.change_interval", "0")]).await;
        let (mut between, _) = asked(&server).await;
        server.clock.advance(Span::minutes(1));
        let code = code_at(&secret, server.clock.now());
        assert_eq!(between.post(SECOND_STEP, &[("code", &code)]).await.status, 303);
        assert_eq!(form(&mut boss).await, None, "a second step that was passed");
        asked(&server).await;
        let changed = ada.post("/profile/password", &[("current", crate::support::PASSWORD), ("password", NEW_PASSWORD)]).await;
        assert_eq!(changed.status, 303, "{}", changed.text());
        assert_eq!(form(&mut boss).await, None, "a new password");
        let mut between = server.browser();
        assert_eq!(between.sign_in_with(ADA, NEW_PASSWORD).await.location(), SECOND_STEP);
        assert_eq!(between.post(ASK, &[]).await.status, 303);
        let open = form(&mut boss).await.expect("it waits");
        let forms = server.forms_about(ADA).await;
        for act in ["deactivate", "activate"] {
            boss.proves_it_again().await;
            assert_eq!(boss.post(&format!("{forms}/{act}"), &[]).await.status, 303);
        }
        assert_eq!(form(&mut boss).await, None, "it does not come back with the member");
        boss.post(&open, &decision("refuse", "Late")).await.assert_refused("help-settled");
    }

    /// Fails when a request outlives a week, or one that has lapsed keeps the next one from being made.
    async fn a_request_lapses_after_a_week(db: TestDatabase) {
        let (server, mut boss, ..) = enrolled(db, &[]).await;
        let (_, mail) = asked(&server).await;
        server.clock.advance(Span::seconds(604_799));
        boss.proves_it_again().await;
        let open = form(&mut boss).await.expect("it waits");
        server.clock.advance(Span::seconds(1));
        assert_eq!(form(&mut boss).await, None);
        boss.post(&open, &decision("grant", "Late")).await.assert_refused("help-settled");
        assert_eq!(server.browser().post(&mail.link(), &[]).await.status, 410);
        asked(&server).await;
        assert!(form(&mut boss).await.is_some());
    }

    /// Fails when `Refusal::NotOnYourself` or rank is not asked, or when no fresh proof is.
    async fn nobody_decides_about_themselves_or_above_their_rank_or_without_a_fresh_proof(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &LONG_SESSIONS).await;
        server.enrol_app(&mut boss).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        server.enrol_app(&mut admin).await;
        let (mut of_boss, mut of_admin) = (server.pending_sign_in("boss@example.org").await, server.pending_sign_in("admin@example.org").await);
        assert_eq!(of_boss.post(ASK, &[]).await.status, 303);
        let about_boss = latest(&server).await;
        server.clock.advance(Span::seconds(1));
        assert_eq!(of_admin.post(ASK, &[]).await.status, 303);
        let about_admin = latest(&server).await;
        let queue = admin.get(QUEUE).await;
        assert!(queue.text().contains("boss@example.org") && !queue.page().has(&format!("form[action^='{QUEUE}']")), "{}", queue.text());
        assert!(!admin.get("/").await.text().contains(WAITS), "none waits for them");
        for (form, code) in [(&about_boss, "role-required"), (&about_admin, "not-on-yourself")] {
            for step in ["grant", "refuse"] {
                admin.post(form, &decision(step, "Why not")).await.assert_refused(code);
            }
        }
        server.clock.advance(Span::minutes(61));
        assert!(boss.post(&about_admin, &decision("refuse", "Why not")).await.location().starts_with("/profile/step-up"));
        let member = &mut server.signed_in("grace@example.org", Role::Moderator).await;
        assert_eq!((member.get(QUEUE).await.status, member.post(&about_admin, &decision("grant", "x")).await.status), (403, 403));
        let unknown = format!("{QUEUE}/01a1fc8a-d307-7768-993b-77ac04674933");
        let mut other = server.signed_in("other@example.org", Role::SuperAdmin).await;
        assert_eq!(other.post(&unknown, &decision("refuse", "x")).await.status, 404);
        assert_eq!(other.post(&about_boss, &decision("grant", "I stood beside her.")).await.status, 303);
    }

    /// Fails when a refusal is not told to the member with its reason, or removes anything.
    async fn an_admin_refuses_at_once_and_the_member_is_told_why(db: TestDatabase) {
        let (server, mut boss, mut ada, _) = enrolled(db, &[]).await;
        let (_, mail) = asked(&server).await;
        let form = form(&mut boss).await.expect("it waits");
        let done = boss.post(&form, &decision("refuse", "I could not <reach> you.\r\nBcc: eve@example.org")).await;
        assert_eq!(done.location(), "/admin/help-requests?notice=help-refused", "{}", done.text());
        let told = server.one_mail("Your second step was not removed").await;
        assert!(told.to == ADA && told.text.contains("They say: I could not <reach> you."), "{}", told.text);
        assert!(!told.html.contains("<reach>") && !told.raw.contains("\nBcc:"), "{}", told.raw);
        assert_eq!(server.browser().post(&mail.link(), &[]).await.status, 410, "there is nothing to cancel");
        assert_eq!(ada.get("/profile").await.status, 200);
        assert_eq!(server.pending_sign_in(ADA).await.get(SECOND_STEP).await.status, 200);
    }

    /// Fails when of two decisions about one request both are carried out.
    async fn of_two_who_decide_at_once_one_does(db: TestDatabase) {
        let (server, mut boss, ..) = enrolled(db, &[]).await;
        asked(&server).await;
        let form = form(&mut boss).await.expect("it waits");
        server.clock.advance(Span::minutes(61));
        let mut one = server.signed_in("one@example.org", Role::Admin).await;
        let mut other = server.signed_in("other@example.org", Role::Admin).await;
        let (grant, refuse) = (decision("grant", "Yes"), decision("refuse", "No"));
        let (one, other) = tokio::join!(one.post(&form, &grant), other.post(&form, &refuse));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(server.mail().await.iter().filter(|mail| mail.to == ADA).count(), 1);
    }

    /// Fails when the page no longer leads to the recovery codes of whoever has them, or a request can be made without a
    /// sign-in that stands before its second step.
    async fn the_page_leads_to_a_recovery_code_first(db: TestDatabase) {
        let (server, _, mut ada, _) = enrolled(db, &[]).await;
        let mut between = server.pending_sign_in(ADA).await;
        let page = between.get(SECOND_STEP).await.page();
        assert!(page.has("details a[href='#recovery_code']") && page.has("#recovery_code"));
        server.execute_sql(&["DELETE FROM recovery_codes"]).await;
        assert!(!between.get(SECOND_STEP).await.page().has("details a[href='#recovery_code']"));
        assert!(server.browser().post(ASK, &[]).await.location().starts_with("/sign-in"));
        assert_eq!(ada.post(ASK, &[]).await.location(), "/");
        between.post("/sign-in/second-step/cancel", &[]).await;
        assert!(between.post(ASK, &[]).await.location().starts_with("/sign-in"));
        assert!(server.mail().await.is_empty());
    }
}
