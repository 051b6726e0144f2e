//! The fields of an idea, where it is written and where it is changed.
use crate::components::field::{Field, FieldError, described_by, text_area};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Shows the title and the description as they are, with the words beside them.
#[component]
pub fn IdeaFields(title: String, body: String, mut errors: BTreeMap<String, String>) -> impl IntoView {
    let wrong_body = errors.remove("body");
    let bad_body = wrong_body.is_some();
    view! {
        <Field name="title" label="Title" value=title error=errors.remove("title") autocomplete="off" />
        <div class="field" class:bad=bad_body>
            <label for="body">"Description"</label>
            <textarea
                id="body"
                name="body"
                rows="5"
                aria-describedby=described_by("body", false, bad_body)
                aria-invalid=bad_body.then_some("true")
                inner_html=text_area(&body)
            ></textarea>
            <FieldError name="body" error=wrong_body />
        </div>
    }
}
