//! A small page that needs neither the database nor the application.
use super::Edge;
use axum::{
    http::{HeaderMap, StatusCode, Uri, header::REFERER},
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;
use web::local_path;

/// Renders a small page that says what happened.
pub fn plain_page(edge: &Edge, status: StatusCode, title: &str, paragraphs: &[&str], request_id: &str) -> Response {
    plain_page_to(edge, status, (title, paragraphs), ("/", "Go to the front page"), request_id)
}

/// Answers a form that is larger than anything Bailey reads, with the way back to its page.
pub fn too_large(edge: &Edge, form: &HeaderMap, request_id: &str) -> Response {
    let words = [
        "What was sent is larger than anything that this form takes, so Bailey has not read it. Nothing was saved.",
        "What you typed can't be kept here. Your browser may still have it: go back with its own Back button, shorten it, and send it again.",
    ];
    let said = ("That is more than Bailey takes at once", words.as_slice());
    let back = came_from(form);
    let way_on = back.as_deref().map_or(("/", "Go to the front page"), |page| (page, "Open the form anew"));
    plain_page_to(edge, StatusCode::PAYLOAD_TOO_LARGE, said, way_on, request_id)
}

/// Returns the page of this site whose form was posted, where the browser tells it.
pub fn came_from(headers: &HeaderMap) -> Option<String> {
    let page: Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    let path = page.path_and_query()?.as_str();
    (local_path(Some(path)) == path).then(|| path.to_owned())
}

fn plain_page_to(
    edge: &Edge,
    status: StatusCode,
    (title, paragraphs): (&str, &[&str]),
    (leads_to, way_on): (&str, &str),
    request_id: &str,
) -> Response {
    let (leads_to, way_on) = (leads_to.to_owned(), way_on.to_owned());
    let stylesheet = edge.stylesheet.clone();
    let (title, id) = (title.to_owned(), request_id.to_owned());
    let paragraphs: Vec<String> = paragraphs.iter().map(|&words| words.to_owned()).collect();
    let page = view! {
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title.clone()}</title>
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=stylesheet />
            </head>
            <body>
                <main class="gate" id="main">
                    <p class="gate-name">"Bailey"</p>
                    <div class="gate-card">
                        <h1>{title}</h1>
                        {paragraphs.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                        <p><a href=leads_to>{way_on}</a></p>
                        <p class="meta">"Request " <code>{id}</code></p>
                    </div>
                </main>
            </body>
        </html>
    };
    (status, Html(format!("<!DOCTYPE html>{}", page.to_html()))).into_response()
}
