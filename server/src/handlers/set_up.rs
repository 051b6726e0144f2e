//! The first start: the page behind the one-time link from the console.
use crate::{
    edge,
    extract::{Fields, GatedRequest},
    respond::redirect_with_notice,
};
use app::page::{Form, Judge, Notice, PageState};
use axum::{
    extract::{Query, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{Token, members::NewMember};
use policy::{Refusal, Role};
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{PublicError, explain};

/// The one-time token of the link.
#[derive(Debug, Default, Deserialize)]
pub struct Key {
    #[serde(default)]
    token: String,
}

/// Shows the form, without using the link.
pub async fn page(request: GatedRequest, key: Result<Query<Key>, QueryRejection>) -> Response {
    let Key { token } = key.map(|Query(key)| key).unwrap_or_default();
    let looked = request
        .context
        .bailey
        .members()
        .look_at_set_up(&request.context.workspace.id, &Token::from_browser(&token))
        .await;
    let response = match looked {
        Ok(()) => {
            let form = form(&request, token, String::new(), String::new(), BTreeMap::new());
            request.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Err(error) => request.error_at("/set-up", error).await,
    };
    edge::without_referrer(response)
}

/// Returns the form, with what its password is judged by as things are.
fn form(request: &GatedRequest, token: String, name: String, email: String, errors: BTreeMap<String, String>) -> Form {
    let judge = Judge::new(request.context.admission.policy.settings.passwords.policy, &name, &email);
    Form::SetUp { token, name, email, judge, errors }
}

/// Creates the first super-admin.
pub async fn create(request: GatedRequest, mut fields: Fields) -> Response {
    let (token, name, email) = (fields.take("token"), fields.take("name"), fields.take("email"));
    let password = SecretString::from(fields.take("password"));
    let new =
        NewMember { name: &name, email: &email, password: Some(password), role: Role::SuperAdmin, confirmed: true };
    let context = &request.context;
    let error = match context.bailey.members().set_up(&context.workspace.id, &Token::from_browser(&token), new).await {
        Ok(()) => return redirect_with_notice("/sign-in", Notice::SetUpDone),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let form = |errors| form(&request, token, name, email, errors);
    let page = match answer {
        PublicError::Invalid(errors) => PageState { form: form(errors), ..PageState::default() },
        PublicError::Refused(refusal @ Refusal::LinkDead) => {
            PageState { refusal: Some(refusal), ..PageState::default() }
        }
        PublicError::Refused(refusal) => {
            PageState { form: form(BTreeMap::new()), refusal: Some(refusal), ..PageState::default() }
        }
        _ => return request.fault_page(status).into_response(),
    };
    edge::without_referrer(request.page_at("/set-up", page, status).await)
}
