//! A page that wakes by itself: whoever opens it downloads no other page and no router. What no script changes
//! stays as the server sent it. Links from it and to it load the pages they lead to.
#[cfg(feature = "hydrate")]
use crate::components::{arrival::arrival, idle};
use crate::{components::arrival::provide_arrival, pages::admin::settings};
use leptos::prelude::*;

/// Tells whatever is shown that there is no router around it.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

/// The address of the page.
pub const PATH: &str = "/admin/settings";

/// The Security tab by itself.
#[component]
pub fn Security() -> impl IntoView {
    provide_context(Alone);
    provide_arrival();
    #[cfg(feature = "hydrate")]
    idle::wake(arrival().viewer.and_then(|viewer| viewer.ends_in));
    settings::page()
}

/// Wakes the page in the browser.
#[cfg(feature = "hydrate")]
#[leptos::lazy(security_alone)]
pub async fn wake() {
    use crate::components::{browser, wake};
    if let Some(main) = browser::by_id("main") {
        leptos::mount::hydrate_from_async(main, Security).await.forget();
    }
    wake::all();
}
