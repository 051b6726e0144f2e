use super::*;
use std::io;

fn load(flags: &[(&str, &str)], environment: &[(&str, &str)], file: Option<&str>) -> Result<Config, ConfigError> {
    let mut overrides = Overrides::default();
    for (name, value) in flags {
        match *name {
            "listen" => overrides.listen = Some((*value).to_owned()),
            "config" => overrides.config = Some((*value).to_owned()),
            other => panic!("the test does not know the flag {other}"),
        }
    }
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    Config::load(&overrides, environment, |path| match path.to_str() {
        Some("bailey.toml") => file.map(str::to_owned).ok_or_else(missing),
        Some("/run/db") => Ok("postgres://bailey:secret@db/bailey\n".to_owned()),
        _ => Err(missing()),
    })
}

fn message(environment: &[(&str, &str)], file: Option<&str>) -> String {
    load(&[], environment, file).expect_err("the configuration is wrong").to_string()
}

#[test]
fn without_anything_the_defaults_hold() {
    let config = load(&[], &[], None).expect("the defaults are valid");
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.public_url.origin(), "http://localhost:3000");
    assert_eq!(config.database_url.file(), Some(Path::new("data/bailey.db")));
    assert_eq!(config.secret_key_file, Path::new("data/secret.key"));
    assert!(config.hash_concurrency >= 1 && !config.safe_mode);
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let file = Some("listen = \"127.0.0.1:1\"\nlog = \"debug\"\nsafe_mode = true");
    let both = [("BAILEY_LISTEN", "127.0.0.1:2")];
    assert_eq!(load(&[], &[], file).expect("valid").listen.port(), 1);
    assert_eq!(load(&[], &both, file).expect("valid").listen.port(), 2);
    let config = load(&[("listen", "127.0.0.1:3")], &both, file).expect("valid");
    assert_eq!((config.listen.port(), config.log.as_str(), config.safe_mode), (3, "debug", true));
}

#[test]
fn an_unknown_key_is_refused_with_a_suggestion() {
    assert_eq!(
        message(&[], Some("lisen = \"x\"")),
        "Unknown configuration key `lisen` in bailey.toml. Did you mean `listen`?"
    );
    assert_eq!(
        message(&[("BAILEY_PUBLIC_URI", "x")], None),
        "Unknown configuration key `BAILEY_PUBLIC_URI` in the environment. Did you mean `BAILEY_PUBLIC_URL`?"
    );
    assert!(load(&[], &[("BAILEY_TEST_POSTGRES_URL", "x"), ("OTHER", "y")], None).is_ok());
}

#[test]
fn a_bad_value_is_named_with_its_place_and_what_would_be_right() {
    assert_eq!(
        message(&[("BAILEY_LISTEN", "here")], None),
        "Configuration key `listen` in the environment (BAILEY_LISTEN) can't be `here`. Give an address and a port, such as 127.0.0.1:3000 or [::1]:3000."
    );
    for (name, value) in [
        ("BAILEY_PUBLIC_URL", "http://127.0.0.1:3000"),
        ("BAILEY_PUBLIC_URL", "https://example.org/bailey"),
        ("BAILEY_PUBLIC_URL", "ftp://example.org"),
        ("BAILEY_PUBLIC_URL", "example.org"),
        ("BAILEY_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("BAILEY_TRUSTED_PROXIES", "010.0.0.0/8"),
        ("BAILEY_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("BAILEY_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("BAILEY_PROXY_HOPS", "0"),
        ("BAILEY_MAX_CONNECTIONS", "15"),
        ("BAILEY_HASH_CONCURRENCY", "0"),
        ("BAILEY_SAFE_MODE", "maybe"),
        ("BAILEY_LOG_FORMAT", "xml"),
        ("BAILEY_METRICS_LISTEN", "9090"),
    ] {
        assert!(message(&[(name, value)], None).contains(name), "{name}={value}");
    }
}

/// Fails when `trusted_proxies` lets one of the two keys win without a word.
#[test]
fn proxies_are_named_or_counted_and_not_both() {
    let (named, counted) = (("BAILEY_TRUSTED_PROXIES", "10.0.0.1"), ("BAILEY_PROXY_HOPS", "2"));
    let found = |environment: &[(&str, &str)]| load(&[], environment, None).expect("valid").trusted_proxies;
    assert_eq!(found(&[counted]), TrustedProxies::Hops(2));
    assert_eq!(Ok(found(&[named])), TrustedProxies::parse("10.0.0.1"));
    assert_eq!(found(&[("BAILEY_TRUSTED_PROXIES", "")]), TrustedProxies::default());
    assert!(message(&[named, counted], None).ends_with("Give one of proxy_hops and trusted_proxies, not both."));
}

#[test]
fn a_value_that_may_hold_a_secret_is_never_shown() {
    let shown = message(&[("BAILEY_DATABASE_URL", "mysql://u:hunter2@db")], None);
    assert!(!shown.contains("hunter2") && shown.contains("sqlite://"), "{shown}");
    let config = load(&[], &[("BAILEY_DATABASE_URL_FILE", "/run/db")], None).expect("valid");
    assert_eq!(config.database_url.expose(), "postgres://bailey:secret@db/bailey");
    assert!(!format!("{config:?}").contains("secret@"));
}

#[test]
fn a_file_that_was_named_must_be_there_and_be_toml() {
    assert!(load(&[("config", "other.toml")], &[], None).is_err());
    assert!(message(&[], Some("listen = ")).starts_with("bailey.toml is not a TOML file"));
}

#[test]
fn docs_configuration_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/configuration.md");
    let wanted = markdown();
    if std::env::var_os("BAILEY_BLESS").is_some() {
        std::fs::write(path, &wanted).expect("the docs folder is writable");
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "docs/configuration.md is stale: run `make docs`");
}
