//! What waits for whoever looks, for all parts of a page.
use crate::{
    api::waiting::{WaitingView, load_waiting},
    page::page_context::{PageContext, navigated, page_context},
};
use leptos::prelude::*;

/// What waits, as far as is known: as of the document, and asked anew on every page that is gone to from there.
#[derive(Clone, Copy)]
pub struct Waits(pub RwSignal<Vec<WaitingView>>);

/// Provides what waits to every page.
pub fn provide_what_waits() {
    let known = use_context::<PageContext>().map(|context| context.waiting).unwrap_or_default();
    provide_context(Waits(RwSignal::new(known)));
}

/// What waits for whoever looks; nothing for somebody who has to do something first.
pub fn waits() -> RwSignal<Vec<WaitingView>> {
    let Waits(known) = use_context().unwrap_or_else(|| Waits(RwSignal::new(Vec::new())));
    known
}

/// Asks anew what waits, where the document may be older than that.
pub fn ask_what_waits() {
    let asks = page_context().viewer.is_some_and(|viewer| viewer.held_in.is_none()) && navigated();
    if asks {
        let known = waits();
        leptos::task::spawn_local(async move {
            // What can't be asked now is asked on the next page.
            if let Ok(found) = load_waiting().await
                && known.with_untracked(|known| *known != found)
            {
                known.set(found);
            }
        });
    }
}
