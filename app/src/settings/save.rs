//! From what was typed to what is saved: what stands in the way, what a save would do, and what became of it.
mod conflict;
pub mod consequences;
mod ids;
pub mod pending_confirmation;
mod review;
mod save_bar;
mod submit;
mod summary;
mod unsaved_guard;

pub use self::{
    conflict::ConflictPanel,
    ids::REVIEW,
    review::ReviewPanel,
    save_bar::SaveBar,
    submit::{Press, review, save},
    summary::Summary,
    unsaved_guard::UnsavedGuard,
};
