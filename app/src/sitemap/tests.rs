use super::*;

#[test]
#[cfg(feature = "ssr")]
fn a_form_belongs_to_its_page_or_to_the_one_above_it() {
    for (path, page) in [
        ("/admin/settings", Some("/admin/settings")),
        ("/admin/settings/confirm", Some("/admin/settings/confirm")),
        ("/admin/settings/communities/7/sessions.lifetime/reset", Some("/admin/settings/communities")),
        ("/admin/history/restore", Some("/admin/history")),
        ("/ideas/7/share", Some("/ideas/7")),
        ("/ideas", Some("/ideas")),
        ("/sign-out", None),
    ] {
        assert_eq!(page_of_form(path), page, "{path}");
    }
}

#[test]
fn no_two_pages_have_one_path() {
    for page in PAGES {
        assert_eq!(PAGES.iter().filter(|other| other.path == page.path).count(), 1, "{}", page.path);
        assert_eq!(page_at(page.path), Some(page));
    }
}

#[test]
fn what_is_below_an_entry_is_below_one_that_is_there() {
    for page in PAGES {
        if let Place::Under(entry) = page.place {
            let above = page_at(entry).map(|above| above.place);
            assert!(matches!(above, Some(Place::Entry(..))), "{} is under {entry}", page.path);
        }
        assert!(page.tab.is_none() || page.entry_path().is_some(), "{} is a tab of nothing", page.path);
    }
}

/// Fails when a page of the admins could be told from none in the navigation.
#[test]
fn every_page_of_the_admins_has_a_place_in_the_navigation() {
    for page in PAGES.iter().filter(|page| page.is_admin()) {
        assert_ne!(page.place, Place::Nowhere, "{}", page.path);
    }
}

/// Fails when an entry of the admins stands where everybody looks, or the other way round.
#[test]
fn the_sidebar_has_the_entries_of_the_admins_and_no_others() {
    for page in PAGES {
        if let Place::Entry(group, label) = page.place {
            assert_eq!(group.is_admin(), page.is_admin(), "{label}");
        }
    }
    let sidebar = Group::SIDEBAR.into_iter().flat_map(entries).map(|(_, label)| label);
    let expected = [
        "Overview",
        "Members",
        "Communities",
        "Invitations",
        "Help requests",
        "Lockouts",
        "Settings",
        "History",
        "Audit log",
        "Mail",
        "Reports",
    ];
    assert_eq!(sidebar.collect::<Vec<_>>(), expected);
}
