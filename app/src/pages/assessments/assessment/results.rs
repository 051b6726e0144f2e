//! What came of an assessment: charts, and the same as a table.
use crate::{
    api::assessments::ResultsView,
    components::chart::{self, ChartView},
};
use leptos::prelude::*;

/// Shows the charts and the table.
#[component]
pub fn ResultsCard(results: ResultsView, criteria: Vec<String>, submitted: i64) -> impl IntoView {
    let ResultsView { charts, rows } = results;
    if submitted == 0 {
        return view! {
            <section class="card part" aria-labelledby="results">
                <h2 id="results">"Results"</h2>
                <p class="soft">"Nobody has submitted theirs yet."</p>
            </section>
        }
        .into_any();
    }
    let charts = charts.iter().enumerate().map(|(place, shown)| picture(place, shown)).collect_view();
    let heads = criteria.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let rows = rows
        .into_iter()
        .map(|(title, cells)| {
            let cells = criteria.iter().zip(cells);
            let cells = cells.map(|(name, words)| view! { <td data-label=name.clone()>{words}</td> }).collect_view();
            view! { <tr><th scope="row">{title}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <section class="card part" aria-labelledby="results">
            <h2 id="results">"Results"</h2>
            {charts}
            <table class="table">
                <caption class="unseen">"What came of each criterion"</caption>
                <thead><tr><th scope="col">"Idea"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn picture(place: usize, shown: &ChartView) -> impl IntoView + use<> {
    let html = chart::html(shown, &format!("chart-{place}"));
    view! {
        <figure class="figure-chart">
            <figcaption>{shown.title.clone()}</figcaption>
            <div inner_html=html></div>
        </figure>
    }
}
