//! Reports: asked for, made by the job, and downloaded by whoever asked for them.
use crate::support::{Answer, Browser, TestServer};
use policy::{Role, time::Span};
use store::{on_both, testing::TestDatabase};

const BOSS: &str = "boss@example.org";
const PAGE: &str = "/admin/reports";
const READY: &str = "Your report is ready";

async fn with_boss(db: TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
    (server, boss)
}

async fn ask(browser: &mut Browser, kind: &str) {
    assert_eq!(browser.post(PAGE, &[("kind", kind)]).await.location(), "/admin/reports?notice=report-asked");
}

async fn made(server: &TestServer) -> u32 {
    server.bailey.reports().make_due().await.expect("the database answers")
}

/// Where the only report that is ready is downloaded.
async fn address(browser: &mut Browser) -> String {
    browser.get(PAGE).await.page().attribute("a[href$='/download']", "href")
}

/// The only report that is ready.
async fn downloaded(browser: &mut Browser) -> Answer {
    let address = address(browser).await;
    browser.get(&address).await
}

on_both! {
    /// Fails when a report lacks rows or columns, or whoever asked for it is not told.
    async fn a_report_is_asked_for_made_and_downloaded_from_the_mail(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        server.member("grace@example.org", Role::Member).await;
        assert!(boss.get(PAGE).await.text().contains("You have asked for no report"));
        ask(&mut boss, "members").await;
        let page = boss.get(PAGE).await;
        assert!(page.text().contains("Waiting") && page.text().contains("Look how far they are"), "{}", page.text());
        assert!(server.mail().await.is_empty(), "it is not ready yet");
        assert_eq!(made(&server).await, 1);
        assert_eq!(made(&server).await, 0, "once");
        let mail = server.one_mail(READY).await;
        assert_eq!(mail.to, BOSS);
        let link = mail.link();
        assert!(boss.get(&link).await.text().contains("This link downloads a report that boss@example.org has asked for."));
        let leads_to = boss.post(&link, &[]).await.location().to_owned();
        assert_eq!(leads_to, address(&mut boss).await);
        let file = boss.get(&leads_to).await;
        assert_eq!((file.status, file.headers["content-type"].to_str().ok()), (200, Some("text/csv; charset=utf-8")));
        let name = file.headers["content-disposition"].to_str().expect("ASCII");
        assert!(name.starts_with("attachment; filename=\"members-2027-01-15.csv\""), "{name}");
        assert_eq!(file.headers["content-security-policy"], "default-src 'none'; sandbox");
        let lines: Vec<_> = file.body.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(lines[0], "Address,Name,Role,Status,Address confirmed,Second factor,Last sign-in");
        assert!(lines.iter().any(|line| line.starts_with("boss@example.org,Somebody,Super-admin,active,yes,off,2027-01-15")), "{lines:?}");
        assert!(lines.contains(&"grace@example.org,Somebody,Member,active,yes,off,"), "{lines:?}");
        assert_eq!(lines.len(), 4);
        assert!(boss.get(PAGE).await.text().contains("2 rows"));
        let log = boss.get("/admin/audit?channel=reports").await.text();
        for act in ["Asked for a report", "Made a report", "Downloaded a report"] {
            assert!(log.contains(act), "{act}: {log}");
        }
    }

    /// Fails when `own` no longer looks at whose a report is, or `may_have` is not asked at the download.
    async fn a_report_is_for_its_owner_alone_while_they_are_an_admin(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        ask(&mut admin, "members").await;
        assert_eq!(made(&server).await, 1);
        let link = server.one_mail(READY).await.link();
        let address = address(&mut admin).await;
        assert_eq!(boss.get(&address).await.status, 404, "a super-admin asks for one of her own");
        let other = boss.get(&link).await.text();
        assert!(other.contains("It was sent to admin@example.org, and you are signed in as boss@example.org."), "{other}");
        assert!(!boss.get(PAGE).await.page().links_to(&address));
        let id = address.trim_end_matches("/download").to_owned();
        assert_eq!(boss.post(&format!("{id}/cancel"), &[]).await.status, 404);
        let mut stranger = server.browser();
        let leads_to = stranger.post(&link, &[]).await.location().to_owned();
        assert!(stranger.get(&leads_to).await.location().starts_with("/sign-in?next="), "the link signs nobody in");
        assert_eq!(admin.get(&address).await.status, 200);
        server.execute_sql(&["UPDATE members SET role = 'moderator' WHERE email = 'admin@example.org'"]).await;
        admin.get(&address).await.assert_refused("role-required");
    }

    /// Fails when a report holds what its owner does not see on screens.
    async fn a_report_of_ideas_holds_those_of_its_owners_communities(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let own = boss.add_community("Own", &["admin@example.org", BOSS]).await;
        let all = boss.communities().await;
        assert_eq!(boss.post("/admin/settings/communities", &[("name", "Others")]).await.status, 303);
        let others = boss.communities().await.into_iter().find(|forms| !all.contains(forms)).expect("a second one");
        boss.post(&format!("{others}/members"), &[("email", BOSS)]).await;
        let others = others.rsplit('/').next().expect("an identifier").to_owned();
        for (community, title) in [(&own, "=HYPERLINK(\"//evil.example\")"), (&others, "Not for everybody")] {
            let idea = [("community", community.as_str()), ("title", title), ("body", "Line one\nline two")];
            assert_eq!(boss.post("/ideas", &idea).await.status, 303);
        }
        ask(&mut admin, "ideas").await;
        assert_eq!(made(&server).await, 1);
        let file = downloaded(&mut admin).await.body;
        assert!(file.contains("\"'=HYPERLINK(\"\"//evil.example\"\")\"") && file.contains("\"Line one\nline two\""), "{file}");
        assert!(!file.contains("Not for everybody"), "{file}");
    }

    async fn sign_ins_and_the_log_are_reported_entry_by_entry(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        server.browser().sign_in_with("=cmd@example.org", "wrong").await;
        for kind in ["sign-ins", "audit"] {
            ask(&mut boss, kind).await;
            assert_eq!(made(&server).await, 1);
            let file = downloaded(&mut boss).await.body;
            assert!(file.contains("Entry,At,Channel,Action,By,Subject,Network address,Changes,Facts"), "{file}");
            assert!(file.contains(",sign-in,"), "{file}");
            assert_eq!(file.contains(",members,"), kind == "audit", "{kind}");
            server.clock.advance(Span::seconds(1));
            let cell = file.split(['\n', ',', '"']).find(|cell| cell.starts_with(['=', '+', '@']));
            assert_eq!(cell, None, "{file}");
        }
        assert_eq!(boss.post(PAGE, &[("kind", "nothing")]).await.status, 404);
    }

    /// Fails when a report that nobody goes on with stays as it is, or is begun for ever.
    async fn a_restart_in_the_middle_begins_anew_and_in_the_end_gives_up_in_words(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        ask(&mut boss, "members").await;
        // Until two minutes after noon.
        server.execute_sql(&["UPDATE reports SET state = 'running', begun = 1, rows_done = 500, rows_total = 1200, leased_until = 1800000120000"]).await;
        let page = boss.get(PAGE).await;
        assert!(page.text().contains("500 of 1 200 rows"), "{}", page.text());
        assert_eq!((page.page().attribute("progress", "value"), page.page().attribute("progress", "max")), ("500".to_owned(), "1200".to_owned()));
        assert_eq!(made(&server).await, 0, "another node is at it");
        server.clock.advance(Span::minutes(2));
        assert_eq!(made(&server).await, 1, "it was stopped");
        assert!(boss.get(PAGE).await.text().contains("Ready"));
        server.mail().await;
        ask(&mut boss, "audit").await;
        server.execute_sql(&["UPDATE reports SET state = 'running', begun = 3, leased_until = 0 WHERE kind = 'audit'"]).await;
        assert_eq!(made(&server).await, 0);
        let page = boss.get(PAGE).await.text();
        assert!(page.contains("Not made") && page.contains("Bailey was stopped each time while it made this report."), "{page}");
        assert!(server.mail().await.is_empty());
    }

    /// Fails when a report that was cancelled is made, or goes on being made.
    async fn a_report_is_cancelled_while_it_waits_and_while_it_is_made(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        ask(&mut boss, "members").await;
        let cancel = boss.get(PAGE).await.page().attribute("form[action$='/cancel']", "action");
        assert_eq!(boss.post(&cancel, &[]).await.location(), "/admin/reports?notice=report-cancelled");
        assert_eq!(made(&server).await, 0);
        assert!(boss.get(PAGE).await.text().contains("Cancelled"));
        assert_eq!(boss.post(&cancel, &[]).await.status, 303, "it is what was wanted");
        let id = domain::ReportId::parse(cancel.split('/').nth(3).expect("an identifier")).expect("one");
        server.execute_sql(&["UPDATE reports SET state = 'running', begun = 1"]).await;
        assert_eq!(boss.post(&cancel, &[]).await.status, 303);
        let mut tx = server.db.store.write().await.expect("it answers");
        assert!(!tx.advance_report(&id, 1, 5, 0).await.expect("it is asked"), "whoever makes it stops");
        drop(tx);
        assert!(server.mail().await.is_empty());
        assert_eq!(std::fs::read_dir(server.files.path()).map_or(0, Iterator::count), 0, "nothing was written");
    }

    /// Fails when whoever makes a report no longer asks whether its owner may have it.
    async fn a_report_is_not_made_for_whoever_is_no_admin_any_more(db: TestDatabase) {
        let (server, _) = with_boss(db).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        ask(&mut admin, "audit").await;
        server.execute_sql(&["UPDATE members SET role = 'member' WHERE email = 'admin@example.org'"]).await;
        assert_eq!(made(&server).await, 0);
        assert_eq!(server.sql_column("SELECT problem FROM reports").await, ["Whoever asked for it is no admin any more."]);
        assert!(server.mail().await.is_empty());
    }

    /// Fails when `LinkPurpose::ResourceDownload` no longer names `links.resource_download`.
    async fn the_link_lapses_when_the_setting_says_so(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        boss.has_saved_settings(&[("links.resource_download", "60"), ("sessions.idle_timeout", "0")]).await;
        ask(&mut boss, "members").await;
        assert_eq!(made(&server).await, 1);
        let link = server.one_mail(READY).await.link();
        let mut browser = server.browser();
        server.clock.advance(Span::seconds(3_599));
        assert_eq!(browser.get(&link).await.status, 200);
        boss.proves_it_again().await;
        boss.has_saved_settings(&[("links.resource_download", "30"), ("sessions.idle_timeout", "0")]).await;
        assert_eq!(browser.get(&link).await.status, 410, "today's setting counts");
        boss.has_saved_settings(&[("links.resource_download", "0"), ("sessions.idle_timeout", "0")]).await;
        assert_eq!(browser.get(&link).await.status, 200, "as long as it was said to work");
        server.clock.advance(Span::seconds(1));
        assert_eq!(browser.get(&link).await.status, 410, "loosening revives nothing");
        boss.get(&link).await.assert_refused("link-expired");
        assert_eq!(downloaded(&mut boss).await.status, 200, "on the page it is there still");
    }

    /// Fails when `forget_old` keeps reports, or their files, for longer than `KEPT`; or `ask` asks no quota.
    async fn reports_are_kept_for_days_and_so_many_are_asked_for_within_one(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        for _ in 0..20 {
            ask(&mut boss, "members").await;
        }
        let refused = boss.post(PAGE, &[("kind", "members")]).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("quota-reached");
        assert_eq!(made(&server).await, 20);
        let files = || std::fs::read_dir(server.files.path()).expect("a folder").count() - 1;
        assert_eq!(files(), 20);
        server.clock.advance(Span::days(7));
        server.bailey.reports().forget_old().await.expect("it answers");
        assert_eq!(files(), 20);
        server.clock.advance(Span::seconds(1));
        server.bailey.reports().forget_old().await.expect("it answers");
        assert_eq!((files(), server.sql_column("SELECT id FROM reports").await.len()), (0, 0));
        assert_eq!(boss.sign_in(BOSS).await.status, 303);
        ask(&mut boss, "members").await;
    }
}
