//! The command palette: by a few letters to a page, a setting, a member, or what a reference tells of.
pub mod button;
#[cfg(feature = "hydrate")]
mod dialog;
#[cfg(any(test, feature = "hydrate"))]
mod entries;

#[cfg(feature = "hydrate")]
pub use opened::{is_opened_by, open, viewer_is};

#[cfg(feature = "hydrate")]
#[expect(clippy::unnecessary_wraps, reason = "what loads a bundle fails, not what is in it")]
mod opened {
    use super::dialog;
    use crate::{
        components::browser,
        page::{page_state::Viewer, replaced_build},
    };
    use leptos::{prelude::document, wasm_split::SplitLoaderError};
    use std::cell::RefCell;
    use web_sys::{Element, KeyboardEvent};

    /// It is loaded when it is opened for the first time, and stays in the document from then on. It has no bundle of its own:
    /// what one more bundle shares with the others is split anew, into files that every page loads.
    #[leptos::wasm_split::wasm_split(admin, wasm_split_path = leptos::wasm_split, fallible)]
    fn mount(viewer: Viewer) -> Result<(), SplitLoaderError> {
        dialog::mount(viewer);
        Ok(())
    }

    thread_local! {
        /// Who looks; `None` where nobody is signed in.
        static VIEWER: RefCell<Option<Viewer>> = const { RefCell::new(None) };
    }

    /// Takes in who looks.
    pub fn viewer_is(viewer: Option<Viewer>) {
        VIEWER.set(viewer);
    }

    /// Opens the palette.
    pub async fn open() {
        let Some(viewer) = VIEWER.with_borrow(Clone::clone) else { return };
        if browser::by_id::<Element>(dialog::ID).is_none() && mount(viewer).await.is_err() {
            replaced_build::load_if_replaced(None).await;
            return;
        }
        browser::open_dialog(dialog::ID);
    }

    /// Whether these keys open it: on every page that has its button, `Ctrl+K` or `Cmd+K`.
    pub fn is_opened_by(event: &KeyboardEvent) -> bool {
        let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        let has_button = || document().query_selector(".palette-button").is_ok_and(|found| found.is_some());
        held && event.key().eq_ignore_ascii_case("k") && has_button()
    }
}
