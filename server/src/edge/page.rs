//! A small page that needs neither the database nor the application.
use super::Edge;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;

/// Renders a small page that says what happened.
pub fn plain_page(edge: &Edge, status: StatusCode, title: &str, paragraphs: &[&str], request_id: &str) -> Response {
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
                <link rel="stylesheet" href=stylesheet />
            </head>
            <body>
                <main class="gate" id="main">
                    <p class="gate-name">"Bailey"</p>
                    <div class="gate-card">
                        <h1>{title}</h1>
                        {paragraphs.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                        <p><a href="/">"Go to the front page"</a></p>
                        <p class="meta">"Request " <code>{id}</code></p>
                    </div>
                </main>
            </body>
        </html>
    };
    (status, Html(format!("<!DOCTYPE html>{}", page.to_html()))).into_response()
}
