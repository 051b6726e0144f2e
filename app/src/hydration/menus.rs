//! What the head of a page does by a script, listened for once, since it is text. Its menus open without one; with it they
//! also close by Escape, and when somebody goes on elsewhere.
use crate::{components::time, layout::theme, palette};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, Node};

/// Listens for as long as the document is there.
pub fn listen() {
    on("click", |event| {
        close(|menu| !holds(menu, event) || within(event, "a[href]").is_some());
        if within(event, ".palette-button").is_some() {
            leptos::task::spawn_local(palette::open());
        }
    });
    on("focusin", |event| close(|menu| !holds(menu, event)));
    on("change", |event| {
        if let Some(select) = within(event, "select.theme") {
            theme::choose(&select);
        }
    });
    on("toggle", |event| {
        let Some(menu) = within(event, ".top details.menu") else { return };
        each(&menu, "select.theme", theme::show);
        each(&menu, "time", time::enhance);
    });
    on("keydown", |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if palette::is_opened_by(key) {
            event.prevent_default();
            leptos::task::spawn_local(palette::open());
        }
        if key.key() == "Escape" {
            close(|menu| {
                // The focus goes back to what opened it, if it was within.
                if holds(menu, event)
                    && let Ok(Some(summary)) = menu.query_selector("summary")
                    && let Ok(summary) = summary.dyn_into::<HtmlElement>()
                {
                    drop(summary.focus());
                }
                true
            });
        }
    });
}

/// Does something with every element of this kind within a part of the page.
fn each(part: &Element, selector: &str, act: impl Fn(&Element)) {
    let Ok(found) = part.query_selector_all(selector) else { return };
    for place in 0..found.length() {
        if let Some(element) = found.get(place).and_then(|node| node.dyn_into::<Element>().ok()) {
            act(&element);
        }
    }
}

fn close(which: impl Fn(&Element) -> bool) {
    if let Some(body) = document().body() {
        each(&body, "details.menu[open]", |menu| {
            if which(menu) {
                drop(menu.remove_attribute("open"));
            }
        });
    }
}

fn holds(menu: &Element, event: &Event) -> bool {
    let node = event.target().and_then(|target| target.dyn_into::<Node>().ok());
    menu.contains(node.as_ref())
}

/// The nearest element of this kind around where something happened.
fn within(event: &Event, selector: &str) -> Option<Element> {
    let part = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    part.closest(selector).ok().flatten()
}

/// Listens on the way to what it happens to: a menu that opens tells nobody on the way back.
fn on(event: &str, act: impl Fn(&Event) + 'static) {
    let act = Closure::<dyn Fn(Event)>::new(move |event: Event| act(&event)).into_js_value();
    drop(document().add_event_listener_with_callback_and_bool(event, act.unchecked_ref(), true));
}
