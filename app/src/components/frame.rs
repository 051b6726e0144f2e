//! The frame of every page for members.
use super::{
    arrival::arrival,
    current_page::current_page,
    footer::Footer,
    header::Header,
    heading::Heading,
    idle::IdleWarning,
    notices::{Because, Notices},
    time::Time,
    title::Title,
};
use crate::state::Deadline;
use leptos::prelude::*;

/// Shows a page for members: head, heading, messages, and what the page itself holds.
#[component]
pub fn Frame(
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
    let safe_mode = page.is_some_and(|page| page.is_admin()) && arrival().safe_mode;
    let (enrols_until, password_expires) =
        arrival().viewer.map_or((None, None), |viewer| (viewer.enrols_until, viewer.password_expires));
    view! {
        <Title text=title />
        <a class="skip" href="#main">"Skip to the content"</a>
        <Header />
        <main class="page" id="main">
            <div class="said">
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
            </div>
            <div class="head">
                <div>
                    <Heading text=title />
                    {about.map(|words| view! { <p class="soft">{words}</p> })}
                </div>
                {aside}
            </div>
            <div class="said"><Notices /></div>
            {children()}
        </main>
        <IdleWarning />
        <Footer />
    }
}

/// What the browser wakes of a page that wakes alone: the end of the heading's line, and what the page holds.
/// The rest stays as the server sent it.
#[cfg(not(feature = "ssr"))]
#[component]
pub fn Woken(aside: AnyView, children: Children) -> impl IntoView {
    view! {
        <div></div>
        <div><div></div> {aside}</div>
        <div></div>
        {children()}
    }
}
