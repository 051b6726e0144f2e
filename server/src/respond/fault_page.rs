//! The page for an error that is no refusal: the database is away, or something broke.
use crate::edge::{self, Edge};
use axum::{http::StatusCode, response::Response};

/// Answers with a page that needs neither the database nor the front-end.
pub fn fault_page(edge: &Edge, status: StatusCode, request_id: &str) -> Response {
    let (title, words): (_, &[&str]) = if status == StatusCode::SERVICE_UNAVAILABLE {
        (
            "Bailey can't reach its database just now",
            &[
                "Nothing that was saved is lost. Bailey goes on by itself as soon as the database answers: try again in a moment.",
            ],
        )
    } else if status == StatusCode::NOT_FOUND {
        ("There is no such thing here", &["It may have been removed meanwhile. Go back and reload the page."])
    } else {
        (
            "Bailey could not do that",
            &["This is a fault in Bailey, not in what you did. The number below helps your operator to find it."],
        )
    };
    edge::plain_page(edge, status, title, words, request_id)
}
