//! Where the author of a form comes back to that was saved while they signed in.

/// A mark on a request whose form was saved: the page that its author comes back to.
#[derive(Debug, Clone)]
pub struct ReturnTo(pub String);
