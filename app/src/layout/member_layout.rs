//! The frame of every page for members.
use crate::{
    components::{idle::IdleWarning, time::Time},
    layout::{header::Header, heading::Heading, links::AdminLinks, tabs::Tabs, title::Title, waits::ask_what_waits},
    page::{
        current_page::current_page,
        notices::{Because, Notices},
        page_context::page_context,
        page_state::Deadline,
    },
    sitemap::Page,
};
use leptos::prelude::*;

/// Says what has to be done by when, which setting asks for it, and where it is done.
#[component]
fn Due(asks: &'static str, due: Deadline, page: &'static str, way: &'static str) -> impl IntoView {
    view! {
        <p class="notice warn" role="status">
            {asks} <Time at=due.at /> ". " <a href=page>{way}</a>
            <Because setting=due.setting />
        </p>
    }
}

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
    let viewer = page_context().viewer.filter(|viewer| viewer.held_in.is_none());
    let sidebar = viewer.filter(|_| page.is_some_and(Page::is_admin));
    let with_side = sidebar.is_some();
    view! {
        <Title text=title />
        <a class="skip" href="#main">"Skip to the content"</a>
        <Header />
        <div class="frame" class:with-side=with_side>
            {sidebar.map(|viewer| view! { <nav class="side wide" aria-label="Admin"><AdminLinks viewer /></nav> })}
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

/// Says above the heading what somebody has to do by when, and to admins that Bailey runs in safe mode.
#[component]
fn Asked() -> impl IntoView {
    let context = page_context();
    let safe_mode = context.safe_mode && current_page().is_some_and(Page::is_admin);
    let viewer = context.viewer.filter(|viewer| viewer.held_in.is_none());
    let (enrols_until, password_expires) =
        viewer.map_or((None, None), |viewer| (viewer.enrols_until, viewer.password_expires));
    view! {
        {safe_mode
            .then(|| {
                view! {
                    <p class="notice warn" role="status">
                        "Safe mode: Bailey was started with its built-in headers and without the admin allowlist."
                    </p>
                }
            })}
        {enrols_until
            .map(|due| {
                let asks = "Your organisation asks you to set up two-factor authentication by ";
                view! { <Due asks due page="/profile/two-factor" way="Set it up" /> }
            })}
        {password_expires
            .map(|due| {
                let asks = "Your password has to be replaced by ";
                view! { <Due asks due page="/profile/password" way="Choose a new one" /> }
            })}
    }
}
