//! Sources that are added to the content security policy (CSP Level 3 §2.2).
use super::{
    Bounds, Kind, Problem, Value,
    header_line::header_value,
    text::{ascii, grammar, nearest, quoted, short_enough},
};

/// Directives that take sources and can be added to. Their finer forms (`script-src-elem`) are not
/// among them: such a directive stands in for `script-src` and would shut out Bailey's own scripts.
const KNOWN: [&str; 12] = [
    "child-src",
    "connect-src",
    "default-src",
    "font-src",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "script-src",
    "style-src",
    "upgrade-insecure-requests",
    "worker-src",
];

/// Directives that Bailey sets itself, and that nobody may loosen.
const OURS: [&str; 9] = [
    "base-uri",
    "form-action",
    "frame-ancestors",
    "object-src",
    "report-to",
    "report-uri",
    "require-trusted-types-for",
    "sandbox",
    "trusted-types",
];

/// Directives that other policies have, and what to write in their place.
const ELSEWHERE: [(&str, &str); 13] = [
    ("script-src-elem", FINER),
    ("script-src-attr", FINER),
    ("style-src-elem", FINER),
    ("style-src-attr", FINER),
    ("fenced-frame-src", "Add the source to frame-src."),
    ("prefetch-src", DROPPED),
    ("navigate-to", DROPPED),
    ("plugin-types", DROPPED),
    ("referrer", "The setting Referrer-Policy says it."),
    ("reflected-xss", DROPPED),
    ("require-sri-for", DROPPED),
    ("block-all-mixed-content", "Browsers have dropped it: write upgrade-insecure-requests."),
    ("clipboard-src", DROPPED),
];

const FINER: &str =
    "It would stand in for the plain one and shut out Bailey's own: add the source to script-src or style-src.";

const DROPPED: &str = "Browsers have dropped it: leave it out.";

const KEYWORDS: [&str; 8] = [
    "'self'",
    "'none'",
    "'unsafe-inline'",
    "'unsafe-eval'",
    "'unsafe-hashes'",
    "'wasm-unsafe-eval'",
    "'strict-dynamic'",
    "'report-sample'",
];

/// Sources by directive, in the order in which they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CspPolicy(Vec<(&'static str, Vec<String>)>);

impl CspPolicy {
    /// The sources that are added to a directive.
    pub fn sources(&self, directive: &str) -> Option<&[String]> {
        self.0.iter().find(|(known, _)| *known == directive).map(|(_, sources)| sources.as_slice())
    }

    /// Every directive with its sources.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        self.0.iter().map(|(directive, sources)| (*directive, sources.as_slice()))
    }

    /// Whether nothing is added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn directive(typed: &str) -> Result<&'static str, Problem> {
    let name = typed.to_ascii_lowercase();
    if let Some(known) = KNOWN.iter().find(|known| **known == name) {
        return Ok(known);
    }
    if let Some(ours) = OURS.iter().find(|ours| **ours == name) {
        return Err(grammar(format!("Bailey sets {ours} itself. Leave that directive out.")));
    }
    if let Some((elsewhere, instead)) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == name) {
        return Err(grammar(format!("Bailey does not take {elsewhere}. {instead}")));
    }
    let meant = nearest(&name, &KNOWN).map_or_else(String::new, |known| format!(" Did you mean {known}?"));
    Err(grammar(format!("“{}” is no directive.{meant}", quoted(typed))))
}

fn source(directive: &str, typed: &str) -> Result<String, Problem> {
    let lower = typed.to_ascii_lowercase();
    if lower.starts_with('\'') {
        return keyword(directive, &lower, typed);
    }
    let bare = format!("'{lower}'");
    let is_hash = !typed.contains('.') && ["sha256-", "sha384-", "sha512-"].iter().any(|p| lower.starts_with(p));
    if lower.starts_with("nonce-") && !typed.contains('.') {
        return keyword(directive, &bare, typed);
    }
    if is_hash {
        return Err(grammar(format!("Write “{}” in single quotes, as any hash.", quoted(typed))));
    }
    if KEYWORDS.contains(&bare.as_str()) {
        return Err(grammar(format!("Write {bare} in quotes: without them it would be a host of that name.")));
    }
    if typed == "*" || is_scheme(&lower) || is_host(typed) {
        if directive == "script-src" || directive == "default-src" {
            // Any scheme: wss: matches https: too (CSP Level 3, “scheme-part matches”).
            if typed == "*" || is_scheme(&lower) {
                return Err(grammar(format!(
                    "{typed} in {directive} would let scripts from anywhere run. Name the hosts instead."
                )));
            }
        }
        return Ok(typed.to_owned());
    }
    Err(grammar(format!(
        "“{}” is no source. Enter a host like https://images.example.org, a scheme like data:, or a keyword like 'self'.",
        quoted(typed)
    )))
}

fn keyword(directive: &str, lower: &str, typed: &str) -> Result<String, Problem> {
    if lower.starts_with("'nonce-") {
        return Err(grammar("Bailey makes a new nonce for each response. Leave 'nonce-…' out."));
    }
    let hash = [("'sha256-", 43), ("'sha384-", 64), ("'sha512-", 86)]
        .iter()
        .find_map(|(prefix, length)| lower.strip_prefix(prefix).map(|rest| (rest, *length)));
    if let Some((digest, length)) = hash {
        return match digest.strip_suffix('\'') {
            Some(digest) if is_digest(digest, length) => Ok(typed.to_owned()),
            _ => Err(grammar(format!("“{}” is no hash in base64, like 'sha256-…' in quotes.", quoted(typed)))),
        };
    }
    if !KEYWORDS.contains(&lower) {
        let meant = match nearest(lower, &KEYWORDS) {
            Some(known) => format!(" Did you mean {known}?"),
            None => format!(" The keywords are {}.", KEYWORDS.join(", ")),
        };
        return Err(grammar(format!("“{}” is no keyword.{meant}", quoted(typed))));
    }
    let runs_scripts = directive == "script-src" || directive == "default-src";
    match lower {
        "'unsafe-inline'" | "'unsafe-eval'" | "'unsafe-hashes'" if runs_scripts => Err(grammar(format!(
            "{lower} in {directive} would let injected scripts run, and Bailey's pages don't need it. Use a hash or a host."
        ))),
        "'strict-dynamic'" => Err(grammar(
            "'strict-dynamic' makes browsers ignore 'self', and Bailey's own pages would no longer load. Name the hosts instead.",
        )),
        _ => Ok(lower.to_owned()),
    }
}

/// Base64 of so many characters, with or without the `=` that fill it up.
fn is_digest(text: &str, length: usize) -> bool {
    let bare = text.trim_end_matches('=');
    bare.len() == length
        && text.len() - length <= 2
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_".contains(&b))
}

/// `https:`, `data:` (RFC 3986 §3.1).
fn is_scheme(text: &str) -> bool {
    text.strip_suffix(':').is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// `[scheme://]host[:port][/path]`, where the host may begin with `*.` (CSP Level 3 §2.3.1).
fn is_host(text: &str) -> bool {
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(&format!("{scheme}:")) => rest,
        Some(_) => return false,
        None => text,
    };
    let (authority, path) = rest.split_once('/').map_or((rest, ""), |(authority, path)| (authority, path));
    let (host, port) = authority.rsplit_once(':').map_or((authority, ""), |(host, port)| (host, port));
    let host = host.strip_prefix("*.").unwrap_or(host);
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let port_ok = port.is_empty() && !authority.ends_with(':')
        || port == "*"
        || (!port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    let path_ok = path.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}?#".contains(&b));
    host.split('.').all(label) && port_ok && path_ok
}

fn one(typed: &str) -> Result<(&'static str, Vec<String>), Problem> {
    let mut words = typed.split_ascii_whitespace();
    let name = directive(words.next().unwrap_or_default())?;
    let mut sources: Vec<String> = Vec::new();
    for word in words {
        let source = source(name, word)?;
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    match (name, sources.as_slice()) {
        ("upgrade-insecure-requests", []) => {}
        ("upgrade-insecure-requests", _) => return Err(grammar("upgrade-insecure-requests takes no sources.")),
        (_, []) => return Err(grammar(format!("{name} has no source. Add one, or 'none'."))),
        (_, many) if many.len() > 1 && many.iter().any(|source| source == "'none'") => {
            return Err(grammar(format!("'none' stands alone: drop it from {name}, or drop the other sources.")));
        }
        _ => {}
    }
    Ok((name, sources))
}

impl Value for CspPolicy {
    const KIND: Kind = Kind::Text;

    /// Reads directives separated by line ends or semicolons.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        short_enough(typed, bounds)?;
        let typed = header_value(typed, &["Content-Security-Policy", "Content-Security-Policy-Report-Only"])?;
        ascii(&typed)?;
        if typed.contains(',') {
            return Err(grammar(
                "A comma would begin another policy. Separate sources with spaces, and directives with line ends.",
            ));
        }
        let mut policy = Self::default();
        for part in typed.split(['\n', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, sources) = one(part)?;
            if policy.sources(name).is_some() {
                return Err(grammar(format!(
                    "{name} stands there twice: a browser would ignore the second. Join them."
                )));
            }
            policy.0.push((name, sources));
        }
        Ok(policy)
    }

    fn print(&self) -> String {
        let line =
            |(name, sources): &(&str, Vec<String>)| format!("{name} {}", sources.join(" ")).trim_end().to_owned();
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn in_words(&self) -> String {
        if self.0.is_empty() { "nothing added".to_owned() } else { self.print().replace('\n', "; ") }
    }
}

#[cfg(test)]
mod tests;
