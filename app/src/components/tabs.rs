//! The tabs of the entry to which a page belongs.
use super::current_page::current_page;
use crate::sitemap::PAGES;
use leptos::prelude::*;

/// Shows the tabs of the entry, the page that is shown marked among them.
#[component]
pub fn Tabs() -> impl IntoView {
    let here = current_page();
    let entry = here.and_then(|page| page.entry_path());
    let tabs = PAGES.iter().filter(|page| page.entry_path() == entry).filter_map(|page| {
        let label = page.tab?;
        Some(view! { <a href=page.path aria-current=(here == Some(page)).then_some("page")>{label}</a> })
    });
    let tabs = tabs.collect_view();
    let label = PAGES.iter().find(|page| Some(page.path) == entry).map(|page| page.title);
    view! { <nav class="tabs" aria-label=label>{tabs}</nav> }
}
