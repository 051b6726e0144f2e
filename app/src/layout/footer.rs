//! The foot of the pages on which nobody has a menu of their own.
use crate::layout::theme::ThemeSwitch;
use leptos::prelude::*;

/// Shows the foot of the page.
#[component]
pub fn Footer() -> impl IntoView {
    view! { <footer class="foot"><ThemeSwitch /></footer> }
}
