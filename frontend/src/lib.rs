//! Hydrates the app in the browser. Nothing else.

#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Is called by the page's script as soon as the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::hydrate();
}

/// Room in the read-only data. What splits the program aligns the data of each bundle anew, and takes data
/// apart only where they get no longer: without room, every page would download the words and tables of all.
/// The room itself belongs to no bundle, since nothing reads it, so nobody downloads it.
#[used]
static ROOM: [u8; 16_384] = [1; 16_384];
