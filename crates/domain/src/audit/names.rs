//! Entries hold no e-mail address but a name for it: a digest of the address under a salt that stands in a table of its own,
//! beside the address. The chain covers the name, so it stays whole when the row is deleted, and from then on nobody can
//! tell whose name it was. Whoever puts another address into that row is found out, since the digest is keyed.
use super::Record;
use crate::{Result, WorkspaceId, bailey::Audit, platform::random};
use policy::EmailAddress;
use std::collections::{BTreeMap, BTreeSet};
use store::{AuditNameRow, Tx};

/// What a name stands between: no text that somebody types holds them (Unicode's marks of an annotation).
const MARKS: (char, char) = ('\u{fff9}', '\u{fffb}');
/// How many hexadecimal digits a name has.
const DIGITS: usize = 24;
/// How many of them people are shown once the address is forgotten.
const SHOWN: usize = 8;

/// A name as it stands in an entry.
fn marked(name: &str) -> String {
    let (begin, end) = MARKS;
    format!("{begin}{name}{end}")
}

/// What people are shown in place of an address that is forgotten.
fn former(name: &str) -> String {
    format!("former member {}", name.get(..SHOWN).unwrap_or(name))
}

/// Whether a character ends an address in a text.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '<' | '>' | '(' | ')' | '[' | ']' | '"' | '“' | '”')
}

/// The addresses in a text, as they stand there and as they are read.
fn addresses(text: &str) -> impl Iterator<Item = (&str, EmailAddress)> {
    let bare = |word| str::trim_matches(word, ['.', '\'', '!', '?']);
    let read = |word| EmailAddress::parse(word).ok().map(|email| (word, email));
    text.split(ends_address).filter(|word| word.contains('@')).map(bare).filter_map(read)
}

/// The names in a text.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    let (begin, end) = MARKS;
    text.split(begin).skip(1).filter_map(move |rest| rest.split_once(end)).map(|(name, _)| name)
}

impl Record {
    /// Each text of it that may hold an address.
    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let changes = self.changes.iter_mut().flat_map(|change| [&mut change.from, &mut change.to]);
        let facts = self.facts.iter_mut().map(|(_, value)| value);
        [&mut self.actor].into_iter().chain(self.subject.as_mut()).chain(changes).chain(facts)
    }
}

impl Audit<'_> {
    fn digest(self, salt: &str, email: &str) -> String {
        let mut digest = self.0.vault().hash("audit names", &[salt.as_bytes(), email.as_bytes()]);
        digest.truncate(DIGITS);
        digest
    }

    /// Whether a row has the address for which its name was made.
    pub(super) fn is_true(self, row: &AuditNameRow) -> bool {
        self.digest(&row.salt, &row.email) == row.name
    }

    /// Puts names in place of the addresses in an entry. The end of the chain is held.
    pub(super) async fn put_names(self, tx: &mut Tx, workspace: &WorkspaceId, record: &mut Record) -> Result<()> {
        let (begin, end) = MARKS;
        let mut found = BTreeSet::new();
        for text in record.texts() {
            if text.contains([begin, end]) {
                text.retain(|c| c != begin && c != end);
            }
            found.extend(addresses(text).map(|(_, email)| email));
        }
        let mut names = BTreeMap::new();
        for email in found {
            let name = match tx.audit_name_of(workspace, email.as_str()).await? {
                Some(name) => name,
                None => self.make_name(tx, workspace, &email).await?,
            };
            names.insert(email, name);
        }
        for text in record.texts() {
            let mut replaced: Vec<_> = addresses(text).map(|(word, email)| (word.to_owned(), email)).collect();
            // The longer first: one may be a part of another.
            replaced.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
            for (word, email) in replaced {
                if let Some(name) = names.get(&email) {
                    *text = text.replace(&word, &marked(name));
                }
            }
        }
        Ok(())
    }

    async fn make_name(self, tx: &mut Tx, workspace: &WorkspaceId, email: &EmailAddress) -> Result<String> {
        let salt = hex::encode(random::bytes::<16>()?);
        let name = self.digest(&salt, email.as_str());
        let row = AuditNameRow { name: name.clone(), salt, email: email.to_string() };
        tx.insert_audit_name(workspace, &row).await?;
        Ok(name)
    }

    /// Puts the addresses in place of their names, and a pseudonym where an address is forgotten.
    pub(crate) async fn resolve(self, tx: &mut Tx, workspace: &WorkspaceId, records: &mut [Record]) -> Result<()> {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for record in records.iter_mut() {
            for text in record.texts() {
                for name in names(text).map(str::to_owned).collect::<BTreeSet<_>>() {
                    if !known.contains_key(&name) {
                        let row = tx.audit_name(workspace, &name).await?;
                        known.insert(name.clone(), row.map_or_else(|| former(&name), |row| row.email));
                    }
                    if let Some(email) = known.get(&name) {
                        *text = text.replace(&marked(&name), email);
                    }
                }
            }
        }
        Ok(())
    }

    /// The text by which an address stands in entries; `None` where it stands in none.
    pub(crate) async fn mark_of(self, tx: &mut Tx, workspace: &WorkspaceId, email: &str) -> Result<Option<String>> {
        Ok(tx.audit_name_of(workspace, email).await?.map(|name| marked(&name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_what_people_write() {
        for (text, expected) in [
            ("ada@example.org", vec!["ada@example.org"]),
            ("ada@example.org, Grace@Example.org", vec!["ada@example.org", "grace@example.org"]),
            ("write to “ada@example.org”.", vec!["ada@example.org"]),
            ("mailto:ada@example.org?", vec!["ada@example.org"]),
            ("a+b.c@x.example", vec!["a+b.c@x.example"]),
            ("console", vec![]),
            ("@ada, 5 @ 3 or ada@", vec![]),
        ] {
            let found: Vec<_> = addresses(text).map(|(_, email)| email.to_string()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_read_where_it_stands() {
        let text = format!("{} and {}", marked("0123abcd9999"), marked("77"));
        assert_eq!(names(&text).collect::<Vec<_>>(), ["0123abcd9999", "77"]);
        assert_eq!(former("0123abcd9999"), "former member 0123abcd");
        assert_eq!(names("nothing").count(), 0);
    }
}
