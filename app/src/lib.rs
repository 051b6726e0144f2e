//! The screens of Bailey and their thin server functions.
//!
//! Built twice: with `ssr` into the server, which renders every page whole so that it works before
//! and without WebAssembly, and with `hydrate` into the browser. It decides nothing by itself: rules
//! live in `policy`, acts in `domain`.

#![recursion_limit = "512"]

mod alone;
pub mod api;
pub mod areas;
mod components;
mod embedded;
pub mod error;
mod pages;
pub mod routes;
pub mod said;
mod settings;
#[cfg(feature = "ssr")]
mod shell;
pub mod state;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::{shell, stylesheet};

/// Wakes the page up in the browser, and marks it as awake once all of it answers. The ways in do not
/// load the application for it, and the Security tab loads nothing but itself.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    use components::{browser, wake};
    browser::settle_address();
    wasm_bindgen_futures::spawn_local(async {
        if wake::is_a_way_in() {
            wake::all();
        } else if browser::stands_alone() {
            alone::wake().await;
        } else {
            hydrate_application().await;
        }
        browser::mark_awake();
        browser::mark_settled().await;
    });
}

#[cfg(feature = "hydrate")]
#[leptos::lazy(application)]
async fn hydrate_application() {
    components::browser::hold_the_router();
    leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), App).await.forget();
}
