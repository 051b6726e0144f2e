//! The difference of two policies, setting by setting.
use crate::{
    Setting, Settings,
    catalogue::Weaker,
    decide::{headers, network},
};

/// One setting with its value before and after.
#[derive(Debug, Clone)]
pub struct Change {
    /// The setting.
    pub setting: &'static Setting,
    /// The canonical text before.
    pub from: String,
    /// The canonical text after.
    pub to: String,
    /// The value before, in words.
    pub from_words: String,
    /// The value after, in words.
    pub to_words: String,
    /// Whether the value after protects less.
    pub weakens: bool,
    /// Whether the value after protects more; of a list of which an entry was replaced both hold.
    pub tightens: bool,
}

impl Change {
    /// What this change can do to people; `None` where it is no risk, or only the opposite one would be.
    pub fn risk(&self) -> Option<&'static str> {
        self.setting.risk.filter(|risk| risk.lies_in(self.weakens, self.tightens)).map(|risk| risk.words)
    }

    /// Returns the change in one line: `Idle timeout: 30 minutes → 10 minutes`.
    pub fn in_words(&self) -> String {
        format!("{}: {} → {}", self.setting.label, self.from_words, self.to_words)
    }
}

/// Lists what differs, in the order of the page.
pub fn between(before: &Settings, after: &Settings) -> Vec<Change> {
    let side = |settings: &Settings, setting: &Setting| (settings.print(setting), settings.in_words(setting));
    Settings::all()
        .filter_map(|setting| {
            let directions = (weakens(setting, before, after), weakens(setting, after, before));
            difference(setting, side(before, setting), side(after, setting), directions)
        })
        .collect()
}

/// The change from one text, with its words, to another, which protects less, and more; `None` where they are the same.
pub(crate) fn difference(
    setting: &'static Setting,
    (from, from_words): (String, String),
    (to, to_words): (String, String),
    (weakens, tightens): (bool, bool),
) -> Option<Change> {
    if from == to {
        return None;
    }
    // Of a long list the words name the beginning alone; what differs has to be seen.
    let whole = |text: &str| text.replace('\n', ", ");
    let words = if from_words == to_words { (whole(&from), whole(&to)) } else { (from_words, to_words) };
    Some(Change { setting, from, to, from_words: words.0, to_words: words.1, weakens, tightens })
}

/// Whether a setting protects less after than before.
pub fn weakens(setting: &Setting, before: &Settings, after: &Settings) -> bool {
    match setting.weaker {
        Weaker::Admits => network::admits_more(before, after),
        Weaker::Loads => headers::loads_more(&before.headers.csp, &after.headers.csp),
        weaker => weaker.weakens(&before.print(setting), &after.print(setting)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{CidrList, Limit, Minutes, Value};

    #[test]
    fn a_change_reads_as_a_sentence() {
        let before = Settings::default();
        let mut after = before.clone();
        after.sessions.idle_timeout = Limit::Of(Minutes(10));
        after.two_factor.require_admins = true;
        let words: Vec<_> = between(&before, &after).iter().map(|c| c.in_words().replace('\u{a0}', " ")).collect();
        assert_eq!(words, ["Idle timeout: 30 minutes → 10 minutes", "Require MFA for admins: off → on"]);
    }

    #[test]
    fn a_changed_note_is_seen_however_long_the_list_is() {
        let listed = |note: &str| {
            let mut settings = Settings::default();
            let list = format!("10.0.0.0/8\n10.1.0.0/16\n10.2.0.0/16\n::1 # {note}");
            settings.network.admin_allowlist = CidrList::parse(&list, None).expect("a list");
            settings
        };
        let found = between(&listed("office"), &listed("home"));
        assert!(found[0].from_words.ends_with("::1/128 # office") && found[0].to_words.ends_with("::1/128 # home"));
    }

    #[test]
    fn equal_settings_have_no_difference() {
        assert!(between(&Settings::default(), &Settings::default()).is_empty());
    }
}
