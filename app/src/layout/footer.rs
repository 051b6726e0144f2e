//! The foot of the pages on which nobody has a menu of their own.
use crate::layout::theme;
use leptos::{html, prelude::*};

/// Shows the foot of the page: the switch between light and dark.
#[component]
pub fn Footer() -> impl IntoView {
    let foot = NodeRef::<html::Footer>::new();
    Effect::new(move |_| {
        let switch = foot.get().and_then(|foot| foot.query_selector("select.theme").ok().flatten());
        if let Some(switch) = switch {
            theme::show(&switch);
        }
    });
    view! { <footer class="foot" node_ref=foot inner_html=theme::SWITCH></footer> }
}
