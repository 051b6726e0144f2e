//! The title of the document: part of the page on the server, a property of the document in the
//! browser.
use leptos::prelude::*;

/// Names the page in the title bar.
#[component]
pub fn Title(
    /// The name of the page.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let whole = format!("{text} · Bailey");
    #[cfg(feature = "ssr")]
    return view! { <leptos_meta::Title text=whole /> };
    #[cfg(not(feature = "ssr"))]
    Effect::new(move |_| document().set_title(&whole));
}
