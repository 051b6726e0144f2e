//! The ways in: the few parts of a page that need a script, by plain DOM calls. They need nothing else, so they do
//! without the application, and weigh little. Inside the application each of these parts enhances itself.
use crate::{
    components::{new_password, password, time, wait},
    layout::theme,
    pages::auth::passkey_button,
};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Whether the page is one of the ways in: a card, and no more.
pub fn is_a_way_in() -> bool {
    document().query_selector("main.gate").is_ok_and(|found| found.is_some())
}

/// Enhances every such part of the page.
pub fn all() {
    for (selector, enhance) in [
        (".with-button", password::enhance as fn(&Element)),
        (".new-password", new_password::enhance),
        ("select.theme", theme::enhance),
        (".passkey", passkey_button::enhance),
        ("form[data-wait]", wait::enhance),
        ("time", time::enhance),
    ] {
        let Ok(found) = document().query_selector_all(selector) else { continue };
        for place in 0..found.length() {
            if let Some(part) = found.get(place).and_then(|node| node.dyn_into::<Element>().ok()) {
                enhance(&part);
            }
        }
    }
}
