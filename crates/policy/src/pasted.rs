//! Texts as people paste them, from mails, documents and phones: the one reader of addresses, codes, numbers and lists.
//! What can't be seen and says nothing is dropped, what looks like an ASCII character is that, and what it can't read it
//! names.
use std::fmt;

/// A character that can't be seen and is none of those that say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenCharacter {
    character: char,
    after: String,
}

/// How much of a text is told before a character in it.
const TOLD: usize = 20;

impl fmt::Display for HiddenCharacter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = u32::from(self.character);
        let kind = if self.character.is_control() { "control" } else { "invisible" };
        write!(f, "Holds the {kind} character U+{code:04X}")?;
        if self.after.is_empty() {
            f.write_str(" at its beginning")?;
        } else {
            write!(f, " after “{}”", self.after)?;
        }
        f.write_str(". Take it out, or type the text again instead of pasting it.")
    }
}

/// Where the ten digits of each script begin (Unicode 16.0, general category Nd: `DerivedNumericType.txt`, Decimal).
const ZEROS: [u32; 75] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x1_04A0, 0x1_0D30, 0x1_0D40, 0x1_1066, 0x1_10F0,
    0x1_1136, 0x1_11D0, 0x1_12F0, 0x1_1450, 0x1_14D0, 0x1_1650, 0x1_16C0, 0x1_16D0, 0x1_16DA, 0x1_1730, 0x1_18E0,
    0x1_1950, 0x1_1BF0, 0x1_1C50, 0x1_1D50, 0x1_1DA0, 0x1_1F50, 0x1_6130, 0x1_6A60, 0x1_6AC0, 0x1_6B50, 0x1_6D70,
    0x1_CCF0, 0x1_D7CE, 0x1_D7D8, 0x1_D7E2, 0x1_D7EC, 0x1_D7F6, 0x1_E140, 0x1_E2F0, 0x1_E4F0, 0x1_E5F1, 0x1_E950,
    0x1_FBF0,
];

/// What one character of a text reads as.
enum Reads {
    As(char),
    Nothing,
    Hidden,
}

/// What can't be seen: it is dropped where it says nothing, and hidden where it may change what a reader sees.
fn seen(c: char) -> Reads {
    match c {
        '\n' | '\r' | '\t' => Reads::As(c),
        // Blanks of no width, joiners, byte-order marks, soft hyphens and direction marks.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202c}' => {
            Reads::Nothing
        }
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => Reads::Nothing,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Reads::As('\n'),
        // These let a text read backwards, or carry one that nobody sees; or they are letters and signs that are empty.
        '\u{202d}'
        | '\u{202e}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{ffa0}' => Reads::Hidden,
        c if c.is_control() => Reads::Hidden,
        c => Reads::As(c),
    }
}

/// Whether a character can't be seen, whatever it does to those beside it.
pub fn is_invisible(c: char) -> bool {
    matches!(seen(c), Reads::Nothing | Reads::Hidden)
}

fn ascii(c: char) -> char {
    let code = u32::from(c);
    let shifted = |by: u32| char::from_u32(code - by).unwrap_or(c);
    match c {
        c if c.is_ascii() => c,
        c if c.is_whitespace() => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        // The full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => shifted(0xFF01 - 0x21),
        c => ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map_or(c, |zero| shifted(zero - 0x30)),
    }
}

fn read(typed: &str, reads_as: impl Fn(char) -> char) -> Result<String, HiddenCharacter> {
    let mut text = String::with_capacity(typed.len());
    for character in typed.chars() {
        match seen(character) {
            Reads::As(c) => text.push(reads_as(c)),
            Reads::Nothing => {}
            Reads::Hidden => {
                let line = text.lines().last().unwrap_or_default();
                let skipped = line.chars().count().saturating_sub(TOLD);
                return Err(HiddenCharacter { character, after: line.chars().skip(skipped).collect() });
            }
        }
    }
    Ok(text)
}

/// Returns a text without what can't be seen.
///
/// # Errors
/// The first character that can't be seen and may change what a reader sees.
pub fn visible(typed: &str) -> Result<String, HiddenCharacter> {
    read(typed, |c| c)
}

/// Returns a text as it reads: without what can't be seen; each blank a space, each dash a hyphen, and full-width
/// characters and the digits of every script those of ASCII.
///
/// # Errors
/// As [`visible`].
pub fn as_it_reads(typed: &str) -> Result<String, HiddenCharacter> {
    read(typed, ascii)
}

/// Returns a text with the quotes of ASCII in the place of typographic ones.
pub fn with_straight_quotes(text: &str) -> String {
    let straight = |c| match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => '"',
        c => c,
    };
    text.chars().map(straight).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_ascii_is_that_and_what_says_nothing_is_dropped() {
        for (typed, text) in [
            ("\u{feff}10.0.0.0\u{200b}/8\u{a0}", "10.0.0.0/8 "),
            ("\u{200e}ada\u{2011}l@example.org\u{200f}", "ada-l@example.org"),
            ("\u{2066}10.0.0.1\u{2069}", "10.0.0.1"),
            ("\u{661}\u{662}\u{663} \u{966}\u{967}", "123 01"),
            ("１２３４５６", "123456"),
            ("ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada@example.org"),
            ("a\u{3000}b\u{202f}c\u{2028}d", "a b c\nd"),
            ("1\u{2212}2\u{2013}3\u{ff0d}4", "1-2-3-4"),
            ("Zürich ß", "Zürich ß"),
        ] {
            assert_eq!(as_it_reads(typed).as_deref(), Ok(text), "{typed:?}");
        }
        assert_eq!(visible("\u{feff}a – b\u{200b}").as_deref(), Ok("a – b"));
        assert_eq!(with_straight_quotes("\u{2018}self\u{2019} \u{201c}x\u{201d}"), "'self' \"x\"");
    }

    #[test]
    fn what_may_change_what_a_reader_sees_is_named_with_its_place() {
        let words = |typed: &str| as_it_reads(typed).expect_err(typed).to_string();
        assert!(words("10.0.0.0\u{202e}/8").starts_with("Holds the invisible character U+202E after “10.0.0.0”."));
        assert!(words("a\nb\u{0}").starts_with("Holds the control character U+0000 after “b”."));
        assert!(words("\u{7}").starts_with("Holds the control character U+0007 at its beginning."));
        assert!(words(&format!("{}\u{1}", "x".repeat(99))).contains(&format!("“{}”", "x".repeat(20))));
    }

    #[test]
    fn each_script_has_ten_digits() {
        for zero in ZEROS {
            for value in 0..10 {
                let digit = char::from_u32(zero + value).expect("a character");
                assert!(digit.is_numeric(), "U+{:04X}", zero + value);
                assert_eq!(u32::from(ascii(digit)), 0x30 + value);
            }
        }
    }
}
