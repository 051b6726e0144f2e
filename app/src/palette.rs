//! The command palette: by a few letters to a page, a setting, a member, or what a reference tells of.
pub mod button;
#[cfg(feature = "hydrate")]
mod dialog;
#[cfg(any(test, feature = "hydrate"))]
mod entries;

#[cfg(feature = "hydrate")]
pub use opened::{listen, open};

#[cfg(feature = "hydrate")]
mod opened {
    use super::dialog;
    use crate::{
        components::browser,
        page::{page_state::Viewer, replaced_build},
    };
    use leptos::{prelude::document, wasm_split::SplitLoaderError};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, HtmlElement, KeyboardEvent};

    /// It is loaded when it is opened for the first time, and stays in the document from then on.
    #[leptos::wasm_split::wasm_split(palette, wasm_split_path = leptos::wasm_split, fallible)]
    fn mount(viewer: Viewer) -> Result<(), SplitLoaderError> {
        dialog::mount(viewer);
        Ok(())
    }

    /// Opens the palette.
    pub async fn open(viewer: Viewer) {
        if browser::by_id::<Element>(dialog::ID).is_none() && mount(viewer).await.is_err() {
            replaced_build::load_if_replaced(None).await;
            return;
        }
        browser::open_dialog(dialog::ID);
    }

    /// Listens for the keys that open it, on every page that has its button.
    pub fn listen() {
        let pressed = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
            let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            let button = document().query_selector(".palette-button").ok().flatten();
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok())
                && held
                && event.key().eq_ignore_ascii_case("k")
            {
                event.prevent_default();
                button.click();
            }
        });
        let pressed = pressed.into_js_value();
        drop(document().add_event_listener_with_callback("keydown", pressed.unchecked_ref()));
    }
}
