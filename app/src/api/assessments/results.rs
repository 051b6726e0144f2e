//! What came of an assessment, as charts and as a table.
use super::ResultsView;
use crate::components::chart::{BarView, ChartView};
use domain::assessments::{Assessment, Results};
use policy::{
    decide::assessment::{AssessmentKind, Summary},
    words,
};

/// What came of an assessment: a chart over all criteria of a rank assessment, one for each criterion of a review.
pub fn view(assessment: &Assessment, results: &Results) -> ResultsView {
    let kind = assessment.row.kind;
    let most = kind.most_points() * 100;
    let chart = |title: String, of: &dyn Fn(i64) -> Option<Summary>| {
        let bars = assessment.ideas.iter().map(|idea| bar(&idea.title, of(idea.place)));
        let bars: Vec<_> = bars.collect();
        let values: Vec<_> = bars.iter().map(|bar| format!("{}: {}", bar.label, bar.words)).collect();
        ChartView { description: format!("{}.", values.join("; ")), title, most, bars }
    };
    let charts = match kind {
        AssessmentKind::Rank => {
            vec![chart("Average of all criteria, from 1 to 5".to_owned(), &|idea| results.by_idea.get(&idea).cloned())]
        }
        AssessmentKind::ReviewScale => {
            let of = |(place, name): &(i64, String)| {
                let title = format!("{name}: the average, from 1 (low) to 3 (high)");
                chart(title, &|idea| results.by_question.get(&(idea, *place)).cloned())
            };
            assessment.criteria.iter().map(of).collect()
        }
    };
    let rows = assessment.ideas.iter().map(|idea| {
        let cells = assessment.criteria.iter().map(|(place, _)| {
            results.by_question.get(&(idea.place, *place)).map_or_else(nothing, |summary| in_words(kind, summary))
        });
        (idea.title.clone(), cells.collect())
    });
    ResultsView { charts, rows: rows.collect() }
}

fn nothing() -> String {
    "–".to_owned()
}

fn bar(label: &str, summary: Option<Summary>) -> BarView {
    let summary = summary.unwrap_or_default();
    BarView {
        label: label.to_owned(),
        value: summary.average.unwrap_or_default(),
        words: summary.in_words().unwrap_or_else(nothing),
    }
}

/// The average and how many have answered, or how often each was answered.
fn in_words(kind: AssessmentKind, summary: &Summary) -> String {
    match kind {
        AssessmentKind::Rank => {
            let answers = words::count(summary.counts.iter().sum(), "answer");
            format!("{} ({answers})", summary.in_words().unwrap_or_else(nothing))
        }
        AssessmentKind::ReviewScale => {
            let given = kind.grades().iter().zip(&summary.counts).filter(|(_, count)| **count > 0);
            given.map(|(grade, count)| format!("{} {count}", grade.label)).collect::<Vec<_>>().join(", ")
        }
    }
}
