//! What somebody typed or chose before the page was awake: it counts like anything typed later.
use crate::api::settings::NEVER;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// What stands in the field of a setting, where that is no longer what the server had put there.
pub fn before_waking(key: &str) -> Option<String> {
    in_the_field(key).or_else(|| in_the_box(key))
}

/// What the box beside a number says, where it was ticked or unticked.
fn in_the_box(key: &str) -> Option<String> {
    let field: HtmlInputElement = document().get_element_by_id(&format!("{key}{NEVER}"))?.dyn_into().ok()?;
    (field.checked() != field.default_checked()).then(|| if field.checked() { "0" } else { "" }.to_owned())
}

fn in_the_field(key: &str) -> Option<String> {
    let field = document().get_element_by_id(key)?;
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        return match field.type_().as_str() {
            "checkbox" => (field.checked() != field.default_checked()).then(|| field.checked().to_string()),
            _ => (field.value() != field.default_value()).then(|| field.value()),
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
