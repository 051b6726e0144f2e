//! Whoever has asked to join and waits until somebody has decided.
use crate::{
    api::invitations::WaitingView,
    components::{decision::Decision, time::Time},
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;

/// The form as it came back.
#[derive(Deserialize)]
struct Typed {
    id: String,
    reason: String,
    error: String,
}

/// Shows whoever waits.
#[component]
pub fn Waiting(waiting: Vec<WaitingView>) -> impl IntoView {
    if waiting.is_empty() {
        return ().into_any();
    }
    let rows = waiting.into_iter().map(|asked| view! { <Row asked /> }).collect_view();
    view! {
        <section class="card part" aria-labelledby="waiting">
            <h2 id="waiting">"Waiting for approval"</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Row(asked: WaitingView) -> impl IntoView {
    let WaitingView { id, name, email, asked_at } = asked;
    let typed = page_context().form::<Typed>("Rejection").filter(|typed| typed.id == id);
    let (reason, error) = typed.map(|typed| (typed.reason, typed.error)).unzip();
    view! {
        <li>
            <p>
                <strong>{name}</strong> " " <span class="soft">{email.clone()}</span> <br />
                <span class="soft">"Asked " <Time at=asked_at /></span>
            </p>
            <Decision about=email action=format!("/admin/invitations/{id}") id reason error />
        </li>
    }
}
