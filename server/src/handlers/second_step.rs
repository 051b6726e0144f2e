//! The second step of a sign-in: by whatever the member has.
use super::{Between, Fields, Visit, auth::signed_in, pages::AskedQuery, visit::go};
use crate::gate::{broken_page, sign_in_anew};
use app::{
    api::serve::explain,
    error::ApiError,
    page::{Form, Notice, PageState, Way},
};
use axum::{
    extract::Query,
    http::{StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::sign_in::{PendingSignIn, SignInDone};
use policy::{
    Refusal,
    decide::{code::Code, trust},
};
use std::collections::BTreeMap;

const PAGE: &str = "/sign-in/second-step";

/// Shows the second step.
pub async fn page(Between { visit, between }: Between, asked: AskedQuery) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let refusal = match refused(&visit, &between).await {
        Ok(refusal) => refusal,
        Err(error) => return visit.error_at("/sign-in", error).await,
    };
    let page = PageState { notice: asked.notice(), ..second_step(&visit, &between, BTreeMap::new(), refusal) };
    visit.page(page, StatusCode::OK).await
}

/// What stands in the way of this second step before anything is tried.
async fn refused(visit: &Visit, between: &PendingSignIn) -> domain::Result<Option<Refusal>> {
    let bailey = &visit.context.bailey;
    match bailey.codes_refused_between(between, &visit.context.client).await? {
        None => bailey.code_has_to_wait(between).await,
        refused => Ok(refused),
    }
}

/// By what this second step can be passed.
fn ways(between: &PendingSignIn) -> Vec<Way> {
    let emailed = between.takes_emailed_code();
    [
        (between.factors().authenticator, Way::Authenticator),
        (between.factors().passkeys > 0, Way::Passkey),
        (emailed && between.code_was_sent(), Way::EmailedCodeSent),
        (emailed && !between.code_was_sent(), Way::EmailedCode),
        (between.has_recovery_codes(), Way::RecoveryCode),
    ]
    .into_iter()
    .filter_map(|(there, way)| there.then_some(way))
    .collect()
}

/// What stands beside a field after a wrong code; where no more are taken, no word of another one.
pub(super) fn beside_code(of: Code, refused: Option<&Refusal>) -> String {
    if refused.is_some() { of.wrong().to_owned() } else { Refusal::WrongCode { of }.detail() }
}

/// The ways that are left under a refusal: where codes are refused for good, no form for one is offered.
pub(super) fn ways_under(refusal: Option<&Refusal>, mut ways: Vec<Way>) -> Vec<Way> {
    if matches!(refusal, Some(Refusal::FactorDisabled { .. })) {
        ways.retain(|way| *way == Way::Passkey);
    }
    ways
}

fn second_step(
    visit: &Visit,
    between: &PendingSignIn,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
) -> PageState {
    let trust_days = trust::days(&visit.context.admission.policy.settings);
    let ways = ways_under(refusal.as_ref(), ways(between));
    let form = Form::SecondStep { trust_days, email: between.email().to_string(), ways, errors };
    PageState { form, refusal, ..PageState::default() }
}

/// Takes the second step by a code of the authenticator app.
pub async fn verify_code(Between { visit, between }: Between, fields: Fields) -> Response {
    let code = fields.text("code");
    let between = between.trusting(fields.text("trust") == "true");
    let done = visit.context.bailey.second_step_by_code(&between, code, &visit.context.client).await;
    after_second_step(&visit, &between, "code", done).await
}

/// Takes the second step by a recovery code.
pub async fn use_recovery_code(Between { visit, between }: Between, fields: Fields) -> Response {
    let code = fields.text("recovery_code");
    let between = between.trusting(fields.text("trust") == "true");
    let done = visit.context.bailey.second_step_by_recovery_code(&between, code, &visit.context.client).await;
    after_second_step(&visit, &between, "recovery_code", done).await
}

/// Takes the second step by a code that was sent by mail.
pub async fn use_emailed_code(Between { visit, between }: Between, fields: Fields) -> Response {
    // Beside the field of the app's code it has a name of its own.
    let field = if fields.0.contains_key("emailed_code") { "emailed_code" } else { "code" };
    let between = between.trusting(fields.text("trust") == "true");
    let bailey = &visit.context.bailey;
    let done = bailey.second_step_by_emailed_code(&between, fields.text(field), &visit.context.client).await;
    after_second_step(&visit, &between, field, done).await
}

/// Sends a code by mail, or another one.
pub async fn send_code(Between { visit, between }: Between) -> Response {
    match visit.context.bailey.send_emailed_code(&between, &visit.context.client).await {
        Ok(()) => go(PAGE, Notice::CodeSent),
        Err(error) => {
            let (status, answer) = explain(error, &visit.context.request_id);
            let ApiError::Refused(refusal) = answer else {
                return broken_page(&visit.state, status, &visit.context.request_id);
            };
            visit.page_at(PAGE, second_step(&visit, &between, BTreeMap::new(), Some(refusal)), status).await
        }
    }
}

async fn after_second_step(
    visit: &Visit,
    between: &PendingSignIn,
    field: &str,
    done: domain::Result<SignInDone>,
) -> Response {
    let error = match done {
        Ok(done) => {
            let stays = Some(between.email()).filter(|_| between.stays());
            return signed_in(visit, &done, between.next(), stays);
        }
        Err(error) => error,
    };
    let (status, answer) = explain(error, &visit.context.request_id);
    let page = match answer {
        ApiError::Refused(Refusal::ChallengeExpired) => return sign_in_anew(between.next()),
        ApiError::Refused(Refusal::WrongCode { of }) => {
            // It may have been the last one that is looked at for now.
            let refused = match visit.context.bailey.codes_refused_between(between, &visit.context.client).await {
                Ok(refused) => refused,
                Err(error) => return visit.error_at("/sign-in", error).await,
            };
            second_step(
                visit,
                between,
                BTreeMap::from([(field.to_owned(), beside_code(of, refused.as_ref()))]),
                refused,
            )
        }
        ApiError::Invalid(errors) => {
            let words = errors.into_values().next().unwrap_or_default();
            second_step(visit, between, BTreeMap::from([(field.to_owned(), words)]), None)
        }
        ApiError::Refused(refusal) => second_step(visit, between, BTreeMap::new(), Some(refusal)),
        _ => return broken_page(&visit.state, status, &visit.context.request_id),
    };
    visit.page_at(PAGE, page, status).await
}

/// Gives the sign-in up between its steps.
pub async fn cancel(Between { visit, between }: Between) -> Response {
    if let Err(error) = visit.context.bailey.cancel_sign_in(&between).await {
        return visit.error_at("/sign-in", error).await;
    }
    (AppendHeaders([(SET_COOKIE, visit.context.cookies.no_pending())]), Redirect::to("/sign-in")).into_response()
}
