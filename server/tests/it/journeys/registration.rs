//! Registration: from asking to join to the first sign-in, with somebody who decides or without.
use crate::support::{Answer, Browser, NEW_PASSWORD, Received, TestServer};
use policy::{Role, time::Span};
use store::{on_both, testing::TestDatabase};

const ADA: &str = "ada@example.org";
const MODERATOR: &str = "mod@example.org";
const SETTING: &str = "members.registration";
const CONFIRM: &str = "Confirm that you want to join";
const FINISH: &str = "Finish joining";
const ASKS: &str = "Somebody asks to join";
const KNOWN: &str = "Your address is known already";

async fn register(browser: &mut Browser, email: &str) -> Answer {
    browser.post("/register", &[("name", "Ada Lovelace"), ("email", email)]).await
}

async fn join(browser: &mut Browser, link: &str) -> Answer {
    assert_eq!(browser.post(link, &[]).await.location(), "/join");
    browser.post("/join", &[("name", "Ada"), ("password", NEW_PASSWORD)]).await
}

/// The links of a mail to a moderator: the one that approves, and the one that rejects.
fn decisions(mail: &Received) -> [String; 2] {
    let mut links = mail
        .text
        .split("http://localhost:3000")
        .skip(1)
        .map(|rest| rest.split_whitespace().next().expect("a link has a path").to_owned());
    [links.next().expect("it approves"), links.next().expect("it rejects")]
}

/// The mail with this subject to somebody.
fn to<'a>(mails: &'a [Received], email: &str, subject: &str) -> &'a Received {
    let found = mails.iter().find(|mail| mail.to == email && mail.subject.starts_with(subject));
    found.unwrap_or_else(|| panic!("no mail about {subject:?} to {email} in {mails:?}"))
}

/// A server on which Ada has asked to join and confirmed her address; her admin, and the mails to those who decide.
async fn waiting(db: TestDatabase, changes: &[(&str, &str)]) -> (TestServer, Browser, Vec<Received>) {
    let (server, boss) = TestServer::with_settings(db, &[&[(SETTING, "by-approval")], changes].concat()).await;
    server.member(MODERATOR, Role::Moderator).await;
    server.member("grace@example.org", Role::Member).await;
    let mut ada = server.browser();
    assert_eq!(register(&mut ada, ADA).await.status, 200);
    let link = server.one_mail(CONFIRM).await.link();
    assert!(ada.get(&link).await.text().contains("Whoever looks after this workspace then decides whether you join."));
    assert_eq!(ada.post(&link, &[]).await.location(), "/sign-in?notice=registration-confirmed");
    let mails = server.mail().await;
    (server, boss, mails)
}

/// The path of the forms about the only one who waits.
async fn forms(browser: &mut Browser) -> String {
    let action = browser.get("/admin/invitations").await.page().attribute("form[action$='/approve']", "action");
    action.trim_end_matches("/approve").to_owned()
}

on_both! {
    /// Fails when `registration::may_register` lets somebody register while it is closed, or the sign-in page offers it.
    async fn while_registration_is_closed_nobody_registers(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[]).await;
        let mut ada = server.browser();
        let page = ada.get("/register").await;
        page.assert_refused("registration-closed");
        assert!(!page.page().has_field("email") && page.text().contains("Decided by the setting Registration"), "{}", page.text());
        let refused = register(&mut ada, ADA).await;
        assert_eq!(refused.status, 403);
        refused.assert_refused("registration-closed");
        assert!(!ada.get("/sign-in").await.page().links_to("/register"));
        boss.has_saved_settings(&[(SETTING, "open")]).await;
        assert!(ada.get("/sign-in").await.page().links_to("/register"));
        assert!(ada.get("/register").await.page().has_field("email"));
        assert!(server.mail().await.is_empty());
    }

    /// Fails when an open registration lets in whoever has not proved that the address is theirs, or keeps them out who has.
    async fn where_registration_is_open_whoever_confirms_an_address_joins(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[(SETTING, "open")]).await;
        let mut ada = server.browser();
        for (name, email, field) in [("", ADA, "name"), ("Ada", "ada", "email")] {
            let page = ada.post("/register", &[("name", name), ("email", email)]).await;
            assert!(page.status == 422 && page.page().has(&format!("#{field}-error")), "{}", page.text());
            assert_eq!((page.page().value("name"), page.page().value("email")), (name.to_owned(), email.to_owned()));
        }
        assert_eq!(register(&mut ada, ADA).await.status, 200);
        let link = server.one_mail(FINISH).await.link();
        assert_eq!(ada.sign_in_with(ADA, NEW_PASSWORD).await.status, 422);
        assert_eq!(join(&mut ada, &link).await.location(), "/sign-in?notice=joined");
        assert_eq!(ada.sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
        assert_eq!(server.member_row(ADA).await.role, Role::Member);
        let log = boss.get("/admin/audit?channel=members").await.text();
        assert!(log.contains("Registered") && log.contains("Joined by registration"), "{log}");
    }

    /// Fails when the answer tells whether somebody has the address, or its holder is not told.
    async fn asking_says_the_same_whether_an_address_is_known_or_not(db: TestDatabase) {
        let (server, _) = TestServer::with_settings(db, &[(SETTING, "by-approval")]).await;
        server.member("known@example.org", Role::Member).await;
        let mut stranger = server.browser();
        let [known, unknown] = [register(&mut stranger, "known@example.org").await, register(&mut stranger, "fresh@example.org").await];
        assert_eq!((known.status, known.text().replace("known@", "fresh@")), (unknown.status, unknown.text()));
        let mails = server.mail().await;
        to(&mails, "known@example.org", KNOWN);
        let confirm = to(&mails, "fresh@example.org", CONFIRM).link();
        register(&mut stranger, "known@example.org").await;
        register(&mut stranger, "fresh@example.org").await;
        assert!(server.mail().await.is_empty(), "not again at once");
        assert_eq!(stranger.post(&confirm, &[]).await.status, 303);
        server.mail().await;
        server.clock.advance(Span::minutes(1));
        register(&mut stranger, "fresh@example.org").await;
        to(&server.mail().await, "fresh@example.org", KNOWN);
    }

    /// Fails when nobody who decides is told, when `Members::decide_by_link` no longer lets in, or a link decides twice.
    async fn a_moderator_lets_somebody_in_by_the_link_of_their_mail(db: TestDatabase) {
        let (server, mut boss, mails) = waiting(db, &[]).await;
        let mut told: Vec<_> = mails.iter().filter(|mail| mail.subject.starts_with(ASKS)).map(|mail| mail.to.as_str()).collect();
        told.sort_unstable();
        assert_eq!(told, ["boss@example.org", MODERATOR], "and no member");
        let [approve, reject] = decisions(to(&mails, MODERATOR, ASKS));
        let mut moderator = server.browser();
        assert!(moderator.get(&approve).await.text().contains("Ada Lovelace (ada@example.org) has asked to join. This lets them in."));
        assert!(moderator.get(&reject).await.text().contains("This keeps them out"));
        assert!(boss.get("/admin/invitations").await.text().contains("Waiting for approval"), "looking decides nothing");
        assert_eq!(moderator.post(&approve, &[]).await.location(), "/sign-in?notice=member-approved");
        for link in decisions(to(&mails, "boss@example.org", ASKS)).iter().chain([&reject]) {
            for answer in [server.browser().get(link).await, server.browser().post(link, &[]).await] {
                assert_eq!(answer.status, 409);
                answer.assert_refused("already-decided");
                assert!(answer.text().contains("mod@example.org has approved them already."), "{}", answer.text());
            }
        }
        assert_eq!(moderator.post(&approve, &[]).await.status, 410, "it works once");
        let link = server.one_mail(FINISH).await.link();
        let mut ada = server.browser();
        assert_eq!(join(&mut ada, &link).await.status, 303);
        assert_eq!(ada.sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
    }

    /// Fails when whoever is rejected is not told why, or can't ask once more.
    async fn an_admin_rejects_somebody_with_a_reason(db: TestDatabase) {
        let (server, mut boss, mails) = waiting(db, &[]).await;
        let forms = forms(&mut boss).await;
        let long = boss.post(&format!("{forms}/reject"), &[("reason", &"x".repeat(501))]).await;
        assert!(long.status == 422 && long.page().value("reason").len() == 501, "{}", long.text());
        let done = boss.post(&format!("{forms}/reject"), &[("reason", "Only for people of Acme.")]).await;
        assert_eq!(done.location(), "/admin/invitations?notice=member-rejected");
        assert!(server.one_mail("You were not let in").await.text.contains("They say: Only for people of Acme."));
        for act in ["approve", "reject"] {
            boss.post(&format!("{forms}/{act}"), &[]).await.assert_refused("already-decided");
        }
        let [approve, _] = decisions(to(&mails, MODERATOR, ASKS));
        let late = server.browser().post(&approve, &[]).await;
        late.assert_refused("already-decided");
        assert!(late.text().contains("boss@example.org has rejected them already."), "{}", late.text());
        assert_eq!(register(&mut server.browser(), ADA).await.status, 200);
        assert_eq!(server.one_mail(CONFIRM).await.to, ADA, "they may ask once more");
    }

    /// Fails when a link decides for somebody who may not decide any more, or `Members::decide` no longer asks for a proof.
    async fn who_decides_has_the_right_when_they_do(db: TestDatabase) {
        let (server, mut boss, mails) = waiting(db, &[]).await;
        let [approve, reject] = decisions(to(&mails, MODERATOR, ASKS));
        for change in ["UPDATE members SET role = 'member' WHERE email = 'mod@example.org'", "UPDATE members SET role = 'moderator', standing = 'inactive' WHERE email = 'mod@example.org'"] {
            server.execute_sql(&[change]).await;
            for link in [&approve, &reject] {
                server.browser().get(link).await.assert_refused("role-required");
                server.browser().post(link, &[]).await.assert_refused("role-required");
            }
        }
        let forms = forms(&mut boss).await;
        server.clock.advance(Span::minutes(11));
        assert!(boss.post(&format!("{forms}/approve"), &[]).await.location().starts_with("/profile/step-up"));
        assert!(boss.get("/admin/invitations").await.text().contains("Waiting for approval"));
    }

    /// Fails when two who decide at once both do.
    async fn of_two_who_decide_at_once_one_does(db: TestDatabase) {
        let (server, _, mails) = waiting(db, &[]).await;
        let [approve, _] = decisions(to(&mails, MODERATOR, ASKS));
        let [_, reject] = decisions(to(&mails, "boss@example.org", ASKS));
        let (mut one, mut other) = (server.browser(), server.browser());
        let (one, other) = tokio::join!(one.post(&approve, &[]), other.post(&reject, &[]));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(server.mail().await.len(), 1);
    }

    /// Fails when what was decided, or sent, under an earlier setting lets somebody in whom the one of now keeps out.
    async fn the_setting_is_judged_at_each_step(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[(SETTING, "open")]).await;
        let mut ada = server.browser();
        register(&mut ada, ADA).await;
        let link = server.one_mail(FINISH).await.link();
        for (setting, code) in [("by-approval", "approval-required"), ("closed", "registration-closed")] {
            boss.has_saved_settings(&[(SETTING, setting)]).await;
            ada.get(&link).await.assert_refused(code);
            ada.post(&link, &[]).await.assert_refused(code);
        }
        boss.has_saved_settings(&[(SETTING, "open"), ("members.refused_domains", "example.org")]).await;
        ada.post(&link, &[]).await.assert_refused("domain-refused");
        register(&mut ada, "eve@example.org").await.assert_refused("domain-refused");
        boss.has_saved_settings(&[(SETTING, "open")]).await;
        assert_eq!(join(&mut ada, &link).await.status, 303);
    }

    /// Fails when whoever was approved is kept out once registration is closed.
    async fn whoever_was_approved_joins_whatever_holds_by_then(db: TestDatabase) {
        let (server, mut boss, _) = waiting(db, &[]).await;
        let forms = forms(&mut boss).await;
        assert_eq!(boss.post(&format!("{forms}/approve"), &[]).await.location(), "/admin/invitations?notice=member-approved");
        let link = server.one_mail(FINISH).await.link();
        boss.has_saved_settings(&[]).await;
        assert_eq!(join(&mut server.browser(), &link).await.status, 303);
    }

    /// Fails when a link of a moderator outlives `links.member_approve` or `links.member_reject`.
    async fn a_decision_works_for_as_long_as_both_then_and_now_say(db: TestDatabase) {
        let keys = ["links.member_approve", "links.member_reject"];
        let lasting = |minutes: &'static str| [(SETTING, "by-approval"), (keys[0], minutes), (keys[1], minutes)];
        let (server, mut boss, mails) = waiting(db, &lasting("20")[1..]).await;
        let links = decisions(to(&mails, MODERATOR, ASKS));
        server.clock.advance(Span::seconds(599));
        for (n, link) in links.iter().enumerate() {
            assert_eq!(server.browser().get(link).await.status, 200, "{link}");
            let mut changed = lasting("20");
            changed[n + 1].1 = "9";
            boss.has_saved_settings(&changed).await;
            let status = async |link: &str| server.browser().get(link).await.status;
            assert_eq!((status(link).await, status(&links[1 - n]).await), (410, 200), "each by its own, at once");
        }
        boss.has_saved_settings(&lasting("0")).await;
        assert_eq!(server.browser().get(&links[0]).await.status, 200);
        server.clock.advance(Span::seconds(601));
        for link in &links {
            assert_eq!(server.browser().post(link, &[]).await.status, 410, "a longer one brings nothing back");
        }
    }

    /// Fails when whoever was added is not led to their profile, or for longer than `links.member_profile` says.
    async fn whoever_was_added_is_led_to_their_profile(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[("links.member_profile", "10")]).await;
        let fields = [("name", "Ada"), ("email", ADA), ("role", "member"), ("joining", "add")];
        assert_eq!(boss.post("/admin/invitations", &fields).await.status, 303);
        let mut ada = server.browser();
        let link = server.one_mail("Confirm your new account").await.link();
        assert_eq!(ada.post(&link, &[]).await.location(), "/choose-password");
        let profile = server.one_mail("Your profile was added").await.link();
        assert!(ada.get(&profile).await.text().contains("This link leads to the profile of ada@example.org."));
        assert_eq!(ada.post(&profile, &[]).await.location(), "/profile");
        server.clock.advance(Span::minutes(10));
        assert_eq!(ada.get(&profile).await.status, 410);
    }

    /// Fails when `Members::register` no longer calls `Captchas::judge_ask_for_mail`.
    async fn with_captchas_asking_to_join_brings_a_solution(db: TestDatabase) {
        let (server, _) = TestServer::with_settings(db, &[(SETTING, "open"), ("sign_in.captcha", "true")]).await;
        let mut ada = server.browser();
        let page = register(&mut ada, ADA).await;
        assert_eq!(page.status, 422);
        page.assert_refused("captcha-unsolved");
        let answer = page.page().solved_captcha();
        let page = ada.post("/register", &[("name", "Ada"), ("email", ADA), ("altcha", &answer)]).await;
        assert!(page.text().contains("A mail is on its way"), "{}", page.text());
    }

    /// Fails when whoever never confirms an address is kept for ever, or somebody who waits is forgotten.
    async fn whoever_never_confirms_an_address_is_forgotten(db: TestDatabase) {
        let (server, mut boss, _) = waiting(db, &[("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")]).await;
        register(&mut server.browser(), "eve@example.org").await;
        server.mail().await;
        server.clock.advance(Span::days(8));
        server.bailey.tidy_up().await.expect("it answers");
        assert_eq!(boss.get("/admin/members?who=pending").await.page().texts("th[scope=row] .soft"), [ADA]);
    }
}
