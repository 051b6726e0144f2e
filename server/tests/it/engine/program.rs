//! The program itself: what it says and how it ends when something is wrong.
use crate::support::PASSWORD;
use sqlx::{Connection, Executor};
use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

pub(super) fn bailey(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailey"));
    command.args(args).current_dir(dir).env("BAILEY_LISTEN", "127.0.0.1:0").env_remove("BAILEY_TEST_POSTGRES_URL");
    command
}

pub(super) fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

pub(super) fn fresh() -> TempDir {
    TempDir::new().expect("a temporary directory can be made")
}

#[test]
fn an_unknown_configuration_key_is_one_line_and_exit_1() {
    let dir = fresh();
    std::fs::write(dir.path().join("bailey.toml"), "lisen = \"127.0.0.1:0\"\n").expect("it can be written");
    let (code, _, said) = run(&mut bailey(dir.path(), &["serve"]));
    assert_eq!(said, "bailey: Unknown configuration key `lisen` in bailey.toml. Did you mean `listen`?\n");
    assert_eq!(code, 1);
    let (code, ..) = run(&mut bailey(dir.path(), &["no-such-command"]));
    assert_eq!(code, 2, "that is a matter of usage");
}

#[test]
fn a_port_that_is_taken_is_one_line_and_exit_1() {
    let dir = fresh();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound").to_string();
    let (code, _, said) = run(bailey(dir.path(), &["serve"]).env("BAILEY_LISTEN", &address));
    assert!(said.starts_with(&format!("bailey: Can't listen on {address}: ")), "{said}");
    assert_eq!((code, said.lines().count()), (1, 1));
}

/// Fails when a key that may hold a secret is a flag again, which whoever lists processes reads.
#[test]
fn no_secret_is_taken_from_the_command_line() {
    let dir = fresh();
    for flag in ["--database-url", "--smtp-url"] {
        let (code, _, said) = run(&mut bailey(dir.path(), &["doctor", flag, "smtp://ada:hunter2@mail.example.org"]));
        assert!(code == 2 && said.contains(flag), "{said}");
    }
}

/// Fails when `Policies::save_in` no longer asks `nothing_pending`, or the words at the console name no way on.
#[tokio::test]
async fn a_change_that_waits_is_neither_confirmed_nor_overwritten_from_the_console() {
    let dir = fresh();
    let policy = |args: &[&str]| run(&mut bailey(dir.path(), &[&["policy"], args].concat()));
    let write = |text: &str| std::fs::write(dir.path().join("policy.toml"), text).expect("it can be written");
    write("[sessions]\nlifetime = 100\n");
    assert_eq!(policy(&["apply", "policy.toml"]).0, 0);
    let url = format!("sqlite://{}", dir.path().join("data/bailey.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.expect("the file opens");
    let waits =
        "INSERT INTO policy_confirmations SELECT id, 1, unixepoch() * 1000 + 240000, 'ada@example.org' FROM workspaces";
    connection.execute(waits).await.expect("the table is there");
    write("[links]\nidea_view = 99\n");
    for (args, code) in [(&["plan", "policy.toml"][..], 2), (&["apply", "policy.toml"], 1), (&["restore", "0"], 1)] {
        let (ended, _, said) = policy(args);
        assert!(said.contains("waits to be confirmed") && said.contains("`bailey rescue revert`"), "{args:?}: {said}");
        assert_eq!((ended, said.lines().count()), (code, 1), "{args:?}");
    }
    let (code, said, _) = run(&mut bailey(dir.path(), &["rescue", "mfa-off"]));
    assert!(code == 0 && said.starts_with("Put back the settings that revision 1 had changed"), "{said}");
    assert!(policy(&["show"]).1.contains("  sessions.lifetime = 480"));
    assert_eq!(policy(&["apply", "policy.toml"]).0, 0);
    let due = "INSERT INTO policy_confirmations SELECT id, 3, 1, 'ada@example.org' FROM workspaces";
    connection.execute(due).await.expect("the table is there");
    connection.close().await.expect("it closes");
    write("[sessions]\nlifetime = 90\n");
    assert_eq!(policy(&["apply", "policy.toml"]).0, 0);
    let (_, shown, _) = policy(&["show"]);
    assert!(shown.contains("* sessions.lifetime = 90") && shown.contains("  links.idea_view = "), "{shown}");
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_one_line_and_exit_1() {
    let dir = fresh();
    assert_eq!(run(&mut bailey(dir.path(), &["migrate"])).0, 0);
    let url = format!("sqlite://{}", dir.path().join("data/bailey.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.expect("the file opens");
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'x', TRUE, x'00', 0)";
    connection.execute(newer).await.expect("the table is there");
    connection.close().await.expect("it closes");
    let (code, _, said) = run(&mut bailey(dir.path(), &["serve"]));
    assert!(said.contains("was written by a newer version of Bailey (schema 9999)"), "{said}");
    assert_eq!((code, said.lines().count()), (1, 1));
}

#[test]
fn a_member_is_created_and_rescued_from_the_console() {
    let dir = fresh();
    let create = ["admin", "create", "--email", "Ada@Example.org", "--role", "super-admin", "--password-stdin"];
    let mut child =
        bailey(dir.path(), &create).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("it has one").write_all(PASSWORD.as_bytes()).expect("it reads");
    let said = child.wait_with_output().expect("it ends").stdout;
    assert_eq!(String::from_utf8_lossy(&said), "Created ada@example.org with the role super-admin.\n");

    let (code, _, said) = run(&mut bailey(dir.path(), &["admin", "create", "--email", "ada@example.org"]));
    assert_eq!((code, said.as_str()), (1, "bailey: email: A member with this address is already there.\n"));
    let (code, said, _) = run(&mut bailey(dir.path(), &["rescue", "sign-in-link", "ada@example.org"]));
    assert!(code == 0 && said.contains("http://localhost:3000/link/"), "{said}");
    let (code, said, _) = run(&mut bailey(dir.path(), &["rescue", "reset-two-factor", "ada@example.org"]));
    assert!(code == 0 && said.starts_with("Removed every second factor of ada@example.org"), "{said}");
    let (code, _, said) = run(&mut bailey(dir.path(), &["rescue", "sign-in-link", "eve@example.org"]));
    assert_eq!((code, said.as_str()), (1, "bailey: No member has this address.\n"));
    assert_eq!(run(&mut bailey(dir.path(), &["rescue", "sign-in-link", "eve"])).0, 2);
}

/// Fails when what an editor or a shell leaves around a password is part of it, or text that is none is taken for one.
#[test]
fn a_password_is_read_from_standard_input_as_it_can_be_typed() {
    let dir = fresh();
    let create = |bytes: &[u8]| {
        let args = ["admin", "create", "--email", "ada@example.org", "--password-stdin"];
        let mut command = bailey(dir.path(), &args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        child.stdin.take().expect("it has one").write_all(bytes).expect("it reads");
        let ended = child.wait_with_output().expect("it ends");
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
    };
    // A character less than the policy asks for.
    for around in ["\u{feff}qmzrtwvbnxk\n", "qmzrtwvbnxk\r\n", "qmzrtwvbnxk \n", "qmzrtwvbnxk\u{a0}"] {
        let (code, said) = create(around.as_bytes());
        assert!(code == Some(1) && said.contains("12"), "{around:?}: {said}");
    }
    let wide: Vec<u8> = "\u{feff}qmzrtwvbnxkd\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (code, said) = create(&wide);
    assert!(code == Some(1) && said.contains("Can't read the password from standard input: it is UTF-16"), "{said}");
    assert_eq!(create("\u{feff}qmzrtwvbnxkd \r\n".as_bytes()), (Some(0), String::new()));
}

/// Fails when the program reads variables that are others', or panics over one that is no text.
#[test]
fn it_starts_among_the_variables_of_containers() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let dir = fresh();
    let mut command = bailey(dir.path(), &["migrate"]);
    command.env("BAILEY_PORT", "tcp://10.0.0.1:3000").env("BAILEY_PORT_80_TCP_ADDR", "10.0.0.1");
    command.env("BAILEY_SERVICE_HOST", "10.0.0.1").env("LC_ODD", OsStr::from_bytes(b"gr\xfcn"));
    let (code, _, said) = run(&mut command);
    assert_eq!((code, said.as_str()), (0, ""));
}

#[test]
fn it_serves_until_it_is_told_to_stop_and_then_ends_well() {
    let dir = fresh();
    let mut child =
        bailey(dir.path(), &["serve"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("it has one")).lines();
    assert_eq!(lines.next().expect("a line").expect("text"), "Bailey is at http://localhost:3000");
    assert!(lines.next().expect("a line").expect("text").contains("http://localhost:3000/set-up?token="));
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill is there");
    assert!(told.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn the_policy_is_exported_planned_applied_and_restored() {
    let dir = fresh();
    let policy = |args: &[&str]| run(&mut bailey(dir.path(), &[&["policy"], args].concat()));
    let write = |text: &str| std::fs::write(dir.path().join("policy.toml"), text).expect("it can be written");
    let (code, exported, _) = policy(&["export"]);
    assert!(code == 0 && exported.contains("[sessions]\n") && exported.contains("lifetime = 480"), "{exported}");
    write(&exported);
    assert_eq!(policy(&["plan", "policy.toml"]), (0, "Nothing would change.\n".to_owned(), String::new()));
    write("[sessions]\nlifetime = 60\n");
    let (code, said, _) = policy(&["plan", "policy.toml"]);
    assert_eq!((code, said.replace('\u{a0}', " ").as_str()), (1, "Session lifetime: 480 minutes → 60 minutes\n"));
    write("[sessions]\nlifetme = 60\n");
    let (code, _, said) = policy(&["plan", "policy.toml"]);
    assert_eq!(code, 2);
    assert!(said.contains("Did you mean sessions.lifetime?"), "{said}");
    assert_eq!(policy(&["apply", "policy.toml"]).0, 1, "a refused file is not applied");
    write("[sessions]\nlifetime = 60\n");
    let (code, said, _) = policy(&["apply", "policy.toml"]);
    assert!(code == 0 && said.ends_with("Saved as revision 1.\n"), "{said}");
    let (_, history, _) = policy(&["history"]);
    assert!(history.starts_with("1 ") && history.contains(" console (console)"), "{history}");
    assert!(policy(&["show"]).1.contains("* sessions.lifetime = 60"));
    assert_eq!(policy(&["restore", "7"]).2, "bailey: There is no revision 7.\n");
    assert!(policy(&["restore", "0"]).1.ends_with("Saved as revision 2.\n"));
    assert_eq!(policy(&["plan", "missing.toml"]).0, 2);
}

/// Fails when a file is read whatever its size, or what is wrong with it is told by printing it.
#[test]
fn a_file_that_is_too_large_or_no_toml_is_refused_in_a_line() {
    let dir = fresh();
    let plan = |text: &[u8]| {
        std::fs::write(dir.path().join("policy.toml"), text).expect("it can be written");
        run(&mut bailey(dir.path(), &["policy", "plan", "policy.toml"]))
    };
    let most = *server::edge::TYPED_BODY_LIMIT / 1_024;
    let large = format!("bailey: policy.toml is larger than {most} KiB, so nothing of it was read.\n");
    assert_eq!(plan(&b"a".repeat(1_000_000)), (2, String::new(), large));
    let (code, _, said) = plan(format!("[sessions]\nlifetime = {}", "x".repeat(60_000)).as_bytes());
    assert!(code == 2 && said.starts_with("bailey: policy.toml is not TOML: line 2: ") && said.len() < 300, "{said}");
    assert_eq!(plan(b"a = \xff").2, "bailey: policy.toml is not TOML: it is not UTF-8\n");
}

#[test]
fn a_note_on_the_allowlist_is_shown_and_planned() {
    let dir = fresh();
    let policy = |args: &[&str]| run(&mut bailey(dir.path(), &[&["policy"], args].concat()));
    let write = |note: &str| {
        let text = format!("[network]\nadmin_allowlist = [\"203.0.113.0/24 # {note}\", \"::1\"]\n");
        std::fs::write(dir.path().join("policy.toml"), text).expect("it can be written");
    };
    write("office");
    assert_eq!(policy(&["apply", "policy.toml"]).0, 0);
    let (_, shown, _) = policy(&["show"]);
    assert!(shown.contains("* network.admin_allowlist = 203.0.113.0/24 # office, ::1/128\n"), "{shown}");
    write("home");
    let (_, planned, _) = policy(&["plan", "policy.toml"]);
    let words = "Admin IP allowlist: 203.0.113.0/24 (office), ::1/128 → 203.0.113.0/24 (home), ::1/128";
    assert!(planned.contains(words), "{planned}");
}

#[test]
fn a_file_is_refused_in_the_words_of_the_form() {
    let dir = fresh();
    let plan = |text: &str| {
        std::fs::write(dir.path().join("policy.toml"), text).expect("it can be written");
        let (code, _, said) = run(&mut bailey(dir.path(), &["policy", "plan", "policy.toml"]));
        assert_eq!(code, 2, "{text}");
        said.replace('\u{a0}', " ")
    };
    for (value, words) in [
        ("99999999999999999999", "At most 43 200 minutes."),
        ("2026-01-01", "Not a whole number."),
        ("\"480\"", "Not a whole number."),
        ("4.5", "Not a whole number."),
    ] {
        let said = plan(&format!("[sessions]\nlifetime = {value}\n"));
        assert!(said.starts_with(&format!("bailey: sessions.lifetime: {words}")), "{value}: {said}");
    }
    assert!(plan("\"sessions.lifetime\" = 60\n[sessions]\nlifetime = 90\n").contains("Stands there twice"));
    assert!(plan("[sessions]\nlifetime = 60\nlifetime = 90\n").contains("duplicate key"));
}

#[test]
fn whoever_reads_no_further_causes_no_panic() {
    let dir = fresh();
    assert_eq!(run(&mut bailey(dir.path(), &["migrate"])).0, 0);
    for args in [&["policy", "show"][..], &["policy", "export"], &["policy", "history"], &["rescue", "revert"]] {
        let mut child =
            bailey(dir.path(), args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("it ends");
        assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""), "{args:?}");
    }
}

/// Fails when `serve` or `doctor` no longer say what `TrustedProxies::warnings` has found, or `doctor` is content with a
/// proxy that nobody trusts.
#[test]
fn proxies_that_are_trusted_too_far_or_not_at_all_are_told_of() {
    let dir = fresh();
    let said = |command: &str, key: &str, value: &str| {
        let mut command = bailey(dir.path(), &[command]);
        run(command.env("BAILEY_PUBLIC_URL", "https://bailey.example.org").env(key, value))
    };
    let (code, _, every) = said("serve", "BAILEY_TRUSTED_PROXIES", "0.0.0.0/0");
    assert!(code == 1 && every.contains("can't be `0.0.0.0/0`") && every.contains("proxy_hops = 1"), "{every}");
    assert!(
        said("doctor", "BAILEY_TRUSTED_PROXIES", "10.0.0.0/8").1.contains("Proxies: trusted_proxies holds 10.0.0.0/8")
    );
    assert!(said("doctor", "BAILEY_TRUSTED_PROXIES", "10.0.0.1").1.contains("Proxies: 10.0.0.1/32 are believed.\n"));
    assert!(said("doctor", "BAILEY_PROXY_HOPS", "1").1.contains("Proxies: the client is number 1 from the right"));
    assert!(
        said("doctor", "BAILEY_LOG", "info").1.contains("Proxies: none is trusted, though the public URL is https")
    );
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound").to_string();
    let mut serve = bailey(dir.path(), &["serve"]);
    let (_, _, wide) = run(serve.env("BAILEY_LISTEN", &address).env("BAILEY_TRUSTED_PROXIES", "10.0.0.0/8"));
    assert!(wide.contains("trusted_proxies holds 10.0.0.0/8"), "{wide}");
}

/// Fails when `bailey doctor` makes a database, a key or a folder, or brings a schema up to date.
#[tokio::test]
async fn the_doctor_of_a_new_version_changes_nothing_of_an_old_one() {
    let dir = fresh();
    let site = fresh();
    let build = site.path().join("pkg/abc");
    std::fs::create_dir_all(&build).expect("it can be made");
    for name in ["bailey.wasm", "bailey.css", "bailey.js"] {
        std::fs::write(build.join(name), "").expect("it can be written");
    }
    let doctor = || run(bailey(dir.path(), &["doctor"]).env("BAILEY_SITE_ROOT", site.path()));
    let (code, said, failed) = doctor();
    assert!(code == 0 && said.contains("Database: there is none yet"), "{said}{failed}");
    assert_eq!(std::fs::read_dir(dir.path()).expect("it is there").count(), 0, "nothing was made");

    assert_eq!(run(&mut bailey(dir.path(), &["policy", "show"])).0, 0);
    let file = dir.path().join("data/bailey.db");
    let url = format!("sqlite://{}", file.display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.expect("the file opens");
    connection.execute("DELETE FROM _sqlx_migrations WHERE version > 13").await.expect("the table is there");
    let versions = "SELECT MAX(version) FROM _sqlx_migrations";
    let (code, said, failed) = doctor();
    assert!(code == 0 && said.contains("with the schema of an earlier version"), "{said}{failed}");
    let found: i64 = sqlx::query_scalar(versions).fetch_one(&mut connection).await.expect("the table is there");
    assert_eq!(found, 13);
    connection.close().await.expect("it closes");

    // What would stop the start is told, still without a change.
    let key = dir.path().join("data/secret.key");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).expect("it is ours");
    let (code, _, failed) = doctor();
    assert!(code == 1 && failed.contains("can be read by more accounts"), "{failed}");
    std::fs::remove_file(&key).expect("it is ours");
    let (code, _, failed) = doctor();
    assert!(code == 1 && failed.contains("is missing, but the database was used before"), "{failed}");
    assert!(!key.exists());
}

#[test]
fn the_doctor_looks_for_the_very_files_that_pages_name() {
    let dir = fresh();
    let doctor = |folder: Option<&str>| {
        let mut command = bailey(dir.path(), &["doctor"]);
        run(command.envs(folder.map(|folder| ("BAILEY_SITE_ROOT", folder))))
    };
    assert!(doctor(None).2.contains("this program was built without one"));
    assert!(doctor(Some("site")).2.contains("site does not have one build of it in pkg"));
    let build = dir.path().join("site/pkg/abc");
    std::fs::create_dir_all(&build).expect("it can be made");
    for name in ["bailey.wasm", "bailey.css"] {
        std::fs::write(build.join(name), "").expect("it can be written");
    }
    let (code, _, missing) = doctor(Some("site"));
    assert!(code == 1 && missing.contains("pkg/abc/bailey.js is missing"), "{missing}");
    std::fs::write(build.join("bailey.js"), "").expect("it can be written");
    let (code, found, failed) = doctor(Some("site"));
    assert!(code == 0 && found.contains("Front-end: found in site.\n"), "{found}{failed}");
}
