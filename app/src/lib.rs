//! The screens of Bailey and their thin server functions.
//!
//! Built twice: with `ssr` into the server, which renders every page whole so that it works before
//! and without WebAssembly, and with `hydrate` into the browser. It decides nothing by itself: rules
//! live in `policy`, acts in `domain`.

#![recursion_limit = "512"]

pub mod api;
pub mod areas;
mod components;
pub mod error;
mod pages;
pub mod routes;
mod settings;
#[cfg(feature = "ssr")]
mod shell;
pub mod state;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::{shell, stylesheet};

/// Wakes the page up in the browser, and marks it as awake once all of it answers.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    use components::browser;
    browser::settle_address();
    wasm_bindgen_futures::spawn_local(async {
        leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), App).await.forget();
        browser::mark_awake();
    });
}
