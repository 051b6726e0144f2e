//! Whoever has asked to join and waits until somebody has decided.
use crate::{
    api::invitations::WaitingView,
    components::{page_id::PageId, time::Time},
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
    let error = error.filter(|words| !words.is_empty());
    let (field, problem) = (format!("reason-{id}"), format!("reason-{id}-error"));
    let action = format!("/admin/invitations/{id}");
    view! {
        <li>
            <p>
                <strong>{name}</strong> " " <span class="soft">{email.clone()}</span> <br />
                <span class="soft">"Asked " <Time at=asked_at /></span>
            </p>
            <div class="acts">
                <form method="post" action=format!("{action}/approve")>
                    <PageId />
                    <button class="button main small">"Approve" <span class="unseen">" " {email.clone()}</span></button>
                </form>
                <form method="post" action=format!("{action}/reject") class="inline" novalidate>
                    <PageId />
                    <label for=field.clone()>"Reason"</label>
                    <input
                        id=field
                        name="reason"
                        value=reason
                        autocomplete="off"
                        aria-describedby=error.is_some().then(|| problem.clone())
                        aria-invalid=error.is_some().then_some("true")
                    />
                    <button class="button small">"Reject" <span class="unseen">" " {email}</span></button>
                    {error.map(|words| view! { <p class="error" id=problem>{words}</p> })}
                </form>
            </div>
        </li>
    }
}
