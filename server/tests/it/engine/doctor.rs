//! What `bailey doctor` says of the way out.
use crate::support::{Reply, TestDatabase, TestServer, TlsServer};
use policy::Role;
use std::{path::Path, process::Command};
use store::on_both;

const NOBODY_ASKED: &str = "Breached passwords: no service is asked; the built-in list decides.";

/// What the doctor says of a database, with these variables.
async fn said(dir: &Path, db: &TestDatabase, variables: &[(&str, &str)]) -> String {
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_bailey"));
    doctor.arg("doctor").current_dir(dir).env("BAILEY_DATABASE_URL", &db.url).envs(variables.iter().copied());
    doctor.env("BAILEY_SECRET_KEY_FILE", "secret.key");
    let said = tokio::task::spawn_blocking(move || doctor.output()).await.expect("it ends").expect("it starts");
    String::from_utf8(said.stdout).expect("text")
}

on_both! {
    /// Fails when `doctor` says nothing of `outbound_allow` and `outbound_ca_file`, or does not ask the breach service.
    async fn the_doctor_says_where_bailey_connects_to_and_whether_the_breach_service_answers(db: TestDatabase) {
        let service = TlsServer::start(Reply::ok("0018A45C4D1DEF81644B54AB7F969B88D65:4\r\n")).await;
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let key = dir.path().join("secret.key");
        std::fs::write(&key, "07".repeat(32)).expect("it can be written");
        std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("it is ours");

        let plain = said(dir.path(), &server.db, &[]).await;
        for words in ["Outbound: addresses of the public network alone", "Outbound: the system's authorities", NOBODY_ASKED] {
            assert!(plain.contains(words), "{words}: {plain}");
        }
        let url = service.url("/range/");
        boss.has_saved_settings(&[("passwords.breach_check", "service"), ("passwords.breach_url", &url)]).await;
        let shut = said(dir.path(), &server.db, &[]).await;
        let words = format!("Breached passwords: {url} is no help: localhost leads to ");
        assert!(shut.contains(&words) && shut.contains("only where outbound_allow names it"), "{shut}");
        assert!(service.asked().is_empty());

        let authority = service.authority().display().to_string();
        let way_out = [("BAILEY_OUTBOUND_ALLOW", "127.0.0.0/8, ::1"), ("BAILEY_OUTBOUND_CA_FILE", authority.as_str())];
        let open = said(dir.path(), &server.db, &way_out).await;
        for words in [
            "Outbound: 127.0.0.0/8, ::1/128 may be connected to besides the public network, as outbound_allow says.",
            "Outbound: 1 certificate of outbound_ca_file is trusted beside the system's authorities.",
            &format!("Breached passwords: {url} answers."),
        ] {
            assert!(open.replace('\u{a0}', " ").contains(words), "{words}: {open}");
        }
        assert_eq!(service.asked().len(), 1);
    }
}
