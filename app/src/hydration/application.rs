//! The application: hydrated whole. It is a bundle of its own, so that the ways in do without it.
use crate::routes::App;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Event;

#[leptos::lazy(application)]
async fn hydrate_application() {
    leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), App).await.forget();
}

/// Hydrates the page, and has the router lead on from it. Until then a link is the browser's alone: the router would
/// go on from a page that is only half read, which then no longer is what the server sent.
pub async fn hydrate() {
    let ignore = Closure::<dyn Fn(Event)>::new(|event: Event| event.stop_immediate_propagation());
    let early = ignore.as_ref().unchecked_ref();
    drop(window().add_event_listener_with_callback_and_bool("click", early, true));
    hydrate_application().await;
    drop(window().remove_event_listener_with_callback_and_bool("click", early, true));
}
