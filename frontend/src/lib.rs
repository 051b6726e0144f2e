//! Hydrates the app in the browser. Nothing else.

#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Is called by the page's script as soon as the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    app::hydrate();
}
