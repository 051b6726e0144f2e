//! The links of the navigation, as the rows of the site map declare them.
use crate::{
    layout::waits::waits,
    page::{current_page::current_page, page_state::Viewer},
    sitemap::{Group, Page, entries},
};
use leptos::prelude::*;

/// As what the page being made stands to an entry: it is that page, or one below it; `None` elsewhere.
fn current(entry: &Page) -> Option<&'static str> {
    let here = current_page()?;
    match here.entry_path() == Some(entry.path) {
        true if here.path == entry.path => Some("page"),
        true => Some("true"),
        false => None,
    }
}

fn link((entry, label): (&'static Page, &'static str)) -> impl IntoView {
    view! { <a href=entry.path aria-current=current(entry)>{label}</a> }
}

/// Shows the links of a group that lead somewhere for whoever looks.
#[component]
pub fn GroupLinks(group: Group, viewer: Viewer) -> impl IntoView {
    entries(group).filter(|(page, _)| viewer.reaches(page.area)).map(link).collect_view()
}

/// Shows the links of the workspace, and the one to the admin panel for those who may.
#[component]
pub fn WorkspaceLinks(viewer: Viewer) -> impl IntoView {
    let within = current_page().is_some_and(Page::is_admin);
    let may = viewer.role.reaches_admin();
    let admin = entries(Group::Admin).next().filter(|(page, _)| may && viewer.reaches(page.area));
    view! {
        <GroupLinks group=Group::Workspace viewer />
        {admin.map(|(page, _)| view! { <a href=page.path aria-current=within.then_some("true")>"Admin"</a> })}
    }
}

/// Shows the links of the admin panel by group, with how much waits on a page beside its link.
#[component]
pub fn AdminLinks(viewer: Viewer) -> impl IntoView {
    let viewer = StoredValue::new(viewer);
    let groups = Group::SIDEBAR.map(|group| {
        let reached =
            move |(page, _): &(&'static Page, &'static str)| viewer.with_value(|viewer| viewer.reaches(page.area));
        let items = entries(group)
            .filter(reached)
            .map(|entry| view! { <li>{link(entry)} <Badge page=entry.0.path /></li> })
            .collect_view();
        view! {
            {group.heading().map(|heading| view! { <p class="group" aria-hidden="true">{heading}</p> })}
            <ul aria-label=group.heading()>{items}</ul>
        }
    });
    view! {
        {groups.collect_view()}
        <ul class="back"><li><a href="/">"Back to the workspace"</a></li></ul>
    }
}

/// Shows how much waits on a page; the bell says it in words.
#[component]
fn Badge(page: &'static str) -> impl IntoView {
    let waits = waits();
    move || {
        let on_it = waits.with(|found| found.iter().filter(|one| one.page == page).map(|one| one.count).sum::<i64>());
        (on_it > 0).then(|| view! { <span class="badge" aria-hidden="true">{on_it}</span> })
    }
}
