//! The service that is asked for breached passwords: what it is told, what its word means, and what its silence does.
use crate::support::{NEW_PASSWORD, OTHER_PASSWORDS, PASSWORD, Reply, TestServer, TlsServer};
use domain::{Error, members::NewMember};
use policy::{Role, time::Span};
use server::config::Overrides;
use sha1::{Digest, Sha1};
use store::on_both;
use store::testing::TestDatabase as Db;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const WORDS: &str = "on a list of used passwords: it was found 4 711 times in leaked data";
const OUTAGE: &str = "The breach service did not answer";
const OVERVIEW: &str = "the service that is asked for breached passwords did not answer";

/// The SHA-1 of a password as the service has it.
fn hash_of(password: &str) -> String {
    hex::encode_upper(Sha1::digest(password))
}

/// A range that knows this password, among others.
fn range_with(password: &str) -> Reply {
    let rest = &hash_of(password)[5..];
    Reply::ok(&format!(
        "0018A45C4D1DEF81644B54AB7F969B88D65:4\r\n{rest}:4711\r\n00D4F6E8FA6EECAD2A3AA415EEC418D38EC:0\r\n"
    ))
}

/// A range that knows other passwords alone.
fn range_without() -> Reply {
    Reply::ok("0018A45C4D1DEF81644B54AB7F969B88D65:4\r\n")
}

/// A Bailey that may connect to this machine and trusts the service's authority.
async fn bailey(db: Db, service: &TlsServer) -> TestServer {
    let flags = Overrides {
        outbound_allow: Some("127.0.0.0/8, ::1".to_owned()),
        outbound_ca_file: Some(service.authority().display().to_string()),
        ..Overrides::default()
    };
    TestServer::configured(db, flags).await
}

/// The settings under which a service is asked.
fn asking(url: &str) -> [(&str, &str); 3] {
    [("passwords.breach_check", "service"), ("passwords.breach_url", url), ("passwords.change_interval", "0")]
}

/// How many outages the audit log holds.
async fn noted(server: &TestServer) -> usize {
    let entries = server.sql_column("SELECT body FROM audit_entries").await;
    entries.iter().filter(|body| body.contains(OUTAGE)).count()
}

on_both! {
    /// Fails when one of the ways in which a password is chosen no longer asks `Passwords::times_breached`, or the service
    /// is told more than five characters of the hash.
    async fn a_password_that_the_service_knows_is_refused_wherever_it_is_chosen(db: TestDatabase) {
        let service = TlsServer::start(range_with(NEW_PASSWORD)).await;
        let server = bailey(db, &service).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        assert!(service.asked().is_empty(), "off by default");
        boss.has_saved_settings(&asking(&service.url("/range"))).await;

        let page = ada.change_password(PASSWORD, NEW_PASSWORD).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains(WORDS), "{}", page.text());
        assert!(page.text().contains("Decided by the setting “Breached passwords”."), "{}", page.text());
        let page = server.choosing_password(ADA).await.choose_password(NEW_PASSWORD).await;
        assert!(page.status == 422 && page.text().contains(WORDS), "{}", page.text());
        let new = NewMember { name: "Grace", email: "grace@example.org", password: Some(NEW_PASSWORD.into()), role: Role::Member, confirmed: true };
        let found = server.bailey.members().create(&server.workspace.id, new).await;
        assert!(matches!(&found, Err(Error::Invalid(wrong)) if wrong["password"].contains("in leaked data")), "{found:?}");

        let (prefix, asked) = (&hash_of(NEW_PASSWORD)[..5], service.asked());
        assert_eq!(asked.len(), 3);
        for head in asked {
            assert!(head.starts_with(&format!("GET /range/{prefix} HTTP/1.1\r\n")), "{head}");
            assert!(head.to_lowercase().contains("\r\nadd-padding: true\r\n"), "{head}");
            assert!(!head.contains(&hash_of(NEW_PASSWORD)[5..]), "{head}");
        }
        assert_eq!(ada.change_password(PASSWORD, "passwordpassword").await.status, 422);
        assert_eq!(ada.change_password("not it", NEW_PASSWORD).await.status, 422);
        assert!(service.asked().is_empty(), "what is refused anyway is asked of nobody");

        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[1]).await;
        assert_eq!(server.browser().sign_in_with(ADA, OTHER_PASSWORDS[1]).await.location(), "/");
        assert_eq!(service.asked().len(), 1, "a sign-in asks nobody");
        assert_eq!(noted(&server).await, 0);
        assert!(!boss.get("/admin").await.text().contains(OVERVIEW));
    }

    /// Fails when `Passwords::times_breached` refuses somebody for want of an answer, or `note_outage` notes every one.
    async fn a_service_that_does_not_answer_keeps_nobody_from_going_on(db: TestDatabase) {
        let service = TlsServer::start(range_without()).await;
        let server = bailey(db, &service).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let long = [("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0"), ("passwords.reuse_limit", "0")];
        boss.has_saved_settings(&[&asking(&service.url("/range/"))[..], &long].concat()).await;
        let elsewhere = format!("location: {}", service.url("/range/"));
        let silences = [
            (Reply::status("503 Unavailable", "retry-after: 60"), "the answer has the status 503"),
            (Reply::status("302 Found", &elsewhere), "leads elsewhere"),
            (Reply::ok("<title>Sign in to the network</title>"), "is no range of hashes"),
            (Reply::Endless, "is longer than 262144 bytes"),
            (Reply::Silence, "there was no answer in time"),
        ];
        let mut current = PASSWORD;
        for (n, (reply, why)) in silences.into_iter().enumerate() {
            service.replies(reply);
            for _ in 0..2 {
                let next = if current == NEW_PASSWORD { OTHER_PASSWORDS[1] } else { NEW_PASSWORD };
                ada.has_changed_password(current, next).await;
                current = next;
            }
            assert_eq!(noted(&server).await, n + 1, "{why}: once an hour");
            let log = boss.get("/admin/audit?channel=password").await.text();
            assert!(log.contains(OUTAGE) && log.contains(why), "{why}: {log}");
            assert!(boss.get("/admin").await.text().contains(OVERVIEW));
            server.clock.advance(Span::minutes(60));
        }
        // The built-in list decides alone.
        assert_eq!(ada.change_password(current, "passwordpassword").await.status, 422);
        service.replies(range_without());
        server.clock.advance(Span::days(1));
        assert!(!boss.get("/admin").await.text().contains(OVERVIEW), "a day later it is over");
    }

    /// Fails when the service is reached past the guard of whatever Bailey fetches.
    async fn a_service_on_a_private_address_is_asked_only_where_the_operator_allows_it(db: TestDatabase) {
        let service = TlsServer::start(range_with(NEW_PASSWORD)).await;
        let (server, boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &asking(&service.url("/"))).await;
        ada.has_changed_password(PASSWORD, NEW_PASSWORD).await;
        let mut boss = boss;
        let log = boss.get("/admin/audit?channel=password").await.text();
        assert!(log.contains("an address of this machine") && log.contains("outbound_allow"), "{log}");
        assert!(service.asked().is_empty());
        assert_eq!(noted(&server).await, 1);
    }

    /// Fails when `rules::violations` no longer asks for an address, or an address in the clear is taken.
    async fn the_service_has_an_address_over_https_and_only_a_super_admin_changes_or_leaves_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        for (url, words) in [("", "Needs the address of a service"), ("http://ranges.example.org/", "is no address that begins with https")] {
            let page = boss.save_settings(&asking(url)).await;
            assert!(page.status == 422 && page.text().contains(words), "{url}: {}", page.text());
        }
        boss.has_saved_settings(&asking("https://ranges.example.org/")).await;
        let mut admin = server.signed_in("grace@example.org", Role::Admin).await;
        for weaker in [&asking("https://elsewhere.example.org/")[..], &[("passwords.change_interval", "0")]] {
            let page = admin.save_settings(weaker).await;
            assert!(page.status == 403 && page.text().contains("only a super-admin may weaken it"), "{} {}", page.status, page.text());
        }
    }
}
