//! What the browser can be asked for. None of it but [`encoded`] runs on the server.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlDialogElement, HtmlElement, Storage};

/// Waits for so many milliseconds.
#[cfg(feature = "hydrate")]
pub async fn pause(millis: i32) {
    let timer = js_sys::Promise::new(&mut |resolve, _| {
        drop(leptos::prelude::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis));
    });
    drop(wasm_bindgen_futures::JsFuture::from(timer).await);
}

/// Marks the page as awake, and puts the address of the page that was rendered into the address
/// bar: a form that came back was posted elsewhere, and a reload must not post it again.
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

/// Tells whether the page was rendered to wake by itself.
#[cfg(feature = "hydrate")]
pub fn stands_alone() -> bool {
    root_has("data-alone")
}

#[cfg(feature = "hydrate")]
fn root_has(attribute: &str) -> bool {
    document().document_element().is_some_and(|root| root.has_attribute(attribute))
}

/// Tells style sheets that the page answers: what needs a script is shown from now on.
#[cfg(feature = "hydrate")]
pub fn mark_awake() {
    if let Some(root) = document().document_element() {
        drop(root.set_attribute("data-awake", ""));
    }
}

/// Waits until the browser is about to draw the page anew.
#[cfg(feature = "hydrate")]
async fn drawn() {
    let frame = js_sys::Promise::new(&mut |resolve, _| drop(window().request_animation_frame(&resolve)));
    drop(wasm_bindgen_futures::JsFuture::from(frame).await);
}

/// Tells style sheets that the page was drawn once as it stays, so that heights are known from now on.
#[cfg(feature = "hydrate")]
pub async fn mark_settled() {
    drawn().await;
    drawn().await;
    if let Some(root) = document().document_element() {
        drop(root.set_attribute("data-settled", ""));
    }
}

/// Loads a page of this site from the server.
pub fn load(path: &str) {
    drop(window().location().assign(path));
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

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Reads what this browser keeps under a name.
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps a text in this browser; without storage, nothing happens.
pub fn keep(name: &str, text: &str) {
    if let Some(storage) = storage() {
        drop(storage.set_item(name, text));
    }
}

/// Forgets what this browser keeps under a name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
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

/// Writes a text into the field with this id, a text area or another.
#[cfg(not(feature = "ssr"))]
pub fn write_into(id: &str, text: &str) {
    if let Some(field) = document().get_element_by_id(id) {
        drop(js_sys::Reflect::set(&field, &"value".into(), &text.into()));
    }
}

/// Puts a text into the field with this id as if somebody had typed it.
#[cfg(not(feature = "ssr"))]
pub fn type_into(id: &str, text: &str) {
    let Some(field) = document().get_element_by_id(id) else { return };
    write_into(id, text);
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &init) {
        drop(field.dispatch_event(&event));
    }
}

/// Has the browser work out where everything stands, without drawing it.
#[cfg(not(feature = "ssr"))]
pub fn lay_out() {
    if let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        let _: i32 = root.offset_height();
    }
}

/// Lets the field that an event comes from belong to another form, by its id, or to the one around it again.
pub fn belong(event: &web_sys::Event, form: Option<&str>) {
    let field = event.target().and_then(|field| field.dyn_into::<web_sys::Element>().ok());
    let takes_text =
        |field: &web_sys::Element| field.matches("input:not([type=checkbox]),textarea").unwrap_or_default();
    let Some(field) = field.filter(takes_text) else { return };
    drop(match form {
        Some(form) => field.set_attribute("form", form),
        None => field.remove_attribute("form"),
    });
}
