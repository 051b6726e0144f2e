//! The head of every page for members: the mark, where one can go, who is signed in.
use crate::{
    components::page_id::PageId,
    layout::icon::Mark,
    page::{current_page::current_page, page_context::page_context, page_state::Viewer},
    sitemap::{PAGES, Page, Place},
};
use leptos::prelude::*;

/// The entries of the navigation that are for the admins, or those that are for everybody, in the order of the site map.
fn entries(admin: bool) -> impl Iterator<Item = (&'static Page, &'static str)> {
    PAGES.iter().filter(move |page| page.is_admin() == admin).filter_map(|page| match page.place {
        Place::Entry(label) => Some((page, label)),
        Place::Nowhere | Place::Under(_) => None,
    })
}

#[component]
fn Links(viewer: Viewer) -> impl IntoView {
    let here = current_page().and_then(Page::entry_path);
    let admin = viewer.role.reaches_admin().then(|| entries(true)).into_iter().flatten();
    admin
        .chain(entries(false))
        .filter(|(page, _)| viewer.reaches(page.area))
        .map(|(page, label)| {
            view! { <a href=page.path aria-current=(here == Some(page.path)).then_some("page")>{label}</a> }
        })
        .collect_view()
}

#[component]
fn SignOut() -> impl IntoView {
    view! {
        <form method="post" action="/sign-out">
            <PageId />
            <button class="link">"Sign out"</button>
        </form>
    }
}

/// Shows the head of the page.
#[component]
pub fn Header() -> impl IntoView {
    let state = page_context();
    let workspace = state.workspace.clone();
    let brand = view! { <a class="brand" href="/"><Mark />{state.workspace}</a> };
    let Some(viewer) = state.viewer else {
        return view! {
            <header class="top">
                {brand} <p class="me"><a href="/sign-in">"Sign in"</a></p>
            </header>
        }
        .into_any();
    };
    let brand = match viewer.held_in {
        None => brand.into_any(),
        Some(_) => view! { <span class="brand"><Mark />{workspace}</span> }.into_any(),
    };
    let label = if viewer.role.reaches_admin() { "Admin" } else { "Workspace" };
    let email = viewer.email.clone();
    view! {
        <header class="top">
            {brand}
            <nav class="wide" aria-label=label><Links viewer=viewer.clone() /></nav>
            <div class="me wide"><span class="who" title=viewer.name.clone()>{email.clone()}</span><SignOut /></div>
            <details class="menu narrow">
                <summary>"Menu"</summary>
                <div class="sheet">
                    <nav aria-label="Menu"><Links viewer /></nav>
                    <p class="who">{email}</p>
                    <SignOut />
                </div>
            </details>
        </header>
    }
    .into_any()
}
