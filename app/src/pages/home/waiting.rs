//! What waits for whoever looks, on the start page.
use crate::{
    api::waiting::WaitingView,
    components::{loaded::Loaded, time::Time},
    layout::waits::waits,
    page::notices::Because,
};
use leptos::prelude::*;

/// Shows what is asked of this person and until when, and what waits for them in the workspace.
#[component]
pub fn WaitingCard() -> impl IntoView {
    waits().0.map(|answer| {
        view! {
            <section class="card part" aria-labelledby="waiting">
                <h2 id="waiting">"Waiting for you"</h2>
                <Loaded answer show={|found: Vec<WaitingView>| view! { <Found found /> }.into_any()} />
            </section>
        }
    })
}

#[component]
fn Found(found: Vec<WaitingView>) -> impl IntoView {
    if found.is_empty() {
        return view! { <p class="soft calm"><span class="tick" aria-hidden="true">"✓"</span> "Nothing is asked of you."</p> }
            .into_any();
    }
    let (own, of_workspace): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.personal);
    view! {
        <List found=own label="For you" />
        <List found=of_workspace label="In the workspace" />
    }
    .into_any()
}

#[component]
fn List(found: Vec<WaitingView>, label: &'static str) -> impl IntoView {
    (!found.is_empty()).then(|| {
        let lines = found.into_iter().map(|waiting| {
            let WaitingView { words, until, page, setting, .. } = waiting;
            view! {
                <li>
                    <div>
                        <a href=page><strong>{words}</strong></a>
                        {until
                            .map(|at| view! { <p class="soft">"By " <Time at /> ". " <Because setting /></p> })}
                    </div>
                </li>
            }
        });
        view! { <ul class="rows" aria-label=label>{lines.collect_view()}</ul> }
    })
}
