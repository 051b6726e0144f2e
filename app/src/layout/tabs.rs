//! The tabs of the entry to which a page belongs.
use crate::{
    page::page_context::page_context,
    sitemap::{PAGES, Page, Place},
};
use leptos::prelude::*;

/// Shows the tabs of the entry, the page that is shown marked among them.
#[component]
pub fn Tabs(
    /// The page that is shown.
    here: &'static Page,
) -> impl IntoView {
    let entry = here.entry_path();
    let viewer = page_context().viewer;
    let reached = move |page: &&Page| viewer.as_ref().is_none_or(|viewer| viewer.reaches(page.area));
    let tabs = PAGES.iter().filter(|page| page.entry_path() == entry).filter(reached).filter_map(|page| {
        let label = page.tab?;
        Some(view! { <a href=page.path aria-current=(here == page).then_some("page")>{label}</a> })
    });
    let tabs = tabs.collect_view();
    let label = PAGES.iter().find(|page| Some(page.path) == entry).and_then(|page| match page.place {
        Place::Entry(_, label) => Some(label),
        Place::Nowhere | Place::Under(_) => None,
    });
    view! { <nav class="tabs" aria-label=label>{tabs}</nav> }
}
