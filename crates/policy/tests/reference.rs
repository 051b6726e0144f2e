//! The checked-in settings reference is what the catalogue says.

#[test]
fn docs_settings_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/settings.md");
    let wanted = policy::reference::markdown();
    if std::env::var_os("BAILEY_BLESS").is_some() {
        std::fs::write(path, &wanted).expect("the docs folder is writable");
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "docs/settings.md is stale: run `make docs`");
}
