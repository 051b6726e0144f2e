//! The links of the navigation, as the rows of the site map declare them.
use crate::{
    api::waiting::WaitingView,
    page::page_state::Viewer,
    sitemap::{Group, Page, entries},
};

/// As what the page that is shown stands to an entry, as an attribute: it is that page, or one below it.
fn current(entry: &Page, here: Option<&Page>) -> &'static str {
    match here {
        Some(here) if here.path == entry.path => " aria-current=\"page\"",
        Some(here) if here.entry_path() == Some(entry.path) => " aria-current=\"true\"",
        Some(_) | None => "",
    }
}

fn link(entry: &Page, label: &str, here: Option<&Page>) -> String {
    ["<a href=\"", entry.path, "\"", current(entry, here), ">", label, "</a>"].concat()
}

/// The links of a group that lead somewhere for whoever looks.
pub fn of_group(group: Group, viewer: &Viewer, here: Option<&Page>) -> String {
    let reached = entries(group).filter(|(page, _)| viewer.is_offered(page));
    reached.map(|(page, label)| link(page, label, here)).collect()
}

/// The links of the workspace, and the one to the admin panel for those who may.
pub fn of_workspace(viewer: &Viewer, here: Option<&Page>) -> String {
    let mut links = of_group(Group::Workspace, viewer, here);
    let may = viewer.role.reaches_admin();
    if let Some((admin, _)) = entries(Group::Admin).next().filter(|(page, _)| may && viewer.reaches(page.area)) {
        let within = if here.is_some_and(Page::is_admin) { " aria-current=\"true\"" } else { "" };
        links += &["<a href=\"", admin.path, "\"", within, ">Admin</a>"].concat();
    }
    links
}

/// The links of the admin panel by group, with how much waits on a page beside its link.
pub fn of_admins(viewer: &Viewer, here: Option<&Page>, waiting: &[WaitingView]) -> String {
    let mut links = String::new();
    for group in Group::SIDEBAR {
        links += &match group.heading() {
            Some(heading) => {
                ["<p class=\"group\" aria-hidden=\"true\">", heading, "</p><ul aria-label=\"", heading, "\">"].concat()
            }
            None => "<ul>".to_owned(),
        };
        for (page, label) in entries(group).filter(|(page, _)| viewer.reaches(page.area)) {
            links += &["<li>", &link(page, label, here), &badge(count_on(page.path, waiting)), "</li>"].concat();
        }
        links += "</ul>";
    }
    links + "<ul class=\"back\"><li><a href=\"/\">Back to the workspace</a></li></ul>"
}

fn count_on(path: &str, waiting: &[WaitingView]) -> i64 {
    waiting.iter().filter(|one| one.page == path).map(|one| one.count).sum()
}

/// How much waits; the bell says it in words.
pub fn badge(count: i64) -> String {
    if count == 0 { String::new() } else { format!("<span class=\"badge\" aria-hidden=\"true\">{count}</span>") }
}
