//! The ids of what the focus goes to while a save is under way.

/// The dialog that says what a save would do.
pub const REVIEW: &str = "review";
/// Its heading.
pub const REVIEW_TITLE: &str = "review-title";
/// The field for the words by which somebody saves although it locks them out.
pub const LOCK_ME_OUT: &str = "lock_me_out";
/// The list of what is to fix.
pub const SUMMARY: &str = "summary";
/// What somebody else has saved meanwhile.
pub const CONFLICT: &str = "conflict";
/// The button that takes the bar away.
pub const BAR_END: &str = "bar-end";
