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

/// Wakes the page up in the browser.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    components::browser::settle_address();
    leptos::mount::hydrate_lazy(App);
}
