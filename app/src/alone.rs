//! A page that wakes by itself: whoever opens it downloads no other page and no router. Its links load
//! the pages they lead to; inside the application the same page is one of the router's.
use crate::{components::arrival::provide_arrival, pages::admin::settings};
use leptos::prelude::*;

/// Tells whatever is shown that there is no router around it.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

/// The Security tab by itself.
#[component]
pub fn Security() -> impl IntoView {
    provide_context(Alone);
    provide_arrival();
    settings::page()
}
