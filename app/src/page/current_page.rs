//! The row of the site map to which the page being made belongs.
use crate::sitemap::{Page, page_at};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page that is being made, or `None` when there is none at its address.
pub fn current_page() -> Option<&'static Page> {
    page_at(&use_location().pathname.get_untracked())
}
