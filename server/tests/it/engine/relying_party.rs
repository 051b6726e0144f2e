//! Passkeys that were made for another host than the public URL's.
use crate::support::{TestDatabase, TestServer};
use policy::Role;
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
};
use store::on_both;

const MOVED: &str =
    "1 passkey was made for localhost and can't be used at new.example. Whoever has one signs in another way";

fn bailey(dir: &Path, db: &TestDatabase, public_url: &str, command: &str) -> Command {
    let mut bailey = Command::new(env!("CARGO_BIN_EXE_bailey"));
    bailey.arg(command).current_dir(dir).env("BAILEY_LISTEN", "127.0.0.1:0").env("BAILEY_PUBLIC_URL", public_url);
    bailey.env("BAILEY_DATABASE_URL", &db.url).env("BAILEY_SECRET_KEY_FILE", "secret.key");
    bailey
}

fn doctor(dir: &Path, db: &TestDatabase, public_url: &str) -> String {
    let said = bailey(dir, db, public_url, "doctor").output().expect("the program starts").stdout;
    String::from_utf8(said).expect("text")
}

/// What the log says until the server has told where it is.
fn log_of_start(dir: &Path, db: &TestDatabase, public_url: &str) -> String {
    let mut command = bailey(dir, db, public_url, "serve");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let first = BufReader::new(child.stdout.take().expect("it has one")).lines().next().expect("a line").expect("text");
    assert_eq!(first, format!("Bailey is at {public_url}"));
    child.kill().expect("it runs");
    let mut log = String::new();
    child.stderr.take().expect("it has one").read_to_string(&mut log).expect("text");
    child.wait().expect("it ends");
    log
}

on_both! {
    /// Fails when `TwoFactor::finish_passkey` no longer notes the host, or `serve` or `doctor` no longer ask `TwoFactor::passkey_warning`.
    async fn passkeys_made_for_another_host_are_told_of_at_start_and_by_the_doctor(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        ada.enrol_passkey().await;
        assert_eq!(server.bailey.two_factor().passkey_warning(&server.workspace.id).await.expect("it answers"), None);
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let key = dir.path().join("secret.key");
        std::fs::write(&key, "07".repeat(32)).expect("it can be written");
        std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("it is ours");
        let here = "http://localhost:3000";
        let elsewhere = "https://new.example";
        assert!(doctor(dir.path(), &server.db, here).contains("Passkeys: none was made for another host.\n"));
        assert!(!log_of_start(dir.path(), &server.db, here).contains("made for"));
        // Twice: the workspace has moved along at the first start.
        for _ in 0..2 {
            let log = log_of_start(dir.path(), &server.db, elsewhere);
            assert!(log.contains("WARN") && log.contains(MOVED), "{log}");
        }
        let said = doctor(dir.path(), &server.db, elsewhere);
        assert!(said.contains(&format!("Passkeys: {MOVED}")), "{said}");
        server.execute_sql(&["UPDATE passkeys SET rp_id = NULL"]).await;
        let said = doctor(dir.path(), &server.db, elsewhere);
        assert!(said.contains("Passkeys: none was made for another host.\n"), "what is not known is not told: {said}");
    }
}
