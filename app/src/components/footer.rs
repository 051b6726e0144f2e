//! The foot of every page: the switch between light and dark.
use super::wake;
use leptos::{html, prelude::*};

/// Shows the foot of the page.
#[component]
pub fn Footer() -> impl IntoView {
    let choice = NodeRef::<html::Select>::new();
    Effect::new(move |_| {
        if let Some(choice) = choice.get() {
            wake::theme(&choice);
        }
    });
    view! {
        <footer class="foot">
            <label class="when-awake">
                "Theme "
                <select class="theme" node_ref=choice>
                    <option value="">"System"</option>
                    <option value="light">"Light"</option>
                    <option value="dark">"Dark"</option>
                </select>
            </label>
        </footer>
    }
}
