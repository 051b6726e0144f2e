//! The keys of a key file, in the order in which they stand in it.
use super::{derive, keyed};
use crate::{Result, platform::random};
use hmac::Mac;
use std::fmt::Write;

/// Stands above the keys in a file.
const HEADING: &str = "# Bailey's keys. Keep a copy, but not beside a copy of the database: see docs/keys.md.\n";
const HASH: &str = "hash";
const SEAL: &str = "seal";

/// 256 bits, from which a key per use is derived.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key([u8; 32]);

impl Key {
    pub(super) const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn draw() -> Result<Self> {
        random::bytes().map(Self)
    }

    /// A key for one use.
    pub(super) fn derive(&self, purpose: &str) -> [u8; 32] {
        derive(&self.0, purpose)
    }

    /// Its name, which tells nothing of it: a damaged key no longer fits the name beside it.
    pub(super) fn id(&self) -> String {
        let mut mac = keyed(&self.0);
        mac.update(b"the name of this key");
        let [a, b, c, d, ..] = <[u8; 32]>::from(mac.finalize().into_bytes());
        hex::encode([a, b, c, d])
    }
}

/// The keys of a key file: one for keyed hashes, which stays; and those that seal, the newest first.
///
/// A file of versions before holds one key for both, and has no names: no key that seals stands beside it here.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyRing {
    pub(super) hash: Key,
    pub(super) seal: Vec<Key>,
}

impl KeyRing {
    /// Draws the keys of a first start.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn draw() -> Result<Self> {
        Ok(Self { hash: Key::draw()?, seal: vec![Key::draw()?] })
    }

    /// The name of the newest key that seals; none in a file of versions before.
    pub fn newest(&self) -> Option<String> {
        self.seal.first().map(Key::id)
    }

    /// Whether keys that sealed before are still there.
    pub(super) const fn has_older(&self) -> bool {
        self.seal.len() > 1
    }

    /// The same keys and a new one, which seals from now on.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn with_a_new_key(&self) -> Result<Self> {
        let mut ring = self.clone();
        ring.seal.insert(0, Key::draw()?);
        Ok(ring)
    }

    /// Only the newest of the keys that seal.
    pub(super) fn without_older(&self) -> Self {
        Self { hash: self.hash.clone(), seal: self.seal.iter().take(1).cloned().collect() }
    }

    /// Adds the keys of another ring that are not in this one.
    pub(super) fn learn(&mut self, other: &Self) {
        for key in &other.seal {
            if !self.seal.contains(key) {
                self.seal.push(key.clone());
            }
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<&Key> {
        self.seal.iter().find(|key| key.id() == id)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// Says what is wrong, and never what stands there.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let lines: Vec<_> = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim()))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .collect();
        if let [(_, line)] = lines[..]
            && let Some(key) = bytes(line)
        {
            return Ok(Self { hash: key, seal: Vec::new() });
        }
        let (mut hash, mut seal) = (None, Vec::new());
        for (at, line) in lines {
            let mut words = line.split_whitespace();
            let (Some(kind), Some(id), Some(digits), None) = (words.next(), words.next(), words.next(), words.next())
            else {
                return Err(format!("does not hold keys: line {at} is none."));
            };
            let key = bytes(digits).filter(|key| key.id() == id);
            match (kind, key) {
                (HASH, Some(key)) if hash.is_none() => hash = Some(key),
                (SEAL, Some(key)) => seal.push(key),
                (HASH, Some(_)) => return Err(format!("is damaged: line {at} is a second key for hashes.")),
                (HASH | SEAL, None) => return Err(format!("is damaged: the key in line {at} does not fit its name.")),
                _ => return Err(format!("does not hold keys: line {at} is none.")),
            }
        }
        match hash {
            Some(hash) if !seal.is_empty() => Ok(Self { hash, seal }),
            _ => {
                Err("is damaged: it holds one line that begins with hash, and others that begin with seal.".to_owned())
            }
        }
    }

    /// Writes a key file.
    pub(super) fn print(&self) -> String {
        if self.seal.is_empty() {
            return format!("{}\n", hex::encode(self.hash.0));
        }
        let mut text = HEADING.to_owned();
        let hash = std::iter::once((HASH, &self.hash));
        for (kind, key) in hash.chain(self.seal.iter().map(|key| (SEAL, key))) {
            writeln!(text, "{kind} {} {}", key.id(), hex::encode(key.0)).expect("writing to a String never fails");
        }
        text
    }
}

fn bytes(digits: &str) -> Option<Key> {
    hex::decode(digits).ok()?.try_into().ok().map(Key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> KeyRing {
        KeyRing { hash: Key([1; 32]), seal: vec![Key([3; 32]), Key([2; 32])] }
    }

    /// Fails when `parse` reads the keys in another order than `print` writes them.
    #[test]
    fn what_is_written_reads_back() {
        for ring in [ring(), ring().without_older(), KeyRing { hash: Key([1; 32]), seal: Vec::new() }] {
            assert!(KeyRing::parse(&ring.print()) == Ok(ring));
        }
    }

    /// Fails when a file of versions before, with 64 digits and nothing else, is no longer read.
    #[test]
    fn a_file_of_one_key_without_a_name_is_read() {
        let read = KeyRing::parse(&format!("{}\n", "07".repeat(32)));
        assert!(read.is_ok_and(|ring| ring == KeyRing { hash: Key([7; 32]), seal: Vec::new() }));
    }

    /// Fails when `parse` no longer compares a key with the name beside it, or lets a line or a key be left out.
    #[test]
    fn a_damaged_file_is_refused_in_words_that_do_not_show_it() {
        let whole = ring().print();
        let damaged = whole.replacen("0303", "0304", 1);
        let twice = format!("{whole}{}", whole.lines().nth(1).unwrap_or_default());
        let lines: Vec<_> = whole.lines().collect();
        for text in
            ["", "not a key", "seal 00000000", &damaged, &twice, lines[1], &lines[2..].join("\n"), &whole[..200]]
        {
            let said = KeyRing::parse(text).err().unwrap_or_else(|| panic!("{text:?} is refused"));
            assert!(said.ends_with('.') && !said.contains("0303"), "{said}");
        }
    }

    /// Fails when the name of a key is part of the key.
    #[test]
    fn a_name_tells_one_key_from_another_and_nothing_else() {
        let [newer, older] = [Key([3; 32]).id(), Key([2; 32]).id()];
        assert!(newer != older && newer.len() == 8 && newer != "03030303", "{newer} {older}");
    }
}
