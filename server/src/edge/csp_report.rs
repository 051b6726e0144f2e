//! Reports of violations of the content security policy, from browsers.
use axum::{body::Bytes, http::StatusCode};
use serde_json::Value;

/// The largest report, in bytes.
const LIMIT: usize = 16 * 1024;

/// Takes a report of either format and writes one line to the log.
pub async fn collect(body: Bytes) -> StatusCode {
    if body.len() > LIMIT {
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    let Ok(report) = serde_json::from_slice::<Value>(&body) else { return StatusCode::BAD_REQUEST };
    for (blocked, directive) in violations(&report) {
        tracing::warn!(blocked, directive, "a browser blocked something that the content security policy forbids");
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
            .map(|body| (field(body, "blockedURL"), field(body, "effectiveDirective")))
            .collect(),
        _ => report
            .get("csp-report")
            .map(|body| vec![(field(body, "blocked-uri"), field(body, "violated-directive"))])
            .unwrap_or_default(),
    }
}

/// Keeps a stranger's text short and on one line.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_are_read_and_nothing_breaks_the_line() {
        let old = serde_json::json!({"csp-report": {"blocked-uri": "https://e\r\nx", "violated-directive": "img-src"}});
        assert_eq!(violations(&old), [("https://ex".to_owned(), "img-src".to_owned())]);
        let new = serde_json::json!([{"body": {"blockedURL": "inline", "effectiveDirective": "script-src"}}, {}]);
        assert_eq!(violations(&new), [("inline".to_owned(), "script-src".to_owned())]);
        assert!(violations(&serde_json::json!("nonsense")).is_empty());
    }
}
