//! Mail servers as they are: what they refuse, when, and what becomes of the mail.
use super::program::{bailey, fresh, run};
use crate::support::{Browser, SmtpServer, TestServer};
use domain::{
    Bailey, Parts, Vault,
    files::FileStore,
    mail::Mailer,
    members::NewMember,
    outbound::{Authorities, Outbound},
};
use policy::{Role, time::Span};
use server::config::{Config, Overrides};
use std::ffi::OsString;
use store::on_both;

const BOSS: &str = "boss@example.org";

/// A Bailey on the database of a server that hands its mail over to an address.
fn sending_to(server: &TestServer, url: &str, hello: &str) -> Bailey {
    let from = "Bailey <bailey@example.org>".parse().expect("an address");
    let parts = Parts {
        store: server.db.store.clone(),
        clock: server.clock.clone(),
        vault: Vault::new([7; 32]),
        files: FileStore::new(server.files.path()),
        hash_concurrency: 1,
        hash_wait: std::time::Duration::from_secs(5),
        origin: "http://localhost:3000".to_owned(),
        mailer: Mailer::smtp(url, hello, from).expect("an address of a mail server"),
        outbound: Outbound::new(Vec::new(), Authorities::default()),
        avatar_server: "https://avatars.example.org/".parse().expect("an address"),
        safe_mode: false,
    };
    Bailey::new(parts).expect("the parts fit")
}

/// Queues a test mail, and hands it over to a server that says so; answers the page that tells what became of it.
async fn tried(
    boss: &mut Browser,
    away: &Bailey,
    mail: &SmtpServer,
    script: &[(&'static str, &'static str)],
) -> String {
    assert_eq!(boss.post("/admin/mail/test", &[]).await.status, 303);
    mail.says(script);
    away.mail().deliver_due().await.expect("the database answers");
    boss.get("/admin/mail").await.text()
}

on_both! {
    /// Fails when a refusal of the server itself, or of how Bailey was told to reach it, throws mail away.
    async fn mail_that_was_queued_while_a_relay_was_misconfigured_goes_out_once_it_is_not(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mail = SmtpServer::start().await;
        let with_account = sending_to(&server, &mail.url("ada:secret@", ""), "bailey.example.org");
        let encrypted = sending_to(&server, &mail.url("", "?tls=required"), "bailey.example.org");
        let cases: [(&Bailey, &[(&str, &str)]); 10] = [
            (&with_account, &[("CONNECT", "554 5.7.1 We do not know you")]),
            (&with_account, &[("EHLO", "550 5.7.1 Who is that?")]),
            (&with_account, &[("AUTH", "535 5.7.8 Wrong password")]),
            (&with_account, &[("AUTH", "534 5.7.9 Use another mechanism")]),
            (&with_account, &[("MAIL", "530 5.7.0 Sign in first")]),
            (&with_account, &[("MAIL", "550 5.7.1 Not your address")]),
            (&with_account, &[("RCPT", "554 5.7.1 <boss@example.org>: Relay access denied")]),
            (&with_account, &[("DATA", "554 5.5.1 No valid recipients")]),
            (&encrypted, &[("EHLO", "250-mail.example.org\r\n250 STARTTLS"), ("STARTTLS", "502 5.5.1 Not here")]),
            (&encrypted, &[]),
        ];
        for (away, script) in cases {
            let page = tried(&mut boss, away, &mail, script).await;
            assert!(!page.contains("Given up") && page.contains("1 try so far"), "{script:?}: {page}");
            let overview = boss.get("/admin").await.text();
            assert!(overview.contains("Mail is failing"), "{script:?}: {overview}");
            mail.says(&[]);
            server.clock.advance(Span::minutes(1));
            assert_eq!(with_account.mail().deliver_due().await.expect("it answers"), 1, "{script:?}");
            assert!(!boss.get("/admin").await.text().contains("Mail is failing"), "{script:?}");
        }
    }

    /// Fails when what can never be delivered is tried for a day.
    async fn what_a_server_says_about_the_recipient_or_the_mail_is_final(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mail = SmtpServer::start().await;
        let away = sending_to(&server, &mail.url("", ""), "bailey.example.org");
        let cases: [&[(&str, &str)]; 4] = [
            &[("RCPT", "550 5.1.1 No such user here")],
            &[("RCPT", "553 Mailbox name not allowed")],
            &[(".", "552 5.3.4 Too large")],
            &[(".", "554 5.7.1 That is spam")],
        ];
        for (n, script) in cases.into_iter().enumerate() {
            let page = tried(&mut boss, &away, &mail, script).await;
            assert_eq!(page.matches("Given up").count(), n + 1, "{script:?}: {page}");
        }
        assert!(!boss.get("/admin").await.text().contains("Mail is failing"), "the server works");
    }

    /// Fails when the greeting names an address in brackets, or a link in the plain part is folded.
    async fn a_server_is_greeted_by_name_and_links_arrive_whole(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let named = |email, name| NewMember { name, email, password: None, role: Role::Member, confirmed: true };
        server.create(named("ada@example.org", "Ada Müller")).await;
        server.create(named(BOSS, "Somebody")).await;
        let mail = SmtpServer::start().await;
        let away = sending_to(&server, &mail.url("", ""), "bailey.example.org");
        for (to, hello, body) in [
            ("ada@example.org", "250-mail.example.org\r\n250 8BITMIME", "Content-Transfer-Encoding: 8bit"),
            ("ada@example.org", "250 mail.example.org", "Content-Transfer-Encoding: quoted-printable"),
            (BOSS, "250 mail.example.org", "Content-Transfer-Encoding: 7bit"),
        ] {
            server.clock.advance(Span::minutes(20));
            server.browser().post("/forgot-password", &[("email", to)]).await;
            mail.says(&[("EHLO", hello)]);
            for _ in 0..3 {
                away.mail().deliver_due().await.expect("the database answers");
            }
            let told = mail.told();
            assert_eq!(told[0], "EHLO bailey.example.org");
            assert!(told.iter().any(|line| line == body), "{told:?}");
            let link = told.iter().find(|line| line.starts_with("http://localhost:3000/link/")).expect("on a line of its own");
            let token = link.rsplit('/').next().expect("it has one").trim_end();
            assert_eq!(server.browser().get(&format!("/link/{token}")).await.status, 200, "{link} is whole");
            assert!(told.iter().all(|line| line.len() <= 998));
        }
    }
}

fn configured(pairs: &[(&str, &str)]) -> Config {
    let environment = pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let missing = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
    Config::load(&Overrides::default(), environment, missing).expect("it is valid")
}

#[test]
fn the_greeting_is_the_host_of_the_public_url_unless_another_name_is_given() {
    let host = ("BAILEY_PUBLIC_URL", "https://bailey.example.org:8443");
    assert_eq!(configured(&[host]).smtp_helo, "bailey.example.org");
    assert_eq!(configured(&[host, ("BAILEY_SMTP_HELO", "mail.example.org")]).smtp_helo, "mail.example.org");
    assert_eq!(configured(&[host, ("BAILEY_SMTP_HELO", "[192.0.2.1]")]).smtp_helo, "[192.0.2.1]");
}

/// Fails when `mail_warnings` misses a way in which a password is not used, or is read on the way.
#[test]
fn an_account_that_is_not_used_or_not_protected_is_told_of_at_the_start_and_by_the_doctor() {
    let many = |url: &str| configured(&[("BAILEY_SMTP_URL", url)]).mail_warnings().len();
    for (url, warnings) in [
        ("smtp://ada@mail.example.org", 1),
        ("smtps://ada@mail.example.org", 1),
        ("smtp://ada:secret@mail.example.org", 1),
        ("smtp://ada:secret@mail.example.org:587?tls=opportunistic", 1),
        ("smtp://ada:secret@mail.example.org:587?tls=required", 0),
        ("smtps://ada:secret@mail.example.org", 0),
        ("smtp://ada:secret@127.0.0.1:1025", 0),
        ("smtp://mail.example.org", 0),
    ] {
        assert_eq!(many(url), warnings, "{url}");
    }
    let dir = fresh();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound").to_string();
    for (url, words) in [
        ("smtp://ada@mail.example.org", "names a user and no password"),
        ("smtp://ada:hunter2@mail.example.org", "may go over the network unencrypted"),
    ] {
        let said = |command: &str| {
            run(bailey(dir.path(), &[command]).env("BAILEY_SMTP_URL", url).env("BAILEY_LISTEN", &address))
        };
        let (_, doctor, _) = said("doctor");
        assert!(doctor.contains(words) && !doctor.contains("hunter2"), "{doctor}");
        let (_, log, failed) = said("serve");
        let started = format!("{log}{failed}");
        assert!(started.contains(words) && !started.contains("hunter2"), "{started}");
    }
}
