//! A change that waits to be confirmed, or that nobody confirmed.
#[cfg(feature = "ssr")]
use crate::api::settings::Around;
use crate::components::time::Time;
use leptos::prelude::*;

/// Says that a change waits, and leads to where it is confirmed; or that the last one went back by itself.
#[cfg(feature = "ssr")]
pub fn waiting_note(around: &Around) -> impl IntoView + use<> {
    let waiting = around.waiting.clone().map(|waiting| {
        view! {
            <p class="notice warn" role="status">
                "The last change, by " {waiting.by} ", goes back by itself at " <Time at=waiting.deadline />
                " unless it is confirmed. " <a href="/admin/settings/confirm">"Confirm or put back"</a>
            </p>
        }
    });
    let put_back = around.put_back.map(|at| {
        view! {
            <p class="notice warn" role="status">
                <WentBack at /> " " <a href="/admin/history">"See what it was"</a>
            </p>
        }
    });
    view! { {waiting} {put_back} }
}

/// Says that a change went back by itself.
#[component]
pub fn WentBack(
    /// When.
    at: policy::Timestamp,
) -> impl IntoView {
    view! { "The last change was not confirmed in time, so it went back by itself at " <Time at /> ". Nothing of it holds." }
}
