//! Menus that open without a script: with one they also close by Escape, and when somebody goes on elsewhere.
use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, Node};

/// Listens for as long as the document is there.
pub fn listen() {
    on("click", |event| close(|menu| !holds(menu, &event) || is_link(&event)));
    on("focusin", |event| close(|menu| !holds(menu, &event)));
    on("keydown", |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            close(|menu| {
                // The focus goes back to what opened it, if it was within.
                if holds(menu, &event)
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

fn close(which: impl Fn(&Element) -> bool) {
    let Ok(open) = document().query_selector_all("details.menu[open]") else { return };
    for place in 0..open.length() {
        if let Some(menu) = open.get(place).and_then(|node| node.dyn_into::<Element>().ok())
            && which(&menu)
        {
            drop(menu.remove_attribute("open"));
        }
    }
}

fn holds(menu: &Element, event: &Event) -> bool {
    let node = event.target().and_then(|target| target.dyn_into::<Node>().ok());
    menu.contains(node.as_ref())
}

fn is_link(event: &Event) -> bool {
    let part = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    part.is_some_and(|part| part.closest("a[href]").is_ok_and(|link| link.is_some()))
}

fn on(event: &str, act: impl Fn(Event) + 'static) {
    let act = Closure::<dyn Fn(Event)>::new(act).into_js_value();
    drop(document().add_event_listener_with_callback(event, act.unchecked_ref()));
}
