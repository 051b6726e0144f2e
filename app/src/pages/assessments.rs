//! Assessments: what one is asked to judge, and the ways to make another one.
pub mod assessment;
pub mod make;

use crate::{
    api::assessments::{AssessmentLine, AssessmentsView, load_assessments},
    components::{
        loaded::{Loaded, ask},
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;

lazy_page! {
    /// The page `/assessments`.
    Assessments in profile: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_assessments());
    view! {
        <MemberLayout about="Ideas that people in your communities are asked to judge.">
            <Loaded answer show={|found: AssessmentsView| view! { <List found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn List(found: AssessmentsView) -> impl IntoView {
    let AssessmentsView { assessments, places } = found;
    let list = if assessments.is_empty() {
        view! { <p class="card empty">"No assessment waits for you, and you have done none."</p> }.into_any()
    } else {
        let rows = assessments.into_iter().map(|line| view! { <Line line /> }).collect_view();
        view! { <section class="card part" aria-label="Assessments"><ul class="rows">{rows}</ul></section> }.into_any()
    };
    let offer = (!places.is_empty()).then(|| {
        let places = places
            .into_iter()
            .map(|(id, name)| view! { <li><a href=format!("/assessments/new/{id}")>{name}</a></li> })
            .collect_view();
        view! {
            <section class="card part" aria-labelledby="make">
                <h2 id="make">"Make an assessment"</h2>
                <p class="soft">"Of ideas of a community that you moderate:"</p>
                <ul class="rows">{places}</ul>
            </section>
        }
    });
    view! { {list} {offer} }
}

#[component]
fn Line(line: AssessmentLine) -> impl IntoView {
    let AssessmentLine { id, title, kind, community, closes_at, submitted, waiting, to_do, over } = line;
    view! {
        <li>
            <div>
                <a href=format!("/assessments/{id}")><strong>{title}</strong></a>
                <p class="soft">
                    {to_do.then(|| view! { <strong>"Waits for you"</strong> ", " })}
                    {kind} " in " {community} ", " <Standing submitted waiting closes_at over />
                </p>
            </div>
        </li>
    }
}

/// How far an assessment is, and until when it is open.
#[component]
pub fn Standing(submitted: i64, waiting: i64, closes_at: Option<policy::Timestamp>, over: bool) -> impl IntoView {
    view! {
        {submitted} " of " {submitted + waiting} " submitted"
        {if over { Some(view! { ", over" }.into_any()) } else { closes_at.map(|at| view! { ", closes " <Time at /> }.into_any()) }}
    }
}
