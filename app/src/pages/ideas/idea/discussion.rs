//! What people say about an idea, and the form by which one says something.
use crate::{
    api::ideas::CommentView,
    components::{
        field::{FieldError, described_by, text_area},
        page_id::PageId,
        time::Time,
    },
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    comment: String,
    error: Option<String>,
}

/// Shows the comments, and the form that adds one.
#[component]
pub fn Comments(id: String, comments: Vec<CommentView>) -> impl IntoView {
    let Typed { comment, error } = page_context().form("Comment").unwrap_or_default();
    let bad = error.is_some();
    let empty = comments.is_empty();
    let rows = comments.into_iter().map(|comment| view! { <Said comment /> }).collect_view();
    view! {
        <section class="card part" aria-labelledby="comments">
            <h2 id="comments">"Comments"</h2>
            {empty.then(|| view! { <p class="soft">"Nobody has said anything yet."</p> })}
            {(!empty).then(|| view! { <ol class="rows">{rows}</ol> })}
            <form method="post" action=format!("/ideas/{id}/comments") class="stack narrow-form" novalidate>
                <PageId />
                <div class="field" class:bad=bad>
                    <label for="comment">"Your comment"</label>
                    <textarea
                        id="comment"
                        name="comment"
                        rows="3"
                        aria-describedby=described_by("comment", false, bad)
                        aria-invalid=bad.then_some("true")
                        inner_html=text_area(&comment)
                    ></textarea>
                    <FieldError name="comment" error />
                </div>
                <button class="button">"Post the comment"</button>
            </form>
        </section>
    }
}

#[component]
fn Said(comment: CommentView) -> impl IntoView {
    let CommentView { author, body, posted_at } = comment;
    view! {
        <li>
            <div>
                <p class="soft">{author} ", " <Time at=posted_at /></p>
                <p class="prose">{body}</p>
            </div>
        </li>
    }
}
