//! Reports that the caller has asked for.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// The reports of an admin, and those that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportsView {
    /// The reports, the latest first.
    pub reports: Vec<ReportView>,
    /// The kinds: name and label.
    pub kinds: Vec<(String, String)>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// Its identifier in addresses.
    pub id: String,
    /// What it tells of, in words.
    pub kind: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How far it is.
    pub state: ReportState,
}

/// How far a report is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportState {
    /// It waits to be made.
    Queued,
    /// So many of so many rows are written.
    Running(i64, i64),
    /// It has so many rows, and can be downloaded until then.
    Ready(i64, Timestamp),
    /// It was cancelled.
    Cancelled,
    /// It was given up, and why.
    Failed(String),
}

server_function! {
    /// Loads the reports that the caller has asked for.
    "reports/load" in Admin as caller;
    pub async fn load_reports() -> Result<ReportsView, ApiError> {
        let reports = context().bailey.reports().list(&caller).await.map_err(fail)?;
        let kinds = policy::decide::report::ReportKind::ALL;
        Ok(ReportsView {
            reports: reports.into_iter().map(ReportView::from).collect(),
            kinds: kinds.iter().map(|kind| (kind.name().to_owned(), kind.label().to_owned())).collect(),
        })
    }
}

#[cfg(feature = "ssr")]
impl From<domain::reports::ReportRow> for ReportView {
    fn from(row: domain::reports::ReportRow) -> Self {
        use policy::decide::report::{KEPT, ReportKind};
        let kind = row.kind.parse().map_or(row.kind.clone(), |kind: ReportKind| kind.label().to_owned());
        let state = match row.state.as_str() {
            "queued" => ReportState::Queued,
            "running" => ReportState::Running(row.rows_done, row.rows_total),
            "ready" => ReportState::Ready(row.rows_done, row.settled_at.unwrap_or(row.asked_at) + KEPT),
            "cancelled" => ReportState::Cancelled,
            _ => ReportState::Failed(row.problem.unwrap_or_default()),
        };
        Self { id: row.id.to_string(), kind, asked_at: row.asked_at, state }
    }
}
