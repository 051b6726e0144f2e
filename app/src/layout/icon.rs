//! Small pictures, drawn in the colour of the text around them.

/// A bell.
pub const BELL: &str = r#"<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 2.5a5 5 0 0 0-5 5v3.2L3.5 14h13L15 10.7V7.5a5 5 0 0 0-5-5zM8 16.5a2 2 0 0 0 4 0"/></svg>"#;
/// A magnifying glass.
pub const SEARCH: &str = r#"<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M13.5 13.5 17 17M15 9A6 6 0 1 1 3 9a6 6 0 0 1 12 0z"/></svg>"#;
/// The three lines of a menu.
pub const MENU: &str =
    r#"<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M3 5.5h14M3 10h14M3 14.5h14"/></svg>"#;
