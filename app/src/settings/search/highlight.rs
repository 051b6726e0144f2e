//! Marks at the words that are searched for, wherever they stand in a label or a help.
use crate::settings::draft::filter::{
    Filter, beginnings, folded, other_words, parts as parts_of, reach, same_words, search_words,
};
use leptos::prelude::*;
use policy::Setting;

/// What is marked where these words are searched for: each of them, other words for the same, and the parts of a word
/// with hyphens; no single letter.
fn wanted(words: &str) -> Vec<String> {
    let of_word = |word: &str| {
        parts_of(word).into_iter().chain([folded(word)]).flat_map(|word| same_words(&word)).collect::<Vec<_>>()
    };
    search_words(words).flat_map(of_word).filter(|word| word.len() > 1).collect()
}

/// Where these words begin words of a text: the beginnings and ends of the matches.
fn matches<'a>(text: &'a str, wanted: &'a [String]) -> impl Iterator<Item = (usize, usize)> + 'a {
    beginnings(text).filter_map(move |start| {
        let rest = text.get(start..)?;
        let longest = wanted.iter().filter_map(|word| reach(rest, word)).max()?;
        Some((start, start + longest))
    })
}

/// A text in parts, each with whether it is marked.
fn parts<'a>(text: &'a str, wanted: &[String]) -> Vec<(bool, &'a str)> {
    let (mut parts, mut done) = (Vec::new(), 0);
    for (start, end) in matches(text, wanted) {
        // What is marked already may hold a beginning, as `e-mail` does.
        if start >= done {
            parts.push((false, text.get(done..start).unwrap_or_default()));
            parts.push((true, text.get(start..end).unwrap_or_default()));
            done = end;
        }
    }
    parts.push((false, text.get(done..).unwrap_or_default()));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// Whether anything in a text would be marked.
fn is_marked(text: &str, wanted: &[String]) -> bool {
    matches(text, wanted).next().is_some()
}

/// The word by which a setting was found, with what is marked in it; `None` where every word that is searched for
/// stands in its label or its help.
fn found_by(setting: &'static Setting, words: &str) -> Option<(&'static str, Vec<String>)> {
    let shown = [setting.label, setting.about().help];
    let other = other_words(setting);
    let mut unseen = search_words(words).map(wanted).filter(|word| shown.iter().all(|text| !is_marked(text, word)));
    unseen.find_map(|word| Some((*other.iter().find(|other| is_marked(other, &word))?, word)))
}

fn marked(text: &'static str, wanted: &[String]) -> impl IntoView + use<> {
    let part = |(is_marked, part): (bool, &'static str)| {
        if is_marked { view! { <mark>{part}</mark> }.into_any() } else { part.into_any() }
    };
    parts(text, wanted).into_iter().map(part).collect_view()
}

/// Shows a text with a mark at each word that is searched for.
#[component]
pub fn Highlight(text: &'static str, filter: Filter) -> impl IntoView {
    let wanted = Memo::new(move |_| {
        let wanted = filter.words.with(|words| wanted(words));
        // What has no mark before and after is left as it is.
        if is_marked(text, &wanted) { wanted } else { Vec::new() }
    });
    move || wanted.with(|wanted| marked(text, wanted))
}

/// Says by which other word a setting was found.
#[component]
pub fn FoundBy(setting: &'static Setting, filter: Filter) -> impl IntoView {
    let found = Memo::new(move |_| filter.words.with(|words| found_by(setting, words)));
    let words = move || found.get().map(|(other, wanted)| view! { "Found by " {marked(other, &wanted)} });
    view! { <span class="tag other">{words}</span> }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use policy::Settings;

    fn marked(text: &str, words: &str) -> String {
        let part =
            |(is_marked, part): (bool, &str)| if is_marked { ["[", part, "]"].concat() } else { part.to_owned() };
        parts(text, &wanted(words)).into_iter().map(part).collect()
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
            ("Zürich", "zü ch", "[Zü]rich"),
            ("Cross-Origin-Opener-Policy", "SSO origin", "Cross-[Origin]-Opener-Policy"),
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
        let told = |words: &str| found_by(setting, words).map(|(other, _)| other);
        assert_eq!(told("enforce"), Some("enforce"));
        assert_eq!(told("require_admins"), Some("two_factor.require_admins"));
        assert_eq!(told("idle"), None);
        assert_eq!(told(""), None);
    }
}
