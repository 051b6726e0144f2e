//! Where the author of a form comes back to that was saved while they signed in.

/// A mark on a request whose form was saved: the page that its author comes back to.
#[derive(Debug, Clone, Copy)]
pub struct ReturnTo(pub &'static str);

impl ReturnTo {
    /// The Security tab, with what was typed.
    pub const SETTINGS: Self = Self("/admin/settings?saved=yes");
    /// The list of ideas, with what was typed.
    pub const IDEAS: Self = Self("/ideas?saved=yes");
}
