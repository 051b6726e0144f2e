//! Whatever host a request names, links lead to the configured one, and no other host is served.
use crate::support::TestServer;
use axum::http::Method;
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const FORGOT: &str = "/forgot-password";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn asks() -> String {
    "email=ada%40example.org".to_owned()
}

on_both! {
    /// Fails when `Mails::queue` writes a letter for anything but `Bailey::origin`, or that follows the request.
    async fn the_link_in_a_mail_leads_to_the_configured_host(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        for (name, value) in [
            ("x-forwarded-host", "evil.example"),
            ("x-original-host", "evil.example"),
            ("forwarded", "for=203.0.113.9;host=evil.example;proto=https"),
            ("referer", "https://evil.example/forgot-password"),
        ] {
            let headers = [FORM, (name, value)];
            let page = server.browser().send_with(Method::POST, FORGOT, &headers, Some(asks())).await;
            assert_eq!(page.status, 200, "{name}: {}", page.text());
            assert!(!page.body.contains("evil.example"), "{name}");
            let mail = server.one_mail("Choose a new password").await;
            assert!(mail.text.contains("http://localhost:3000/link/"), "{name}: {}", mail.text);
            for part in [&mail.text, &mail.html, &mail.raw] {
                assert!(!part.contains("evil.example"), "{name}: {part}");
            }
            // Longer than a mailbox is left alone after so many mails.
            server.clock.advance(Span::minutes(10));
        }
    }

    /// Fails when `host::check` is taken from the edge, or looks at the Host alone or at the target alone.
    async fn a_request_for_another_host_is_answered_421_and_does_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        for (host, target) in [
            ("evil.example", "/forgot-password"),
            ("localhost.evil.example:3000", "/forgot-password"),
            ("localhost:3000", "http://evil.example/forgot-password"),
            ("evil.example", "http://localhost:3000/forgot-password"),
            ("evil.example", "http://evil.example/forgot-password"),
        ] {
            let headers = [FORM, ("host", host), ("x-forwarded-host", "localhost:3000")];
            let answer = server.browser().send_with(Method::POST, target, &headers, Some(asks())).await;
            assert_eq!(answer.status, 421, "{host} {target}");
            assert_eq!(answer.body, "This host is not served here.\n", "{host} {target}");
        }
        assert!(server.mail().await.is_empty());
        let own = "http://localhost:3000/forgot-password";
        assert_eq!(server.browser().send_with(Method::POST, own, &[FORM], Some(asks())).await.status, 200);
        server.one_mail("Choose a new password").await;
    }
}
