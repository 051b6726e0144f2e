//! What the palette finds by itself, without the server: pages, settings, and what a reference tells.
use crate::{
    page::page_state::Viewer,
    settings::draft::filter::{folded, found, search_words},
    sitemap::{Group, PAGES, Page, Place, page_at},
};
use policy::{Settings, Timestamp};

/// How many of a kind are shown once something is looked for.
const SHOWN: usize = 8;

/// Something to which the palette leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// What tells it from others of the same name.
    pub about: String,
    /// When it was, where it is something that happened.
    pub at: Option<Timestamp>,
    /// Where it leads.
    pub href: String,
}

/// The label of an entry of the navigation, and the heading of its group.
fn names(page: &Page) -> (&'static str, Option<&'static str>) {
    match page.place {
        Place::Entry(group, label) => {
            let heading = group.heading().or_else(|| (group == Group::Admin).then_some("Admin"));
            (label, heading)
        }
        Place::Nowhere | Place::Under(_) => (page.title, None),
    }
}

/// Where a page stands: the entry that it is below, or the group of its own.
fn stands_in(page: &Page) -> &'static str {
    let entry = page.entry_path().filter(|path| *path != page.path || page.tab.is_some()).and_then(page_at);
    match entry {
        Some(entry) => names(entry).0,
        None => names(page).1.unwrap_or_default(),
    }
}

/// The pages that this person may open whose names hold every word.
pub fn pages(viewer: &Viewer, words: &str) -> Vec<Entry> {
    let opens = |page: &&Page| {
        page.place != Place::Nowhere
            && !page.path.contains(':')
            && !page.comes_by_itself()
            && viewer.is_offered(page)
            && (!page.is_admin() || viewer.role.reaches_admin())
    };
    let holds = |page: &&Page| {
        let text = folded(&[page.title, names(page).0, stands_in(page), page.tab.unwrap_or_default()].join(" "));
        search_words(words).all(|word| text.contains(&folded(word)))
    };
    let entry = |page: &Page| Entry {
        title: page.title.to_owned(),
        about: Some(stands_in(page)).filter(|name| *name != page.title).unwrap_or_default().to_owned(),
        at: None,
        href: page.path.to_owned(),
    };
    PAGES.iter().filter(opens).filter(holds).map(entry).collect()
}

/// The settings that the search of the Security tab finds; none for whoever may not look at them.
pub fn settings(viewer: &Viewer, words: &str) -> Vec<Entry> {
    if !viewer.role.reaches_admin() || search_words(words).next().is_none() {
        return Vec::new();
    }
    let section = |key: &str| {
        Settings::sections().iter().find(|section| key.starts_with(&format!("{}.", section.id))).map(|it| it.title)
    };
    let by_label =
        |setting: &&policy::Setting| !search_words(words).all(|word| folded(setting.label).contains(&folded(word)));
    let mut all: Vec<_> = Settings::all().filter(|setting| found(setting, words)).collect();
    // What is called so comes before what only has to do with it.
    all.sort_by_key(by_label);
    all.into_iter()
        .take(SHOWN)
        .map(|setting| Entry {
            title: setting.label.to_owned(),
            about: section(setting.key).unwrap_or_default().to_owned(),
            at: None,
            href: format!("/admin/settings#{}", setting.key),
        })
        .collect()
}

/// What the reference of a request tells, which stands on pages that say that something broke: when that was. `None`
/// for what is no such reference, and for whoever may not look at the log.
pub fn reference(viewer: &Viewer, typed: &str) -> Option<Entry> {
    let at = instant_of(typed.trim()).filter(|_| viewer.role.reaches_admin())?;
    Some(Entry {
        title: "Audit log".to_owned(),
        about: "That request was at ".to_owned(),
        at: Some(at),
        href: "/admin/audit".to_owned(),
    })
}

/// The instant in a UUID of version 7 (RFC 9562 §5.7); `None` for what is none.
fn instant_of(text: &str) -> Option<Timestamp> {
    let parts: Vec<_> = text.split('-').collect();
    let lengths = parts.iter().map(|part| part.len());
    let is_uuid = lengths.eq([8, 4, 4, 4, 12]) && parts.iter().all(|part| part.bytes().all(|c| c.is_ascii_hexdigit()));
    if !is_uuid || !parts.get(2)?.starts_with('7') {
        return None;
    }
    i64::from_str_radix(&[*parts.first()?, *parts.get(1)?].concat(), 16).ok().map(Timestamp)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use policy::{Area, Role};

    fn viewer(role: Role) -> Viewer {
        Viewer {
            name: String::new(),
            picture: String::new(),
            email: String::new(),
            role,
            held_in: None,
            auto_revert_at: None,
            ends_in: None,
            assesses: true,
        }
    }

    fn hrefs(found: &[Entry]) -> Vec<&str> {
        found.iter().map(|entry| entry.href.as_str()).collect()
    }

    /// Fails when a page of the admins, or one that is reached otherwise, is offered to a member.
    #[test]
    fn somebody_is_led_only_to_pages_that_they_may_open() {
        let all = pages(&viewer(Role::Member), "");
        assert_eq!(hrefs(&all).first(), Some(&"/"));
        assert!(hrefs(&all).iter().all(|href| !href.starts_with("/admin") && !href.contains(':')), "{all:?}");
        assert!(hrefs(&pages(&viewer(Role::Admin), "")).contains(&"/admin/audit"));
        assert_eq!(hrefs(&pages(&viewer(Role::Admin), "confirm")), [""; 0], "it leads somewhere only while one waits");
        let held = Viewer { held_in: Some(Area::Password), ..viewer(Role::Admin) };
        assert_eq!(hrefs(&pages(&held, "")), ["/profile/password"]);
    }

    #[test]
    fn a_page_is_found_by_its_names_and_by_those_of_what_it_is_below() {
        let admin = viewer(Role::SuperAdmin);
        assert_eq!(hrefs(&pages(&admin, "AUDIT log")), ["/admin/audit"]);
        assert_eq!(hrefs(&pages(&admin, "2fa")), [""; 0]);
        assert_eq!(hrefs(&pages(&admin, "two factor")), ["/profile/two-factor"]);
        assert!(hrefs(&pages(&admin, "settings communities")).contains(&"/admin/settings/communities"));
        assert!(hrefs(&pages(&admin, "profile")).contains(&"/profile/sessions"));
    }

    #[test]
    fn a_setting_is_found_as_on_the_security_tab_and_by_its_label_first() {
        let admin = viewer(Role::Admin);
        let found = settings(&admin, "idle timeout");
        assert_eq!(hrefs(&found).first(), Some(&"/admin/settings#sessions.idle_timeout"));
        assert!(!settings(&admin, "otp").is_empty() && settings(&admin, "otp").len() <= SHOWN);
        assert!(hrefs(&settings(&admin, "sessions.idle_timeout")).contains(&"/admin/settings#sessions.idle_timeout"));
        assert_eq!(settings(&admin, " "), []);
        assert_eq!(settings(&viewer(Role::Member), "idle"), []);
    }

    #[test]
    fn a_reference_tells_when_its_request_was() {
        let admin = viewer(Role::Admin);
        let found = reference(&admin, " 019a0000-0000-7aaa-8bbb-ccccddddeeee ").expect("a reference");
        assert_eq!(found.at, Some(Timestamp(0x019a_0000_0000)));
        for none in ["019a0000-0000-4aaa-8bbb-ccccddddeeee", "019a0000", "idle", "zzzz0000-0000-7aaa-8bbb-ccccddddeeee"]
        {
            assert_eq!(reference(&admin, none), None, "{none}");
        }
        assert_eq!(reference(&viewer(Role::Member), "019a0000-0000-7aaa-8bbb-ccccddddeeee"), None);
    }
}
