//! The policy over the REST API. Its entity tag is the revision; whoever writes says on top of which.
use crate::extract::SignedIn;
use axum::{
    Json,
    extract::{
        Query,
        rejection::{JsonRejection, QueryRejection},
    },
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ETAG, IF_MATCH},
    },
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    policies::{
        People, Review, Revision, SaveOptions,
        document::{self, Document},
    },
};
use policy::{Change, Reading, Refusal, SettingKey, impact::Consequence};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Problem, PublicError, explain};

/// The whole policy as tables of typed values.
pub async fn read(SignedIn { request, caller }: SignedIn, asked: Result<Query<Nothing>, QueryRejection>) -> Response {
    if asked.is_err() {
        return unreadable("Nothing can be asked for in the query.", &request.context.request_id);
    }
    let revision = caller.policy().revision;
    match request.context.bailey.policies().reading(caller.workspace(), revision).await {
        Ok(stored) => answer(revision, &stored),
        Err(error) => refused(error, revision, &request.context.request_id),
    }
}

/// A query that asks for nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Answers the settings, and the keys of those that can't be read, which stand in no table.
fn answer(revision: i64, stored: &Reading) -> Response {
    let mut body = json!({ "revision": revision, "settings": document::write(stored) });
    if !stored.unreadable.is_empty() {
        body["unreadable"] = stored.unreadable.iter().map(|found| found.key).collect();
    }
    tagged(Json(body).into_response(), revision)
}

fn tagged(mut response: Response, revision: i64) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// What the query of a write may ask for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Only say what it would do.
    #[serde(default)]
    dry_run: bool,
}

/// Writes settings on top of the revision that `If-Match` names; what the document does not name
/// stays as it is.
pub async fn write(
    SignedIn { request, caller }: SignedIn,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
    body: Result<Json<Document>, JsonRejection>,
) -> Response {
    let id = &request.context.request_id;
    let Ok(Query(Asked { dry_run })) = asked else {
        return unreadable("dry_run is true or false; nothing else can be asked for.", id);
    };
    let Some(base) = revision_of(&headers) else {
        return Problem::of(
            StatusCode::PRECONDITION_REQUIRED,
            "if-match-required",
            "Say on top of which revision you write: If-Match with the ETag of GET /api/v1/policy.",
            id,
        )
        .into_response();
    };
    let document = match body {
        Ok(Json(Document(document))) => document,
        Err(JsonRejection::BytesRejection(rejection)) => {
            return Problem::failed(rejection.status(), id).into_response();
        }
        Err(rejection) => {
            return unreadable(&format!("The body is no JSON document of settings: {}.", root(&rejection)), id);
        }
    };
    let bailey = &request.context.bailey;
    let wanted = match unwrap(document, base).and_then(|found| document::read(&found, &caller.policy().settings)) {
        Ok(wanted) => wanted,
        Err(error) => return refused(error, base, id),
    };
    if dry_run {
        return match bailey.policies().review_settings(&caller, base, wanted).await {
            Ok(review) => tagged(Json(review_json(&review)).into_response(), base),
            Err(error) => refused(error, base, id),
        };
    }
    match bailey.policies().save_settings(&caller, base, wanted, "api", SaveOptions::default()).await {
        Ok(saved) => answer(saved.policy.revision, &saved.policy.settings.clone().into()),
        Err(error) => refused(error, base, id),
    }
}

/// Returns the settings of a document as GET answers it, which may be written as a whole; or the document itself.
fn unwrap(document: Value, base: i64) -> Result<Value, Error> {
    let Value::Object(mut table) = document else { return Ok(document) };
    let Some(settings) = table.remove("settings") else { return Ok(Value::Object(table)) };
    let mut found = BTreeMap::new();
    table.remove("unreadable");
    match table.remove("revision") {
        Some(revision) if revision != base => {
            drop(found.insert("revision".to_owned(), "Is not the revision that If-Match names.".to_owned()));
        }
        _ => {}
    }
    let words = "Only “revision” may stand beside “settings”. Put it inside, or leave it out.";
    found.extend(table.into_iter().map(|(key, _)| (key.chars().take(100).collect(), words.to_owned())));
    if found.is_empty() { Ok(settings) } else { Err(Error::Invalid(found)) }
}

/// Returns what is wrong with a body, without the words of the layers that it came through.
fn root(rejection: &JsonRejection) -> String {
    let mut error: &dyn std::error::Error = rejection;
    while let Some(cause) = error.source() {
        error = cause;
    }
    error.to_string()
}

fn unreadable(detail: &str, request_id: &str) -> Response {
    Problem::of(StatusCode::BAD_REQUEST, "unreadable", detail, request_id).into_response()
}

/// Returns the revision that `If-Match` names; lists name none. A proxy that compresses an answer marks its tag as weak
/// or adds how, and it is the same revision all the same.
fn revision_of(headers: &HeaderMap) -> Option<i64> {
    let tag = headers.get(IF_MATCH)?.to_str().ok()?.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    let compressed = ["-gzip", ";gzip", "-br", "-zstd"].into_iter().find_map(|how| tag.strip_suffix(how));
    compressed.unwrap_or(tag).parse().ok()
}

fn refused(error: Error, base: i64, request_id: &str) -> Response {
    let (status, answer) = explain(error);
    match answer {
        PublicError::Refused(refusal) => {
            Problem { detail: refusal.to_a_program(), ..Problem::refused(&refusal, request_id) }.into_response()
        }
        PublicError::Invalid(fields) => {
            let detail = fields.iter().map(|(key, words)| format!("{key}: {words}")).collect::<Vec<_>>().join(" ");
            let mut problem = Problem::of(status, "invalid-settings", &detail, request_id);
            problem.errors = fields;
            problem.into_response()
        }
        PublicError::Conflict(conflict) => {
            let detail = if (0..=conflict.revision).contains(&base) {
                let by = conflict.signature.as_ref().map_or("", |signature| &signature.by);
                format!("{by} saved revision {} meanwhile. Nothing was overwritten.", conflict.revision)
            } else {
                format!("There is no revision {base}: {} stands now. Nothing was overwritten.", conflict.revision)
            };
            let problem = Problem::of(StatusCode::PRECONDITION_FAILED, "overtaken", &detail, request_id);
            tagged(problem.into_response(), conflict.revision)
        }
        _ => Problem::failed(status, request_id).into_response(),
    }
}

fn change_json(change: &Change) -> Value {
    json!({ "setting": change.setting.key, "from": change.from, "to": change.to, "words": change.in_words(), "weakens": change.weakens })
}

fn consequence_json(effect: &Consequence, people: &People) -> Value {
    json!({ "setting": effect.key, "words": effect.words, "people": people.named, "more_people": people.more })
}

fn preview_json(refusal: &Refusal) -> Value {
    json!({ "setting": refusal.setting().map(SettingKey::as_str), "words": refusal.preview() })
}

fn review_json(review: &Review) -> Value {
    let words = |key: &str, words: &str| json!({ "setting": key, "words": words });
    json!({
        "revision": review.revision,
        "changes": review.changes.iter().map(change_json).collect::<Vec<_>>(),
        "effect": review.consequences.iter().map(|(effect, people)| consequence_json(effect, people)).collect::<Vec<_>>(),
        "warnings": review.warnings.iter().map(|w| words(w.key, w.words)).collect::<Vec<_>>(),
        "yourself": review.yourself.iter().map(preview_json).collect::<Vec<_>>(),
        "locks_you_out": review.locks_you_out(),
        "blocked": review.blocked,
    })
}

/// A page of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// Only what is older than this.
    before: Option<i64>,
}

/// How many revisions an answer holds.
const PAGE: i64 = 50;

/// The revisions, newest first.
pub async fn revisions(
    SignedIn { request, caller }: SignedIn,
    cursor: Result<Query<Cursor>, QueryRejection>,
) -> Response {
    let Ok(Query(Cursor { before })) = cursor else {
        return unreadable(
            "before is the number of a revision; nothing else can be asked for.",
            &request.context.request_id,
        );
    };
    match request.context.bailey.policies().revisions(caller.workspace(), before, PAGE).await {
        Ok(found) => {
            let next = found.last().map(|revision| revision.number).filter(|number| *number > 1);
            Json(json!({ "revisions": found.iter().map(revision_json).collect::<Vec<_>>(), "next": next }))
                .into_response()
        }
        Err(error) => refused(error, caller.policy().revision, &request.context.request_id),
    }
}

fn revision_json(revision: &Revision) -> Value {
    json!({
        "revision": revision.number,
        "by": revision.by,
        "address": revision.address,
        "at": revision.at.0,
        "origin": revision.origin,
        "changes": revision.changes.iter().map(change_json).collect::<Vec<_>>(),
    })
}
