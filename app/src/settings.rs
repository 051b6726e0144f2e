//! The Security tab: a draft of the settings, a row per setting, and what is said about them.
//!
//! Rows, ranges, defaults and words come from the catalogue in `policy`; no setting is named here
//! but for the two whose effect on people the page can count.
mod aside;
mod bar;
mod conflict;
mod control;
mod draft;
mod facts;
mod field;
#[cfg(feature = "ssr")]
mod fixed;
mod form;
mod guard;
pub(crate) mod headers;
mod judged;
mod kept;
#[cfg(any(test, not(feature = "ssr")))]
mod marks;
mod rail;
mod rejected;
pub mod review;
mod row;
mod save;
mod search;
#[cfg(not(feature = "ssr"))]
mod typed;
pub mod waiting;

/// The id of the form to which a field belongs while somebody types in it. At every key a browser looks at all the
/// fields of the form, for what it could fill in: that takes longer than all that the page does.
const TYPING: &str = "typing";

pub use draft::Draft;
pub use form::SecurityForm;
pub use search::{Search, SearchBox};
