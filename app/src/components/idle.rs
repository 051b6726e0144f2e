//! Says two minutes before a session ends that it will, and offers to stay. The page asks the server first:
//! another tab may have kept the session alive. Once it is over, it leads to the sign-in page and back; what was
//! typed stays where it is meanwhile.
#[cfg(feature = "hydrate")]
mod panel;

use crate::page::page_context::page_context;
use leptos::{html, prelude::*};

/// Shows the warning when the time has come.
#[component]
pub fn IdleWarning() -> impl IntoView {
    let ends_in = page_context().viewer.and_then(|viewer| viewer.ends_in);
    let part = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        #[cfg(feature = "hydrate")]
        if let (Some(_), Some(seconds)) = (part.get(), ends_in) {
            panel::watch(seconds);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (part.get(), ends_in);
    });
    view! {
        <div
            class="leaving"
            role="alertdialog"
            aria-label="Your session ends soon"
            aria-describedby="leaving"
            tabindex="-1"
            hidden
            node_ref=part
        >
            <p id="leaving"></p>
            <p class="why soft" hidden></p>
            <button type="button" class="button main">"Stay signed in"</button>
            <a class="button main" target="_blank" hidden>"Sign in again"</a>
        </div>
    }
}
