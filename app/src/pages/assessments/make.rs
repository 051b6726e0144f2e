//! Making an assessment of ideas of one community. A plain form.
use crate::{
    api::assessments::{ProposalView, load_proposal},
    components::{
        choice::Choice,
        field::{Field, FieldError},
        loaded::{Loaded, ask},
        page_id::PageId,
        text_area::TextArea,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/assessments/new/{id}`.
    MakeAssessment in profile: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    kind: String,
    title: String,
    criteria: String,
    ideas: Vec<String>,
    assessors: String,
    closes: String,
    errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = ask(move || id.get(), load_proposal);
    view! {
        <MemberLayout>
            <p><a href="/assessments">"All assessments"</a></p>
            <Loaded answer show={|found: ProposalView| view! { <Make found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Make(found: ProposalView) -> impl IntoView {
    let ProposalView { id, community, kinds, ideas } = found;
    if ideas.is_empty() {
        return view! { <p class="card empty">"Nobody in " {community} " has posted an idea yet."</p> }.into_any();
    }
    let typed = page_context().form("Assessment").unwrap_or_default();
    let Typed { kind, title, criteria, ideas: chosen, assessors, closes, mut errors } = typed;
    let boxes = ideas
        .into_iter()
        .map(|(idea, title)| {
            let checked = chosen.contains(&idea);
            view! {
                <li>
                    <label class="check">
                        <input type="checkbox" name=format!("idea-{idea}") value="true" checked=checked />
                        {title}
                    </label>
                </li>
            }
        })
        .collect_view();
    let wrong_ideas = errors.remove("ideas");
    let bad_ideas = wrong_ideas.is_some();
    view! {
        <section class="card part" aria-labelledby="make">
            <h2 id="make">"In " {community}</h2>
            <form method="post" action=format!("/assessments/new/{id}") class="stack narrow-form" novalidate>
                <PageId />
                <Choice name="kind" label="What is asked" options=kinds chosen=kind error=errors.remove("kind") />
                <Field name="title" label="Title" value=title error=errors.remove("title") autocomplete="off" />
                <TextArea
                    name="criteria"
                    label="Criteria"
                    help="Of a rank assessment: one a line, up to 10. A review scale always asks for value, cost and constraints."
                    value=criteria
                    error=errors.remove("criteria")
                    rows="4"
                />
                <fieldset class="field" class:bad=bad_ideas>
                    <legend>"Ideas"</legend>
                    <ul class="stack">{boxes}</ul>
                    <FieldError name="ideas" error=wrong_ideas />
                </fieldset>
                <TextArea
                    name="assessors"
                    label="Assessors"
                    help="The addresses of people in this community, one a line or with commas between them. Each gets a mail, and is reminded once a week."
                    value=assessors
                    error=errors.remove("assessors")
                    rows="3"
                />
                <Field
                    name="closes"
                    label="Closes at the end of"
                    help="A day, or none: then it is over once everybody has answered."
                    value=closes
                    error=errors.remove("closes")
                    kind="date"
                    autocomplete="off"
                />
                <button class="button main">"Ask them"</button>
            </form>
        </section>
    }
    .into_any()
}
