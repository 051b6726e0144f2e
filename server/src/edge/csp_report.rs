//! Reports of violations of the content security policy, from browsers.
use super::{
    Edge,
    tally::{Budget, Tally},
};
use axum::{body::Bytes, extract::State, http::StatusCode};
use serde_json::Value;
use std::sync::Arc;
use tokio::time::Instant;

/// The largest report, in bytes.
const LIMIT: usize = 16 * 1024;
/// How many reports are read in a minute, whoever sends them; the others are thrown away.
const READ_IN_A_MINUTE: u32 = 600;

/// What browsers have reported.
#[derive(Debug, Default)]
pub struct Reports {
    /// By the directive.
    blocked: Tally,
    read: Budget,
}

/// Takes a report of either format. Once a minute the log says of each directive what was blocked last and how often.
pub async fn collect(State(edge): State<Arc<Edge>>, body: Bytes) -> StatusCode {
    let now = Instant::now();
    if body.len() > LIMIT {
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    if !edge.reports.read.spend(READ_IN_A_MINUTE, now) {
        return StatusCode::TOO_MANY_REQUESTS;
    }
    let Ok(report) = serde_json::from_slice::<Value>(&body) else { return StatusCode::BAD_REQUEST };
    for (blocked, directive) in violations(&report) {
        if let Some((directive, times)) = edge.reports.blocked.count(&directive, now) {
            tracing::warn!(blocked, directive, times, "browsers blocked what the content security policy forbids");
        }
    }
    StatusCode::NO_CONTENT
}

/// Returns what was blocked and by which directive, from `report-uri` or from `report-to`.
fn violations(report: &Value) -> Vec<(String, String)> {
    let field = |value: &Value, name: &str| clean(value.get(name).and_then(Value::as_str).unwrap_or("unknown"));
    match report {
        Value::Array(reports) => reports
            .iter()
            .take(20)
            .filter_map(|report| report.get("body"))
            .map(|body| (field(body, "blockedURL"), name_of(&field(body, "effectiveDirective"))))
            .collect(),
        _ => report
            .get("csp-report")
            .map(|body| vec![(field(body, "blocked-uri"), name_of(&field(body, "violated-directive")))])
            .unwrap_or_default(),
    }
}

/// Returns the name of a directive, which browsers once sent with its sources.
fn name_of(directive: &str) -> String {
    let name = directive.split(' ').next().unwrap_or_default();
    let is_name = |name: &str| name.len() <= 40 && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if is_name(name) { name.to_owned() } else { "unknown".to_owned() }
}

/// Keeps a stranger's text short and on one line.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_are_read_and_nothing_breaks_the_line() {
        let old = serde_json::json!({"csp-report": {"blocked-uri": "https://e\r\nx", "violated-directive": "img-src 'self' data:"}});
        assert_eq!(violations(&old), [("https://ex".to_owned(), "img-src".to_owned())]);
        let new = serde_json::json!([{"body": {"blockedURL": "inline", "effectiveDirective": "script-src"}}, {}]);
        assert_eq!(violations(&new), [("inline".to_owned(), "script-src".to_owned())]);
        assert!(violations(&serde_json::json!("nonsense")).is_empty());
    }
}
