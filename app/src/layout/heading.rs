//! The one heading of a page, which takes the focus when the page was reached without a page load.
use crate::page::page_context::navigated;
use leptos::{html, prelude::*};

/// Shows the heading of the page.
#[component]
pub fn Heading(#[prop(into)] text: String) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let take_focus = navigated();
    Effect::new(move |_| {
        if let Some(heading) = heading.get()
            && take_focus
        {
            drop(heading.focus());
        }
    });
    view! { <h1 tabindex="-1" node_ref=heading>{text}</h1> }
}
