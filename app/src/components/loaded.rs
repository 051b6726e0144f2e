//! Data of a page: a quiet placeholder while it loads, then the page or what went wrong.
use super::failure::Failure;
use crate::{error::ApiError, wire::BrowserJson};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// The answer of a server function, on its way.
pub type Answer<T> = Resource<Result<T, ApiError>, BrowserJson>;

/// Asks a server function, and again whenever what it is asked changes.
pub fn ask<Q, T, F>(
    question: impl Fn() -> Q + Send + Sync + 'static,
    answer: impl Fn(Q) -> F + Send + Sync + 'static,
) -> Answer<T>
where
    Q: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    Resource::new_with_options(question, answer, false)
}

/// Shows what a server function answers.
#[component]
pub fn Loaded<T, F>(
    /// The answer.
    answer: Answer<T>,
    /// Shows it.
    show: F,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let content = move || {
        let show = show.clone();
        Suspend::new(async move {
            match answer.await {
                Ok(found) => show(found),
                Err(error) => view! { <Failure error retry=move |()| answer.refetch() /> }.into_any(),
            }
        })
    };
    view! { <Transition fallback=Placeholder>{content}</Transition> }
}

/// Keeps the place of what is still loading.
#[component]
fn Placeholder() -> impl IntoView {
    view! {
        <div class="card placeholder" aria-busy="true">
            <p role="status">"Loading…"</p>
        </div>
    }
}
