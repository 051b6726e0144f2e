//! Asks before unsaved changes are left behind, inside the application and beyond it.
use super::{draft::Draft, kept, save::Outcome};
use crate::components::browser;
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MouseEvent};

/// The id of the dialog that asks.
const ASK: &str = "leave";

/// The question; the browser has one of its own for whoever leaves the application.
#[component]
pub fn Guard(
    draft: Draft,
    /// The address of the person who looks, under which a draft is kept.
    who: StoredValue<String>,
) -> impl IntoView {
    let target = StoredValue::new(None::<String>);
    Effect::new(move |_| watch(draft, who, target));
    let leave = move |_| {
        browser::close_dialog(ASK);
        draft.discard();
        if let Some(path) = target.get_value() {
            browser::load(&path);
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

fn holds_unsaved(draft: Draft) -> bool {
    untrack(|| draft.changed() > 0)
}

/// Whether to ask: not whoever was told to sign in again, with everything kept.
fn asks(draft: Draft) -> bool {
    let sent_away = draft.outcome.with_untracked(|outcome| matches!(outcome, Outcome::SignIn(..)));
    !sent_away && holds_unsaved(draft)
}

/// Where the link that was clicked leads, unless that is only a place on this page, or the page stays open.
fn leads_to(event: &MouseEvent) -> Option<String> {
    let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = clicked.and_then(|element| element.closest("a[href]").ok().flatten());
    let href = link
        .filter(|link| !link.has_attribute("download") && !link.has_attribute("target"))
        .and_then(|link| link.get_attribute("href"));
    href.filter(|href| !href.starts_with('#'))
}

/// Watches for people who go while something is unsaved; what they leave behind is kept for them.
fn watch(draft: Draft, who: StoredValue<String>, target: StoredValue<Option<String>>) {
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if asks(draft) {
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
        if plain
            && let Some(path) = leads_to(&event)
            && asks(draft)
        {
            event.prevent_default();
            target.set_value(Some(path));
            browser::open_dialog(ASK);
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
