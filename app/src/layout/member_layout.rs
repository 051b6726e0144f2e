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
    let (enrols_until, password_expires) =
        page_context().viewer.map_or((None, None), |viewer| (viewer.enrols_until, viewer.password_expires));
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
                .map(|Deadline { at, setting }| {
                    view! {
                        <p class="notice warn" role="status">
                            "Your organisation asks you to set up two-factor authentication by " <Time at /> ". "
                            <a href="/profile/two-factor">"Set it up"</a>
                            <Because setting />
                        </p>
                    }
                })}
            {password_expires
                .map(|Deadline { at, setting }| {
                    view! {
                        <p class="notice warn" role="status">
                            "Your password has to be replaced by " <Time at /> ". "
                            <a href="/profile/password">"Choose a new one"</a>
                            <Because setting />
                        </p>
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
