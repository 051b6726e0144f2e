//! Links to a setting on the Security tab. What stands behind a `#` never reaches the server, so that a sign-in, a second
//! step, a step-up or an enrolment on the way would lose it where there is no script; a query comes back from each.
use crate::Settings;

/// What the address of a link begins with, before the key.
const START: &str = "/admin/settings?setting=";

/// Returns the address that leads to a setting, whatever somebody has to prove first.
pub fn to(key: &str) -> String {
    format!("{START}{key}")
}

/// Returns the place on the page to which the query of its address leads, with whatever else it asks for; `None` where it
/// names no setting that is known.
pub fn place(query: &str) -> Option<String> {
    let named = |part: &&str| part.starts_with("setting=");
    let key = query.split('&').find(named)?.strip_prefix("setting=")?;
    let setting = Settings::find(key)?;
    let rest: Vec<_> = query.split('&').filter(|part| !named(part)).collect();
    let rest = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    Some(format!("/admin/settings{rest}#{}", setting.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_place_of_its_setting_and_nowhere_else() {
        for setting in Settings::all() {
            let link = to(setting.key);
            let (page, query) = link.split_once('?').expect("it has a query");
            assert_eq!(place(query), Some(format!("{page}#{}", setting.key)));
        }
        let with_notice = "setting=sessions.lifetime&notice=signed-in";
        assert_eq!(place(with_notice).as_deref(), Some("/admin/settings?notice=signed-in#sessions.lifetime"));
        for query in [
            "",
            "setting=",
            "setting=nonsense",
            "setting=%2F%2Fevil.example",
            "settings=sessions.lifetime",
            "saved=yes",
        ] {
            assert_eq!(place(query), None, "{query}");
        }
    }
}
