//! The box beside a number whose 0 has a name, such as no limit. It has a name of its own and brings the number that
//! stood beside it when the page was made, so that no typed number is lost to a box that was ticked before.
use app::api::settings::NEVER;
use policy::Settings;
use std::collections::BTreeMap;

/// Takes the boxes out of a form: a ticked one puts 0 in the place of its number, unless a number was typed.
/// Answers the words beside each field whose number and box were both changed.
pub fn settle(values: &mut BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (setting, zero) in Settings::all().filter_map(|setting| Some((setting, setting.zero?))) {
        let Some(offered) = values.remove(&format!("{}{NEVER}", setting.key)) else { continue };
        let Some(typed) = values.get_mut(setting.key) else { continue };
        let (number, offered) = (typed.trim(), offered.trim());
        if number.is_empty() || number == offered {
            "0".clone_into(typed);
        } else if !offered.is_empty() && number != "0" {
            let words = format!("A number was typed here, and “{zero}” was ticked as well. Leave one of the two.");
            found.insert(setting.key.to_owned(), words);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sessions.idle_timeout";

    fn settled(number: &str, offered: Option<&str>) -> (String, bool) {
        let mut values = BTreeMap::from([(KEY.to_owned(), number.to_owned())]);
        values.extend(offered.map(|offered| (format!("{KEY}{NEVER}"), offered.to_owned())));
        let found = settle(&mut values);
        assert_eq!(values.len(), 1, "the box is no setting");
        (values.remove(KEY).unwrap_or_default(), found.contains_key(KEY))
    }

    #[test]
    fn a_ticked_box_means_no_limit_unless_a_number_was_typed() {
        for (number, offered, meant) in [
            ("30", None, "30"),
            ("0", None, "0"),
            ("", None, ""),
            ("", Some(""), "0"),
            ("90", Some(""), "90"),
            ("abc", Some(""), "abc"),
            ("30", Some("30"), "0"),
            ("", Some("30"), "0"),
            ("0", Some("30"), "0"),
        ] {
            assert_eq!(settled(number, offered), (meant.to_owned(), false), "{number:?} {offered:?}");
        }
    }

    /// Fails when only limits have such a box.
    #[test]
    fn a_number_whose_zero_has_a_name_has_the_box_as_well() {
        let key = "two_factor.grace_days";
        let mut values =
            BTreeMap::from([(key.to_owned(), "14".to_owned()), (format!("{key}{NEVER}"), "14".to_owned())]);
        assert!(settle(&mut values).is_empty());
        assert_eq!(values, BTreeMap::from([(key.to_owned(), "0".to_owned())]));
    }

    #[test]
    fn a_number_that_was_changed_beside_a_box_that_was_ticked_is_asked_about() {
        assert_eq!(settled("45", Some("30")), ("45".to_owned(), true));
    }
}
