//! What a page knows of the request that brought it, and what it says about that.
pub(crate) mod current_page;
pub(crate) mod notice;
pub(crate) mod notices;
pub(crate) mod page_context;
pub(crate) mod page_state;
pub mod refusal_view;
#[cfg(not(feature = "ssr"))]
pub(crate) mod replaced_build;

pub use self::notice::Notice;
pub use self::page_state::{
    Deadline, Form, Judge, ListReport, Mark, PageState, ReportLine, TypedReason, Viewer, WaitingHelp, Way,
};
