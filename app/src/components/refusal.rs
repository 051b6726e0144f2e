//! Why somebody may not: what happened, what decided it, what they can do now.
use crate::page::{notices::Decided, refusal_view::RefusalView};
use leptos::prelude::*;

/// Shows why not, and what helps.
#[component]
pub fn RefusalNotice(refusal: RefusalView) -> impl IntoView {
    let (href, words) = refusal.way_on;
    view! {
        <div class="refused">
            <p role="alert">{refusal.detail}</p>
            {refusal.setting.map(|setting| view! { <p class="soft"><Decided setting /></p> })}
            <p><a class="button main" href=href>{words}</a></p>
        </div>
    }
}
