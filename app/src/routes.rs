//! The pages and their addresses. Whatever only members see is loaded when it is needed, so that
//! the sign-in page carries none of it.
use crate::{
    page::page_context::{page_context, provide_page_context},
    pages::{self, auth},
};
use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};
use policy::Area;

/// A page: where it is, and which area it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Its path; a part that begins with a colon stands for anything.
    pub path: &'static str,
    /// The area that its gate is bound to.
    pub area: Area,
}

const fn page(path: &'static str, area: Area) -> Page {
    Page { path, area }
}

/// Every page there is.
pub const PAGES: &[Page] = &[
    page("/", Area::Member),
    page("/sign-in", Area::Public),
    page("/sign-in/second-step", Area::SecondStep),
    page("/forgot-password", Area::Public),
    page("/choose-password", Area::Public),
    page("/claim-account", Area::Public),
    page("/set-up", Area::Public),
    page("/link/:token", Area::Public),
    page("/ideas", Area::Member),
    page("/ideas/:id", Area::Member),
    page("/profile", Area::Member),
    page("/profile/password", Area::Password),
    page("/profile/two-factor", Area::Enrolment),
    page("/profile/step-up", Area::Enrolment),
    page("/profile/sessions", Area::Member),
    page("/profile/policies", Area::Member),
    page("/admin", Area::Admin),
    page("/admin/settings", Area::Admin),
    page("/admin/settings/confirm", Area::Admin),
    page("/admin/settings/communities", Area::Admin),
    page("/admin/history", Area::Admin),
    page("/admin/lockouts", Area::Admin),
    page("/admin/members", Area::Admin),
    page("/admin/mail", Area::Admin),
    page("/admin/audit", Area::Admin),
];

/// Whether the page at a path is one on which people prove who they are: one card, and the banner.
#[cfg(feature = "ssr")]
pub fn authenticates(path: &str) -> bool {
    let is_at = |page: &Page| match page.path.split_once(':') {
        Some((before, _)) => path.starts_with(before),
        None => path == page.path,
    };
    path == "/profile/step-up"
        || PAGES.iter().any(|page| matches!(page.area, Area::Public | Area::SecondStep) && is_at(page))
}

/// The page to which the form of a path belongs: the page there, or the nearest one above it.
#[cfg(feature = "ssr")]
pub fn page_of(path: &str) -> Option<&str> {
    let is_at = |page: &Page, path: &str| {
        let (parts, given) = (page.path.split('/'), path.split('/'));
        let same = |(part, given): (&str, &str)| part == given || part.starts_with(':') && !given.is_empty();
        parts.clone().count() == given.clone().count() && parts.zip(given).all(same)
    };
    let mut path = path;
    while !path.is_empty() {
        if PAGES.iter().any(|page| is_at(page, path)) {
            return Some(path);
        }
        (path, _) = path.rsplit_once('/')?;
    }
    None
}

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_page_context();
    view! { <Router><Rooms /></Router> }
}

/// The page that was asked for, or why not.
#[component]
fn Rooms() -> impl IntoView {
    if let Some(refusal) = page_context().refusal.filter(|refusal| refusal.takes_the_page) {
        return view! { <pages::refusal::RefusalPage refusal /> }.into_any();
    }
    let mode = SsrMode::Async;
    view! {
        <FlatRoutes fallback=pages::missing::Missing>
            <Route path=path!("/sign-in") view=auth::sign_in::SignIn ssr=mode.clone() />
            <Route path=path!("/sign-in/second-step") view={Lazy::<auth::second_step::SecondStep>::new()} ssr=mode.clone() />
            <Route path=path!("/forgot-password") view={Lazy::<auth::forgot_password::ForgotPassword>::new()} ssr=mode.clone() />
            <Route path=path!("/claim-account") view={Lazy::<auth::claim_account::ClaimAccount>::new()} ssr=mode.clone() />
            <Route path=path!("/choose-password") view={Lazy::<auth::choose_password::ChoosePassword>::new()} ssr=mode.clone() />
            <Route path=path!("/set-up") view={Lazy::<auth::set_up::SetUp>::new()} ssr=mode.clone() />
            <Route path=path!("/link/:token") view={Lazy::<auth::link::Link>::new()} ssr=mode.clone() />
            <Route path=path!("/") view={Lazy::<pages::home::Home>::new()} ssr=mode.clone() />
            <Route path=path!("/ideas") view={Lazy::<pages::ideas::Ideas>::new()} ssr=mode.clone() />
            <Route path=path!("/ideas/:id") view={Lazy::<pages::ideas::idea::Idea>::new()} ssr=mode.clone() />
            <Route path=path!("/profile") view={Lazy::<pages::profile::details::Details>::new()} ssr=mode.clone() />
            <Route path=path!("/profile/password") view={Lazy::<pages::profile::password::Password>::new()} ssr=mode.clone() />
            <Route path=path!("/profile/two-factor") view={Lazy::<pages::profile::two_factor::TwoFactor>::new()} ssr=mode.clone() />
            <Route path=path!("/profile/step-up") view={Lazy::<auth::step_up::StepUp>::new()} ssr=mode.clone() />
            <Route path=path!("/profile/sessions") view={Lazy::<pages::profile::sessions::Sessions>::new()} ssr=mode.clone() />
            <Route path=path!("/profile/policies") view={Lazy::<pages::profile::policies::Policies>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/settings/confirm") view={Lazy::<pages::admin::confirm::Confirm>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/settings/communities") view={Lazy::<pages::admin::communities::Communities>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/history") view={Lazy::<pages::admin::history::History>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/lockouts") view={Lazy::<pages::admin::lockouts::Lockouts>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/members") view={Lazy::<pages::admin::members::Members>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/mail") view={Lazy::<pages::admin::mail::Mail>::new()} ssr=mode.clone() />
            <Route path=path!("/admin") view={Lazy::<pages::admin::overview::Overview>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/settings") view={Lazy::<pages::admin::settings::SecurityTab>::new()} ssr=mode.clone() />
            <Route path=path!("/admin/audit") view={Lazy::<pages::admin::audit::Audit>::new()} ssr=mode />
        </FlatRoutes>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos_axum::generate_route_list;
    use std::collections::BTreeSet;

    #[test]
    fn a_form_belongs_to_its_page_or_to_the_one_above_it() {
        for (path, page) in [
            ("/admin/settings", Some("/admin/settings")),
            ("/admin/settings/confirm", Some("/admin/settings/confirm")),
            ("/admin/settings/communities/7/sessions.lifetime/reset", Some("/admin/settings/communities")),
            ("/admin/history/restore", Some("/admin/history")),
            ("/ideas/7/share", Some("/ideas/7")),
            ("/ideas", Some("/ideas")),
            ("/sign-out", None),
        ] {
            assert_eq!(page_of(path), page, "{path}");
        }
    }

    #[test]
    fn the_router_and_the_list_of_pages_agree() {
        let routed: BTreeSet<_> =
            generate_route_list(App).iter().map(|route| route.path().trim_end_matches('/').to_owned()).collect();
        let braced = |path: &str| path.replace(":token", "{token}").replace(":id", "{id}");
        let listed: BTreeSet<_> = PAGES.iter().map(|page| braced(page.path).trim_end_matches('/').to_owned()).collect();
        assert_eq!(routed, listed);
    }
}
