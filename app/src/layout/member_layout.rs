//! The frame of every page for members.
use crate::{
    components::{idle::IdleWarning, time::Time},
    layout::{footer::Footer, header::Header, heading::Heading, tabs::Tabs, title::Title},
    page::{
        current_page::current_page,
        notices::{Because, Notices},
        page_context::page_context,
        page_state::Deadline,
    },
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
    let safe_mode = page.is_some_and(crate::sitemap::Page::is_admin) && page_context().safe_mode;
    let (enrols_until, password_expires) = page_context()
        .viewer
        .filter(|viewer| viewer.held_in.is_none())
        .map_or((None, None), |viewer| (viewer.enrols_until, viewer.password_expires));
    view! {
        <Title text=title />
        <a class="skip" href="#main">"Skip to the content"</a>
        <Header />
        <main class="page" id="main">
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
                    view! {
                        <Due
                            asks="Your organisation asks you to set up two-factor authentication by "
                            due
                            page="/profile/two-factor"
                            way="Set it up"
                        />
                    }
                })}
            {password_expires
                .map(|due| {
                    view! {
                        <Due asks="Your password has to be replaced by " due page="/profile/password" way="Choose a new one" />
                    }
                })}
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
        <IdleWarning />
        <Footer />
    }
}
