//! The site map: one row per page. Router, gate, navigation, titles and the journeys that visit every page derive from
//! it.
mod group;
mod list;

pub use group::Group;
pub(crate) use list::every_page;

use policy::{Area, decide::headers};
use serde::Serialize;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Its path; a part that begins with a colon stands for anything.
    pub path: &'static str,
    /// The area that its gate is bound to.
    pub area: Area,
    /// Its heading and its name in the title bar, unless what it shows has another one.
    pub title: &'static str,
    /// Its place in the navigation.
    #[serde(skip)]
    pub place: Place,
    /// Its label among the tabs of its entry, if it is one of them.
    #[serde(skip)]
    pub tab: Option<&'static str>,
    /// Who answers it on the server.
    #[serde(skip)]
    pub handler: PageHandler,
    /// Whether people prove on it who they are: one card, the banner, and a form that comes from the server with it.
    #[serde(skip)]
    pub way_in: bool,
    /// Whether it always carries Bailey's own content security policy although its area does not.
    #[serde(skip)]
    pub own_headers: bool,
    /// Whether its entry in the navigation is there only for whom it has something.
    #[serde(skip)]
    pub for_some: bool,
}

/// The place of a page in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// None.
    Nowhere,
    /// An entry of this group, under this label.
    Entry(Group, &'static str),
    /// Below the entry with this path.
    Under(&'static str),
}

impl Page {
    const fn new(path: &'static str, area: Area, title: &'static str, handler: PageHandler) -> Self {
        let way_in = matches!(area, Area::Public | Area::SecondStep);
        Self {
            path,
            area,
            title,
            place: Place::Nowhere,
            tab: None,
            handler,
            way_in,
            own_headers: false,
            for_some: false,
        }
    }

    const fn entry(self, group: Group, label: &'static str) -> Self {
        Self { place: Place::Entry(group, label), ..self }
    }

    /// An entry in the head of every page.
    const fn workspace(self, label: &'static str) -> Self {
        self.entry(Group::Workspace, label)
    }

    /// An entry in the menu of whoever is signed in.
    const fn account(self, label: &'static str) -> Self {
        self.entry(Group::Account, label)
    }

    /// An entry at the top of the admins' sidebar.
    const fn admin(self, label: &'static str) -> Self {
        self.entry(Group::Admin, label)
    }

    /// An entry of the sidebar among *People*.
    const fn people(self, label: &'static str) -> Self {
        self.entry(Group::People, label)
    }

    /// An entry of the sidebar among *Policy*.
    const fn policy(self, label: &'static str) -> Self {
        self.entry(Group::Policy, label)
    }

    /// An entry of the sidebar among *Activity*.
    const fn activity(self, label: &'static str) -> Self {
        self.entry(Group::Activity, label)
    }

    /// Below an entry of the navigation.
    const fn under(self, entry: &'static str) -> Self {
        Self { place: Place::Under(entry), ..self }
    }

    /// A tab of its entry.
    const fn tab(self, label: &'static str) -> Self {
        Self { tab: Some(label), ..self }
    }

    /// A way in although only whoever is signed in gets there.
    const fn way_in(self) -> Self {
        Self { way_in: true, ..self }
    }

    /// In the navigation only of whom it has something for.
    const fn for_some(self) -> Self {
        Self { for_some: true, ..self }
    }

    /// Under Bailey's own content security policy, whatever was saved.
    const fn own_headers(self) -> Self {
        Self { own_headers: true, ..self }
    }

    /// The path of its entry in the navigation, if it has one.
    pub const fn entry_path(&self) -> Option<&'static str> {
        match self.place {
            Place::Nowhere => None,
            Place::Entry(..) => Some(self.path),
            Place::Under(entry) => Some(entry),
        }
    }

    /// The label of its own entry in the navigation, if it is one of this group.
    pub fn label_in(&self, group: Group) -> Option<&'static str> {
        match self.place {
            Place::Entry(its, label) if its == group => Some(label),
            Place::Nowhere | Place::Entry(..) | Place::Under(_) => None,
        }
    }

    /// Whether it belongs to the admin panel.
    pub const fn is_admin(&self) -> bool {
        self.area.is_admin()
    }

    /// Whether it always carries Bailey's own content security policy.
    pub const fn floor_only(&self) -> bool {
        self.own_headers || headers::floor_only_in(self.area)
    }

    /// Whether it comes with a document of its own, always: its form comes with it, or its headers are its own.
    pub const fn comes_by_itself(&self) -> bool {
        self.way_in || self.own_headers
    }

    /// Whether analytics may run on it: never where people prove who they are, on their profile, or in the admin panel.
    pub fn is_measured(&self) -> bool {
        matches!(self.area, Area::Member) && !self.path.starts_with("/profile")
    }

    /// Whether it is a page of one community.
    pub fn is_of_community(&self) -> bool {
        ["/c/", "/ideas/"].iter().any(|begins| self.path.starts_with(begins))
    }

    /// Whether the page is at this path.
    fn is_at(&self, path: &str) -> bool {
        let (parts, given) = (self.path.split('/'), path.split('/'));
        let same = |(part, given): (&str, &str)| part == given || part.starts_with(':') && !given.is_empty();
        parts.clone().count() == given.clone().count() && parts.zip(given).all(same)
    }
}

macro_rules! rows {
    (@handler) => { PageHandler::Plain };
    (@handler $handler:ident) => { PageHandler::$handler };
    ($(
        $path:tt in $area:ident titled $title:literal
        $(with [$($detail:ident($($value:literal)?)),+])? $(answered by $handler:ident)? => $view:path;
    )+) => {
        /// Who answers a page on the server.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum PageHandler {
            /// What shows a page that needs nothing but its data.
            Plain,
            $($(
                #[doc = concat!("The handler of `", $path, "`.")]
                $handler,
            )?)+
        }

        /// Every page there is.
        pub const PAGES: &[Page] = &[$(
            Page::new($path, Area::$area, $title, rows!(@handler $($handler)?))$($(.$detail($($value)?))+)?,
        )+];
    };
}

every_page!(rows);

/// The entries of a group, each with its label, in the order of the site map.
pub fn entries(group: Group) -> impl Iterator<Item = (&'static Page, &'static str)> {
    PAGES.iter().filter_map(move |page| Some((page, page.label_in(group)?)))
}

/// The page at a path, or `None` when there is none.
pub fn page_at(path: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.path == path).or_else(|| PAGES.iter().find(|page| page.is_at(path)))
}

/// Whether the page at a path is one on which people prove who they are.
#[cfg(feature = "ssr")]
pub fn is_way_in(path: &str) -> bool {
    page_at(path).is_some_and(|page| page.way_in)
}

/// The path of the page to which the form of a path belongs: the page there, or the nearest one above it.
#[cfg(feature = "ssr")]
pub fn page_of_form(path: &str) -> Option<&str> {
    let mut path = path;
    while !path.is_empty() {
        if page_at(path).is_some() {
            return Some(path);
        }
        (path, _) = path.rsplit_once('/')?;
    }
    None
}

#[cfg(test)]
mod tests;
