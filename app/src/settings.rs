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
mod rail;
mod rejected;
pub mod review;
mod row;
mod save;
mod search;
#[cfg(not(feature = "ssr"))]
mod typed;
pub mod waiting;

pub use draft::Draft;
pub use form::SecurityForm;
pub use search::{Search, SearchBox};
