//! How the last attempt to save ended.
use crate::page::refusal_view::RefusalView;

/// How the last attempt to save ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Outcome {
    /// There was none.
    #[default]
    None,
    /// The settings were saved.
    Saved,
    /// Nothing differed.
    Nothing,
    /// Something has to be done first, such as signing in again: in words, and where that starts.
    SignIn(Box<RefusalView>, String),
    /// Something else went wrong: in words.
    Failed(String),
    /// What was typed before signing in is back.
    Restored,
}
