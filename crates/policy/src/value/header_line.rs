//! The value of a header as somebody pastes it: by itself, or as the whole line that a server is configured by.
use super::{
    Problem,
    text::{as_it_reads, grammar},
};
use crate::pasted::with_straight_quotes;

/// What a line begins with by which a header is set, before the header's name: nginx, Apache, Caddy, `HAProxy`, IIS, HTML and
/// JavaScript. Words that follow one of them, such as `always set`, are in [`BETWEEN`].
const FIRST: [&str; 9] = [
    "add_header",
    "more_set_headers",
    "header",
    "http-response",
    "<add",
    "<meta",
    "res.setheader",
    "response.headers.set",
    "-",
];

/// What may stand between the beginning of a line and the header's name.
const BETWEEN: [&str; 9] =
    ["always", "onsuccess", "set", "append", "add", "merge", "set-header", "add-header", "setifempty"];

/// Reads the value of a header of one of these names, the usual one first. What stands around it in a line of a server's
/// configuration is taken away.
///
/// # Errors
/// What to enter, where a line is of another header or can't be read.
pub(super) fn header_value(typed: &str, names: &[&str]) -> Result<String, Problem> {
    let text = with_straight_quotes(&as_it_reads(typed)?);
    let Some((before, after)) = names.iter().find_map(|name| around(&text, name)) else {
        let sets_another = words(&text).next().is_some_and(|first| FIRST.contains(&first.as_str()));
        return if sets_another { Err(alone(names)) } else { Ok(text) };
    };
    let mut before = words(before);
    let leads = before.next().is_none_or(|first| FIRST.contains(&first.as_str()))
        && before.all(|word| BETWEEN.contains(&word.as_str()));
    // A second line would be a second header.
    if !leads || names.iter().any(|name| around(after, name).is_some()) {
        return Err(alone(names));
    }
    Ok(value(after))
}

fn alone(names: &[&str]) -> Problem {
    let name = names.first().copied().unwrap_or_default();
    grammar(format!("Enter the value of {name} alone, without what sets it in a server's configuration."))
}

/// What stands before the name of a header and after it, in whatever case; `None` where it stands nowhere by itself.
fn around<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.char_indices().find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        let (found, after) = rest.split_at_checked(name.len())?;
        let whole = !before.ends_with(part_of_name) && !after.starts_with(part_of_name);
        (whole && found.eq_ignore_ascii_case(name)).then_some((before, after))
    })
}

/// The words of what stands before a name, without the marks that belong to none.
fn words(text: &str) -> impl Iterator<Item = String> {
    // As in `<meta http-equiv="…`, `<add name="…` and `res.setHeader("…`.
    let text = ["http-equiv=", "name="].iter().fold(text.to_ascii_lowercase(), |text, mark| text.replace(mark, " "));
    let words: Vec<_> = text.split(|c: char| c.is_whitespace() || "\"'({,".contains(c)).map(str::to_owned).collect();
    words.into_iter().filter(|word| !word.is_empty())
}

/// The value in what follows a name: what is quoted, or else all of it.
fn value(after: &str) -> String {
    let rest = after.trim_start_matches(['"', '\'']).trim_start().trim_start_matches([':', ',', '=']).trim_start();
    let rest = ["content=", "value="].iter().find_map(|mark| rest.strip_prefix(*mark)).unwrap_or(rest);
    // No value begins with a quote.
    let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c));
    let quoted = quote.and_then(|quote| Some((quote, rest.split_once(quote)?.1.rsplit_once(quote)?.0)));
    match quoted {
        Some((quote, value)) => value.replace(&format!("\\{quote}"), &quote.to_string()),
        None => rest.trim_end().trim_end_matches(';').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSP: [&str; 2] = ["Content-Security-Policy", "Content-Security-Policy-Report-Only"];
    const PERMISSIONS: [&str; 2] = ["Permissions-Policy", "Feature-Policy"];

    /// Fails when a way in which servers are told of a header is read otherwise than by its value.
    #[test]
    fn a_line_of_a_servers_configuration_is_read_as_the_value_in_it() {
        let csp = "img-src 'self' https://a.example; upgrade-insecure-requests";
        for line in [
            csp.to_owned(),
            format!("Content-Security-Policy: {csp}"),
            format!("content-security-policy: {csp};"),
            format!("Content-Security-Policy-Report-Only: {csp}"),
            format!("add_header Content-Security-Policy \"{csp}\" always;"),
            format!("add_header Content-Security-Policy “{csp}”;"),
            format!("  Header always set Content-Security-Policy \"{csp}\""),
            format!("Header set Content-Security-Policy \"{csp}\" env=HTTPS"),
            format!("header Content-Security-Policy \"{csp}\""),
            format!("http-response set-header Content-Security-Policy \"{csp}\""),
            format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{csp}\">"),
            format!("<add name=\"Content-Security-Policy\" value=\"{csp}\" />"),
            format!("res.setHeader(\"Content-Security-Policy\", \"{csp}\");"),
            format!("\"Content-Security-Policy\": \"{csp}\","),
            format!("- Content-Security-Policy: \"{csp}\""),
        ] {
            assert_eq!(header_value(&line, &CSP).as_deref(), Ok(csp), "{line}");
        }
        let permissions = "camera=(), geolocation=(self \"https://a.example\")";
        for line in [
            format!("Permissions-Policy: {permissions}"),
            format!("add_header Permissions-Policy '{permissions}' always;"),
            format!("Header always set Permissions-Policy \"{}\"", permissions.replace('"', "\\\"")),
        ] {
            assert_eq!(header_value(&line, &PERMISSIONS).as_deref(), Ok(permissions), "{line}");
        }
    }

    #[test]
    fn a_line_that_sets_something_else_is_refused_with_what_to_enter() {
        for line in [
            "add_header X-Frame-Options \"DENY\" always;",
            "Header always set Strict-Transport-Security \"max-age=1\"",
            "server { add_header Content-Security-Policy \"img-src *\"; }",
            "add_header Content-Security-Policy \"img-src *\";\nadd_header Content-Security-Policy \"img-src a.example\";",
            "<meta name=\"viewport\" content=\"width=device-width\">",
        ] {
            let words = header_value(line, &CSP).expect_err(line).to_string();
            assert!(words.starts_with("Enter the value of Content-Security-Policy alone"), "{line}: {words}");
        }
    }

    #[test]
    fn what_is_a_value_already_stays_as_it_was_typed() {
        for value in ["", "img-src 'self'\nfont-src data:", "report-uri /csp", "camera=(), microphone=*"] {
            assert_eq!(header_value(value, &PERMISSIONS).as_deref(), Ok(value));
        }
    }
}
