//! The button that opens the palette.
use crate::{layout::icon, page::page_state::Viewer};

/// The button, in the head of a page.
pub fn button(viewer: &Viewer) -> String {
    let what = if viewer.role.reaches_admin() { "Go to a page, setting, person …" } else { "Go to a page …" };
    [
        "<button type=\"button\" class=\"palette-button needs-script\" aria-haspopup=\"dialog\" aria-keyshortcuts=\"Control+K Meta+K\">",
        icon::SEARCH,
        "<span class=\"words\">",
        what,
        "</span><kbd aria-hidden=\"true\">Ctrl K</kbd></button>",
    ]
    .concat()
}
