//! The switch between light and dark, which this browser keeps.
use crate::components::browser;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};

const THEME: &str = "bailey-theme";

/// The switch.
pub const SWITCH: &str = "<label class=\"needs-script theme-switch\">Theme <select class=\"theme\"><option value=\"\">System</option><option value=\"light\">Light</option><option value=\"dark\">Dark</option></select></label>";

/// Has the switch show what this browser has chosen.
pub fn show(part: &Element) {
    if let Some(select) = part.dyn_ref::<HtmlSelectElement>() {
        select.set_value(&browser::read_local(THEME).unwrap_or_default());
    }
}

/// Has this browser keep what was chosen by the switch.
#[cfg(feature = "hydrate")]
pub fn choose(part: &Element) {
    use leptos::prelude::document;
    use web_sys::HtmlElement;
    let Some(select) = part.dyn_ref::<HtmlSelectElement>() else { return };
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let (Some(root), theme) = (root, select.value()) else { return };
    if theme.is_empty() {
        browser::remove_local(THEME);
        root.dataset().delete("theme");
    } else {
        browser::write_local(THEME, &theme);
        drop(root.dataset().set("theme", &theme));
    }
}

/// Has the switch of a page that loads no application show and keep the choice.
#[cfg(feature = "hydrate")]
pub fn enhance(part: &Element) {
    show(part);
    let select = part.clone();
    browser::on(part, "change", move |_| choose(&select));
}
