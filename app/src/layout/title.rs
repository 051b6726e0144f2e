//! The title of the document: part of the page on the server, a property of the document in the
//! browser.
use crate::page::page_context::page_context;
use leptos::prelude::*;

/// Names the page in the title bar.
#[component]
pub fn Title(
    /// The name of the page.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let whole = text + " · " + &page_context().workspace;
    // What the server writes here has to be what the browser looks for: nothing but a place.
    #[cfg(feature = "ssr")]
    return (leptos_meta::Title(leptos_meta::TitleProps::builder().text(whole).build()), ());
    #[cfg(not(feature = "ssr"))]
    Effect::new(move |_| document().set_title(&whole));
}
