//! The menu of whoever is signed in.
use crate::{
    components::{avatar, html::escaped},
    layout::{links::of_group, theme},
    page::page_state::Viewer,
    sitemap::{Group, Page},
};

/// Who is signed in, and what they can do about that.
pub fn account_menu(viewer: &Viewer, here: Option<&Page>, page_id: &str) -> String {
    let (name, email) = (escaped(&viewer.name), escaped(&viewer.email));
    let links = of_group(Group::Account, viewer, here);
    let links = if links.is_empty() { links } else { ["<nav aria-label=\"Account\">", &links, "</nav>"].concat() };
    [
        "<details class=\"menu account\"><summary>",
        &avatar::html(&viewer.picture),
        "<span class=\"unseen\">Account of ",
        &name,
        "</span></summary><div class=\"sheet\"><p class=\"who\"><strong>",
        &name,
        "</strong> <span class=\"soft\">",
        &email,
        "</span></p>",
        &links,
        theme::SWITCH,
        "<form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" name=\"page\" value=\"",
        &escaped(page_id),
        "\"><button class=\"button\">Sign out</button></form></div></details>",
    ]
    .concat()
}
