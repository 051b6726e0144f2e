//! What tells a form that is sent twice from one that is sent again: the page that it stands on.
use leptos::prelude::*;

/// What tells a page from all others that the server renders.
#[cfg(feature = "ssr")]
pub fn page_id() -> String {
    use_context::<crate::page::PageState>().map(|page| page.page_id).unwrap_or_default()
}

/// What tells a page from all others that the browser makes; what the server has written stays.
#[cfg(not(feature = "ssr"))]
pub fn page_id() -> String {
    js_sys::Math::random().to_string()
}

/// Marks a form by its page, so that sending it twice is one act.
#[component]
pub fn PageId() -> impl IntoView {
    view! { <input type="hidden" name="page" value=page_id() /> }
}
