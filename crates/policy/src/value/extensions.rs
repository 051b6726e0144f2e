//! File extensions.
use super::{
    Bounds, Kind, Problem, Value,
    text::{as_it_reads, grammar, quoted, short_enough},
};
use std::collections::BTreeSet;

/// Extensions of files that a browser or a desktop may run: never accepted.
const DANGEROUS: [&str; 30] = [
    "bat", "cmd", "com", "dll", "exe", "hta", "htm", "html", "jar", "js", "lnk", "mjs", "msi", "php", "phtml", "ps1",
    "scr", "sh", "shtml", "svg", "svgz", "swf", "vbs", "wasm", "wsf", "xht", "xhtml", "xml", "xsl", "xslt",
];

/// File extensions in lower case, without their dot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extensions(BTreeSet<String>);

impl Extensions {
    /// Whether an extension is listed, whatever its case.
    pub fn contains(&self, extension: &str) -> bool {
        self.0.contains(&extension.to_ascii_lowercase())
    }

    /// The extensions, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether files with an extension may be run by a browser or a desktop, so that it is never listed.
    pub fn is_dangerous(extension: &str) -> bool {
        DANGEROUS.contains(&extension.to_ascii_lowercase().as_str())
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn extension(typed: &str) -> Result<String, Problem> {
    let bare = typed.strip_prefix("*.").or_else(|| typed.strip_prefix('.')).unwrap_or(typed).to_ascii_lowercase();
    if !(1..=10).contains(&bare.len()) || !bare.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(grammar(format!(
            "“{}” is no file extension. Enter letters and digits only, like epub or 7z.",
            quoted(typed)
        )));
    }
    if DANGEROUS.contains(&bare.as_str()) {
        return Err(grammar(format!("“{bare}” files can carry programs or scripts and are never accepted.")));
    }
    Ok(bare)
}

impl Value for Extensions {
    const KIND: Kind = Kind::Lines;

    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        short_enough(typed, bounds)?;
        let typed = as_it_reads(typed)?;
        let entries =
            typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|entry| !entry.is_empty());
        // One by one: a set that is collected brings a whole sort along.
        let mut read = BTreeSet::new();
        for entry in entries {
            read.insert(extension(entry)?);
        }
        Ok(Self(read))
    }

    fn print(&self) -> String {
        self.iter().collect::<Vec<_>>().join("\n")
    }

    fn in_words(&self) -> String {
        if self.0.is_empty() {
            "none beyond the common ones".to_owned()
        } else {
            self.iter().collect::<Vec<_>>().join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn extensions_are_kept_once_in_lower_case() {
        let read = Extensions::parse(".EPUB, 7z\n*.dwg epub", None).expect("extensions");
        assert_eq!(read.in_words(), "7z, dwg, epub");
        assert!(read.contains("DWG") && !read.contains("pdf"));
    }

    #[test]
    fn what_can_run_is_never_accepted() {
        for typed in DANGEROUS {
            let problem = Extensions::parse(&format!("pdf .{}", typed.to_uppercase()), None).expect_err(typed);
            assert!(problem.to_string().contains(&format!("“{typed}”")));
        }
    }

    #[test]
    fn what_is_no_extension_is_refused_by_name() {
        for typed in ["tar.gz", "a/b", "é", "elevenchars", ".", "p\u{0}df"] {
            assert!(Extensions::parse(typed, None).is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(names in prop::collection::vec("q[a-z0-9]{0,8}", 0..10)) {
            let read = Extensions::parse(&names.join(", "), None).expect("extensions");
            prop_assert_eq!(Extensions::parse(&read.print(), None), Ok(read));
        }

        #[test]
        fn no_text_makes_the_parser_panic(typed in "\\PC*") {
            drop(Extensions::parse(&typed, None));
        }
    }
}
