//! The menu of whoever is signed in.
use crate::{
    components::html::escaped,
    layout::{links::of_group, theme},
    page::page_state::Viewer,
    sitemap::{Group, Page},
};

/// The first letters of the first and the last part of a name.
fn initials(name: &str) -> String {
    let mut parts = name.split_whitespace().filter_map(|part| part.chars().next());
    let (first, last) = (parts.next(), parts.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Who is signed in, and what they can do about that.
pub fn account_menu(viewer: &Viewer, here: Option<&Page>, page_id: &str) -> String {
    let (name, email, initials) = (escaped(&viewer.name), escaped(&viewer.email), escaped(&initials(&viewer.name)));
    let links = of_group(Group::Account, viewer, here);
    let links = if links.is_empty() { links } else { ["<nav aria-label=\"Account\">", &links, "</nav>"].concat() };
    [
        "<details class=\"menu account\"><summary><span class=\"avatar\" aria-hidden=\"true\">",
        &initials,
        "</span><span class=\"unseen\">Account of ",
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::initials;

    #[test]
    fn a_name_is_told_by_its_first_and_its_last_part() {
        for (name, letters) in [
            ("Ada Lovelace", "AL"),
            ("Grace Brewster Murray Hopper", "GH"),
            ("joan", "J"),
            (" élise  d'arc ", "ÉD"),
            ("", ""),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
