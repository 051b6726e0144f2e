//! E-mail addresses in the one form in which Bailey stores and compares them.
use crate::pasted::{HiddenCharacter, as_it_reads, with_straight_quotes};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An e-mail address in canonical form: lower-case ASCII local part, lower-case ASCII domain.
///
/// Only ASCII is folded (Unicode folding would make `K` (U+212A) equal to `k`), and plus tags and
/// dots stay: two addresses are one mailbox only if the mail system says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// What is wrong with a text that was meant as an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmailProblem {
    /// Nothing was typed.
    Blank,
    /// Longer than 254 characters (RFC 5321 §4.5.3.1.3).
    TooLong,
    /// Not of the form `name@domain`.
    Shape,
    /// The part before the `@` holds a character that Bailey does not take.
    LocalPart,
    /// The part behind the `@` is not a domain name.
    Domain,
    /// It holds a character that can't be seen.
    Hidden(HiddenCharacter),
}

impl fmt::Display for EmailProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hidden(character) => return character.fmt(f),
            Self::Blank => "Enter an e-mail address.",
            Self::TooLong => "An e-mail address has at most 254 characters.",
            Self::Shape => "Enter an e-mail address like ada@example.org.",
            Self::LocalPart => {
                "The part before the @ may hold letters a to z, digits and . _ + - ' & ! # $ % * / = ? ^ ` { | } ~, and no two dots in a row."
            }
            Self::Domain => "The part behind the @ must be a domain name like example.org.",
        })
    }
}

impl std::error::Error for EmailProblem {}

impl EmailAddress {
    /// Reads an address as a person types or pastes it: out of a link, a list or a mail's head, too.
    ///
    /// # Errors
    /// What is wrong when the text is not an address that Bailey takes.
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = with_straight_quotes(&as_it_reads(text).map_err(EmailProblem::Hidden)?);
        let text = bare(&text);
        if text.is_empty() {
            return Err(EmailProblem::Blank);
        }
        if text.len() > 254 {
            return Err(EmailProblem::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailProblem::Shape)?;
        if local.is_empty() || domain.is_empty() {
            return Err(EmailProblem::Shape);
        }
        if !is_dot_atom(local) {
            return Err(EmailProblem::LocalPart);
        }
        let domain = canonical_domain(domain)?;
        Ok(Self(format!("{}@{domain}", local.to_ascii_lowercase())))
    }

    /// The part behind the `@`, in ASCII.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What may be left behind an address of the sentence or the list that it stood in.
const BEHIND: [char; 4] = [',', ';', ':', '.'];

/// What may stand around an address; none of these begins one and ends one, too.
const AROUND: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('(', ')'), ('[', ']')];

/// Takes away what stands around an address in a mail, a list or a link: `Ada <ada@example.org>,`, `"ada@example.org"`,
/// `mailto:ada@example.org?subject=x`.
fn bare(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let less = text.strip_suffix(BEHIND).unwrap_or(text).trim();
        let less = without_name(less).unwrap_or(less);
        let quoted = AROUND.iter().find_map(|(before, behind)| less.strip_prefix(*before)?.strip_suffix(*behind));
        let less = without_scheme(quoted.unwrap_or(less)).trim();
        if less.len() == text.len() {
            return text;
        }
        text = less;
    }
}

/// The address between the angle brackets at the end, with a name before them or without (RFC 5322 §3.4); `None` where it
/// ends otherwise.
fn without_name(text: &str) -> Option<&str> {
    text.strip_suffix('>')?.rsplit_once('<').map(|(_, address)| address)
}

/// The address of a link that writes a mail (RFC 6068).
fn without_scheme(text: &str) -> &str {
    let scheme = "mailto:";
    match text.split_at_checked(scheme.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(scheme) => {
            let end = rest.find('@').and_then(|at| Some(at + rest.get(at..)?.find('?')?)).unwrap_or(rest.len());
            rest.get(..end).unwrap_or(rest)
        }
        _ => text,
    }
}

/// Whether the text is a dot-atom of at most 64 characters (RFC 5321 §4.1.2).
fn is_dot_atom(local: &str) -> bool {
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.len() <= 64 && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
}

/// Returns the canonical text of a domain name.
pub(crate) fn canonical_domain(domain: &str) -> Result<String, EmailProblem> {
    let ascii = to_ascii(domain)?;
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || !c.is_ascii())
    };
    let numeric_end = ascii.rsplit('.').next().is_some_and(|l| l.bytes().all(|b| b.is_ascii_digit()));
    if ascii.split('.').all(label) && !numeric_end { Ok(ascii) } else { Err(EmailProblem::Domain) }
}

#[cfg(feature = "idna")]
fn to_ascii(domain: &str) -> Result<String, EmailProblem> {
    idna::domain_to_ascii(domain).map_err(|_| EmailProblem::Domain)
}

/// Without the Unicode tables a non-ASCII domain is left for the server to convert and judge.
#[cfg(not(feature = "idna"))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as with the tables, where it may fail")]
fn to_ascii(domain: &str) -> Result<String, EmailProblem> {
    Ok(domain.to_ascii_lowercase())
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailProblem;

    fn try_from(text: String) -> Result<Self, EmailProblem> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_folded_in_ascii_only() {
        assert_eq!(EmailAddress::parse(" Ada@Example.ORG ").map(String::from), Ok("ada@example.org".to_owned()));
        assert_eq!(EmailAddress::parse("mi\u{212A}e@example.org"), Err(EmailProblem::LocalPart));
    }

    #[test]
    fn an_address_is_read_out_of_what_is_pasted_with_it() {
        for typed in [
            "mailto:ada@example.org",
            "MAILTO:Ada@example.org?subject=Hello",
            "<ada@example.org>",
            "\u{feff}ada@example.org\u{200b}",
            "\u{a0}ada@example.org\u{202f}",
            "\u{200e}ada\u{200d}@example.org",
            "\u{2066}ada@example.org\u{2069}",
            "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
            "Ada Lovelace <ada@example.org>",
            "\"Lovelace, Ada\" <Ada@example.org>,",
            "“Ada” <mailto:ada@example.org>;",
            "eve@example.net <ada@example.org>",
            "ada@example.org.",
            "ada@example.org,",
            "ada@example.org;",
            "\"ada@example.org\"",
            "‘ada@example.org’",
            "“ada@example.org.”",
            "(ada@example.org)",
            "[mailto:ada@example.org]",
            "< ada@example.org >",
        ] {
            assert_eq!(EmailAddress::parse(typed).map(String::from), Ok("ada@example.org".to_owned()), "{typed:?}");
        }
        assert_eq!(
            EmailAddress::parse("ada\u{2011}l@ex\u{2010}ample.org").map(String::from),
            Ok("ada-l@ex-ample.org".to_owned())
        );
        let hidden = EmailAddress::parse("ada\u{202e}@example.org").expect_err("it reads backwards");
        assert!(hidden.to_string().contains("U+202E after “ada”"), "{hidden}");
    }

    #[test]
    fn texts_that_are_no_addresses_are_refused() {
        for (text, problem) in [
            ("", EmailProblem::Blank),
            ("ada", EmailProblem::Shape),
            ("@example.org", EmailProblem::Shape),
            ("ada@", EmailProblem::Shape),
            ("a..b@example.org", EmailProblem::LocalPart),
            (".a@example.org", EmailProblem::LocalPart),
            ("a b@example.org", EmailProblem::LocalPart),
            ("a\r\nb@example.org", EmailProblem::LocalPart),
            ("ada@-example.org", EmailProblem::Domain),
            ("ada@exam ple.org", EmailProblem::Domain),
            ("ada@example..org", EmailProblem::Domain),
            ("Ada ada@example.org", EmailProblem::LocalPart),
            ("ada@example.org grace@example.org", EmailProblem::LocalPart),
            ("<ada@example.org> Ada", EmailProblem::LocalPart),
            ("<>", EmailProblem::Blank),
            ("\"Ada\"@example.org", EmailProblem::LocalPart),
            (".,;:", EmailProblem::Blank),
            ("ada@127.0.0.1", EmailProblem::Domain),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn what_belongs_to_an_address_is_not_taken_from_it() {
        for address in ["o'brien@example.org", "'ada@example.org", "{ada}@example.org", "ada=@example.org"] {
            assert_eq!(EmailAddress::parse(address).map(String::from), Ok(address.to_owned()));
        }
        assert_eq!(EmailAddress::parse("o’brien@example.org").map(String::from), Ok("o'brien@example.org".to_owned()));
    }

    #[cfg(feature = "idna")]
    #[test]
    fn an_international_domain_is_stored_in_its_ascii_form() {
        assert_eq!(
            EmailAddress::parse("ada@BÜCHER.example").map(String::from),
            Ok("ada@xn--bcher-kva.example".to_owned())
        );
    }
}
