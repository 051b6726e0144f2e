//! What somebody has typed or chosen in a field, whatever kind of field it is.
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

fn is_box(field: &HtmlInputElement) -> bool {
    matches!(field.type_().as_str(), "checkbox" | "radio")
}

/// What a field holds; `None` while that is what the server has put there. A box holds `true` or `false`.
pub fn changed(field: &Element) -> Option<String> {
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        return if is_box(field) {
            (field.checked() != field.default_checked()).then(|| field.checked().to_string())
        } else {
            (field.value() != field.default_value()).then(|| field.value())
        };
    }
    if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
        // A browser drops the line break that begins a text area, and so does the comparison.
        return text.default_value().is_ok_and(|offered| text.value().trim() != offered.trim()).then(|| text.value());
    }
    let chosen = field.dyn_ref::<HtmlSelectElement>()?.value();
    let offered = field.query_selector("option[selected]").ok().flatten();
    let offered = offered.and_then(|option| option.get_attribute("value"));
    (offered.as_deref() != Some(chosen.as_str())).then_some(chosen)
}

/// Puts into a field what it held, as if somebody had typed or chosen it.
pub fn type_into(field: &Element, text: &str) {
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        if is_box(field) {
            field.set_checked(text == "true");
        } else {
            field.set_value(text);
        }
    } else if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
        field.set_value(text);
    } else if let Some(field) = field.dyn_ref::<HtmlSelectElement>() {
        field.set_value(text);
    }
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    for name in ["input", "change"] {
        if let Ok(event) = Event::new_with_event_init_dict(name, &bubbles) {
            drop(field.dispatch_event(&event));
        }
    }
}
