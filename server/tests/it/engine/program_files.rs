//! The files that the program makes and reads: its key, its database, and who can read them.
use super::program::{bailey, fresh, run};
use std::{fs::Permissions, os::unix::fs::PermissionsExt, path::Path, process::Command};

#[test]
fn a_key_file_that_is_damaged_or_lost_is_one_line_and_exit_1() {
    let dir = fresh();
    assert_eq!(run(&mut bailey(dir.path(), &["policy", "show"])).0, 0);
    assert!(key_line(dir.path()).starts_with("Key file: readable; secrets are sealed by the key "));
    let key = dir.path().join("data/secret.key");
    std::fs::write(&key, "not a key\n").expect("it can be written");
    let (code, _, said) = run(&mut bailey(dir.path(), &["serve"]));
    assert_eq!(
        (code, said.as_str()),
        (1, "bailey: The key file data/secret.key does not hold keys: line 1 is none.\n")
    );
    std::fs::remove_file(&key).expect("it is there");
    let (code, _, said) = run(&mut bailey(dir.path(), &["serve"]));
    assert!(said.contains("is missing, but the database was used before"), "{said}");
    assert_eq!((code, said.lines().count()), (1, 1));
}

fn only_for_its_owner(path: &Path) {
    std::fs::set_permissions(path, Permissions::from_mode(0o600)).expect("it is ours");
}

/// Fails when `main` no longer calls `files::keep_to_the_owner`, or `files::open_to_everybody` overlooks one of them.
#[test]
fn what_it_makes_is_for_its_own_account_alone() {
    let dir = fresh();
    let mode = |path: &str| std::fs::metadata(dir.path().join(path)).expect(path).permissions().mode() & 0o777;
    let open_mask = "umask 0; exec \"$0\" rescue sign-in-link nobody@example.org";
    let mut first = Command::new("sh");
    first.args(["-c", open_mask, env!("CARGO_BIN_EXE_bailey")]).current_dir(dir.path());
    assert_eq!(run(&mut first).0, 1, "nobody has this address");
    assert_eq!(["data", "data/bailey.db", "data/secret.key"].map(mode), [0o700, 0o600, 0o600]);
    let doctor = || run(&mut bailey(dir.path(), &["doctor"])).1;
    assert!(!doctor().contains("Files: "), "{}", doctor());
    for (path, open) in [("data", 0o755), ("data/bailey.db", 0o644)] {
        std::fs::set_permissions(dir.path().join(path), Permissions::from_mode(open)).expect("it is ours");
    }
    assert!(doctor().contains("Files: every account of this machine can read data/bailey.db;"), "{}", doctor());
}

/// Fails when `open::bailey` reads a key file without asking who else may.
#[test]
fn a_key_file_that_others_can_read_is_one_line_and_exit_1() {
    let dir = fresh();
    assert_eq!(run(&mut bailey(dir.path(), &["policy", "show"])).0, 0);
    assert!(key_line(dir.path()).starts_with("Key file: readable"));
    let key = dir.path().join("data/secret.key");
    for mode in [0o644, 0o640, 0o604, 0o666] {
        std::fs::set_permissions(&key, Permissions::from_mode(mode)).expect("it is ours");
        for command in ["serve", "doctor"] {
            let (code, _, said) = run(&mut bailey(dir.path(), &[command]));
            assert!(said.contains(&format!("(mode {mode:o})")) && said.contains("chmod 600 data/secret.key"), "{said}");
            assert_eq!((code, said.lines().count()), (1, 1), "{mode:o} {command}");
        }
    }
}

/// What `bailey doctor` says of the key file.
fn key_line(dir: &Path) -> String {
    run(&mut bailey(dir, &["doctor"]))
        .1
        .lines()
        .find(|line| line.starts_with("Key file: readable"))
        .unwrap_or_default()
        .to_owned()
}

/// Fails when `open::bailey` no longer calls `Keys::check`, or `bailey key rotate` leaves the old key in the file.
#[test]
fn a_key_is_replaced_and_the_file_from_before_is_then_one_line_and_exit_1() {
    let dir = fresh();
    let key = dir.path().join("data/secret.key");
    std::fs::create_dir(dir.path().join("data")).expect("it can be made");
    let from_before = format!("{}\n", "0a".repeat(32));
    std::fs::write(&key, &from_before).expect("it can be written");
    only_for_its_owner(&key);
    assert_eq!(run(&mut bailey(dir.path(), &["policy", "show"])).0, 0);
    assert!(key_line(dir.path()).contains("its one key has no name yet"));
    let mut files = vec![from_before];
    for _ in 0..2 {
        let (code, said, wrong) = run(&mut bailey(dir.path(), &["key", "rotate"]));
        assert!(code == 0 && said.starts_with("Secrets are sealed by the key "), "{said}{wrong}");
        let file = std::fs::read_to_string(&key).expect("it is there");
        let [hash, seal] = file.lines().skip(1).collect::<Vec<_>>()[..] else { panic!("two keys in {file}") };
        assert!(hash.ends_with(files[0].trim()), "the key of hashes stays");
        let name = seal.split(' ').nth(1).expect("it has one");
        assert!(key_line(dir.path()).ends_with(&format!("sealed by the key {name}.")) && said.contains(name));
        for old in &files {
            std::fs::write(&key, old).expect("it can be written");
            for command in [&["serve"][..], &["doctor"], &["key", "rotate"]] {
                let (code, _, said) = run(&mut bailey(dir.path(), command));
                assert!(said.contains(&format!("data/secret.key lacks the key {name}, which seals")), "{said}");
                assert_eq!((code, said.lines().count()), (1, 1), "{command:?}");
            }
        }
        std::fs::write(&key, &file).expect("it can be written");
        files.push(file);
    }
}
