//! What waits for whoever looks, on the start page.
use crate::{api::waiting::WaitingView, components::time::Time, layout::waits::waits, page::notices::Because};
use leptos::prelude::*;

/// Shows what is asked of this person and until when, and what waits for them in the workspace.
#[component]
pub fn WaitingCard() -> impl IntoView {
    let waits = waits();
    view! {
        <section class="card part" aria-labelledby="waiting">
            <h2 id="waiting">"Waiting for you"</h2>
            {move || waits.with(Vec::is_empty).then(|| view! { <Nothing /> })}
            {move || list(waits.get(), true)}
            {move || list(waits.get(), false)}
        </section>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! { <p class="soft calm"><span class="tick" aria-hidden="true">"✓"</span> "Nothing is asked of you."</p> }
}

/// What is asked of somebody for their own account, or what waits in the workspace; nothing where there is none.
fn list(mut found: Vec<WaitingView>, personal: bool) -> impl IntoView {
    found.retain(|one| one.personal == personal);
    let label = if personal { "For you" } else { "In the workspace" };
    (!found.is_empty()).then(|| {
        view! { <ul class="rows" aria-label=label>{found.into_iter().map(line).collect_view()}</ul> }
    })
}

fn line(waiting: WaitingView) -> impl IntoView {
    let WaitingView { words, until, page, setting, .. } = waiting;
    view! {
        <li>
            <div>
                <a href=page><strong>{words}</strong></a>
                {until.map(|(asks, at)| view! { <p class="soft">{asks} " " <Time at /> ". " <Because setting /></p> })}
            </div>
        </li>
    }
}
