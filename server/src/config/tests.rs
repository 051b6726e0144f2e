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
    let environment = environment.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    Config::load(&overrides, environment, |path| match path.to_str() {
        Some("bailey.toml") => file.map(|text| text.as_bytes().to_vec()).ok_or_else(missing),
        Some("/run/db") => Ok("\u{feff}postgres://bailey:secret@db/bailey\r\n".into()),
        Some("/run/wide") => Ok(b"\xff\xfes\0m\0".to_vec()),
        Some("/run/mail") => Ok(b"smtp://ada:hunt/er2@mail.example.org".to_vec()),
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
    assert_eq!(config.database_url.file().as_deref(), Some(Path::new("data/bailey.db")));
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
    assert!(load(&[], &[("BAILEY_PORT", "tcp://10.0.0.1:3000"), ("BAILEY_SERVICE_HOST", "10.0.0.1")], None).is_ok());
    assert!(message(&[("BAILEY_PORT", "3000")], None).starts_with("Unknown configuration key `BAILEY_PORT`"));
}

/// Fails when a variable that is no text stops the start although it is nobody's of ours, or one of ours is lost without
/// a word.
#[test]
fn variables_that_are_no_text_are_named_where_they_are_ours() {
    use std::os::unix::ffi::OsStringExt;
    let load = |name: &[u8], value: &[u8]| {
        let environment = [(OsString::from_vec(name.to_vec()), OsString::from_vec(value.to_vec()))];
        let missing = |_: &Path| Err(io::ErrorKind::NotFound.into());
        Config::load(&Overrides::default(), environment.into_iter(), missing)
    };
    assert!(load(b"OTHER", b"\xff").is_ok() && load(b"\xff", b"x").is_ok() && load(b"BAILEY_\xff", b"x").is_ok());
    assert!(load(b"BAILEY_ENV_X", b"\xff").is_ok());
    let said = load(b"BAILEY_LOG", b"gr\xfcn").expect_err("it is ours").to_string();
    assert_eq!(said, "the environment (BAILEY_LOG) can't be read: it is not UTF-8.");
}

/// Fails when text from one of the sources is not read by `plain_text`, or a URL is told of without where it stands.
#[test]
fn text_is_read_as_editors_leave_it_and_a_url_is_told_of_with_its_source() {
    let file = Some("\u{feff}listen = \"127.0.0.1:1\"\r\nlog = \"debug\"\r\n");
    let config = load(&[], &[("BAILEY_MAIL_FROM", "\u{feff}bailey@example.org \r\n")], file).expect("valid");
    assert_eq!(
        (config.listen.port(), config.log.as_str(), config.mail_from.to_string().as_str()),
        (1, "debug", "bailey@example.org")
    );
    for (name, path, words) in [
        (
            "BAILEY_SMTP_URL_FILE",
            "/run/wide",
            "the file /run/wide, named in the environment (BAILEY_SMTP_URL_FILE) can't be read: it is UTF-16",
        ),
        (
            "BAILEY_SMTP_URL_FILE",
            "/run/mail",
            "`smtp_url` in the file /run/mail, named in the environment (BAILEY_SMTP_URL_FILE) can't be what it is. Its port",
        ),
        (
            "BAILEY_SMTP_URL",
            "smtp://",
            "`smtp_url` in the environment (BAILEY_SMTP_URL) can't be what it is. Its host is missing",
        ),
        ("BAILEY_DATABASE_URL", "postgres://u:p#@db/x", "Its port"),
        ("BAILEY_DATABASE_URL", "sqlite://a?.db", "What follows its ?"),
        ("BAILEY_PUBLIC_URL", "example.org", "It begins with https:// or http://"),
        ("BAILEY_PUBLIC_URL", "https://ada@example.org", "It has a user name."),
        ("BAILEY_PUBLIC_URL", "https://example.org/bailey", "It has a path."),
        ("BAILEY_PUBLIC_URL", "https://example.org:port", "Its port"),
    ] {
        let said = message(&[(name, path)], None);
        assert!(said.contains(words) && !said.contains("hunt"), "{said}");
    }
}

/// Fails when the path of the data folder is put into a URL as it is.
#[test]
fn a_data_folder_may_have_any_name() {
    for folder in ["data", "/srv/50% off?", "über #1/a b"] {
        let config = load(&[], &[("BAILEY_DATA_DIR", folder)], None).expect("valid");
        assert_eq!(config.database_url.file(), Some(Path::new(folder).join("bailey.db")), "{folder}");
    }
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
        ("BAILEY_HASH_WAIT", "0"),
        ("BAILEY_HASH_WAIT", "61"),
        ("BAILEY_DATABASE_POOLING", "statement"),
        ("BAILEY_SMTP_HELO", "mail example"),
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

/// Fails when `outbound_allow` takes every address, or `outbound_ca_file` is not read before anything is served.
#[test]
fn what_bailey_may_connect_to_is_named_in_blocks_and_whom_it_trusts_in_a_file() {
    let read = |text| load(&[], &[("BAILEY_OUTBOUND_ALLOW", text)], None).map(|config| config.outbound_allow);
    let blocks = read("10.20.0.0/24, ::ffff:192.168.1.7,fd12::/32").expect("blocks");
    assert_eq!(
        blocks.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["10.20.0.0/24", "192.168.1.7/32", "fd12::/32"]
    );
    assert!(read("").expect("nothing").is_empty());
    for every in ["0.0.0.0/0", "::/0", "0.0.0.0/1, 128.0.0.0/1", "::ffff:0:0/96"] {
        let said = read(every).expect_err(every).to_string();
        assert!(said.contains("is every address there is") && said.contains("BAILEY_OUTBOUND_ALLOW"), "{said}");
    }
    assert!(read("ranges.example.org").expect_err("a name").to_string().contains("is no CIDR block"));
    for (path, words) in [("/run/none", "Can't read /run/none"), ("/run/mail", "It holds no certificate")] {
        let said = message(&[("BAILEY_OUTBOUND_CA_FILE", path)], None);
        assert!(said.contains(words), "{said}");
    }
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
