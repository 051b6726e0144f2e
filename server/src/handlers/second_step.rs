//! The second step of a sign-in: by whatever the member has.
use super::auth::hand_out_session;
use crate::{
    extract::{AskedQuery, Fields, GatedRequest, PendingSignIn},
    respond::{redirect_after_lapsed_second_step, redirect_with_notice},
};
use app::page::{Form, Notice, PageState, WaitingHelp, Way};
use axum::{
    http::{StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::sign_in::{self, SignInDone};
use policy::{
    Refusal,
    decide::{code::Code, trust},
};
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/sign-in/second-step";

/// Shows the second step.
pub async fn page(PendingSignIn { request, sign_in }: PendingSignIn, asked: AskedQuery) -> Response {
    let refusal = match refused(&request, &sign_in).await {
        Ok(refusal) => refusal,
        Err(error) => return request.error_at("/sign-in", error).await,
    };
    let page = PageState { notice: asked.notice(), ..second_step(&request, &sign_in, BTreeMap::new(), refusal) };
    request.page(page, StatusCode::OK).await
}

/// Returns what stands in the way of this second step before anything is tried.
async fn refused(request: &GatedRequest, sign_in: &sign_in::PendingSignIn) -> domain::Result<Option<Refusal>> {
    let bailey = &request.context.bailey;
    match bailey.two_factor().codes_refused_between(sign_in, &request.context.client).await? {
        None => bailey.two_factor().code_has_to_wait(sign_in).await,
        refused => Ok(refused),
    }
}

/// Returns by what this second step can be passed.
fn ways(sign_in: &sign_in::PendingSignIn) -> Vec<Way> {
    let emailed = sign_in.takes_emailed_code();
    [
        (sign_in.factors().authenticator, Way::Authenticator),
        (sign_in.factors().passkeys > 0, Way::Passkey),
        (emailed && sign_in.code_was_sent(), Way::EmailedCodeSent),
        (emailed && !sign_in.code_was_sent(), Way::EmailedCode),
        (sign_in.has_recovery_codes(), Way::RecoveryCode),
    ]
    .into_iter()
    .filter_map(|(there, way)| there.then_some(way))
    .collect()
}

/// Returns what stands beside a field after a wrong code; where no more are taken, no word of another one.
pub(super) fn beside_code(of: Code, refused: Option<&Refusal>) -> String {
    if refused.is_some() { of.wrong().to_owned() } else { Refusal::WrongCode { of }.detail() }
}

/// Returns the ways that are left under a refusal: where codes are refused for good, no form for one is offered.
pub(super) fn ways_under(refusal: Option<&Refusal>, mut ways: Vec<Way>) -> Vec<Way> {
    if matches!(refusal, Some(Refusal::FactorDisabled { .. })) {
        ways.retain(|way| *way == Way::Passkey);
    }
    ways
}

fn second_step(
    request: &GatedRequest,
    sign_in: &sign_in::PendingSignIn,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
) -> PageState {
    let trust_days = trust::days(&request.context.admission.policy.settings);
    let ways = ways_under(refusal.as_ref(), ways(sign_in));
    let help = sign_in.help().map(|help| WaitingHelp { asked_at: help.asked_at, granted_from: help.granted_from });
    let form = Form::SecondStep { trust_days, email: sign_in.email().to_string(), ways, help, errors };
    PageState { form, refusal, ..PageState::default() }
}

/// Takes the second step by a code of the authenticator app.
pub async fn verify_code(PendingSignIn { request, sign_in }: PendingSignIn, fields: Fields) -> Response {
    let code = fields.text("code");
    let sign_in = sign_in.trusting(fields.text("trust") == "true");
    let done = request.context.bailey.two_factor().second_step_by_code(&sign_in, code, &request.context.client).await;
    after_second_step(&request, &sign_in, "code", done).await
}

/// Takes the second step by a recovery code.
pub async fn use_recovery_code(PendingSignIn { request, sign_in }: PendingSignIn, fields: Fields) -> Response {
    let code = fields.text("recovery_code");
    let sign_in = sign_in.trusting(fields.text("trust") == "true");
    let done =
        request.context.bailey.two_factor().second_step_by_recovery_code(&sign_in, code, &request.context.client).await;
    after_second_step(&request, &sign_in, "recovery_code", done).await
}

/// Takes the second step by a code that was sent by mail.
pub async fn use_emailed_code(PendingSignIn { request, sign_in }: PendingSignIn, fields: Fields) -> Response {
    // Beside the field of the app's code it has a name of its own.
    let field = if fields.0.contains_key("emailed_code") { "emailed_code" } else { "code" };
    let sign_in = sign_in.trusting(fields.text("trust") == "true");
    let bailey = &request.context.bailey;
    let done =
        bailey.two_factor().second_step_by_emailed_code(&sign_in, fields.text(field), &request.context.client).await;
    after_second_step(&request, &sign_in, field, done).await
}

/// Sends a code by mail, or another one.
pub async fn send_code(PendingSignIn { request, sign_in }: PendingSignIn) -> Response {
    match request.context.bailey.two_factor().send_emailed_code(&sign_in, &request.context.client).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::CodeSent),
        Err(error) => {
            let (status, answer) = explain(error);
            let PublicError::Refused(refusal) = answer else {
                return request.fault_page(status);
            };
            request.page_at(PAGE, second_step(&request, &sign_in, BTreeMap::new(), Some(refusal)), status).await
        }
    }
}

/// Asks an admin to remove the second step.
pub async fn ask_for_help(PendingSignIn { request, sign_in }: PendingSignIn) -> Response {
    match request.context.bailey.two_factor().ask_for_help(&sign_in, &request.context.client).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::HelpAsked),
        Err(error) => {
            let (status, answer) = explain(error);
            match answer {
                PublicError::Refused(Refusal::ChallengeExpired) => redirect_after_lapsed_second_step(sign_in.next()),
                PublicError::Refused(refusal) => {
                    let page = second_step(&request, &sign_in, BTreeMap::new(), Some(refusal));
                    request.page_at(PAGE, page, status).await
                }
                _ => request.fault_page(status),
            }
        }
    }
}

async fn after_second_step(
    request: &GatedRequest,
    sign_in: &sign_in::PendingSignIn,
    field: &str,
    done: domain::Result<SignInDone>,
) -> Response {
    let error = match done {
        Ok(done) => {
            let stays = Some(sign_in.email()).filter(|_| sign_in.stays());
            return hand_out_session(request, &done, sign_in.next(), stays);
        }
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let page = match answer {
        PublicError::Refused(Refusal::ChallengeExpired) => return redirect_after_lapsed_second_step(sign_in.next()),
        PublicError::Refused(Refusal::WrongCode { of }) => {
            // It may have been the last one that is looked at for now.
            let refused =
                match request.context.bailey.two_factor().codes_refused_between(sign_in, &request.context.client).await
                {
                    Ok(refused) => refused,
                    Err(error) => return request.error_at("/sign-in", error).await,
                };
            second_step(
                request,
                sign_in,
                BTreeMap::from([(field.to_owned(), beside_code(of, refused.as_ref()))]),
                refused,
            )
        }
        PublicError::Invalid(errors) => {
            let words = errors.into_values().next().unwrap_or_default();
            second_step(request, sign_in, BTreeMap::from([(field.to_owned(), words)]), None)
        }
        PublicError::Refused(refusal) => second_step(request, sign_in, BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    request.page_at(PAGE, page, status).await
}

/// Gives the sign-in up between its steps.
pub async fn cancel(PendingSignIn { request, sign_in }: PendingSignIn) -> Response {
    if let Err(error) = request.context.bailey.sign_in().cancel(&sign_in).await {
        return request.error_at("/sign-in", error).await;
    }
    (AppendHeaders([(SET_COOKIE, request.context.cookies.no_pending())]), Redirect::to("/sign-in")).into_response()
}
