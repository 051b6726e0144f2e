//! How an answer is made: redirects, rendered pages, refusals, and the page for what went wrong.
mod download;
mod fault_page;
mod redirects;
mod refusal;
mod render;
mod return_to;
mod typed_form;

pub use download::{download, picture};
pub use fault_page::fault_page;
pub use redirects::{
    STEP_UP, query_encoded, redirect_after_lapsed_second_step, redirect_to_step_up, redirect_with_notice,
    redirect_with_notice_and_next, with_next,
};
pub use refusal::{next_of, refusal_page, refusal_problem};
pub use render::{render, render_at};
pub use return_to::ReturnTo;
pub use typed_form::{FormContent, came_back, chosen_ideas, grades, page_of_typed, to_keep, with_saved_form};
