//! A button that starts a ceremony and then loads the page that the server names.
use crate::components::wake;
use leptos::{html, prelude::*};

/// Shows the button where the browser can use passkeys.
#[component]
pub fn PasskeyButton(
    /// The words on it.
    label: &'static str,
    /// What it starts: `sign-in` or `second-step`.
    ceremony: &'static str,
    /// Where the person wanted to go.
    #[prop(optional_no_strip)]
    next: Option<String>,
) -> impl IntoView {
    let part = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(part) = part.get() {
            wake::passkey_button(&part);
        }
    });
    view! {
        <div class="passkey" data-ceremony=ceremony data-next=next node_ref=part>
            <button type="button" class="button wide-button">{label}</button>
            <p class="error" role="alert"></p>
        </div>
    }
}
