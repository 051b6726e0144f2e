//! What a page shows when a server function does not answer as hoped: one place for all pages.
use super::browser;
use crate::{
    components::refusal::RefusalNotice,
    error::ApiError,
    page::refusal_view::{self, RefusalView},
};
use leptos::prelude::*;

/// Where a refusal leads by itself, so that one comes back here afterwards; `None` where the
/// person has to read it.
pub fn leads_to(refusal: &RefusalView) -> Option<String> {
    let (page, _) = &refusal.way_on;
    refusal.explains.then(|| format!("{page}?next={}", browser::encoded(&browser::here())))
}

/// Says what went wrong in a sentence or two.
pub fn in_words(error: &ApiError) -> String {
    match error {
        ApiError::Invalid(_) => "Some fields need another look.".to_owned(),
        ApiError::Refused(refused) => refusal_view::view_of(refused).detail,
        ApiError::Conflict(_) => "Nothing was overwritten: other settings are saved by now.".to_owned(),
        ApiError::NotFound => "There is no such thing here, or not for you.".to_owned(),
        ApiError::Unavailable { request_id } => format!(
            "Bailey can't reach its database just now. Nothing was lost; try again in a moment. Reference: {request_id}"
        ),
        ApiError::Failed { request_id } => format!(
            "Something broke on the server. Try again; if it stays, give your operator this reference: {request_id}"
        ),
        ApiError::Transport(_) => {
            "The server could not be reached. Check your connection and try again; nothing was lost.".to_owned()
        }
    }
}

/// Shows what went wrong, with *Try again*; a refusal that another page mends leads there.
#[component]
pub fn Failure(
    /// What the server function answered.
    error: ApiError,
    /// Asks again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    if let ApiError::Refused(refused) = error {
        let refusal = refusal_view::view_of(&refused);
        let words = refusal.clone();
        // Only a browser knows which page this is.
        Effect::new(move |_| {
            if let Some(path) = leads_to(&words) {
                browser::load(&path);
            }
        });
        return view! { <RefusalNotice refusal /> }.into_any();
    }
    view! {
        <div class="failure card" role="alert">
            <p>{in_words(&error)}</p>
            <button type="button" class="button needs-script" on:click=move |_| retry.run(())>"Try again"</button>
        </div>
    }
    .into_any()
}

/// Shows that the code of a page could not be loaded; where it is gone because another build has taken the place of
/// this one, loads the page from that.
#[component]
pub fn NotLoaded(
    /// Its path, with what follows that.
    path: String,
) -> impl IntoView {
    #[cfg(not(feature = "ssr"))]
    leptos::task::spawn_local(crate::page::replaced_build::load_if_replaced(Some(path.clone())));
    view! {
        <main class="page" id="main">
            <div class="failure card" role="alert">
                <p>"This page could not be loaded. Check your connection and try again."</p>
                <a class="button" href=path rel="external">"Try again"</a>
            </div>
        </main>
    }
}
