//! An address that is tried against the admin allowlist before anything is saved.
use crate::settings::draft::{Draft, FieldState};
use leptos::prelude::*;
use policy::decide::network;

/// Says whether an address would reach the admin pages under what stands in the fields.
#[component]
pub fn TryAddress(
    draft: Draft,
    /// The list.
    field: FieldState,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let verdict = move || {
        let typed = typed.get();
        if typed.trim().is_empty() {
            return None;
        }
        // What is saved stands in for a list that can't be read, and nobody asked about that one.
        if field.own_problem().is_some() {
            return Some("The list can't be read as it stands. Mend it first.".to_owned());
        }
        Some(draft.settings.with(|settings| network::tried(settings, &typed)))
    };
    view! {
        <div class="needs-script try">
            <label for="try-address">"Would this address pass?"</label>
            <input
                id="try-address"
                class="line"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
                // It is no part of the form.
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                    }
                }
            />
            <p role="status">{verdict}</p>
        </div>
    }
}
