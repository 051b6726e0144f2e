//! A labelled list of which one is chosen, with its error.
use super::field::{FieldError, described_by};
use leptos::prelude::*;

/// Shows a labelled list of which one is chosen.
#[component]
pub fn Choice(
    /// The name it is posted under, and its id.
    name: &'static str,
    /// The visible label.
    label: &'static str,
    /// What there is to choose: value and words.
    options: Vec<(String, String)>,
    /// What is chosen.
    chosen: String,
    /// The words beside it.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let bad = error.is_some();
    let options = options
        .into_iter()
        .map(|(value, words)| view! { <option value=value.clone() selected=value == chosen>{words}</option> })
        .collect_view();
    view! {
        <div class="field" class:bad=bad>
            <label for=name>{label}</label>
            <select id=name name=name aria-describedby=described_by(name, false, bad) aria-invalid=bad.then_some("true")>
                {options}
            </select>
            <FieldError name error />
        </div>
    }
}
