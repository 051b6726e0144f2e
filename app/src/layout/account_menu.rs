//! The menu of whoever is signed in.
use crate::{
    components::page_id::PageId,
    layout::{links::GroupLinks, theme::ThemeSwitch},
    page::page_state::Viewer,
    sitemap::{Group, entries},
};
use leptos::prelude::*;

/// The first letters of the first and the last part of a name.
fn initials(name: &str) -> String {
    let mut parts = name.split_whitespace().filter_map(|part| part.chars().next());
    let (first, last) = (parts.next(), parts.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Shows who is signed in, and what they can do about that.
#[component]
pub fn AccountMenu(viewer: Viewer) -> impl IntoView {
    let (name, email) = (viewer.name.clone(), viewer.email.clone());
    let has_links = entries(Group::Account).any(|(page, _)| viewer.reaches(page.area));
    view! {
        <details class="menu account">
            <summary>
                <span class="avatar" aria-hidden="true">{initials(&name)}</span>
                <span class="unseen">"Account of " {name.clone()}</span>
            </summary>
            <div class="sheet">
                <p class="who"><strong>{name}</strong> <span class="soft">{email}</span></p>
                {has_links.then(|| view! { <nav aria-label="Account"><GroupLinks group=Group::Account viewer /></nav> })}
                <ThemeSwitch />
                <form method="post" action="/sign-out">
                    <PageId />
                    <button class="button">"Sign out"</button>
                </form>
            </div>
        </details>
    }
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
