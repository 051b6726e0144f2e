//! Joining by an invitation: the page to which its button leads, and the post of its form.
use crate::{
    extract::{Fields, GatedRequest},
    respond::redirect_with_notice,
};
use app::page::{Form, Judge, Notice, PageState};
use axum::{
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{Error, Token, members::invitations::Invited};
use policy::Refusal;
use secrecy::SecretString;
use std::collections::BTreeMap;

const JOIN: &str = "/join";

/// Lets a browser bring the link of an invitation to the page that asks for a name and a password.
pub fn hand_out_invitation(request: &GatedRequest, link: &Token) -> Response {
    (AppendHeaders([(SET_COOKIE, request.context.cookies.grant(link))]), Redirect::to(JOIN)).into_response()
}

fn link_of(request: &GatedRequest, headers: &HeaderMap) -> Token {
    request.context.cookies.grant_of(headers).unwrap_or_else(|| Token::from_browser(""))
}

/// Shows the form.
pub async fn page(request: GatedRequest, headers: HeaderMap) -> Response {
    form(&request, &headers, None, BTreeMap::new(), None, StatusCode::OK).await
}

async fn form(
    request: &GatedRequest,
    headers: &HeaderMap,
    typed: Option<String>,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let context = &request.context;
    let looked = context.bailey.members().look_at_invitation(&context.workspace.id, &link_of(request, headers)).await;
    let Invited { email, name, role } = match looked {
        Ok(invited) => invited,
        Err(error) => return request.error_at(JOIN, error).await,
    };
    let name = typed.unwrap_or(name);
    let judge = Judge::new(context.admission.policy.settings.passwords.policy, &name, &email);
    let form = Form::Join { name, role: role.label().to_owned(), judge, errors };
    request.page_at(JOIN, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Joins.
pub async fn join(request: GatedRequest, headers: HeaderMap, mut fields: Fields) -> Response {
    let (name, password) = (fields.take("name"), SecretString::from(fields.take("password")));
    let context = &request.context;
    let (members, link) = (context.bailey.members(), link_of(&request, &headers));
    match members.accept_invitation(&context.workspace.id, &link, &name, &password, &context.client).await {
        Ok(()) => {
            let mut response = redirect_with_notice("/sign-in", Notice::Joined);
            response.headers_mut().append(SET_COOKIE, context.cookies.no_grant());
            response
        }
        Err(Error::Invalid(errors)) => {
            form(&request, &headers, Some(name), errors, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Refused(refusal @ Refusal::Busy { .. })) => {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            form(&request, &headers, Some(name), BTreeMap::new(), Some(refusal), status).await
        }
        Err(error) => request.error_at(JOIN, error).await,
    }
}
