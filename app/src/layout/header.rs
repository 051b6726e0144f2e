//! The head of every page for members: the mark, where one can go, who is signed in.
use crate::{
    layout::icon::Mark,
    page::{page_context::page_context, page_state::Viewer},
};
use leptos::prelude::*;

/// A place that the head of the page leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavItem {
    /// The start page.
    Home,
    /// Admin, overview.
    Overview,
    /// Admin, settings.
    Settings,
    /// Admin, history of the settings.
    History,
    /// Admin, who is locked out.
    Lockouts,
    /// Admin, members.
    Members,
    /// Admin, mail.
    Mail,
    /// Admin, audit log.
    Audit,
    /// Ideas.
    Ideas,
    /// My profile and what belongs to it.
    Profile,
}

impl NavItem {
    const ADMIN: [(Self, &'static str, &'static str); 7] = [
        (Self::Overview, "/admin", "Overview"),
        (Self::Settings, "/admin/settings", "Settings"),
        (Self::History, "/admin/history", "History"),
        (Self::Members, "/admin/members", "Members"),
        (Self::Lockouts, "/admin/lockouts", "Lockouts"),
        (Self::Mail, "/admin/mail", "Mail"),
        (Self::Audit, "/admin/audit", "Audit log"),
    ];
    const MEMBER: [(Self, &'static str, &'static str); 2] =
        [(Self::Ideas, "/ideas", "Ideas"), (Self::Profile, "/profile", "My profile")];

    /// Whether the place belongs to the admin panel.
    pub const fn is_admin(self) -> bool {
        matches!(
            self,
            Self::Overview | Self::Settings | Self::History | Self::Members | Self::Lockouts | Self::Mail | Self::Audit
        )
    }
}

#[component]
fn Links(viewer: Viewer, here: NavItem) -> impl IntoView {
    let admin = viewer.role.reaches_admin().then_some(NavItem::ADMIN).into_iter().flatten();
    admin
        .chain(NavItem::MEMBER)
        .map(|(place, href, label)| {
            view! { <a href=href aria-current=(place == here).then_some("page")>{label}</a> }
        })
        .collect_view()
}

#[component]
fn SignOut() -> impl IntoView {
    view! {
        <form method="post" action="/sign-out">
            <button class="link">"Sign out"</button>
        </form>
    }
}

/// Shows the head of the page.
#[component]
pub fn Header(here: NavItem) -> impl IntoView {
    let state = page_context();
    let brand = view! { <a class="brand" href="/"><Mark />{state.workspace}</a> };
    let Some(viewer) = state.viewer else {
        return view! {
            <header class="top">
                {brand} <p class="me"><a href="/sign-in" rel="external">"Sign in"</a></p>
            </header>
        }
        .into_any();
    };
    let label = if viewer.role.reaches_admin() { "Admin" } else { "Workspace" };
    let email = viewer.email.clone();
    view! {
        <header class="top">
            {brand}
            <nav class="wide" aria-label=label><Links viewer=viewer.clone() here /></nav>
            <div class="me wide"><span class="who" title=viewer.name.clone()>{email.clone()}</span><SignOut /></div>
            <details class="menu narrow">
                <summary>"Menu"</summary>
                <div class="sheet">
                    <nav aria-label="Menu"><Links viewer here /></nav>
                    <p class="who">{email}</p>
                    <SignOut />
                </div>
            </details>
        </header>
    }
    .into_any()
}
