//! Why somebody may not: what happened, what decided it, what they can do now.
use super::notices::Decided;
use crate::said::Said;
use leptos::prelude::*;

/// Shows why not, and what helps.
#[component]
pub fn Refused(said: Said) -> impl IntoView {
    let (href, words) = said.way_on;
    view! {
        <div class="refused">
            <p role="alert">{said.detail}</p>
            {said.setting.map(|setting| view! { <p class="soft"><Decided setting /></p> })}
            <p><a class="button main" href=href>{words}</a></p>
        </div>
    }
}
