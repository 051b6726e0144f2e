//! Admin, reports: tables to download, made in the background for whoever asks. Plain forms; a link looks again.
use crate::{
    api::reports::{ReportState, ReportView, ReportsView, load_reports},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use policy::words;

lazy_page! {
    /// The page `/admin/reports`.
    Reports in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_reports());
    view! {
        <MemberLayout about="Tables of what you see on the pages, as CSV files for a spreadsheet. You get a mail once one is ready; only you can download it.">
            <Loaded answer show={|found: ReportsView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: ReportsView) -> impl IntoView {
    let ReportsView { reports, kinds } = found;
    let buttons = kinds
        .into_iter()
        .map(|(name, label)| view! { <button class="button" name="kind" value=name>{label}</button> })
        .collect_view();
    let waits = reports.iter().any(|one| matches!(one.state, ReportState::Queued | ReportState::Running(..)));
    view! {
        <section class="card part" aria-labelledby="ask">
            <h2 id="ask">"Ask for a report"</h2>
            <form method="post" action="/admin/reports" class="acts">
                <PageId />
                {buttons}
            </form>
        </section>
        {waits
            .then(|| {
                view! {
                    <form method="get" action="/admin/reports">
                        <button class="button small">"Look how far they are"</button>
                    </form>
                }
            })}
        {if reports.is_empty() {
            view! { <p class="card empty">"You have asked for no report in the last days."</p> }.into_any()
        } else {
            view! { <List reports /> }.into_any()
        }}
    }
}

#[component]
fn List(reports: Vec<ReportView>) -> impl IntoView {
    let rows = reports
        .into_iter()
        .map(|report| {
            let ReportView { id, kind, asked_at, state } = report;
            view! {
                <tr>
                    <th scope="row">{kind.clone()}</th>
                    <td data-label="Asked for"><Time at=asked_at /></td>
                    <td data-label="State"><div><State state=state.clone() /></div></td>
                    <td class="act"><Act id kind state /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="card">
            <table class="table">
                <caption class="unseen">"Your reports, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Report"</th>
                        <th scope="col">"Asked for"</th>
                        <th scope="col">"State"</th>
                        <th scope="col"><span class="unseen">"What can be done"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn State(state: ReportState) -> impl IntoView {
    match state {
        ReportState::Queued => view! { <span class="tag">"Waiting"</span> }.into_any(),
        ReportState::Running(done, total) => {
            // More may have come since they were counted.
            let most = total.max(done).max(1);
            let told = format!("{} of {}", words::number(done), words::count(total.max(done), "row"));
            view! {
                <span class="tag">"Being made"</span>
                " "
                <progress max=most value=done aria-label="Rows written"></progress>
                " "
                {told}
            }
            .into_any()
        }
        ReportState::Ready(rows, until) => view! {
            <span class="tag good">"Ready"</span>
            " "
            {words::count(rows, "row")}
            ", until "
            <Time at=until />
        }
        .into_any(),
        ReportState::Cancelled => view! { <span class="tag">"Cancelled"</span> }.into_any(),
        ReportState::Failed(why) => {
            view! { <span class="tag bad">"Not made"</span> " " <span class="soft">{why}</span> }.into_any()
        }
    }
}

#[component]
fn Act(id: String, kind: String, state: ReportState) -> impl IntoView {
    match state {
        ReportState::Queued | ReportState::Running(..) => view! {
            <form method="post" action=format!("/admin/reports/{id}/cancel")>
                <PageId />
                <button class="button small">"Cancel" <span class="unseen">" " {kind}</span></button>
            </form>
        }
        .into_any(),
        ReportState::Ready(..) => {
            let href = format!("/admin/reports/{id}/download");
            view! { <a class="button small" href=href>"Download" <span class="unseen">" " {kind}</span></a> }.into_any()
        }
        ReportState::Cancelled | ReportState::Failed(_) => ().into_any(),
    }
}
