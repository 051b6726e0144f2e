//! A change that waits to be confirmed.
use super::draft::Draft;
use crate::components::time::Time;
use leptos::prelude::*;

/// Says that a change waits, and leads to where it is confirmed.
#[component]
pub fn WaitingNote(draft: Draft) -> impl IntoView {
    draft.waiting().map(|waiting| {
        view! {
            <p class="notice warn" role="status">
                "The last change, by " {waiting.by} ", goes back by itself at " <Time at=waiting.deadline />
                " unless it is confirmed. " <a href="/admin/settings/confirm">"Confirm or put back"</a>
            </p>
        }
    })
}
