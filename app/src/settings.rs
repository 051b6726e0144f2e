//! The Security tab: a draft of the settings, a row per setting, and what is said about them.
//!
//! Rows, ranges, defaults and words come from the catalogue in `policy`; a setting is named here only where
//! the page can say more about it than about any other.
//!
//! The draft is below whatever shows it: `form → save, search → draft → policy`.
pub mod draft;
mod form;
pub mod save;
mod search;

pub use self::{draft::Draft, form::SecurityForm, search::SearchBox};
