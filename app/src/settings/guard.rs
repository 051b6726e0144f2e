//! Asks before unsaved changes are left behind, inside the application and beyond it.
use super::{draft::Draft, kept, save::Outcome};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MouseEvent};

const QUESTION: &str = "You have unsaved changes on this page. Leave without saving them?";

fn holds_unsaved(draft: Draft) -> bool {
    let kept = draft.outcome.with_untracked(|outcome| matches!(outcome, Outcome::SignIn(..)));
    !kept && untrack(|| draft.changed() > 0)
}

/// The link that was clicked, unless it only leads to a place on this page.
fn leaves(event: &MouseEvent) -> bool {
    let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = clicked.and_then(|element| element.closest("a[href]").ok().flatten());
    let href = link.filter(|link| !link.has_attribute("download")).and_then(|link| link.get_attribute("href"));
    href.is_some_and(|href| !href.starts_with('#'))
}

/// Watches for people who go while something is unsaved; what they leave behind is kept for them.
pub fn watch(draft: Draft, who: StoredValue<String>) {
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if holds_unsaved(draft) {
            event.prevent_default();
        }
    });
    let gone = window_event_listener(ev::pagehide, move |_| {
        if holds_unsaved(draft) {
            kept::keep(draft, &who.get_value());
        }
    });
    // In the capture phase, so that it is heard before the router.
    let ask = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        if plain && leaves(&event) && holds_unsaved(draft) {
            if window().confirm_with_message(QUESTION).unwrap_or(false) {
                draft.discard();
            } else {
                event.prevent_default();
            }
        }
    });
    let listener = ask.into_js_value();
    drop(document().add_event_listener_with_callback_and_bool("click", listener.unchecked_ref(), true));
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        unload.remove();
        gone.remove();
        if let Some(listener) = listener.try_get_value() {
            drop(document().remove_event_listener_with_callback_and_bool("click", listener.unchecked_ref(), true));
        }
    });
}
