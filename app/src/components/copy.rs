//! A button that copies a text.
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Shows a button that copies a text, and says whether it did.
#[component]
pub fn Copy(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// The words on the button.
    label: &'static str,
) -> impl IntoView {
    let outcome = RwSignal::new(None);
    let text = StoredValue::new(text);
    let copy = move |_| {
        let writing = window().navigator().clipboard().write_text(&text.get_value());
        leptos::task::spawn_local(async move {
            let written = JsFuture::from(writing).await.is_ok();
            let words =
                if written { "Copied." } else { "The browser does not allow copying: select the text instead." };
            outcome.set(Some(words));
        });
    };
    view! {
        <button type="button" class="button needs-script" on:click=copy>{label}</button>
        <span class="echo" role="status">{outcome}</span>
    }
}
