//! The forms of the workspace's mark.
use crate::{
    components::{
        field::{Field, FieldError},
        page_id::PageId,
    },
    page::{page_context::page_context, page_state::Mark},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it came back.
#[derive(Deserialize)]
struct Back {
    text: String,
    errors: BTreeMap<String, String>,
}

/// Shows the mark, and the forms that replace and remove it.
#[component]
pub fn MarkForm() -> impl IntoView {
    let context = page_context();
    let mark = context.mark.clone();
    let text = mark.as_ref().map(|mark| mark.text.clone()).unwrap_or_default();
    let Back { text, mut errors } = context.form::<Back>("Mark").unwrap_or(Back { text, errors: BTreeMap::new() });
    let error = errors.remove("file");
    let bad = error.is_some();
    let described = if bad { "file-help file-error" } else { "file-help" };
    let shown = mark.map(|mark| view! { <Shown mark /> });
    view! {
        <section class="card part" aria-labelledby="mark">
            <h2 id="mark">"Its mark"</h2>
            {shown}
            <form method="post" action="/admin/settings/general/mark" enctype="multipart/form-data" class="stack narrow-form" novalidate>
                <PageId />
                <Field
                    name="text"
                    label="What it shows"
                    help="Read out to whoever does not see it. Empty where it says no more than the name beside it."
                    value=text
                    error=errors.remove("text")
                    autocomplete="off"
                />
                <div class="field" class:bad=bad>
                    <label for="file">"Picture"</label>
                    <p class="help" id="file-help">"A gif, jpg, png or webp file of 2 MB at most. It is made into a small square and stands before the name, on the sign-in page too."</p>
                    <input
                        id="file"
                        name="file"
                        type="file"
                        accept=".gif,.jpg,.jpeg,.png,.webp"
                        aria-describedby=described
                        aria-invalid=bad.then_some("true")
                    />
                    <FieldError name="file" error />
                </div>
                <button class="button">"Use this picture"</button>
            </form>
        </section>
    }
}

#[component]
fn Shown(mark: Mark) -> impl IntoView {
    view! {
        <form method="post" action="/admin/settings/general/mark/remove" class="inline">
            <PageId />
            <img class="mark-shown" src=mark.address alt=mark.text width="64" height="64" />
            <button class="button small">"Remove the mark"</button>
        </form>
    }
}
