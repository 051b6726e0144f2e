//! A labelled field for a text of several lines, with its help and its error.
use super::field::{FieldError, described_by, text_area};
use leptos::prelude::*;

/// Shows a labelled field for a text of several lines.
#[component]
pub fn TextArea(
    /// The name it is posted under, and its id.
    name: &'static str,
    /// The visible label.
    label: &'static str,
    /// One sentence of help.
    #[prop(optional)]
    help: Option<&'static str>,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// The words beside it.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// How many lines it shows.
    #[prop(default = "5")]
    rows: &'static str,
) -> impl IntoView {
    let bad = error.is_some();
    view! {
        <div class="field" class:bad=bad>
            <label for=name>{label}</label>
            {help.map(|words| view! { <p class="help" id=format!("{name}-help")>{words}</p> })}
            <textarea
                id=name
                name=name
                rows=rows
                aria-describedby=described_by(name, help.is_some(), bad)
                aria-invalid=bad.then_some("true")
                inner_html=text_area(&value)
            ></textarea>
            <FieldError name error />
        </div>
    }
}
