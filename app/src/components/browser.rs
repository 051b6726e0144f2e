//! What the browser can be asked for. None of it but [`encoded`] runs on the server.
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, FocusOptions, HtmlDialogElement, HtmlElement, Storage};

/// Waits for so many milliseconds.
pub async fn pause(millis: i32) {
    let timer = js_sys::Promise::new(&mut |resolve, _| {
        drop(leptos::prelude::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis));
    });
    drop(wasm_bindgen_futures::JsFuture::from(timer).await);
}

/// Puts the address of the page that was rendered into the address bar: a form that came back was posted elsewhere,
/// and a reload must not post it again.
#[cfg(feature = "hydrate")]
pub fn settle_address() {
    let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let Some(path) = root.dataset().get("path") else { return };
    let location = window().location();
    if location.pathname().is_ok_and(|shown| path.split('?').next() != Some(shown.as_str()))
        && let Ok(history) = window().history()
    {
        drop(history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path)));
    }
}

/// Returns where somebody wanted to go with the fragment of the address, unless it has one: redirects keep that in the
/// address, and the server never hears of it.
#[cfg(feature = "hydrate")]
pub fn with_fragment(path: String) -> String {
    if path.contains('#') { path } else { path + &window().location().hash().unwrap_or_default() }
}

/// Adds the fragment of the address to wherever the page leads once somebody has proved who they are.
#[cfg(feature = "hydrate")]
pub fn lead_to_fragment() {
    for (selector, attribute) in [("input[name=next]", "value"), ("[data-next]", "data-next")] {
        let Ok(found) = document().query_selector_all(selector) else { continue };
        for place in 0..found.length() {
            let Some(part) = found.get(place).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
            if let Some(path) = part.get_attribute(attribute) {
                drop(part.set_attribute(attribute, &with_fragment(path)));
            }
        }
    }
}

/// Tells style sheets that the page answers: what needs a script is shown from now on.
#[cfg(feature = "hydrate")]
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        drop(root.set_attribute("data-hydrated", ""));
    }
}

/// The first element within a part of the page that matches a selector.
pub fn find<T: JsCast>(part: &Element, selector: &str) -> Option<T> {
    part.query_selector(selector).ok().flatten().and_then(|found| found.dyn_into().ok())
}

/// Listens to an event for as long as the page is there.
pub fn on(target: &Element, event: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act).into_js_value();
    drop(target.add_event_listener_with_callback(event, act.unchecked_ref()));
}

/// Loads a page of this site from the server.
pub fn load(path: &str) {
    drop(window().location().assign(path));
}

/// Loads a page of this site, without asking about what is unsaved: it is kept.
#[cfg(not(feature = "ssr"))]
pub fn leave_for(path: &str) {
    if let Some(root) = document().document_element() {
        drop(root.set_attribute("data-leaving", ""));
    }
    load(path);
}

/// Whether the page is being left with everything kept.
pub fn is_leaving() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-leaving"))
}

/// The path and query that the address bar shows.
pub fn here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// The element with this id.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id).and_then(|found| found.dyn_into().ok())
}

/// Moves the focus to the element with this id, and scrolls it into view.
pub fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        drop(element.focus());
    }
}

/// Moves the focus to what is in view anyhow, and the page stays where it is.
pub fn focus_in_place(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        drop(element.focus_with_options(&options));
    }
}

/// Opens a dialog over the page.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = by_id::<HtmlDialogElement>(id) {
        // One that stands in the page already stays there.
        drop(dialog.show_modal());
    }
}

/// Closes a dialog; the focus goes back to where it was before.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = by_id::<HtmlDialogElement>(id) {
        dialog.close();
    }
}

fn local_storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Reads what this browser keeps under a name.
pub fn read_local(name: &str) -> Option<String> {
    local_storage()?.get_item(name).ok()?
}

/// Writes a text into what this browser keeps; without storage, nothing happens.
pub fn write_local(name: &str, text: &str) {
    if let Some(storage) = local_storage() {
        drop(storage.set_item(name, text));
    }
}

/// Removes what this browser keeps under a name.
pub fn remove_local(name: &str) {
    if let Some(storage) = local_storage() {
        drop(storage.remove_item(name));
    }
}

#[cfg(not(feature = "ssr"))]
fn session_storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Reads what this tab keeps under a name.
#[cfg(not(feature = "ssr"))]
pub fn read_session(name: &str) -> Option<String> {
    session_storage()?.get_item(name).ok()?
}

/// Writes a text into what this tab keeps; without storage, nothing happens.
#[cfg(not(feature = "ssr"))]
pub fn write_session(name: &str, text: &str) {
    if let Some(storage) = session_storage() {
        drop(storage.set_item(name, text));
    }
}

/// Removes what this tab keeps under a name.
#[cfg(feature = "hydrate")]
pub fn remove_session(name: &str) {
    if let Some(storage) = session_storage() {
        drop(storage.remove_item(name));
    }
}

/// Writes a text as a query value, on the server and in the browser alike: pages are rendered in both.
#[cfg(not(feature = "ssr"))]
pub fn encoded(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// Writes a text as a query value, as `encodeURIComponent` does in the browser.
#[cfg(feature = "ssr")]
pub fn encoded(text: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const ESCAPED: AsciiSet = NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'!')
        .remove(b'~')
        .remove(b'*')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')');
    utf8_percent_encode(text, &ESCAPED).to_string()
}
