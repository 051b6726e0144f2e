//! The foot of every page: the switch between light and dark.
use super::browser;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const KEPT_AS: &str = "bailey-theme";

fn apply(theme: &str) {
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let Some(root) = root else { return };
    if theme.is_empty() {
        browser::forget(KEPT_AS);
        root.dataset().delete("theme");
    } else {
        browser::keep(KEPT_AS, theme);
        drop(root.dataset().set("theme", theme));
    }
}

/// Shows the foot of the page.
#[component]
pub fn Footer() -> impl IntoView {
    let theme = RwSignal::new(String::new());
    Effect::new(move |_| theme.set(browser::recall(KEPT_AS).unwrap_or_default()));
    view! {
        <footer class="foot">
            <label class="when-awake">
                "Theme "
                <select
                    prop:value=theme
                    on:change:target=move |event| {
                        let chosen = event.target().value();
                        apply(&chosen);
                        theme.set(chosen);
                    }
                >
                    <option value="">"System"</option>
                    <option value="light">"Light"</option>
                    <option value="dark">"Dark"</option>
                </select>
            </label>
        </footer>
    }
}
