//! Invitations: from the admin who sends one to the first sign-in, and whatever may happen in between.
use crate::support::{Answer, Browser, NEW_PASSWORD, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::{on_both, testing::TestDatabase};

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const PAGE: &str = "/admin/invitations";
const INVITED: &str = "You are invited to join";
const ADDED: &str = "Confirm your new account";

async fn with_boss(db: TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
    (server, boss)
}

async fn invite(browser: &mut Browser, email: &str, role: &str, joining: &str) -> Answer {
    browser.post(PAGE, &[("name", "Ada"), ("email", email), ("role", role), ("joining", joining)]).await
}

/// A server on which Ada was invited, and the path of her link.
async fn with_invitation(db: TestDatabase) -> (TestServer, Browser, String) {
    let (server, mut boss) = with_boss(db).await;
    assert_eq!(
        invite(&mut boss, ADA, "moderator", "invite").await.location(),
        "/admin/invitations?notice=invitation-sent"
    );
    let link = server.one_mail(INVITED).await.link();
    (server, boss, link)
}

async fn join(browser: &mut Browser, name: &str, password: &str) -> Answer {
    browser.post("/join", &[("name", name), ("password", password)]).await
}

/// The path of the forms about the only invitation.
async fn forms(browser: &mut Browser) -> String {
    let action = browser.get(PAGE).await.page().attribute("form[action$='/withdraw']", "action");
    action.trim_end_matches("/withdraw").to_owned()
}

on_both! {
    /// Fails when `Links::redeem` uses an invitation up, or `Tx::join` no longer makes a member of whoever was invited.
    async fn an_invitation_leads_to_a_name_a_password_and_a_first_sign_in(db: TestDatabase) {
        let (server, mut boss, link) = with_invitation(db).await;
        let mut ada = server.browser();
        assert_eq!(ada.sign_in_with(ADA, "").await.status, 422, "nobody signs in who has not joined");
        let page = ada.get(&link).await;
        assert!(page.text().contains("You are invited to this workspace with the address ada@example.org, in the role Moderator."), "{}", page.text());
        assert_eq!(ada.get("/join").await.status, 410, "looking opens nothing");
        for _ in 0..2 {
            assert_eq!(ada.post(&link, &[]).await.location(), "/join", "until the form is taken");
        }
        assert_eq!(ada.get("/join").await.page().value("name"), "Ada");
        for (name, password, field) in [("", NEW_PASSWORD, "name"), ("Ada", "short", "password"), ("Ada", "password1234", "password")] {
            let page = join(&mut ada, name, password).await;
            assert_eq!(page.status, 422, "{field}");
            assert!(page.page().has(&format!("#{field}-error")), "{field}: {}", page.text());
            assert_eq!(page.page().value("name"), name, "what was typed is still there");
        }
        assert_eq!(join(&mut ada, "Ada Lovelace", NEW_PASSWORD).await.location(), "/sign-in?notice=joined");
        let row = server.member_row(ADA).await;
        assert_eq!((row.name.as_str(), row.role, row.email_verified_at.is_some()), ("Ada Lovelace", Role::Moderator, true));
        assert_eq!(ada.sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
        assert_eq!(server.browser().post(&link, &[]).await.status, 410, "it works once");
        assert!(boss.get(PAGE).await.text().contains("Nobody is invited just now."));
        let log = boss.get("/admin/audit?channel=members").await.text();
        assert!(log.contains("Invited a member") && log.contains("Joined by invitation"), "{log}");
    }

    /// Fails when `Members::invite` no longer asks `rank::may_give`, or the page offers what it refuses.
    async fn nobody_is_invited_to_a_role_above_the_inviters_own(db: TestDatabase) {
        let (server, _) = with_boss(db).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let offered = admin.get(PAGE).await.page().attributes("#role option", "value");
        assert_eq!(offered, ["member", "moderator", "admin"]);
        for (role, joining) in [("it-admin", "invite"), ("super-admin", "invite"), ("super-admin", "add")] {
            let page = invite(&mut admin, ADA, role, joining).await;
            assert_eq!(page.status, 403, "{role}");
            page.assert_refused("role-above-yours");
            assert_eq!(page.page().value("email"), ADA, "what was typed is still there");
        }
        assert!(server.mail().await.is_empty());
        assert_eq!(invite(&mut admin, ADA, "admin", "invite").await.status, 303);
    }

    /// Fails when `judge_invitation` no longer looks at the inviter, or a refused invitation stands in no log.
    async fn an_invitation_whose_inviter_may_not_give_the_role_any_more_is_refused(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        assert_eq!(invite(&mut admin, ADA, "admin", "invite").await.status, 303);
        let link = server.one_mail(INVITED).await.link();
        let mut ada = server.browser();
        assert_eq!(ada.post(&link, &[]).await.location(), "/join");
        server.execute_sql(&["UPDATE members SET role = 'moderator' WHERE email = 'admin@example.org'"]).await;
        for page in [server.browser().get(&link).await, ada.get("/join").await] {
            assert_eq!(page.status, 410);
            page.assert_refused("invitation-void");
        }
        assert!(boss.get(PAGE).await.text().contains("Whoever invited them may not give this role any more."));
        join(&mut ada, "Ada", NEW_PASSWORD).await.assert_refused("invitation-void");
        server.browser().post(&link, &[]).await.assert_refused("link-dead");
        let log = boss.get("/admin/audit?channel=members").await.text();
        assert!(log.contains("Refused an invitation") && log.contains("invitation-void"), "{log}");
        // Whoever sends it again is who invites.
        server.clock.advance(Span::minutes(1));
        let forms = forms(&mut boss).await;
        assert_eq!(boss.post(&format!("{forms}/send-again"), &[]).await.status, 303);
        let link = server.one_mail(INVITED).await.link();
        assert_eq!(ada.post(&link, &[]).await.location(), "/join");
        assert_eq!(join(&mut ada, "Ada", NEW_PASSWORD).await.status, 303);
    }

    /// Fails when `Tx::delete_unjoined` leaves a link, or an address can't be invited once more.
    async fn a_withdrawn_invitation_is_dead_at_once(db: TestDatabase) {
        let (server, mut boss, link) = with_invitation(db).await;
        let mut ada = server.browser();
        assert_eq!(ada.post(&link, &[]).await.location(), "/join");
        let forms = forms(&mut boss).await;
        assert_eq!(boss.post(&format!("{forms}/withdraw"), &[]).await.location(), "/admin/invitations?notice=invitation-withdrawn");
        join(&mut ada, "Ada", NEW_PASSWORD).await.assert_refused("link-dead");
        server.browser().get(&link).await.assert_refused("link-dead");
        server.clock.advance(Span::seconds(10));
        assert_eq!(boss.post(&format!("{forms}/withdraw"), &[]).await.status, 404, "nobody is left to withdraw");
        assert_eq!(invite(&mut boss, ADA, "member", "invite").await.status, 303);
    }

    /// Fails when `Members::send_invitation_again` no longer asks `refuse_if_mailed_lately`, or leaves the link before alive.
    async fn the_mail_is_sent_again_at_a_pace_and_its_link_takes_the_place_of_the_one_before(db: TestDatabase) {
        let (server, mut boss, first) = with_invitation(db).await;
        let again = format!("{}/send-again", forms(&mut boss).await);
        let refused = boss.post(&again, &[]).await;
        assert_eq!(refused.status, 429);
        refused.assert_refused("mailed-lately");
        server.clock.advance(Span::seconds(30));
        assert_eq!(boss.post(&again, &[]).await.location(), "/admin/invitations?notice=invitation-sent-again");
        let second = server.one_mail(INVITED).await.link();
        server.browser().get(&first).await.assert_refused("link-superseded");
        assert_eq!(server.browser().post(&second, &[]).await.location(), "/join");
    }

    /// Fails when whoever has not joined yet gets in, or gets a mail, past their invitation.
    async fn whoever_has_not_joined_gets_in_by_their_invitation_alone(db: TestDatabase) {
        let (server, mut boss, _) = with_invitation(db).await;
        let mut stranger = server.browser();
        stranger.post("/forgot-password", &[("email", ADA)]).await;
        stranger.post("/claim-account", &[("email", ADA)]).await;
        assert!(server.mail().await.is_empty(), "each would be another way in");
        let members = server.forms_about(ADA).await;
        for act in ["activate", "deactivate", "ban", "reset"] {
            let refused = boss.post(&format!("{members}/{act}"), &[]).await;
            assert_eq!(refused.status, 409, "{act}");
            refused.assert_refused("still-pending");
        }
        let link = server.sign_in_link(ADA).await;
        server.browser().post(&link, &[]).await.assert_refused("not-a-member-yet");
        assert_eq!(boss.get("/admin/members?who=pending").await.page().texts("th[scope=row] .soft"), [ADA]);
        assert_eq!(boss.get("/admin/members?who=active").await.page().texts("th[scope=row] .soft"), [BOSS]);
        assert!(boss.get("/admin/members?holds=ada").await.text().contains("Not joined yet"));
        let twice = invite(&mut boss, ADA, "member", "invite").await;
        assert!(twice.status == 422 && twice.text().contains("is invited already"), "{}", twice.text());
        assert_eq!(invite(&mut boss, BOSS, "member", "invite").await.status, 422, "a member is no guest");
    }

    /// Fails when an invitation outlives `links.verification`, as it was when it was sent or as it is now.
    async fn an_invitation_works_for_as_long_as_both_then_and_now_say(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        boss.has_saved_settings(&[("links.verification", "10")]).await;
        for (joining, subject, leads_to) in [("invite", INVITED, "/join"), ("add", ADDED, "/choose-password")] {
            let email = format!("{joining}@example.org");
            assert_eq!(invite(&mut boss, &email, "member", joining).await.status, 303);
            let link = server.one_mail(subject).await.link();
            server.clock.advance(Span::seconds(599));
            assert_eq!(server.browser().get(&link).await.status, 200, "{joining}");
            boss.proves_it_again().await;
            boss.has_saved_settings(&[("links.verification", "9")]).await;
            assert_eq!(server.browser().get(&link).await.status, 410, "{joining}: a shorter one acts at once");
            assert_eq!(server.browser().post(&link, &[]).await.status, 410, "{joining}");
            assert!(boss.get(PAGE).await.text().contains("Lapsed"), "{joining}");
            boss.has_saved_settings(&[("links.verification", "60")]).await;
            assert_eq!(server.browser().post(&link, &[]).await.location(), leads_to, "{joining}");
            server.clock.advance(Span::seconds(1));
            assert_eq!(server.browser().get(&link).await.status, 410, "{joining}: a longer one brings nothing back");
            boss.proves_it_again().await;
            boss.has_saved_settings(&[("links.verification", "10")]).await;
        }
    }

    /// Fails when whoever was added signs in before their address is confirmed, or can't choose a password by their link.
    async fn whoever_is_added_confirms_their_address_and_chooses_a_password(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let nameless = boss.post(PAGE, &[("name", ""), ("email", ADA), ("role", "member"), ("joining", "add")]).await;
        assert!(nameless.status == 422 && nameless.page().has("#name-error"), "{}", nameless.text());
        assert_eq!(invite(&mut boss, ADA, "member", "add").await.location(), "/admin/invitations?notice=member-added");
        let link = server.one_mail(ADDED).await.link();
        let mut ada = server.browser();
        assert!(ada.get(&link).await.text().contains("This confirms that the address is yours"));
        assert!(boss.get(PAGE).await.text().contains("Added"), "it is outstanding");
        assert_eq!(ada.post(&link, &[]).await.location(), "/choose-password");
        assert_eq!(ada.post(&link, &[]).await.status, 410, "once");
        assert_eq!(ada.post("/choose-password", &[("password", NEW_PASSWORD)]).await.status, 303);
        assert_eq!(ada.sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
        assert!(boss.get(PAGE).await.text().contains("Nobody is invited just now."));
    }

    /// Fails when an act about invitations no longer asks `is_fresh`, or what was typed is lost on the way.
    async fn inviting_asks_for_a_fresh_proof(db: TestDatabase) {
        let (server, mut boss, _) = with_invitation(db).await;
        let forms = forms(&mut boss).await;
        server.clock.advance(Span::minutes(11));
        for act in ["send-again", "withdraw"] {
            let asked = boss.post(&format!("{forms}/{act}"), &[]).await;
            assert_eq!(asked.location(), "/profile/step-up?next=%2Fadmin%2Finvitations", "{act}");
        }
        let asked = invite(&mut boss, "eve@example.org", "member", "add").await;
        assert_eq!(asked.location(), "/profile/step-up?next=%2Fadmin%2Finvitations%3Fsaved%3Dyes");
        assert!(server.mail().await.is_empty());
        let proved = boss.post("/profile/step-up/password", &[("current", PASSWORD), ("next", "/admin/invitations?saved=yes")]).await;
        let page = boss.get(proved.location()).await;
        assert_eq!(page.page().value("email"), "eve@example.org");
    }

    /// Fails when an admin below a super-admin sends the invitation of one again, or withdraws it.
    async fn the_invitation_of_a_super_admin_is_beyond_an_admin(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        assert_eq!(invite(&mut boss, ADA, "super-admin", "invite").await.status, 303);
        assert_eq!(server.mail().await.len(), 1);
        let forms = forms(&mut boss).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        assert!(!admin.get(PAGE).await.page().has("form[action$='/withdraw']"));
        for act in ["send-again", "withdraw"] {
            admin.post(&format!("{forms}/{act}"), &[]).await.assert_refused("role-required");
        }
    }

    /// Fails when of two who take one invitation at once more than one is let in.
    async fn an_invitation_that_is_taken_twice_at_once_makes_one_member(db: TestDatabase) {
        let (server, _, link) = with_invitation(db).await;
        let mut first = server.browser();
        assert_eq!(first.post(&link, &[]).await.location(), "/join");
        let mut second = Browser::clone_of(&first);
        let (one, other) = tokio::join!(join(&mut first, "One", NEW_PASSWORD), join(&mut second, "Other", NEW_PASSWORD));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 410]);
    }
}
