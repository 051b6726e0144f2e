//! Asks before unsaved changes are left behind, inside the application and beyond it.
use crate::{
    components::browser,
    settings::draft::{Draft, Outcome},
};
use leptos::{ev, prelude::*};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, MouseEvent};

/// The id of the dialog that asks.
const ASK: &str = "leave";

thread_local! {
    /// The link that was clicked when it was asked; nothing that a server renders holds a part of a page.
    static CLICKED: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// The question; the browser has one of its own for whoever leaves the application.
#[component]
pub fn UnsavedGuard(draft: Draft) -> impl IntoView {
    Effect::new(move |_| watch(draft));
    let leave = move |_| {
        browser::close_dialog(ASK);
        draft.discard();
        // Nothing is unsaved any more, so the link leads wherever it leads.
        if let Some(link) = CLICKED.take() {
            link.click();
        }
    };
    view! {
        <dialog class="ask" id=ASK aria-labelledby="leave-title">
            <h2 id="leave-title">"Leave without saving?"</h2>
            <p>"You have unsaved changes on this page. They are gone when you leave."</p>
            <div class="acts">
                <button type="button" class="button main" on:click=move |_| browser::close_dialog(ASK)>"Stay on this page"</button>
                <button type="button" class="button" on:click=leave>"Leave without saving"</button>
            </div>
        </dialog>
    }
}

/// Whether to ask: not whoever was told to sign in again, or gets the page anew, with everything kept.
fn asks(draft: Draft) -> bool {
    let sent_away = draft.outcome.with_untracked(|outcome| matches!(outcome, Outcome::SignIn(..)));
    !sent_away && !browser::is_leaving() && draft.holds_unsaved()
}

/// The link that was clicked; `None` where it leads only to a place on this page, or the page stays open.
fn left_by(event: &MouseEvent) -> Option<HtmlElement> {
    let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
    let clicked = event.target().filter(|_| plain)?.dyn_into::<Element>().ok()?;
    let link = clicked.closest("a[href]:not([href^='#'], [download], [target])").ok().flatten()?;
    link.dyn_into().ok()
}

/// Watches for people who go while something is unsaved; what they leave behind is stored for them.
fn watch(draft: Draft) {
    let store = move || {
        if draft.holds_unsaved() {
            draft.store();
        }
    };
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if asks(draft) {
            event.prevent_default();
        }
    });
    let gone = window_event_listener(ev::pagehide, move |_| store());
    // In the capture phase, so that it is heard before the router.
    let ask = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if let Some(link) = left_by(&event)
            && asks(draft)
        {
            event.prevent_default();
            CLICKED.set(Some(link));
            browser::open_dialog(ASK);
        }
    });
    let listener = ask.into_js_value();
    drop(document().add_event_listener_with_callback_and_bool("click", listener.unchecked_ref(), true));
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        // The history of the browser leads out of the page without a click.
        store();
        unload.remove();
        gone.remove();
        if let Some(listener) = listener.try_get_value() {
            drop(document().remove_event_listener_with_callback_and_bool("click", listener.unchecked_ref(), true));
        }
    });
}
