//! Admin, help with the second step: members who can't use theirs and have asked to have it removed.
use crate::{
    api::help_requests::{HelpRequestView, load_help_requests},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;

lazy_page! {
    /// The page `/admin/help-requests`.
    HelpRequests in admin: page
}

/// The form as it came back.
#[derive(Deserialize)]
struct Typed {
    id: String,
    reason: String,
    error: String,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_help_requests());
    view! {
        <MemberLayout about="Whoever asks here has typed the right password, and no more. Make sure in another way that it is them, as by calling a number that you know, before you grant it.">
            <Loaded answer show={|found: Vec<HelpRequestView>| view! { <List found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn List(found: Vec<HelpRequestView>) -> impl IntoView {
    if found.is_empty() {
        return view! { <p class="card empty">"Nobody waits for help with their second step."</p> }.into_any();
    }
    let rows = found.into_iter().map(|asked| view! { <Row asked /> }).collect_view();
    view! {
        <section class="card part" aria-labelledby="waiting">
            <h2 id="waiting">"Waiting for your decision"</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Row(asked: HelpRequestView) -> impl IntoView {
    let HelpRequestView { id, name, email, role, asked_at, address, granted_from, refusal } = asked;
    let from = address.map(|address| format!(" from {address}"));
    let wait =
        granted_from.map(|at| view! { <br /> <span class="tag">"Can be granted from " <Time at /> " on"</span> });
    let shown = email.clone();
    let acts = match refusal {
        Some(refusal) => view! { <p class="soft">{refusal.detail}</p> }.into_any(),
        None => view! { <Decide id email ripe=granted_from.is_none() /> }.into_any(),
    };
    view! {
        <li>
            <p>
                <strong>{name}</strong> " " <span class="soft">{shown} " · " {role.label()}</span> <br />
                <span class="soft">"Asked " <Time at=asked_at /> {from}</span> {wait}
            </p>
            <div class="acts">{acts}</div>
        </li>
    }
}

#[component]
fn Decide(id: String, email: String, ripe: bool) -> impl IntoView {
    let typed = page_context().form::<Typed>("HelpRequest").filter(|typed| typed.id == id);
    let (reason, error) = typed.map(|typed| (typed.reason, typed.error)).unzip();
    let error = error.filter(|words| !words.is_empty());
    let (field, problem) = (format!("reason-{id}"), format!("reason-{id}-error"));
    view! {
        <form method="post" action=format!("/admin/help-requests/{id}") class="inline" novalidate>
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
            <button class="button small" name="step" value="refuse">"Refuse" <span class="unseen">" " {email.clone()}</span></button>
            <button class="button main small" name="step" value="grant" disabled=!ripe>
                "Remove the second step" <span class="unseen">" of " {email}</span>
            </button>
            {error.map(|words| view! { <p class="error" id=problem>{words}</p> })}
        </form>
    }
}
