//! The first start: the page behind the one-time link from the console.
use super::{Fields, Visit, visit::go};
use crate::{edge, gate::broken_page};
use app::{
    api::serve::explain,
    error::ApiError,
    page::{Form, Judge, Notice, PageState},
};
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

/// The one-time token of the link.
#[derive(Debug, Default, Deserialize)]
pub struct Key {
    #[serde(default)]
    token: String,
}

/// Shows the form, without using the link.
pub async fn page(visit: Visit, key: Result<Query<Key>, QueryRejection>) -> Response {
    let Key { token } = key.map(|Query(key)| key).unwrap_or_default();
    let looked = visit.context.bailey.look_at_set_up(&visit.context.workspace.id, &Token::from_browser(&token)).await;
    let response = match looked {
        Ok(()) => {
            let form = form(&visit, token, String::new(), String::new(), BTreeMap::new());
            visit.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Err(error) => visit.error_at("/set-up", error).await,
    };
    edge::without_referrer(response)
}

/// The form, with what its password is judged by as things are.
fn form(visit: &Visit, token: String, name: String, email: String, errors: BTreeMap<String, String>) -> Form {
    let judge = Judge::new(visit.context.admission.policy.settings.passwords.policy, &name, &email);
    Form::SetUp { token, name, email, judge, errors }
}

/// Creates the first super-admin.
pub async fn create(visit: Visit, mut fields: Fields) -> Response {
    let (token, name, email) = (fields.take("token"), fields.take("name"), fields.take("email"));
    let password = SecretString::from(fields.take("password"));
    let new =
        NewMember { name: &name, email: &email, password: Some(password), role: Role::SuperAdmin, confirmed: true };
    let context = &visit.context;
    let error = match context.bailey.set_up(&context.workspace.id, &Token::from_browser(&token), new).await {
        Ok(()) => return go("/sign-in", Notice::SetUpDone),
        Err(error) => error,
    };
    let (status, answer) = explain(error, &context.request_id);
    let form = |errors| form(&visit, token, name, email, errors);
    let page = match answer {
        ApiError::Invalid(errors) => PageState { form: form(errors), ..PageState::default() },
        ApiError::Refused(refusal @ Refusal::LinkDead) => PageState { refusal: Some(refusal), ..PageState::default() },
        ApiError::Refused(refusal) => {
            PageState { form: form(BTreeMap::new()), refusal: Some(refusal), ..PageState::default() }
        }
        _ => return broken_page(&visit.state, status, &context.request_id).into_response(),
    };
    edge::without_referrer(visit.page_at("/set-up", page, status).await)
}
