//! What is wrong with a URL: the part that is, and how to write it. Nothing of the URL is shown, since it may hold a
//! password.
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use url::{ParseError, Url};

/// How what has a meaning in a URL is written inside of a user name, a password or a path.
const ESCAPES: &str =
    "Inside of a user name, a password or a path, write % as %25, / as %2F, ? as %3F, # as %23, @ as %40 and : as %3A.";

/// Reads a URL that has one of these schemes.
///
/// # Errors
/// Says which part is wrong and what would be right.
pub(super) fn parse(text: &str, schemes: &[&str], example: &str) -> Result<Url, String> {
    let begins = || {
        let known: Vec<_> = schemes.iter().map(|scheme| format!("{scheme}://")).collect();
        format!("It begins with {}, such as {example}.", known.join(" or "))
    };
    if !schemes.iter().any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))) {
        return Err(begins());
    }
    let url = Url::parse(text).map_err(|error| match error {
        ParseError::EmptyHost => format!("Its host is missing: it is like {example}."),
        ParseError::InvalidPort => format!("Its port is no number up to 65535. {ESCAPES}"),
        ParseError::IdnaError
        | ParseError::InvalidDomainCharacter
        | ParseError::InvalidIpv4Address
        | ParseError::InvalidIpv6Address => format!("Its host is neither a name nor an address. {ESCAPES}"),
        other => format!("It can't be read: {other}. It is like {example}."),
    })?;
    if !schemes.contains(&url.scheme()) {
        return Err(begins());
    }
    if url.fragment().is_some() {
        return Err(format!("It has a # in it, which ends a URL. {ESCAPES}"));
    }
    for (part, text) in
        [("user name", url.username()), ("password", url.password().unwrap_or_default()), ("path", url.path())]
    {
        decoded(text).map_err(|()| format!("Its {part} is no UTF-8 where % stands for a byte. {ESCAPES}"))?;
    }
    Ok(url)
}

/// Returns a part of a URL without escapes; what they stand for has to be UTF-8.
pub(super) fn decoded(part: &str) -> Result<Cow<'_, str>, ()> {
    percent_decode_str(part).decode_utf8().map_err(drop)
}

/// Returns a path as it is written in a URL of SQLite.
pub(super) fn of_sqlite(path: &str) -> String {
    format!("sqlite://{}", path.replace('%', "%25").replace('?', "%3F"))
}

/// Checks a URL of SQLite, which is a path and perhaps parameters.
///
/// # Errors
/// Says which part is wrong and what would be right.
pub(super) fn check_sqlite(text: &str) -> Result<(), String> {
    let (path, parameters) = text.split_once('?').unwrap_or((text, ""));
    decoded(path).map_err(|()| "Its path is no UTF-8 where % stands for a byte. Write % as %25.".to_owned())?;
    let mut names = url::form_urlencoded::parse(parameters.as_bytes()).map(|(name, _)| name);
    let wrong = names.find(|name| !["mode", "cache", "immutable", "vfs"].contains(&&**name));
    match wrong {
        Some(_) => {
            Err("What follows its ? is none of mode, cache, immutable and vfs. In a path write ? as %3F and % as %25."
                .to_owned())
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMES: [&str; 2] = ["postgres", "postgresql"];

    fn wrong(text: &str) -> String {
        let said = parse(text, &SCHEMES, "postgres://bailey@localhost/bailey").expect_err(text);
        assert!(!said.contains("hunter"), "{said}");
        said
    }

    /// Fails when `parse` no longer tells which part is wrong.
    #[test]
    fn the_part_that_is_wrong_is_named_and_nothing_of_it_shown() {
        for (text, part) in [
            ("db/bailey", "It begins with postgres:// or postgresql://"),
            ("mysql://u:hunter2@db/bailey", "It begins with"),
            ("postgres-x://db", "It begins with"),
            ("postgres://u:hunt/er2@db/bailey", "Its port"),
            ("postgres://u:hunt?er2@db/bailey", "Its port"),
            ("postgres://u:hunt#er2@db/bailey", "Its port"),
            ("postgres://u@db:99999/bailey", "Its port"),
            ("postgres://u@d b/bailey", "Its host"),
            ("postgres://u@[::1/bailey", "Its host"),
            ("postgres://u@db/bailey#x", "It has a #"),
            ("postgres://u:hunt%e4r@db/bailey", "Its password is no UTF-8"),
            ("postgres://%fc@db/bailey", "Its user name is no UTF-8"),
            ("postgres://u@db/%ff", "Its path is no UTF-8"),
        ] {
            assert!(wrong(text).starts_with(part), "{text}: {}", wrong(text));
        }
        for right in [
            "postgres://u:h%C3%A4nt%25@db/b%20c",
            "postgresql:///bailey?host=/run/postgresql",
            "postgres://ü:ä@db:5432/ö",
        ] {
            assert!(parse(right, &SCHEMES, "").is_ok(), "{right}");
        }
    }

    /// Fails when `of_sqlite` leaves what SQLite's URL reads as something else.
    #[test]
    fn any_path_can_be_written_as_a_url() {
        for path in ["data/bailey.db", "/srv/50% off?/ü #1/a b.db", "%41"] {
            let url = of_sqlite(path);
            assert!(check_sqlite(&url).is_ok(), "{url}");
            assert_eq!(decoded(url.strip_prefix("sqlite://").expect("its beginning")).as_deref(), Ok(path));
        }
        for wrong in ["sqlite://data/what?.db", "sqlite://%ff.db", "sqlite://a.db?mode=rwc&create=yes"] {
            assert!(check_sqlite(wrong).is_err(), "{wrong}");
        }
        assert!(check_sqlite("sqlite://a.db?mode=rwc").is_ok() && check_sqlite("sqlite::memory:").is_ok());
    }
}
