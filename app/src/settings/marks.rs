//! Marks in the page at the words that are searched for.
use super::search::{SAME, folded};
#[cfg(not(feature = "ssr"))]
use {leptos::prelude::document, wasm_bindgen::JsCast, web_sys::Element};

/// Where a row says what a setting is: the label and the help, which stand there as the server sent them.
#[cfg(not(feature = "ssr"))]
pub const TEXTS: [&str; 2] = [".row > label", ".row > .help"];

/// Where a row says by which other word it was found; the place holds those words, one a line.
#[cfg(not(feature = "ssr"))]
pub const OTHER: &str = ".row .other";
/// The attribute in which it holds them.
#[cfg(not(feature = "ssr"))]
pub const WORDS: &str = "data-words";

/// How far into a text a word reaches with which it begins, hyphens and the like aside; `None` where it begins otherwise.
fn reach(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.bytes();
    let mut next = wanted.next();
    for (place, byte) in text.bytes().enumerate() {
        match next {
            None => return Some(place),
            Some(letter) if byte.to_ascii_lowercase() == letter => next = wanted.next(),
            Some(_) if matches!(byte, b'-' | b'_') && place > 0 => {}
            Some(_) => return None,
        }
    }
    next.is_none().then_some(text.len())
}

/// What is marked where these words are searched for: each of them, other words for the same, and the parts of a word
/// with hyphens; no single letter.
fn wanted(words: &str) -> Vec<String> {
    let mut wanted = Vec::new();
    for word in words.split_whitespace() {
        let whole = folded(word);
        if SAME.contains(&&*whole) {
            wanted.extend(SAME.map(str::to_owned));
        }
        wanted.push(whole);
        wanted.extend(word.split('-').filter(|part| part.len() > 2).map(folded));
    }
    wanted.retain(|word| word.len() > 1);
    wanted
}

/// Where one of these words first stands in a text: before, the match, after.
fn split<'a>(text: &'a str, wanted: &[String]) -> Option<(&'a str, &'a str, &'a str)> {
    text.char_indices().find_map(|(start, _)| {
        let (before, rest) = text.split_at(start);
        let (found, after) = rest.split_at_checked(wanted.iter().filter_map(|word| reach(rest, word)).max()?)?;
        Some((before, found, after))
    })
}

/// Writes a text into a part of the page, with a mark at each of these words. Tells whether there is any.
#[cfg(not(feature = "ssr"))]
fn write(part: &Element, before: &str, text: &str, wanted: &[String]) -> bool {
    let mut rest = text;
    let mut marked = false;
    while let Some((unmarked, found, after)) = split(rest, wanted) {
        if !marked {
            part.set_text_content(Some(before));
            marked = true;
        }
        drop(part.append_with_str_1(unmarked));
        if let Ok(mark) = document().create_element("mark") {
            mark.set_text_content(Some(found));
            drop(part.append_child(&mark));
        }
        rest = after;
    }
    if marked {
        drop(part.append_with_str_1(rest));
    }
    marked
}

/// Marks the words that are searched for wherever they stand in a label or a help; a row in which one of them stands
/// in neither says by which other word it was found.
#[cfg(not(feature = "ssr"))]
pub fn mark(words: &str) {
    let each: Vec<_> = words.split_whitespace().map(wanted).collect();
    let all = each.concat();
    let parts = [TEXTS[0], TEXTS[1], OTHER].join(",");
    let Ok(found) = document().query_selector_all(&parts) else { return };
    // In the order of the page: the label, the help and the other words of one row, then the next.
    let mut unseen = each.clone();
    for place in 0..found.length() {
        let Some(part) = found.get(place).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let had_mark = part.first_element_child().is_some();
        if let Some(others) = part.get_attribute(WORDS) {
            let tell = |word: &Vec<String>| others.lines().any(|other| write(&part, "Found by ", other, word));
            if !unseen.iter().any(tell) && had_mark {
                part.set_text_content(None);
            }
            unseen.clone_from(&each);
        } else {
            let text = part.text_content().unwrap_or_default();
            unseen.retain(|word| split(&text, word).is_none());
            if !write(&part, "", &text, &all) && had_mark {
                part.set_text_content(Some(&text));
            }
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::settings::search::other_words;
    use policy::Settings;

    fn marked(text: &str, words: &str) -> String {
        let wanted = wanted(words);
        let (mut shown, mut rest) = (String::new(), text);
        while let Some((before, found, after)) = split(rest, &wanted) {
            shown = [&shown, before, "[", found, "]"].concat();
            rest = after;
        }
        shown + rest
    }

    /// Fails when only the first word is marked, or only the first place, or a word for the same is not.
    #[test]
    fn each_word_is_marked_wherever_it_stands_and_whatever_its_case() {
        for (text, words, shown) in [
            ("Idle timeout", "TIME x", "Idle [time]out"),
            ("Idle timeout", "timeout idle", "[Idle] [timeout]"),
            ("Locks after locks", "lock", "[Lock]s after [lock]s"),
            ("Idle timeout", " ", "Idle timeout"),
            ("Idle timeout", "i - _", "Idle timeout"),
            ("Failed e-mail claims", "email", "Failed [e-mail] claims"),
            ("Super admin emails", "E-mail", "Super admin [email]s"),
            ("Zürich “ß”", "ß", "Zürich “[ß]”"),
            ("Zürich", "zü ch", "[Zü]ri[ch]"),
            ("A link to reset a password", "password-reset", "A link to [reset] a [password]"),
            ("2FA", "otp", "[2FA]"),
            ("two_factor.require_admins", "two_factor requireadmins", "[two_factor].[require_admins]"),
            ("timeouts", "time timeout", "[timeout]s"),
        ] {
            assert_eq!(marked(text, words), shown, "{text:?} {words:?}");
        }
    }

    /// Fails when a word under which a setting is found can't be shown beside it.
    #[test]
    fn what_finds_a_setting_by_another_word_can_be_told() {
        let setting = Settings::find("two_factor.require_admins").expect("it is declared");
        let told = |words: &str| {
            let wanted = wanted(words);
            other_words(setting).lines().find(|line| split(line, &wanted).is_some()).map(str::to_owned)
        };
        assert_eq!(told("enforce").as_deref(), Some("enforce"));
        assert_eq!(told("require_admins").as_deref(), Some("two_factor.require_admins"));
        assert_eq!(told("idle"), None);
    }
}
