//! Asking to join: the page, and the post of its form.
use crate::extract::{Fields, GatedRequest};
use app::page::{Form, PageState};
use axum::{http::StatusCode, response::Response};
use domain::Error;
use policy::{
    Refusal,
    decide::registration::{self, AfterConfirmation},
};
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/register";

/// The form as it was sent.
#[derive(Default)]
struct Sent {
    name: String,
    email: String,
}

/// Shows the form; says that registration is closed where it is.
pub async fn page(request: GatedRequest) -> Response {
    form(&request, Sent::default(), BTreeMap::new(), None, StatusCode::OK).await
}

async fn form(
    request: &GatedRequest,
    Sent { name, email }: Sent,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let context = &request.context;
    let captcha = context.bailey.members().registration_captcha(&context.workspace.id, &context.client).await;
    let (form, refusal) = match captcha {
        Ok(captcha) => (Form::Register { name, email, captcha, waits: waits(request), sent: false, errors }, refusal),
        Err(Error::Refused(closed @ Refusal::RegistrationClosed { .. })) => (Form::None, Some(closed)),
        Err(error) => return request.error_at(PAGE, error).await,
    };
    request.page_at(PAGE, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Whether whoever asks has to wait until somebody has decided.
fn waits(request: &GatedRequest) -> bool {
    let settings = &request.context.admission.policy.settings;
    registration::may_register(settings) == Ok(AfterConfirmation::Waits)
}

/// Asks to join; says the same whether somebody has the address already or not.
pub async fn register(request: GatedRequest, mut fields: Fields) -> Response {
    let sent = Sent { name: fields.take("name"), email: fields.take("email").trim().to_owned() };
    let captcha = fields.take("altcha");
    let context = &request.context;
    let (members, workspace) = (context.bailey.members(), &context.workspace.id);
    let error = match members.register(workspace, &sent.name, &sent.email, &captcha, &context.client).await {
        Ok(()) => {
            let Sent { name, email } = sent;
            let waits = waits(&request);
            let form = Form::Register { name, email, captcha: None, waits, sent: true, errors: BTreeMap::new() };
            return request.page_at(PAGE, PageState { form, ..PageState::default() }, StatusCode::OK).await;
        }
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    match answer {
        PublicError::Invalid(errors) => form(&request, sent, errors, None, status).await,
        PublicError::Refused(refusal) => form(&request, sent, BTreeMap::new(), Some(refusal), status).await,
        _ => request.fault_page(status),
    }
}
