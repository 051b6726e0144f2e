//! Finding a setting.
mod highlight;
mod search_box;

pub use self::{
    highlight::{FoundBy, Highlight},
    search_box::{Found, SearchBox},
};
