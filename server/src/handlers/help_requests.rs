//! Admin, help with the second step: the post that decides about a request.
use crate::{
    extract::{Fields, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use domain::{Error, credentials::two_factor::help::HelpDecision};
use std::collections::BTreeMap;
use uuid::Uuid;
use web::explain;

const PAGE: &str = "/admin/help-requests";

/// Grants a request, or refuses it.
pub async fn decide(SignedIn { request, caller }: SignedIn, Id(id): Id<Uuid>, mut fields: Fields) -> Response {
    let (reason, id) = (fields.take("reason"), id.to_string());
    let decision = match fields.text("step") {
        "grant" => Ok((HelpDecision::Granted, Notice::HelpGranted)),
        "refuse" => Ok((HelpDecision::Refused, Notice::HelpRefused)),
        _ => Err("Press the button that grants it, or the one that refuses it.".to_owned()),
    };
    let bailey = &request.context.bailey;
    let done = match decision {
        Ok((decision, notice)) => {
            bailey.two_factor().decide_help(&caller, &id, decision, &reason).await.map(|()| notice)
        }
        // What is not there is not asked about.
        Err(words) => Err(Error::Invalid(BTreeMap::from([("reason".to_owned(), words)]))),
    };
    match done {
        Ok(notice) => redirect_with_notice(PAGE, notice),
        Err(Error::Invalid(mut errors)) => {
            let error = errors.remove("reason").unwrap_or_default();
            let (status, _) = explain(Error::Invalid(errors));
            let form = Form::HelpRequest { id, reason, error };
            request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
        }
        Err(error) => request.error_at(PAGE, error).await,
    }
}
