//! The query of an address as its names and values, and what of it asks for members.
use super::AskedMembers;
use domain::{
    CommunityId,
    members::list::{ListPlace, MemberFilter},
};
use percent_encoding::percent_decode_str;
use policy::MemberSegment;

/// The longest query that is looked at, in bytes.
const LONGEST: usize = 32 * 1024;

/// The names and values of a query, in their order, without what is no text.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let query = if query.len() > LONGEST { "" } else { query };
    let read = |text: &str| {
        let text = text.replace('+', " ");
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        decoded.chars().filter(|c| !c.is_control()).collect::<String>()
    };
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (read(name), read(value)))
        .collect()
}

/// What a query asks of the list of members; whatever of it can't be read asks for nothing, and is told in words.
pub(super) struct Asked {
    /// What was asked for.
    pub view: AskedMembers,
    /// The same for the list.
    pub filter: MemberFilter,
    /// Where the page begins.
    pub place: Option<ListPlace>,
    /// What could not be read.
    pub problems: Vec<String>,
}

impl Asked {
    /// Reads names and values.
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let found = pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.trim());
            found.filter(|value| !value.is_empty())
        };
        let mut problems = Vec::new();
        let who = known(value("who"), "part of the members", &mut problems, |text| {
            text.parse().ok().filter(|who: &MemberSegment| who.label().is_some())
        });
        let who = who.unwrap_or_default();
        let role = known(value("role"), "role", &mut problems, |text| text.parse().ok());
        let status = known(value("status"), "state", &mut problems, |text| text.parse().ok());
        let order = known(value("order"), "order", &mut problems, |text| text.parse().ok()).unwrap_or_default();
        let community = known(value("community"), "community", &mut problems, CommunityId::parse);
        let asked_place = ["before", "after"].into_iter().find_map(|name| Some((name, value(name)?)));
        let place = asked_place.and_then(|(name, text)| ListPlace::parse(text, order, name == "before"));
        if asked_place.is_some() && place.is_none() {
            problems.push("That page of the list can’t be found, so this is the first one.".to_owned());
        }
        let holds = value("holds").unwrap_or_default().to_owned();
        let shown = asked_place.filter(|_| place.is_some()).map(|(name, text)| (name.to_owned(), text.to_owned()));
        Self {
            view: AskedMembers {
                holds: holds.clone(),
                who,
                role,
                status,
                community: community.as_ref().map(ToString::to_string).unwrap_or_default(),
                order,
                place: shown,
            },
            filter: MemberFilter { holds, segment: who, role, status, community },
            place,
            problems,
        }
    }
}

/// What a value stands for; `None` where there is none, or it stands for nothing, which is told.
fn known<T>(
    value: Option<&str>,
    what: &str,
    problems: &mut Vec<String>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = value?;
    let found = read(text);
    if found.is_none() {
        let text: String = text.chars().take(60).collect();
        problems.push(format!("There is no {what} “{text}”, so it was not looked for."));
    }
    found
}

/// A query of these names and values, with its question mark; empty where there are none.
pub(super) fn encoded(fields: &[(&'static str, String)]) -> String {
    let encode =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let parts: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::{MemberOrder, Role};

    #[test]
    fn a_query_is_read_as_it_was_written_and_what_is_none_breaks_nothing() {
        let read =
            |text: &str| pairs(text).into_iter().map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>();
        assert_eq!(read("?holds=ada+l%C3%B6w&m=1&m=2&x"), ["holds:ada löw", "m:1", "m:2", "x:"]);
        assert_eq!(read("holds=%00%zz%ff"), ["holds:%zz\u{fffd}"]);
        assert!(read(&format!("?holds={}", "a".repeat(LONGEST))).is_empty());
        let fields = [("holds", "a&b=ö?".to_owned())];
        assert_eq!(pairs(&encoded(&fields)), [("holds".to_owned(), "a&b=ö?".to_owned())]);
    }

    #[test]
    fn what_is_unknown_is_told_and_asks_for_nothing() {
        let good = Asked::read(&pairs("?role=admin&order=latest-joined&who=active&status=banned"));
        assert_eq!(
            (good.view.role, good.view.order, good.problems.len()),
            (Some(Role::Admin), MemberOrder::LatestJoined, 0)
        );
        let bad = Asked::read(&pairs("?role=root&order=size&who=nobody&status=x&community=y&after=z"));
        assert_eq!(bad.view, AskedMembers::default());
        assert_eq!(bad.problems.len(), 6, "{:?}", bad.problems);
    }
}
