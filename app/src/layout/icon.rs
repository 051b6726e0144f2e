//! Small pictures.
use leptos::prelude::*;

/// Draws the gate of a bailey: the mark of the program.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
            <path class="mark-wall" d="M2 20V6a4 4 0 0 1 4-4h8a4 4 0 0 1 4 4v14" />
            <path class="mark-door" d="M7 20v-7a3 3 0 0 1 6 0v7z" />
        </svg>
    }
}
