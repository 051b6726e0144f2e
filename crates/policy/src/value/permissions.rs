//! Which features of the device pages may use (W3C Permissions Policy; RFC 9651 dictionaries).
mod features;

use self::features::FEATURES;
use super::{
    Bounds, Kind, Problem, Value,
    header_line::header_value,
    text::{ascii, grammar, is_authority, nearest, quoted, short_enough},
};

/// Who may use a feature, as the header writes it: `()`, `*`, `(self "https://example.org")`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Allowed {
    Everybody,
    Only { this_site: bool, origins: Vec<String> },
}

/// A list of features, each with who may use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionsPolicy(Vec<(&'static str, Allowed)>);

impl Default for PermissionsPolicy {
    /// Nobody uses sensors and payment; this site uses passkeys.
    fn default() -> Self {
        let only = |this_site| Allowed::Only { this_site, origins: Vec::new() };
        Self(vec![
            ("camera", only(false)),
            ("microphone", only(false)),
            ("geolocation", only(false)),
            ("usb", only(false)),
            ("payment", only(false)),
            ("publickey-credentials-get", only(true)),
            ("publickey-credentials-create", only(true)),
        ])
    }
}

impl Allowed {
    fn print(&self) -> String {
        let Self::Only { this_site, origins } = self else { return "*".to_owned() };
        let own = this_site.then(|| "self".to_owned());
        let origins = origins.iter().map(|origin| format!("\"{origin}\""));
        format!("({})", own.into_iter().chain(origins).collect::<Vec<_>>().join(" "))
    }
}

impl PermissionsPolicy {
    /// The value of the header.
    pub fn header(&self) -> String {
        self.lines().join(", ")
    }

    /// Whether this site itself may use a feature; what is not named keeps the browser's own default.
    pub fn allows_self(&self, feature: &str) -> bool {
        self.0.iter().find(|(known, _)| *known == feature).is_none_or(|(_, allowed)| match allowed {
            Allowed::Everybody => true,
            Allowed::Only { this_site, .. } => *this_site,
        })
    }

    /// The features, each with who may use it as the header writes it.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.0.iter().map(|(feature, allowed)| (*feature, allowed.print()))
    }

    /// Whether no feature is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, name: &'static str, allowed: Allowed) -> Result<(), Problem> {
        if self.0.iter().any(|(known, _)| *known == name) {
            return Err(grammar(format!("{name} stands there twice. Keep one of them.")));
        }
        self.0.push((name, allowed));
        Ok(())
    }

    fn lines(&self) -> Vec<String> {
        self.iter().map(|(feature, allowed)| format!("{feature}={allowed}")).collect()
    }
}

fn feature(typed: &str) -> Result<&'static str, Problem> {
    let name = typed.to_ascii_lowercase();
    FEATURES.iter().find(|known| **known == name).copied().ok_or_else(|| {
        let meant = match nearest(&name, &FEATURES) {
            Some(known) => format!(" Did you mean {known}?"),
            None => " Names are like camera, geolocation or screen-wake-lock.".to_owned(),
        };
        grammar(format!("“{}” is no feature.{meant}", quoted(typed)))
    })
}

fn allowed(feature: &str, typed: &str) -> Result<Allowed, Problem> {
    let wrong = || {
        grammar(format!(
            "“{}” does not say who may use {feature}. Enter () for nobody, (self) for this site, * for everybody, or (self \"https://example.org\").",
            quoted(typed)
        ))
    };
    if typed == "*" {
        return Ok(Allowed::Everybody);
    }
    let inner = match typed.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')').ok_or_else(wrong)?,
        None => typed,
    };
    if inner.is_empty() && !typed.starts_with('(') {
        return Err(wrong());
    }
    let (mut this_site, mut origins) = (false, Vec::new());
    for word in inner.split_ascii_whitespace() {
        let quoted = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match quoted {
            None if word.eq_ignore_ascii_case("self") => this_site = true,
            Some(origin) if is_origin(origin) => origins.push(origin.to_owned()),
            _ => return Err(wrong()),
        }
    }
    Ok(Allowed::Only { this_site, origins })
}

/// Reads who may use a feature as `Feature-Policy` wrote it: `'none'`, `'self'`, `*` and origins, bare.
fn allowed_as_before(feature: &str, typed: &str) -> Result<Allowed, Problem> {
    let word = |word: &str| match word.to_ascii_lowercase().as_str() {
        "'none'" => String::new(),
        "'self'" | "'src'" => "self".to_owned(),
        _ if is_origin(word) => format!("\"{word}\""),
        _ => word.to_owned(),
    };
    let words: Vec<_> = typed.split_ascii_whitespace().map(word).filter(|word| !word.is_empty()).collect();
    if words == ["*"] { Ok(Allowed::Everybody) } else { allowed(feature, &format!("({})", words.join(" "))) }
}

/// `https://host[:port]`, without a path; the host may begin with `*.`.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| is_authority(host.strip_prefix("*.").unwrap_or(host)))
}

impl Value for PermissionsPolicy {
    const KIND: Kind = Kind::Lines;

    /// Reads a feature per line, or a whole header with commas.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        short_enough(typed, bounds)?;
        let typed = header_value(typed, &["Permissions-Policy", "Feature-Policy"])?;
        ascii(&typed)?;
        let mut policy = Self(Vec::new());
        // The header that came before it had no = and set features apart by semicolons.
        let ends: &[char] = if typed.contains('=') { &['\n', ','] } else { &['\n', ',', ';'] };
        for part in typed.split(ends).map(str::trim).filter(|part| !part.is_empty()) {
            if let Some((name, value)) = part.split_once(' ').filter(|_| !part.contains('=')) {
                policy.add(feature(name)?, allowed_as_before(name, value)?)?;
                continue;
            }
            let Some((name, value)) = part.split_once('=') else {
                return Err(grammar(format!(
                    "“{}” has no =. Enter a feature and who may use it: camera=()",
                    quoted(part)
                )));
            };
            let name = feature(name.trim())?;
            policy.add(name, allowed(name, value.trim())?)?;
        }
        Ok(policy)
    }

    fn print(&self) -> String {
        self.lines().join("\n")
    }

    fn in_words(&self) -> String {
        if self.0.is_empty() { "nothing restricted".to_owned() } else { self.header() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problem(typed: &str) -> String {
        PermissionsPolicy::parse(typed, None).expect_err(typed).to_string()
    }

    #[test]
    fn the_default_reads_back_and_leaves_passkeys_to_this_site() {
        let policy = PermissionsPolicy::default();
        assert_eq!(PermissionsPolicy::parse(&policy.print(), None).as_ref(), Ok(&policy));
        assert_eq!(PermissionsPolicy::parse(&policy.header(), None).as_ref(), Ok(&policy));
        assert!(policy.allows_self("publickey-credentials-get") && policy.allows_self("fullscreen"));
        assert!(!policy.allows_self("camera"));
        assert_eq!(policy.iter().next(), Some(("camera", "()".to_owned())));
    }

    #[test]
    fn the_specifications_examples_are_read() {
        let typed = "geolocation=(self \"https://example.com\"), fullscreen=*, camera = self\nmicrophone=()";
        let read = PermissionsPolicy::parse(typed, None).expect("a policy");
        assert_eq!(
            read.header(),
            "geolocation=(self \"https://example.com\"), fullscreen=*, camera=(self), microphone=()"
        );
    }

    #[test]
    fn a_whole_header_line_and_the_old_form_are_read() {
        for (typed, header) in [
            ("Permissions-Policy: camera=(), microphone=(self)", "camera=(), microphone=(self)"),
            ("permissions-policy:camera=()", "camera=()"),
            (
                "Feature-Policy: camera 'none'; microphone 'self' https://a.example; fullscreen *",
                "camera=(), microphone=(self \"https://a.example\"), fullscreen=*",
            ),
            ("camera \u{2018}none\u{2019}\ngeolocation 'self'", "camera=(), geolocation=(self)"),
            ("camera=(self\u{a0}\u{201c}https://a.example\u{201d})\u{200b}", "camera=(self \"https://a.example\")"),
            (
                "attribution-reporting=(), ch-ua=*, compute-pressure=(), unload=()",
                "attribution-reporting=(), ch-ua=*, compute-pressure=(), unload=()",
            ),
        ] {
            assert_eq!(
                PermissionsPolicy::parse(typed, None).map(|read| read.header()).as_deref(),
                Ok(header),
                "{typed}"
            );
        }
        assert!(problem("camera 'nobody'").contains("does not say who may use camera"));
    }

    #[test]
    fn what_is_wrong_is_refused_with_what_would_be_right() {
        assert_eq!(problem("camra=()"), "“camra” is no feature. Did you mean camera?");
        let words = problem("foo=()");
        assert!(words.starts_with("“foo” is no feature. Names are like camera"), "{words}");
        assert!(problem("camera").contains("has no ="));
        assert!(problem("camera=(); usb=()").contains("does not say who"));
        for typed in [
            "camera=",
            "camera=(self",
            "camera=none",
            "camera=(https://a.example)",
            "camera=(\"https://a.example/x\")",
            "camera=(\"a\")",
            "camera=(\"https://:\")",
            "camera=(\"https://*\")",
            "camera=(\"https://a:b\")",
        ] {
            assert!(problem(typed).contains("does not say who may use camera"), "{typed}");
        }
        assert!(problem("camera=()\ncamera=(self)").contains("twice"));
        assert!(problem("camera=(self \"https://é.example\")").contains("ASCII"));
    }

    /// What another reader of structured fields (RFC 9651) finds in a header: each feature with who may use it.
    fn read_by_sfv(header: &str) -> Vec<(String, String)> {
        let read: sfv::Dictionary = sfv::Parser::new(header).parse().expect(header);
        let word = |item: &sfv::Item| match &item.bare_item {
            sfv::BareItem::Token(token) => token.as_str().to_owned(),
            sfv::BareItem::String(origin) => format!("\"{}\"", origin.as_str()),
            other => panic!("{other:?} in {header}"),
        };
        let allowed = |entry: &sfv::ListEntry| match entry {
            sfv::ListEntry::Item(item) => word(item),
            sfv::ListEntry::InnerList(list) => {
                format!("({})", list.items.iter().map(word).collect::<Vec<_>>().join(" "))
            }
        };
        read.iter().map(|(feature, entry)| (feature.as_str().to_owned(), allowed(entry))).collect()
    }

    fn read_by_us(policy: &PermissionsPolicy) -> Vec<(String, String)> {
        policy.iter().map(|(feature, allowed)| (feature.to_owned(), allowed)).collect()
    }

    #[test]
    fn another_reader_of_structured_fields_finds_the_same_in_the_header() {
        for typed in [
            &PermissionsPolicy::default().print(),
            "geolocation=(self \"https://example.com\"), fullscreen=*, camera = self\nmicrophone=()",
            "usb=(\"https://*.example.org\" \"http://[2001:db8::1]:8080\")",
        ] {
            let policy = PermissionsPolicy::parse(typed, None).expect(typed);
            assert_eq!(read_by_sfv(&policy.header()), read_by_us(&policy), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_a_structured_field(typed in "(camera|usb)=[(]?(self|[*]|\"https://[a-z.*:0-9/-]{1,12}\"| ){0,3}[)]?") {
            if let Ok(policy) = PermissionsPolicy::parse(&typed, None) {
                prop_assert_eq!(read_by_sfv(&policy.header()), read_by_us(&policy));
            }
        }

        #[test]
        fn what_is_printed_is_read_back(picked in prop::sample::subsequence(FEATURES.to_vec(), 0..FEATURES.len()), this_site: bool) {
            let value = if this_site { "(self \"https://a.example:8443\")" } else { "*" };
            let typed = picked.iter().map(|f| format!("{f}={value}")).collect::<Vec<_>>().join("\n");
            let read = PermissionsPolicy::parse(&typed, None).expect("a policy");
            prop_assert_eq!(PermissionsPolicy::parse(&read.print(), None), Ok(read));
        }

        #[test]
        fn no_text_makes_the_parser_panic(typed in "\\PC*") {
            drop(PermissionsPolicy::parse(&typed, None));
        }
    }
}
