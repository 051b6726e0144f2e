//! The application: hydrated whole. It is a bundle of its own, so that the ways in do without it.
use super::menus;
use crate::{navigation, routes::App};

#[leptos::lazy(application)]
async fn hydrate_application() {
    leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), App).await.forget();
}

/// Hydrates the page, and has the router lead on from it.
pub async fn hydrate() {
    navigation::follow();
    menus::listen();
    hydrate_application().await;
}
