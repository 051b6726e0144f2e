//! The Security tab's save without WebAssembly.
use super::{Fields, SignedIn, visit::go};
use crate::gate::broken_page;
use app::{
    api::serve::explain,
    error::ApiError,
    state::{Form, Notice, PageState},
};
use axum::response::Response;
use std::collections::BTreeMap;

const PAGE: &str = "/admin/settings";

/// Saves the whole form, or renders it again with everything that was typed.
pub async fn save(SignedIn { visit, caller }: SignedIn, mut fields: Fields) -> Response {
    // A form without a readable revision is one that was overtaken: nothing is overwritten.
    let revision: i64 = fields.take("revision").parse().unwrap_or(-1);
    let error = match visit.context.bailey.save_policy(&caller, revision, &fields.0).await {
        Ok(saved) if saved.changes.is_empty() => return go(PAGE, Notice::NothingChanged),
        Ok(_) => return go(PAGE, Notice::SettingsSaved),
        Err(error) => error,
    };
    let (status, answer) = explain(error, &visit.context.request_id);
    let (errors, conflict) = match answer {
        ApiError::Invalid(errors) => (errors, None),
        ApiError::Conflict(conflict) => (BTreeMap::new(), Some(*conflict)),
        ApiError::Refused(refusal) => match refusal.setting() {
            Some(setting) => (BTreeMap::from([(setting.as_str().to_owned(), refusal.detail())]), None),
            None => return visit.error_at(PAGE, refusal.into()).await,
        },
        _ => return broken_page(&visit.state, status, &visit.context.request_id),
    };
    let form = Form::Settings { revision, values: fields.0, errors, conflict };
    visit.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
}
