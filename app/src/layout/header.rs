//! The head of every page for members: the workspace, where one can go, what waits, who is signed in.
//!
//! It is text and not a view: every page has it, nothing of it changes but as a whole, and what it does by a script is
//! listened for once (`hydration/menus.rs`).
use crate::{
    api::waiting::WaitingView,
    components::html::escaped,
    layout::{
        account_menu::account_menu,
        bell::bell,
        icon,
        links::{of_admins, of_workspace},
        workspace_mark,
    },
    page::page_state::{Mark, Viewer},
    palette::button::button,
    sitemap::Page,
};

/// The head of a page, as it looks for somebody; its form names the page on which it stands.
pub fn head(
    workspace: &str,
    mark: Option<&Mark>,
    viewer: Option<&Viewer>,
    here: Option<&Page>,
    waiting: &[WaitingView],
    page_id: &str,
) -> String {
    let name = escaped(workspace);
    let brand = [&workspace_mark::html(workspace, mark), "<span class=\"name\">", &name, "</span>"].concat();
    let home = ["<a class=\"brand\" href=\"/\">", &brand, "</a>"].concat();
    let Some(viewer) = viewer else {
        return home + "<p class=\"tools\"><a href=\"/sign-in\">Sign in</a></p>";
    };
    let account = account_menu(viewer, here, page_id);
    // Whoever has to do something first is led nowhere else.
    if viewer.held_in.is_some() {
        return ["<span class=\"brand\">", &brand, "</span><div class=\"tools\">", &account, "</div>"].concat();
    }
    let links = of_workspace(viewer, here);
    let admin = if here.is_some_and(Page::is_admin) {
        ["<nav class=\"side\" aria-label=\"Admin\">", &of_admins(viewer, here, waiting), "</nav>"].concat()
    } else {
        String::new()
    };
    [
        &home,
        "<nav class=\"wide\" aria-label=\"Workspace\">",
        &links,
        "</nav><div class=\"tools\">",
        &button(viewer),
        &bell(waiting),
        // Everywhere one can go, where there is no room for it beside the page.
        "<details class=\"menu narrow\"><summary class=\"button\">",
        icon::MENU,
        "Menu</summary><div class=\"sheet\"><nav class=\"side\" aria-label=\"Workspace\">",
        &links,
        "</nav>",
        &admin,
        "</div></details>",
        &account,
        "</div>",
    ]
    .concat()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::sitemap::page_at;
    use policy::Role;

    /// Fails when a name, an address or what waits is written into the head as it is.
    #[test]
    fn whatever_people_are_called_the_head_is_what_it_is() {
        let evil = "</strong><img src=x onerror=\"alert(1)\">";
        let viewer = Viewer {
            name: evil.to_owned(),
            picture: evil.to_owned(),
            email: evil.to_owned(),
            role: Role::SuperAdmin,
            held_in: None,
            auto_revert_at: None,
            ends_in: None,
            assesses: true,
        };
        let waiting = WaitingView {
            words: evil.to_owned(),
            until: None,
            page: evil.to_owned(),
            count: 1,
            personal: true,
            setting: None,
        };
        let mark = Mark { address: evil.to_owned(), text: evil.to_owned() };
        let html = head(evil, Some(&mark), Some(&viewer), page_at("/admin"), &[waiting], evil);
        assert!(!html.contains("<img src=x") && !html.contains("onerror=\"alert"), "{html}");
    }
}
