//! The form in which an assessor answers: saved in parts, and submitted once everything is answered.
use crate::{
    api::assessments::OwnView,
    components::{page_id::PageId, text_area::TextArea},
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it came back.
#[derive(Deserialize)]
struct Typed {
    grades: BTreeMap<String, String>,
    note: String,
    errors: BTreeMap<String, String>,
}

/// Shows the form.
#[component]
pub fn Answers(
    at: String,
    criteria: Vec<(i64, String)>,
    ideas: Vec<(i64, String, String)>,
    grades: Vec<(String, String)>,
    own: OwnView,
) -> impl IntoView {
    let typed = page_context().form("Grades").unwrap_or_else(|| Typed {
        grades: own.grades.into_iter().collect(),
        note: own.note,
        errors: BTreeMap::new(),
    });
    let Typed { grades: chosen, note, mut errors } = typed;
    let wrong_note = errors.remove("note");
    let missing = errors.len();
    let ideas = ideas
        .into_iter()
        .map(|(idea, id, title)| {
            let questions = criteria
                .iter()
                .map(|(criterion, name)| {
                    let field = format!("grade-{idea}-{criterion}");
                    let chosen = chosen.get(&field).cloned().unwrap_or_default();
                    question(&field, name, &grades, &chosen, errors.remove(&field))
                })
                .collect_view();
            view! {
                <fieldset class="stack">
                    <legend><a href=format!("/ideas/{id}")>{title}</a></legend>
                    {questions}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <section class="card part" aria-labelledby="answers">
            <h2 id="answers">"Your answers"</h2>
            {(missing > 0).then(|| view! { <p class="error" role="alert">"Nothing was submitted yet: some answers need another look."</p> })}
            <form method="post" action=at class="stack narrow-form" novalidate>
                <PageId />
                {ideas}
                <TextArea
                    name="note"
                    label="Note"
                    help="What the moderators should know beside it. You can leave it empty."
                    value=note
                    error=wrong_note
                    rows="3"
                />
                <div class="acts">
                    <button class="button main" name="step" value="submit">"Submit"</button>
                    <button class="button" name="step" value="save">"Save and go on later"</button>
                </div>
            </form>
        </section>
    }
}

/// A criterion of an idea, with what may be answered.
fn question(
    field: &str,
    label: &str,
    grades: &[(String, String)],
    chosen: &str,
    error: Option<String>,
) -> impl IntoView + use<> {
    let options = grades
        .iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value.clone() selected=selected>{words.clone()}</option> }
        })
        .collect_view();
    let bad = error.is_some();
    let described = error.as_ref().map(|_| format!("{field}-error"));
    view! {
        <div class="field" class:bad=bad>
            <label for=field.to_owned()>{label.to_owned()}</label>
            <select
                id=field.to_owned()
                name=field.to_owned()
                aria-describedby=described.clone()
                aria-invalid=bad.then_some("true")
            >
                <option value="">"–"</option>
                {options}
            </select>
            {error.map(|words| view! { <p class="error" id=described>{words}</p> })}
        </div>
    }
}
