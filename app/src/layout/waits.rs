//! What waits for whoever looks, asked once for all parts of a page.
use crate::{
    api::waiting::{WaitingView, load_waiting},
    components::loaded::{Answer, ask},
    page::page_context::page_context,
};
use leptos::prelude::*;

/// The answer on its way; `None` for whoever is not signed in, or has to do something first.
#[derive(Clone, Copy)]
pub struct Waits(pub Option<Answer<Vec<WaitingView>>>);

/// Asks what waits, for the parts of the page that follow.
pub fn ask_what_waits() {
    let asks = page_context().viewer.is_some_and(|viewer| viewer.held_in.is_none());
    provide_context(Waits(asks.then(|| ask(|| (), |()| load_waiting()))));
}

/// What waits, as the page has asked.
pub fn waits() -> Waits {
    use_context().unwrap_or(Waits(None))
}
