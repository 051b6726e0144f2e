//! The switch between light and dark, which this browser keeps.
use crate::components::browser::{self, on};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlSelectElement};

const THEME: &str = "bailey-theme";

/// Shows the switch.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let choice = NodeRef::<html::Select>::new();
    Effect::new(move |_| {
        if let Some(choice) = choice.get() {
            enhance(&choice);
        }
    });
    view! {
        <label class="needs-script theme-switch">
            "Theme "
            <select class="theme" node_ref=choice>
                <option value="">"System"</option>
                <option value="light">"Light"</option>
                <option value="dark">"Dark"</option>
            </select>
        </label>
    }
}

/// Has this browser keep the choice between light and dark.
pub fn enhance(part: &Element) {
    let Some(select) = part.dyn_ref::<HtmlSelectElement>().cloned() else { return };
    select.set_value(&browser::read_local(THEME).unwrap_or_default());
    on(part, "change", move |_| {
        let theme = select.value();
        let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
        let Some(root) = root else { return };
        if theme.is_empty() {
            browser::remove_local(THEME);
            root.dataset().delete("theme");
        } else {
            browser::write_local(THEME, &theme);
            drop(root.dataset().set("theme", &theme));
        }
    });
}
