//! One assessment: what one answers, how far the others are, and what came of it.
mod answers;
mod results;

use self::{answers::Answers, results::ResultsCard};
use super::Standing;
use crate::{
    api::assessments::{AssessmentLine, AssessmentView, AssessorView, load_assessment},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

lazy_page! {
    /// The page `/assessments/{id}`.
    Assessment in profile: page
}

fn page() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = ask(move || id.get(), load_assessment);
    view! {
        <MemberLayout>
            <p><a href="/assessments">"All assessments"</a></p>
            <Loaded answer show={|found: AssessmentView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: AssessmentView) -> impl IntoView {
    let AssessmentView { line, author, criteria, ideas, grades, own, makes, assessors, results } = found;
    let AssessmentLine { id, title, kind, community, closes_at, submitted, waiting, to_do, over } = line;
    let at = format!("/assessments/{id}");
    let submitted_at = own.as_ref().and_then(|own| own.submitted_at);
    let names: Vec<_> = criteria.iter().map(|(_, name)| name.clone()).collect();
    let answers = own.filter(|own| own.open).map(|own| view! { <Answers at=at.clone() criteria ideas grades own /> });
    let missed = !to_do && submitted_at.is_none() && over;
    view! {
        <section class="card part" aria-labelledby="title">
            <h2 id="title">{title}</h2>
            <p class="soft">
                {kind} " in " {community} ", asked by " {author} ". "
                <Standing submitted waiting closes_at over /> "."
            </p>
            {submitted_at.map(|at| view! { <p>"You have submitted yours " <Time at /> "."</p> })}
            {missed.then(|| view! { <p>"Nothing is answered here any more."</p> })}
        </section>
        {answers}
        {results.map(|results| view! { <ResultsCard results criteria=names submitted /> })}
        {makes.then(|| view! { <Assessors at assessors over /> })}
    }
}

/// How far the assessors are, and what a moderator can do about it.
#[component]
fn Assessors(at: String, assessors: Vec<AssessorView>, over: bool) -> impl IntoView {
    let rows = assessors
        .into_iter()
        .map(|AssessorView { name, state, submitted_at, note }| {
            view! {
                <li>
                    <div>
                        <strong>{name}</strong>
                        <p class="soft">{state} {submitted_at.map(|at| view! { " " <Time at /> })}</p>
                        {(!note.is_empty()).then(|| view! { <p class="prose">{note}</p> })}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card part" aria-labelledby="assessors">
            <h2 id="assessors">"Assessors"</h2>
            <ul class="rows">{rows}</ul>
            {(!over)
                .then(|| {
                    view! {
                        <div class="acts">
                            <form method="post" action=format!("{at}/remind")>
                                <PageId />
                                <button class="button">"Remind them by mail"</button>
                            </form>
                            <form method="post" action=format!("{at}/close")>
                                <PageId />
                                <button class="button danger">"Close it now"</button>
                            </form>
                        </div>
                        <p class="soft">"Whoever has not finished is reminded once a week by itself, and by this button once a day at most."</p>
                    }
                })}
        </section>
    }
}
