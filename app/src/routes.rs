//! The router: each row of the site map with what shows it. Pages are loaded when they are needed, so that the
//! sign-in page carries none of them.
use crate::{
    layout::waits::provide_what_waits,
    page::page_context::{page_context, provide_page_context},
    pages::{self, admin, assessments, auth, community, conversations, home, ideas, profile},
    sitemap::every_page,
};
use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_page_context();
    provide_what_waits();
    view! { <Router><Rooms /></Router> }
}

macro_rules! routes {
    ($(
        $path:tt in $area:ident titled $title:literal
        $(with [$($detail:ident($($value:literal)?)),+])? $(answered by $handler:ident)? => $view:path;
    )+) => {
        view! {
            <FlatRoutes fallback=pages::missing::Missing>
                $(<Route path=path!($path) view={Lazy::<$view>::new()} ssr={SsrMode::Async} />)+
            </FlatRoutes>
        }
    };
}

/// The page that was asked for, or why not.
#[component]
fn Rooms() -> impl IntoView {
    if let Some(refusal) = page_context().refusal.filter(|refusal| refusal.takes_the_page) {
        return view! { <pages::refusal::RefusalPage refusal /> }.into_any();
    }
    every_page!(routes).into_any()
}
