//! Pictures of members: fetched by the server alone, and shown from this site alone.
use crate::support::{Answer, Browser, Reply, TestServer, TlsServer};
use policy::{Role, time::Span};
use server::config::Overrides;
use sha2::{Digest, Sha256};
use store::{on_both, testing::TestDatabase};

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const ON: (&str, &str) = ("members.gravatar", "true");

/// A picture, as far as anybody looks.
fn picture() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\nand then what Gravatar has".to_vec()
}

/// A Bailey that asks this server for pictures, and its super-admin.
async fn asking(db: TestDatabase, service: &TlsServer) -> (TestServer, Browser) {
    let flags = Overrides {
        outbound_allow: Some("127.0.0.0/8, ::1".to_owned()),
        outbound_ca_file: Some(service.authority().display().to_string()),
        gravatar_url: Some(service.url("/avatar/")),
        ..Overrides::default()
    };
    let server = TestServer::configured(db, flags).await;
    let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
    (server, boss)
}

async fn path(server: &TestServer, email: &str) -> String {
    format!("/avatars/{}", server.member_row(email).await.id)
}

/// Does the job that fetches; answers what the avatar server was asked.
async fn fetched(server: &TestServer, service: &TlsServer) -> Vec<String> {
    server.bailey.avatars().fetch_wanted().await.expect("the database answers");
    service.asked()
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn is_pattern(answer: &Answer) -> bool {
    answer.status == 200 && header(answer, "content-type") == "image/png" && !answer.body.contains("Gravatar")
}

on_both! {
    /// Fails when `avatar::is_asked_for` no longer reads `members.gravatar`, or somebody's address goes out otherwise than
    /// as its SHA-256.
    async fn a_picture_is_fetched_by_the_server_and_only_where_that_is_on(db: TestDatabase) {
        let service = TlsServer::start(Reply::Picture(picture())).await;
        let (server, mut boss) = asking(db, &service).await;
        server.member(ADA, Role::Member).await;
        let ada = path(&server, ADA).await;
        assert!(is_pattern(&server.browser().get(&ada).await), "off by default");
        assert!(fetched(&server, &service).await.is_empty());

        boss.has_saved_settings(&[ON]).await;
        assert!(is_pattern(&server.browser().get(&ada).await), "nobody waits for it");
        assert!(service.asked().is_empty(), "a request asks nobody");
        let asked = fetched(&server, &service).await;
        let hash = hex::encode(Sha256::digest(ADA));
        assert_eq!(asked.len(), 1);
        assert!(asked[0].starts_with(&format!("GET /avatar/{hash}?s=120&d=404&r=g HTTP/1.1\r\n")), "{asked:?}");
        assert!(!asked[0].contains("ada") && !asked[0].to_lowercase().contains("cookie"), "{asked:?}");
        let shown = server.browser().get(&ada).await;
        assert!(shown.body.contains("and then what Gravatar has"));
        assert!(!boss.get("/admin/members").await.body.contains(&hash), "its hash is told nobody");

        boss.has_saved_settings(&[]).await;
        assert!(is_pattern(&server.browser().get(&ada).await), "off again at once");
        assert!(fetched(&server, &service).await.is_empty());
    }

    /// Fails when a picture is asked for again while its answer is good, or never again.
    async fn an_answer_is_kept_for_a_day_and_so_is_that_there_is_none(db: TestDatabase) {
        let service = TlsServer::start(Reply::status("404 Not Found", "x-a: b")).await;
        let (server, mut boss) = asking(db, &service).await;
        boss.has_saved_settings(&[ON, ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")]).await;
        let path = path(&server, BOSS).await;
        for _ in 0..3 {
            assert!(is_pattern(&boss.get(&path).await));
            let first = server.sql_column("SELECT member_id FROM avatars").await.is_empty();
            assert_eq!(fetched(&server, &service).await.len(), usize::from(first));
        }
        service.replies(Reply::Picture(picture()));
        server.clock.advance(Span::days(1));
        assert!(is_pattern(&boss.get(&path).await));
        assert_eq!(fetched(&server, &service).await.len(), 1);
        assert!(boss.get(&path).await.body.contains("Gravatar"));
        // Nothing better comes, so it goes on being shown, and is tried again after a quarter of an hour.
        server.clock.advance(Span::days(1));
        for silence in [Reply::status("503 Unavailable", "x-a: b"), Reply::Endless, Reply::status("302 Found", "location: https://elsewhere.example/")] {
            service.replies(silence);
            assert!(boss.get(&path).await.body.contains("Gravatar"));
            assert_eq!(fetched(&server, &service).await.len(), 1);
            boss.get(&path).await;
            assert!(fetched(&server, &service).await.is_empty());
            server.clock.advance(Span::minutes(15));
        }
    }

    /// Fails when what is no picture is kept, or served under the name that it came with.
    async fn what_is_no_picture_is_not_kept(db: TestDatabase) {
        let evil = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert('Gravatar')</script></svg>";
        let service = TlsServer::start(Reply::Picture(evil.to_vec())).await;
        let (server, mut boss) = asking(db, &service).await;
        boss.has_saved_settings(&[ON]).await;
        let path = path(&server, BOSS).await;
        boss.get(&path).await;
        assert_eq!(fetched(&server, &service).await.len(), 1);
        assert!(is_pattern(&boss.get(&path).await));
        assert!(server.sql_column("SELECT media_type FROM avatars WHERE media_type IS NOT NULL").await.is_empty());
    }

    /// Fails when the picture of whoever no longer takes part is shown or asked for, or that of an address that they had.
    async fn whoever_takes_no_part_or_has_another_address_has_a_pattern(db: TestDatabase) {
        let service = TlsServer::start(Reply::Picture(picture())).await;
        let (server, mut boss) = asking(db, &service).await;
        server.member(ADA, Role::Member).await;
        boss.has_saved_settings(&[ON]).await;
        let ada = path(&server, ADA).await;
        boss.get(&ada).await;
        assert_eq!(fetched(&server, &service).await.len(), 1);
        assert!(boss.get(&ada).await.body.contains("Gravatar"));
        server.execute_sql(&["UPDATE members SET email = 'lovelace@example.org' WHERE email = 'ada@example.org'"]).await;
        assert!(is_pattern(&boss.get(&ada).await), "it was another address's");
        let asked = fetched(&server, &service).await;
        assert!(asked[0].contains(&hex::encode(Sha256::digest("lovelace@example.org"))), "{asked:?}");
        assert!(boss.get(&ada).await.body.contains("Gravatar"));
        let id = ada.trim_start_matches("/avatars/");
        assert_eq!(boss.post(&format!("/admin/members/{id}/ban"), &[]).await.status, 303);
        assert!(is_pattern(&boss.get(&ada).await), "a banned member's");
        assert!(fetched(&server, &service).await.is_empty());
        server.bailey.tidy_up().await.expect("it answers");
        assert!(server.sql_column("SELECT member_id FROM avatars").await.is_empty(), "and nothing of it is kept");
    }

    /// Fails when `as_picture` no longer marks it: mails are read on other sites.
    async fn other_sites_may_show_it_whatever_the_headers_say_and_nothing_runs_in_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for corp in ["same-origin", "same-site", "off"] {
            server.change_settings(&[("headers.corp", corp), ("headers.content_type_options", "false")]).await;
            let answer = server.browser().get(&path(&server, "boss0@example.org").await).await;
            assert!(is_pattern(&answer), "{corp}");
            assert_eq!(header(&answer, "cross-origin-resource-policy"), "cross-origin", "{corp}");
            assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{corp}");
            assert_eq!(header(&answer, "content-security-policy"), "default-src 'none'; frame-ancestors 'none'; sandbox");
        }
    }

    /// Fails when a stranger learns from a picture who is a member, or pages show one from elsewhere.
    async fn a_picture_tells_nobody_who_is_a_member(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let nobody = "/avatars/01930000-0000-7000-8000-000000000000";
        let (known, unknown) = (server.browser().get(&path(&server, BOSS).await).await, server.browser().get(nobody).await);
        assert!(is_pattern(&known) && is_pattern(&unknown));
        let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&known), names(&unknown));
        assert_eq!(server.browser().get("/avatars/ada@example.org").await.status, 404);
        let page = boss.get("/").await;
        assert!(page.body.contains(&format!("src=\"{}\"", path(&server, BOSS).await)), "{}", page.body);
        for page in ["/", "/admin/members", "/profile"] {
            let body = boss.get(page).await.body;
            assert!(!body.contains("src=\"http") && !body.contains("gravatar.com"), "{page}");
        }
    }

    /// Fails when the mail about somebody no longer shows their picture.
    async fn a_mail_about_somebody_shows_their_picture_from_this_site(db: TestDatabase) {
        let (server, _) = TestServer::with_settings(db, &[("members.registration", "by-approval")]).await;
        server.member("mod@example.org", Role::Moderator).await;
        server.browser().post("/register", &[("name", "Ada"), ("email", ADA)]).await;
        let confirm = server.one_mail("Confirm that you want to join").await.link();
        assert_eq!(server.browser().post(&confirm, &[]).await.status, 303);
        let mails = server.mail().await;
        let mail = mails.iter().find(|mail| mail.to == "mod@example.org").expect("it is asked to decide");
        let shown = format!("src=\"http://localhost:3000{}\"", path(&server, ADA).await);
        assert!(mail.html.contains(&shown), "{}", mail.html);
    }
}
