//! The head of every page for members: the workspace, where one can go, what waits, who is signed in.
use crate::{
    layout::{
        account_menu::AccountMenu,
        bell::Bell,
        icon::MenuIcon,
        links::{AdminLinks, WorkspaceLinks},
        workspace_mark::WorkspaceMark,
    },
    page::{current_page::current_page, page_context::page_context, page_state::Viewer},
    palette::button::PaletteButton,
    sitemap::Page,
};
use leptos::prelude::*;

/// Shows the head of the page.
#[component]
pub fn Header() -> impl IntoView {
    let context = page_context();
    let name = context.workspace;
    let brand = view! { <WorkspaceMark name=name.clone() /> <span class="name">{name}</span> };
    let Some(viewer) = context.viewer else {
        return view! {
            <header class="top">
                <a class="brand" href="/">{brand}</a>
                <p class="tools"><a href="/sign-in">"Sign in"</a></p>
            </header>
        }
        .into_any();
    };
    // Whoever has to do something first is led nowhere else.
    if viewer.held_in.is_some() {
        return view! {
            <header class="top">
                <span class="brand">{brand}</span>
                <div class="tools"><AccountMenu viewer /></div>
            </header>
        }
        .into_any();
    }
    view! {
        <header class="top">
            <a class="brand" href="/">{brand}</a>
            <nav class="wide" aria-label="Workspace"><WorkspaceLinks viewer=viewer.clone() /></nav>
            <div class="tools">
                <PaletteButton viewer=viewer.clone() />
                <Bell />
                <Menu viewer=viewer.clone() />
                <AccountMenu viewer />
            </div>
        </header>
    }
    .into_any()
}

/// Shows everywhere one can go, where there is no room for it beside the page.
#[component]
fn Menu(viewer: Viewer) -> impl IntoView {
    let within = current_page().is_some_and(Page::is_admin);
    view! {
        <details class="menu narrow">
            <summary class="button"><MenuIcon /> "Menu"</summary>
            <div class="sheet">
                <nav class="side" aria-label="Workspace"><WorkspaceLinks viewer=viewer.clone() /></nav>
                {within.then(|| view! { <nav class="side" aria-label="Admin"><AdminLinks viewer /></nav> })}
            </div>
        </details>
    }
}
