//! The frame of every page for members.
use crate::{
    api::waiting::WaitingView,
    components::{idle::IdleWarning, page_id::page_id, time::Time},
    layout::{
        header::head,
        heading::Heading,
        links::of_admins,
        tabs::Tabs,
        title::Title,
        waits::{ask_what_waits, waits},
    },
    page::{
        current_page::current_page,
        notices::{Because, Notices},
        page_context::page_context,
    },
    sitemap::Page,
};
use leptos::prelude::*;

/// Shows a page for members: head, heading, messages, and what the page itself holds.
#[component]
pub fn MemberLayout(
    /// One sentence below the heading.
    #[prop(optional)]
    about: Option<&'static str>,
    /// What stands at the end of the heading's line.
    #[prop(optional)]
    aside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let page = current_page();
    let title = page.map_or("", |page| page.title);
    ask_what_waits();
    let (context, waits, page_id) = (page_context(), waits(), page_id());
    let viewer = context.viewer.clone().filter(|viewer| viewer.held_in.is_none() && page.is_some_and(Page::is_admin));
    let sidebar = viewer.map(|viewer| move || waits.with(|waiting| of_admins(&viewer, page, waiting)));
    let with_side = sidebar.is_some();
    let head = move || {
        waits.with(|found| {
            head(&context.workspace, context.mark.as_ref(), context.viewer.as_ref(), page, found, &page_id)
        })
    };
    view! {
        <Title text=title />
        <a class="skip" href="#main">"Skip to the content"</a>
        <header class="top" inner_html=head></header>
        <div class="frame" class:with-side=with_side>
            {sidebar.map(|links| view! { <nav class="side wide" aria-label="Admin" inner_html=links></nav> })}
            <main class="page" id="main">
                <Asked />
                <div class="head">
                    <div>
                        <Heading text=title />
                        {about.map(|words| view! { <p class="soft">{words}</p> })}
                    </div>
                    {aside}
                </div>
                <Notices />
                {page.filter(|page| page.tab.is_some()).map(|here| view! { <Tabs here /> })}
                {children()}
            </main>
        </div>
        <IdleWarning />
    }
}

/// Says above the heading what somebody has to do by when, which setting asks for it and where it is done; and to admins
/// that Bailey runs in safe mode.
#[component]
fn Asked() -> impl IntoView {
    let here = current_page();
    let safe_mode = page_context().safe_mode && here.is_some_and(Page::is_admin);
    // The start page has a place of its own for it.
    let asked = waits().with_untracked(|waits| match here {
        Some(page) if page.path == "/" => Vec::new(),
        Some(_) | None => waits.iter().filter(|one| one.personal).cloned().collect(),
    });
    let line = |WaitingView { words, until, page, setting, .. }: WaitingView| {
        until.map(|(asks, at)| {
            view! {
                <p class="notice warn" role="status">
                    {asks} " " <Time at /> ". " <a href=page>{words}</a> <Because setting />
                </p>
            }
        })
    };
    view! {
        {safe_mode
            .then(|| {
                view! {
                    <p class="notice warn" role="status">
                        "Safe mode: Bailey was started with its built-in headers and without the admin allowlist."
                    </p>
                }
            })}
        {asked.into_iter().map(line).collect_view()}
    }
}
