//! How an answer is made: redirects, rendered pages, refusals, and the page for what went wrong.
mod fault_page;
mod redirects;
mod refusal;
mod render;
mod return_to;

pub use fault_page::fault_page;
pub use redirects::{
    query_encoded, redirect_after_lapsed_second_step, redirect_to_step_up, redirect_with_notice,
    redirect_with_notice_and_next, with_next,
};
pub use refusal::{refusal_page, refusal_problem};
pub use render::{render, render_at};
pub use return_to::ReturnTo;
