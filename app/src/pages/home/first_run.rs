//! The first run, on the start page.
use crate::{
    api::first_steps::FirstStepView,
    components::{
        first_steps::{FirstSteps, offered},
        page_id::PageId,
    },
};
use leptos::prelude::*;

/// Shows the steps of the first run, and the way out of it; nothing once all are done.
#[component]
pub fn FirstRunCard(steps: Vec<FirstStepView>) -> impl IntoView {
    let steps = offered(steps);
    (!steps.iter().all(|step| step.done)).then(|| {
        let (done, all) = (steps.iter().filter(|step| step.done).count(), steps.len());
        view! {
            <section class="card part first-run" aria-labelledby="first-run">
                <div class="head">
                    <div>
                        <h2 id="first-run">"First steps"</h2>
                        <p class="soft">{done} " of " {all} " done. What is left undone stands on the overview."</p>
                    </div>
                    <form method="post" action="/admin/first-run/leave">
                        <PageId />
                        <button class="button small">"Leave these steps"</button>
                    </form>
                </div>
                <FirstSteps steps />
            </section>
        }
    })
}
