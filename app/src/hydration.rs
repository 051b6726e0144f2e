//! How a page that the server rendered comes to life in the browser. Every page works before that and without it.
//!
//! | page | mode | what it loads |
//! |---|---|---|
//! | the ways in: `/sign-in`, `/link/…`, everything in one card | [`enhance`]: plain DOM calls to a few parts | the module that starts |
//! | every other page, the Security tab included | [`application`]: hydrated whole, and the router leads on | the application, and the bundle of the page |
//!
//! What each weighs, and why there are two ways, is written down in `docs/adr/0004-hydration.md`.
mod application;
mod enhance;
mod menus;
mod plain_page;

use crate::{components::browser, page::replaced_build};

/// Marks the page as hydrated once all of it answers.
pub fn start() {
    plain_page::on_panic();
    browser::settle_address();
    browser::lead_to_fragment();
    wasm_bindgen_futures::spawn_local(async {
        if enhance::is_a_way_in() {
            enhance::all();
        } else {
            application::hydrate().await;
        }
        replaced_build::restore();
        browser::mark_hydrated();
    });
}
