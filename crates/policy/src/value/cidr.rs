//! Blocks of addresses, one per line, each with a note.
use super::{
    Bounds, Kind, Problem, Value,
    text::{as_it_reads, grammar, quoted, short_enough, visible},
};
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;

/// The greatest length of a note, in characters.
const NOTE: usize = 100;

/// One block of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CidrEntry {
    /// The block; version 4 addresses written as version 6 are version 4 here.
    pub net: IpNet,
    /// What somebody noted about it.
    pub note: String,
}

/// Blocks of addresses in the order in which they were typed, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CidrList(Vec<CidrEntry>);

impl CidrList {
    /// The blocks.
    pub fn iter(&self) -> impl Iterator<Item = &CidrEntry> {
        self.0.iter()
    }

    /// Whether there is no block.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first block that holds an address.
    pub fn find(&self, address: IpAddr) -> Option<&CidrEntry> {
        let address = address.to_canonical();
        self.0.iter().find(|entry| entry.net.contains(&address))
    }

    /// Whether a block holds an address.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.find(address).is_some()
    }

    /// The same list with one more address on it.
    #[must_use]
    pub fn with(&self, address: IpAddr) -> Self {
        let mut list = self.clone();
        let net = address.to_canonical().into();
        if !list.0.iter().any(|known| known.net == net) {
            list.0.push(CidrEntry { net, note: String::new() });
        }
        list
    }

    /// Refuses blocks that are every address of a version when taken together, as one such block is refused.
    fn leaves_somebody_out(&self) -> Result<(), Problem> {
        let (four, six): (Vec<_>, Vec<_>) =
            self.0.iter().map(|entry| entry.net).partition(|net| matches!(net, IpNet::V4(_)));
        let all = if are_everything(&four) {
            "0.0.0.0/0"
        } else if are_everything(&six) {
            "::/0"
        } else {
            return Ok(());
        };
        Err(grammar(format!(
            "Together, these blocks allow every address ({all}). Take one of them off, or empty the list instead."
        )))
    }

    /// Adds a block once; of two notes about it neither is dropped.
    fn add(&mut self, entry: CidrEntry) -> Result<(), Problem> {
        match self.0.iter_mut().find(|known| known.net == entry.net) {
            None => self.0.push(entry),
            Some(known) if known.note.is_empty() => known.note = entry.note,
            Some(known) if entry.note.is_empty() || entry.note == known.note => {}
            Some(known) => {
                return Err(grammar(format!("{} stands there twice, with two notes. Keep one of them.", known.net)));
            }
        }
        Ok(())
    }
}

/// Whether blocks of one version, each of them once, are all addresses that there are. `IpNet::aggregate` would
/// tell as well, and the browser would load 6 KiB for it.
fn are_everything(nets: &[IpNet]) -> bool {
    // All addresses are 2^128 shares, whatever the version: just too many to be counted.
    let share = |net: &IpNet| 1_u128.checked_shl(128 - u32::from(net.prefix_len()));
    let add = |sum: u128, net: &IpNet| sum.checked_add(share(net)?);
    let is_outermost = |net: &&IpNet| !nets.iter().any(|other| other != *net && other.contains(*net));
    // Few lists get past the first question, which is the quick one.
    nets.iter().try_fold(0, add).is_none() && nets.iter().filter(is_outermost).try_fold(0, add).is_none()
}

/// Reads one block: `10.0.0.0/8`, `2001:db8::/32`, or a bare address.
fn block(typed: &str) -> Result<IpNet, Problem> {
    let wrong = || {
        grammar(format!(
            "“{}” is no block of addresses. Enter one like 203.0.113.0/24, 2001:db8::/32 or a single address.",
            quoted(typed)
        ))
    };
    // The standard library refuses leading zeros, which some read as octal.
    let (address, prefix) = typed.split_once('/').map_or((typed, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let net = match prefix {
        None => IpNet::from(address),
        Some(prefix) if prefix.bytes().all(|b| b.is_ascii_digit()) && (prefix == "0" || !prefix.starts_with('0')) => {
            let prefix = prefix.parse().map_err(|_| wrong())?;
            IpNet::new(address, prefix).map_err(|_| wrong())?
        }
        Some(_) => return Err(wrong()),
    };
    let net = canonical(net);
    if net.prefix_len() == 0 {
        return Err(grammar(format!("“{typed}” would allow every address. Empty the list instead.")));
    }
    if net.addr() != net.network() {
        return Err(grammar(format!("“{typed}” has host bits set. Did you mean {}?", net.trunc())));
    }
    Ok(net)
}

/// A block of version 4 addresses that are written as version 6 (RFC 4291 §2.5.5.2) is one of version 4.
fn canonical(net: IpNet) -> IpNet {
    let IpNet::V6(six) = net else { return net };
    let mapped = six.addr().to_ipv4_mapped().zip(six.prefix_len().checked_sub(96));
    mapped.and_then(|(four, prefix)| Ipv4Net::new(four, prefix).ok()).map_or(net, IpNet::V4)
}

fn entry(typed: &str, note: &str) -> Result<CidrEntry, Problem> {
    let (net, note) = (block(typed)?, note.trim());
    if note.chars().count() > NOTE {
        return Err(grammar(format!("The note of {net} is longer than {NOTE} characters. Shorten it.")));
    }
    if note.contains(char::is_control) {
        return Err(grammar(format!("The note of {net} holds a tab or a stray line end. Use spaces.")));
    }
    Ok(CidrEntry { net, note: note.to_owned() })
}

impl Value for CidrList {
    const KIND: Kind = Kind::Lines;

    /// Reads a block per line, with a note after `#`; blocks without notes may share a line.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        short_enough(typed, bounds)?;
        let mut list = Self::default();
        for line in visible(typed)?.lines() {
            let (blocks, note) = line.split_once('#').unwrap_or((line, ""));
            // A note is kept as it was written.
            let blocks = as_it_reads(blocks)?;
            if blocks.trim().is_empty() && !note.trim().is_empty() {
                let words = "is a note without a block. Write it behind the block that it is about.";
                return Err(grammar(format!("“{}” {words}", quoted(line.trim()))));
            }
            for typed in blocks.split([',', ' ', '\t', ';']).filter(|typed| !typed.is_empty()) {
                list.add(entry(typed, note)?)?;
            }
        }
        list.leaves_somebody_out()?;
        Ok(list)
    }

    fn print(&self) -> String {
        let line = |entry: &CidrEntry| match entry.note.as_str() {
            "" => entry.net.to_string(),
            note => format!("{} # {note}", entry.net),
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn in_words(&self) -> String {
        let name = |entry: &CidrEntry| match entry.note.as_str() {
            "" => entry.net.to_string(),
            note => format!("{} ({note})", entry.net),
        };
        let named: Vec<_> = self.0.iter().take(3).map(name).collect();
        match self.0.len() {
            0 => "every address".to_owned(),
            1..=3 => named.join(", "),
            more => format!("{} and {} more", named.join(", "), more - 3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(typed: &str) -> CidrList {
        CidrList::parse(typed, None).expect(typed)
    }

    fn problem(typed: &str) -> String {
        CidrList::parse(typed, None).expect_err(typed).to_string()
    }

    #[test]
    fn blocks_and_single_addresses_are_read_with_their_notes() {
        let read = list("203.0.113.0/24 # office\n\n2001:db8::/32, 198.51.100.7\n203.0.113.0/24");
        assert_eq!(read.print(), "203.0.113.0/24 # office\n2001:db8::/32\n198.51.100.7/32");
        assert!(read.contains("203.0.113.9".parse().expect("an address")));
        assert!(read.contains("::ffff:203.0.113.9".parse().expect("an address")), "v4 in v6 is v4");
        assert!(!read.contains("198.51.100.8".parse().expect("an address")));
    }

    #[test]
    fn no_note_is_dropped_and_each_is_told_of() {
        assert_eq!(list("203.0.113.0/24\n203.0.113.0/24 # office").print(), "203.0.113.0/24 # office");
        assert!(problem("203.0.113.0/24 # office\n203.0.113.0/24 # again").contains("twice, with two notes"));
        assert_eq!(list("203.0.113.0/24 # office\n::1").in_words(), "203.0.113.0/24 (office), ::1/128");
    }

    #[test]
    fn a_note_needs_a_block() {
        for typed in ["# only a note", "10.0.0.0/8\n  # only a note\n"] {
            let words = problem(typed);
            assert!(words.starts_with("“# only a note” is a note without a block."), "{words}");
        }
        assert_eq!(list("#\n # \n10.0.0.0/8 #").print(), "10.0.0.0/8");
    }

    #[test]
    fn a_list_is_read_out_of_what_is_pasted_with_it() {
        for typed in [
            "\u{feff}10.0.0.0/8\u{200b}",
            "10.0.0.0\u{200b}/8",
            "\u{a0}10.0.0.0/8\u{202f}",
            "\u{200e}10.0.0.0/8\u{200f}\u{2028}",
            "１０.0.0.0／8",
        ] {
            assert_eq!(list(typed).print(), "10.0.0.0/8", "{typed:?}");
        }
        assert_eq!(list("10.0.0.0/8\u{a0}#\u{a0}office – Köln\u{200b}").print(), "10.0.0.0/8 # office – Köln");
        assert_eq!(list("10.0.0.0/8\u{2003}::1").iter().count(), 2);
        assert!(problem("10.0.0.0\u{202e}/8").contains("U+202E after “10.0.0.0”"));
    }

    #[test]
    fn version_4_written_as_version_6_is_version_4() {
        assert_eq!(list("::ffff:203.0.113.0/120").print(), "203.0.113.0/24");
        assert_eq!(list("::ffff:203.0.113.5").print(), "203.0.113.5/32");
    }

    #[test]
    fn a_block_with_host_bits_is_refused_with_the_one_it_would_be() {
        assert_eq!(problem("10.0.0.1/8"), "“10.0.0.1/8” has host bits set. Did you mean 10.0.0.0/8?");
        assert_eq!(problem("2001:db8::1/32"), "“2001:db8::1/32” has host bits set. Did you mean 2001:db8::/32?");
    }

    #[test]
    fn a_block_of_every_address_is_refused() {
        for typed in ["0.0.0.0/0", "::/0", "::ffff:0.0.0.0/96"] {
            assert!(problem(typed).ends_with("Empty the list instead."), "{typed}");
        }
    }

    #[test]
    fn blocks_that_are_every_address_together_are_refused() {
        let words = "Take one of them off, or empty the list instead.";
        for (typed, all) in [
            ("0.0.0.0/1\n10.0.0.0/8\n128.0.0.0/1", "0.0.0.0/0"),
            ("0.0.0.0/1\n128.0.0.0/2, ::1, 192.0.0.0/2", "0.0.0.0/0"),
            ("8000::/1 # one half\n::/1 # the other", "::/0"),
        ] {
            assert_eq!(problem(typed), format!("Together, these blocks allow every address ({all}). {words}"));
        }
        assert_eq!(list("0.0.0.0/1\n8000::/1\n128.0.0.0/2").iter().count(), 3);
    }

    #[test]
    fn what_is_no_block_is_refused_by_name() {
        for typed in [
            "10.0.0.0/33",
            "010.0.0.0/8",
            "fe80::1%eth0",
            "10.0.0.1:80",
            "office.example.org",
            "10.0.0",
            "/8",
            "10.0.0.0/08",
            "10.0.0.0/+8",
            "10.0.0.0/",
        ] {
            assert!(problem(typed).starts_with(&format!("“{typed}” is no block")), "{typed}");
        }
        assert!(problem("10.0.0.0/8 # a\u{7}b").contains("control character"));
    }

    #[test]
    fn a_note_has_a_hundred_characters_at_most_and_stays_on_its_line() {
        assert!(CidrList::parse(&format!("10.0.0.0/8 # {}", "é".repeat(100)), None).is_ok());
        assert!(problem(&format!("10.0.0.0/8 # {}", "é".repeat(101))).contains("longer than 100 characters"));
        for note in ["a\rb", "a\tb"] {
            assert!(problem(&format!("10.0.0.0/8 # {note}")).contains("stray line end"), "{note:?}");
        }
        assert_eq!(list("10.0.0.0/8 #\toffice # two\t\r\n").print(), "10.0.0.0/8 # office # two");
        assert!(problem(&format!("{} # a", "x".repeat(300))).chars().count() < 200, "what is quoted is shortened");
    }

    #[test]
    fn one_more_address_is_added_once() {
        let with = list("10.0.0.0/8").with("203.0.113.7".parse().expect("an address"));
        assert_eq!(with.print(), "10.0.0.0/8\n203.0.113.7/32");
        assert_eq!(with.with("203.0.113.7".parse().expect("an address")), with);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(a in any::<u32>(), prefix in 1u8..=32, note in "[a-z ]{0,20}") {
            let net = Ipv4Net::new(a.into(), prefix).expect("a prefix").trunc();
            let read = list(&format!("{net} # {note}"));
            prop_assert_eq!(list(&read.print()), read);
        }

        #[test]
        fn no_text_makes_the_parser_panic(typed in "\\PC*") {
            drop(CidrList::parse(&typed, None));
        }
    }
}
