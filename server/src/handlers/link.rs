//! One-time links: GET shows what will happen, POST does it.
use super::{Visit, auth::go_on};
use crate::edge;
use app::state::{Form, PageState};
use axum::{extract::Path, http::StatusCode, response::Response};
use domain::Token;

/// Shows what the link does, without using it.
pub async fn page(visit: Visit, Path(token): Path<String>) -> Response {
    let context = &visit.context;
    let response = match context.bailey.look_at_link(&context.workspace.id, &Token::from_browser(&token)).await {
        Ok(link) => {
            let what = format!("This link signs you in as {}, once, in place of your password.", link.email);
            let form = Form::Link { token, what, button: "Sign in".to_owned() };
            visit.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Err(error) => visit.error_at("/link/used", error).await,
    };
    edge::without_referrer(response)
}

/// Uses the link up.
pub async fn act(visit: Visit, Path(token): Path<String>) -> Response {
    let context = &visit.context;
    let used =
        context.bailey.sign_in_by_link(&context.workspace.id, &Token::from_browser(&token), &context.client).await;
    match used {
        Ok(progress) => go_on(&visit, &progress, None, None),
        Err(error) => edge::without_referrer(visit.error_at("/link/used", error).await),
    }
}
