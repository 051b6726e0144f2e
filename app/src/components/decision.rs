//! The two forms by which somebody decides about what waits.
use super::page_id::PageId;
use leptos::prelude::*;

/// Approves something that waits, or rejects it and says why.
#[component]
pub fn Decision(
    /// Its identifier.
    id: String,
    /// What it is called, for whoever hears the buttons alone.
    about: String,
    /// Where it is decided about: beneath it stand `approve` and `reject`.
    action: String,
    /// The reason as typed.
    reason: Option<String>,
    /// The words beside it; none where they are empty.
    error: Option<String>,
) -> impl IntoView {
    let error = error.filter(|words| !words.is_empty());
    let (field, problem) = (format!("reason-{id}"), format!("reason-{id}-error"));
    view! {
        <div class="acts">
            <form method="post" action=format!("{action}/approve")>
                <PageId />
                <button class="button main small">"Approve" <span class="unseen">" " {about.clone()}</span></button>
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
                <button class="button small">"Reject" <span class="unseen">" " {about}</span></button>
                {error.map(|words| view! { <p class="error" id=problem>{words}</p> })}
            </form>
        </div>
    }
}
