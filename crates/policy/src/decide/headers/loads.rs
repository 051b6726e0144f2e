//! From where may pages load what, and does a change of the content security policy let them load more?
use super::floor;
use crate::value::CspPolicy;

/// Directives whose sources browsers look up, with those that they fall back to (CSP Level 3 §6.8.3).
const LOOKED_UP: [&[&str]; 10] = [
    &["default-src"],
    &["script-src"],
    &["style-src"],
    &["img-src"],
    &["font-src"],
    &["connect-src"],
    &["manifest-src"],
    &["media-src", "default-src"],
    &["frame-src", "child-src", "default-src"],
    &["worker-src", "child-src", "script-src"],
];

/// The schemes that `*` admits, besides that of the page.
const NETWORK: [&str; 4] = ["http", "https", "ws", "wss"];

/// Whether a page may load something after a change that it may not before it. What can't be told counts as more.
pub fn loads_more(before: &CspPolicy, after: &CspPolicy) -> bool {
    let upgrades = |policy: &CspPolicy| policy.sources("upgrade-insecure-requests").is_some();
    let admits_more = |chain: &&[&str]| {
        let known = effective(before, chain);
        !effective(after, chain).iter().all(|source| known.iter().any(|known| covers(known, source)))
    };
    (upgrades(before) && !upgrades(after)) || LOOKED_UP.iter().any(admits_more)
}

/// The sources of the first of these directives that the header names: Bailey's own and what was added.
fn effective(policy: &CspPolicy, chain: &[&str]) -> Vec<String> {
    let own = floor("");
    let named = chain.iter().find_map(|directive| {
        let own = own.iter().find(|(known, _)| known == directive).map(|(_, sources)| sources.as_str());
        let added = policy.sources(directive);
        (own.is_some() || added.is_some()).then(|| (own.unwrap_or_default(), added.unwrap_or_default()))
    });
    let (own, added) = named.unwrap_or_default();
    let sources = own.split_whitespace().map(str::to_owned).chain(added.iter().cloned());
    // These allow nothing by themselves.
    sources.filter(|source| !["'none'", "'report-sample'"].contains(&source.as_str())).collect()
}

/// Whether whatever one source admits another one admits, too (CSP Level 3 §6.7.2); `false` where that depends on how the
/// page was reached.
fn covers(known: &str, source: &str) -> bool {
    let scheme_of = |source| str::strip_suffix(source, ':');
    if known == source {
        return true;
    }
    match (scheme_of(known), scheme_of(source)) {
        (Some(known), Some(source)) => scheme_covers(Some(known), Some(source)),
        (None, Some(source)) => known == "*" && NETWORK.contains(&source),
        (known_scheme, None) => HostSource::of(source).is_some_and(|source| match known_scheme {
            Some(known) => scheme_covers(Some(known), source.scheme),
            None if known == "*" => source.scheme.is_none_or(|scheme| NETWORK.contains(&scheme)),
            None => HostSource::of(known).is_some_and(|known| known.covers(&source)),
        }),
    }
}

/// `[scheme://]host[:port][/path]`, as far as it was typed.
struct HostSource<'a> {
    scheme: Option<&'a str>,
    domain: &'a str,
    port: Option<&'a str>,
    path: &'a str,
}

impl<'a> HostSource<'a> {
    /// The parts of a source that names a host; `None` of a keyword, a hash, a scheme and `*`.
    fn of(source: &'a str) -> Option<Self> {
        if source.starts_with('\'') || source.ends_with(':') || source == "*" {
            return None;
        }
        let (scheme, rest) = source.split_once("://").map_or((None, source), |(scheme, rest)| (Some(scheme), rest));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (domain, port) = authority.split_once(':').map_or((authority, None), |(domain, port)| (domain, Some(port)));
        Some(Self { scheme, domain, port, path })
    }

    fn covers(&self, other: &Self) -> bool {
        let (own, others) = (self.domain.to_ascii_lowercase(), other.domain.to_ascii_lowercase());
        // `*.example.org` admits each host below it, and not itself.
        let host_covers = own == others || own.strip_prefix('*').is_some_and(|above| others.ends_with(above));
        let port_covers = self.port == other.port || self.port == Some("*");
        let path_covers = match self.path {
            "" | "/" => true,
            folder if folder.ends_with('/') => other.path.starts_with(folder),
            file => file == other.path,
        };
        host_covers && port_covers && path_covers && scheme_covers(self.scheme, other.scheme)
    }
}

/// Whether a scheme admits another one; a source without one has that of the page, http or https (§6.7.2.7).
fn scheme_covers(known: Option<&str>, other: Option<&str>) -> bool {
    match (known, other) {
        (None, None) => true,
        (None, Some(other)) => other.eq_ignore_ascii_case("https"),
        (Some(known), None) => known.eq_ignore_ascii_case("http"),
        (Some(known), Some(other)) => {
            let is = |known_as: &str, other_as: &str| {
                known.eq_ignore_ascii_case(known_as) && other.eq_ignore_ascii_case(other_as)
            };
            known.eq_ignore_ascii_case(other) || is("http", "https") || is("ws", "wss")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn more(before: &str, after: &str) -> bool {
        let policy = |typed| CspPolicy::parse(typed, None).unwrap_or_else(|problem| panic!("{typed}: {problem}"));
        loads_more(&policy(before), &policy(after))
    }

    /// Fails when a directive is compared by its text, or without those that it falls back to.
    #[test]
    fn what_admits_a_source_more_is_weaker_and_the_way_back_is_not() {
        for (strict, loose) in [
            ("", "img-src https://a.example"),
            ("img-src https://a.example", "img-src https://a.example https://b.example"),
            ("img-src https://a.example", "img-src https://*.example"),
            ("img-src https://a.example/logos/", "img-src https://a.example"),
            ("img-src https://a.example", "img-src http://a.example"),
            ("img-src https://a.example", "img-src https:"),
            ("img-src https:", "img-src *"),
            ("img-src a.example", "img-src a.example:*"),
            ("", "default-src https://a.example"),
            ("default-src https://a.example\nframe-src 'none'", "default-src https://a.example"),
            ("child-src https://a.example\nworker-src 'none'", "child-src https://a.example"),
            ("", "style-src 'unsafe-inline'"),
            ("", "img-src blob:"),
            ("upgrade-insecure-requests", ""),
        ] {
            assert!(more(strict, loose), "{strict:?} → {loose:?}");
            assert!(!more(loose, strict), "{loose:?} → {strict:?}");
        }
    }

    #[test]
    fn what_admits_nothing_more_is_not_weaker_however_it_is_written() {
        for (before, after) in [
            ("", "upgrade-insecure-requests"),
            ("", "img-src 'self' data:"),
            ("", "frame-src 'none'\nmedia-src 'none'"),
            ("", "script-src 'report-sample'"),
            ("", "worker-src 'self'"),
            ("img-src https://*.example.org", "img-src https://www.example.org https://img.example.org/logos/a.png"),
            ("img-src https://a.example https://b.example", "img-src https://B.example https://A.example"),
            ("default-src https://a.example", "frame-src https://a.example"),
            ("img-src *", "img-src https://a.example a.example http:"),
        ] {
            assert!(!more(before, after), "{before:?} → {after:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_counts_as_weaker() {
        for (before, after) in [
            ("img-src https:", "img-src a.example"),
            ("img-src https://*.example", "img-src https://example"),
            ("img-src https://a.example", "img-src https://a.example:443"),
            ("connect-src a.example", "connect-src wss://a.example"),
            ("img-src *", "img-src blob:"),
            ("style-src 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='", "style-src 'unsafe-hashes'"),
        ] {
            assert!(more(before, after), "{before:?} → {after:?}");
        }
    }
}
