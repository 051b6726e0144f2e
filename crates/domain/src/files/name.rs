//! Names of files as people bring them, and as they are kept.
use crate::members::clean_name;
use policy::decide::file::NAME_BYTES;
use unicode_normalization::UnicodeNormalization;

/// Returns a name as it is kept, perhaps an empty one: what stands behind the last separator of folders, composed (NFC),
/// without what disguises it, what some system takes for something else, and the dots and spaces at its end, which some
/// drop.
pub fn clean_file_name(typed: &str) -> String {
    let composed: String = typed.nfc().collect();
    let last = composed.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = clean_name(last)
        .chars()
        .map(|c| if matches!(c, '"' | '*' | ':' | '<' | '>' | '?' | '|') { '_' } else { c })
        .collect();
    // What stands before a dot may end in a space once that is gone, and the other way round.
    shortened(plain.trim_end_matches(|c: char| c == '.' || c.is_whitespace()).trim_start())
}

/// Returns a name of no more than [`NAME_BYTES`] that ends as it did.
fn shortened(name: &str) -> String {
    if name.len() <= NAME_BYTES {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    // An ending that long is none; the name is refused for it.
    let ending = if ending.len() > NAME_BYTES / 2 { "" } else { ending };
    let room = NAME_BYTES - ending.len() - 1;
    let cut = stem.floor_char_boundary(room);
    let stem = stem.get(..cut).unwrap_or_default();
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_plain() {
        let long = format!("{}.png", "ä".repeat(200));
        for (typed, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\plan.pdf", "plan.pdf"),
            ("a.jpg\0.html", "a.jpg.html"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("\u{feff}plan\u{200b}.pdf", "plan.pdf"),
            ("plan.pdf. . .", "plan.pdf"),
            ("a.html::$DATA", "a.html__$DATA"),
            ("two\r\nlines.txt", "twolines.txt"),
            ("  plan.pdf ", "plan.pdf"),
            ("cafe\u{301}.txt", "café.txt"),
            ("..", ""),
            ("", ""),
            ("/", ""),
            ("a/.htaccess", ".htaccess"),
        ] {
            assert_eq!(clean_file_name(typed), kept, "{typed:?}");
        }
        let cut = clean_file_name(&long);
        assert!(cut.len() <= NAME_BYTES && cut.starts_with('ä') && cut.ends_with("ä.png"), "{cut}");
        assert_eq!(clean_file_name(&"x".repeat(300)).len(), NAME_BYTES - 1);
    }

    proptest! {
        /// Fails when a name is kept that leads elsewhere, is too long, or is not plain when it is looked at again.
        #[test]
        fn whatever_is_typed_is_a_plain_name(typed in "(\\PC|[./\\\\ \u{0}\u{202e}:\r\n]){0,400}") {
            let kept = clean_file_name(&typed);
            prop_assert!(kept.len() <= NAME_BYTES);
            let leads_elsewhere = ['/', '\\', '\0', '\r', '\n', '"', ':', '\u{202e}'];
            prop_assert!(!kept.contains(leads_elsewhere));
            prop_assert!(!kept.ends_with(['.', ' ']));
            prop_assert!(!kept.chars().any(char::is_control));
            prop_assert_eq!(clean_file_name(&kept), kept);
        }
    }
}
