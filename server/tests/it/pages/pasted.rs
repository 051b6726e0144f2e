//! What people paste is read as it reads, and what can't be read is named beside its field.
use crate::support::{PASSWORD, SECOND_STEP, TestServer, code_at};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

/// The digits of a code as a phone writes them that is set to another script.
fn arabic(code: &str) -> String {
    code.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0x660).expect("a digit")).collect()
}

on_both! {
    /// Fails when a way in reads the name of whoever signs in by another reader than `EmailAddress::parse`.
    async fn a_name_that_is_pasted_signs_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        for typed in [
            "\u{a0}ada@example.org\u{200b}",
            "\u{feff}ADA@example.org",
            "mailto:ada@example.org",
            "<ada@example.org>",
            "Ada Lovelace <ada@example.org>",
            "“ada@example.org”,",
            "ada@example.org.",
        ] {
            let fields = [("email", typed), ("password", PASSWORD)];
            assert_eq!(server.browser().post("/sign-in", &fields).await.location(), "/", "{typed:?}");
        }
        server.browser().post("/forgot-password", &[("email", "mailto:ada@example.org?subject=Help\u{200b}")]).await;
        server.one_mail("Choose a new password").await;
        server.clock.advance(Span::minutes(10));
        server.browser().post("/forgot-password", &[("email", "Lovelace, Ada <ada@example.org>;")]).await;
        server.one_mail("Choose a new password").await;
    }

    /// Fails when a code is taken for none because of how its digits are written or what was pasted with it.
    async fn a_code_that_is_pasted_passes_the_second_step(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, recovery) = server.enrol_app(&mut ada).await;
        for round in 1..=2_u32 {
            server.clock.advance(Span::seconds(30));
            let code = code_at(&secret, server.clock.now());
            let typed = if round == 1 { arabic(&code) } else { format!("\u{200e}{}\u{a0}{}\u{200b}", &code[..3], &code[3..]) };
            let mut pending = server.pending_sign_in(ADA).await;
            assert_eq!(pending.post(SECOND_STEP, &[("code", &typed)]).await.location(), "/", "{typed:?}");
        }
        let mut pending = server.pending_sign_in(ADA).await;
        let typed = format!("\u{feff}{}\u{200b}", recovery[0].replace('-', "\u{2013}"));
        let path = format!("{SECOND_STEP}/recovery");
        assert_eq!(pending.post(&path, &[("recovery_code", &typed)]).await.location(), "/");
        let mut pending = server.pending_sign_in(ADA).await;
        let refused = pending.post(SECOND_STEP, &[("code", "081804\u{202e}")]).await;
        assert!(refused.status == 422 && refused.text().contains("U+202E after “081804”"), "{}", refused.text());
    }

    /// Fails when a setting reads what is pasted otherwise than it looks, or does not name what it can't read.
    async fn lists_that_are_pasted_are_saved_as_they_read(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
        let pasted = [
            ("network.admin_allowlist", "\u{feff}203.0.113.0/24\u{200b} # office – Köln\u{2028}2001:db8::\u{200b}/32"),
            ("members.super_admin_emails", "mailto:ada@example.org;\u{a0}Grace Hopper <grace@example.org>"),
            ("headers.permissions_policy", "Permissions-Policy: camera=(), attribution-reporting=()"),
            ("headers.csp", "add_header Content-Security-Policy “img-src \u{2018}self\u{2019}” always;"),
            ("files.allowed_extensions", "epub;\u{200b}.dwg"),
            ("sessions.lifetime", "\u{200b}４０٠\u{a0}"),
        ];
        ada.has_saved_settings(&pasted).await;
        let page = ada.get("/admin/settings").await.page();
        for (key, holds) in [
            ("network.admin_allowlist", "203.0.113.0/24 # office – Köln\n2001:db8::/32"),
            ("members.super_admin_emails", "ada@example.org, grace@example.org"),
            ("headers.permissions_policy", "camera=()\nattribution-reporting=()"),
            ("headers.csp", "img-src 'self'"),
            ("files.allowed_extensions", "dwg\nepub"),
            ("sessions.lifetime", "400"),
        ] {
            assert_eq!(page.value(key), holds, "{key}");
        }
        let other = ada.save_settings(&[("headers.csp", "add_header X-Frame-Options \"DENY\" always;")]).await;
        let words = other.page().text_of("[id='headers.csp-error']");
        assert!(other.status == 422 && words.starts_with("Enter the value of Content-Security-Policy alone"), "{words}");
        let hidden = ada.save_settings(&[("network.admin_allowlist", "10.0.0.0\u{202e}/8")]).await;
        let words = hidden.page().text_of("[id='network.admin_allowlist-error']");
        assert!(hidden.status == 422 && words.contains("U+202E after “10.0.0.0”"), "{words}");
    }
}
