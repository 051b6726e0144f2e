//! The button that opens the palette.
use crate::{layout::icon::SearchIcon, page::page_state::Viewer};
use leptos::prelude::*;

/// Shows the button.
#[component]
pub fn PaletteButton(viewer: Viewer) -> impl IntoView {
    let what = if viewer.role.reaches_admin() { "Go to a page, setting, person …" } else { "Go to a page …" };
    let open = move |_| {
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(super::open(viewer.clone()));
        #[cfg(not(feature = "hydrate"))]
        let _ = &viewer;
    };
    view! {
        <button
            type="button"
            class="palette-button needs-script"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=open
        >
            <SearchIcon />
            <span class="words">{what}</span>
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </button>
    }
}
