//! The Security tab without WebAssembly: review, save, confirm or put back, restore.
mod limits;

use super::pages::show;
use crate::{
    edge,
    extract::{AskedQuery, Fields, GatedRequest, SignedIn},
    respond::{
        came_back, redirect_to_step_up, redirect_with_notice, redirect_with_notice_and_next, to_keep, with_saved_form,
    },
};
use app::{
    api::settings::options,
    page::{Form, Notice, PageState},
};
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{
    Caller, Error,
    policies::{Review, Submitted},
};
use policy::{
    Refusal, SettingKey, Settings,
    reason::Remedy,
    setting_link,
    value::{CidrList, Value},
};
use std::collections::BTreeMap;
use web::{PublicError, explain, status_of};

const PAGE: &str = "/admin/settings";
const CONFIRM: &str = "/admin/settings/confirm";
const HISTORY: &str = "/admin/history";

/// Shows the page, with what was typed before the session was over where that was saved; leads to the place of a setting
/// that the address names.
pub async fn page(signed_in: SignedIn, asked: AskedQuery) -> Response {
    if let Some(place) = signed_in.request.uri.query().and_then(setting_link::place) {
        return Redirect::to(&place).into_response();
    }
    let saved = signed_in.saved_form(&asked, PAGE).await;
    let request = signed_in.request;
    match saved {
        Ok(Some(saved)) => {
            let (_, mut values) = came_back(saved);
            let revision = values.remove("revision").and_then(|text| text.parse().ok()).unwrap_or(-1);
            let errors = limits::settle(&mut values);
            let form = Form::Settings { revision, values, errors, conflict: None, review: None };
            let page = PageState { notice: Some(Notice::FormRestored), form, ..PageState::default() };
            request.page_at(PAGE, page, StatusCode::OK).await
        }
        Ok(None) => show(request, asked).await,
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Saves or reviews the whole form, or renders it again with everything that was typed.
pub async fn save(signed_in: SignedIn, mut fields: Fields) -> Response {
    // A form without a readable revision is one that was overtaken: nothing is overwritten.
    let revision: i64 = fields.take("revision").parse().unwrap_or(-1);
    let step = fields.take("step");
    let options = options(step == "reviewed", &fields.take("seen"), step == "wait", &fields.take("lock_me_out"));
    let errors = ambiguous_fields(&mut fields);
    if !errors.is_empty() {
        let form = Form::Settings { revision, values: fields.0, errors, conflict: None, review: None };
        let page = PageState { form, ..PageState::default() };
        return signed_in.request.page_at(PAGE, page, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if step == "add-me" {
        add_own_address(&signed_in, &mut fields);
    }
    // Only what a button or a bare form asks for is saved; whatever else stands there is shown first.
    if !matches!(step.as_str(), "" | "save" | "reviewed" | "wait") {
        return Box::pin(review(signed_in, revision, fields)).await;
    }
    let SignedIn { request, caller } = signed_in;
    match request.context.bailey.policies().submit(&caller, revision, &fields.0, options).await {
        Ok(Submitted::NeedsReview(review)) => review_page(&request, revision, fields, *review).await,
        Ok(Submitted::Saved(saved)) if saved.changes.is_empty() => redirect_with_notice(PAGE, Notice::NothingChanged),
        Ok(Submitted::Saved(_)) if options.wait_for_confirmation => {
            redirect_with_notice(CONFIRM, Notice::SettingsWaiting)
        }
        Ok(Submitted::Saved(saved)) => redirect_with_notice_and_next(
            PAGE,
            Notice::SettingsSaved,
            &format!("{HISTORY}?undo={}", saved.policy.revision),
        ),
        Err(error) => form_again(SignedIn { request, caller }, revision, fields, error).await,
    }
}

/// Reads the boxes beside the numbers. Where it is not clear what a field is to hold, answers the words beside
/// each field that needs another look.
fn ambiguous_fields(fields: &mut Fields) -> BTreeMap<String, String> {
    let mut found = limits::settle(&mut fields.0);
    for (name, earlier) in fields.repeated() {
        let earlier: String = earlier.chars().take(100).collect();
        let words = format!("This field arrived more than once, also as “{earlier}”. Leave the value that you mean.");
        found.insert(name.chars().take(100).collect(), words);
    }
    if !found.is_empty() {
        let wrong = Settings::from_form(&fields.0).err().unwrap_or_default();
        for violation in wrong {
            found.entry(violation.key.to_owned()).or_insert_with(|| violation.problem.to_string());
        }
    }
    found
}

/// Puts the caller's own address on the allowlist in the form.
fn add_own_address(SignedIn { caller, .. }: &SignedIn, fields: &mut Fields) {
    if let Some(address) = caller.client().ip() {
        let list = fields.0.entry(SettingKey::NETWORK_ADMIN_ALLOWLIST.as_str().to_owned()).or_default();
        // As the button does where there is a script; a list that can't be read is left as it was typed.
        if let Ok(read) = CidrList::parse(list, None) {
            *list = read.with(address).print();
        }
    }
}

/// Shows what a save would do, above the form with everything that was typed.
async fn review(signed_in: SignedIn, revision: i64, fields: Fields) -> Response {
    let SignedIn { request, caller } = &signed_in;
    match request.context.bailey.policies().review(caller, revision, &fields.0).await {
        Ok(review) => review_page(request, revision, fields, review).await,
        Err(error) => form_again(signed_in, revision, fields, error).await,
    }
}

async fn review_page(request: &GatedRequest, revision: i64, fields: Fields, review: Review) -> Response {
    let form = Form::Settings {
        revision,
        values: fields.0,
        errors: BTreeMap::new(),
        conflict: None,
        review: Some(Box::new(review.into())),
    };
    request.page_at(PAGE, PageState { form, ..PageState::default() }, StatusCode::OK).await
}

async fn form_again(SignedIn { request, caller }: SignedIn, revision: i64, fields: Fields, error: Error) -> Response {
    if let Error::Refused(Refusal::StepUpRequired { .. }) = &error {
        // The gate saves the form as it was posted.
        return redirect_to_step_up(PAGE);
    }
    let (status, answer) = explain(error);
    let mut review = None;
    let (errors, conflict) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Conflict(conflict) => (BTreeMap::new(), Some((*conflict).into())),
        PublicError::Refused(refusal) => match refusal.setting() {
            Some(setting) => {
                if matches!(refusal, Refusal::LocksYouOut { .. }) {
                    // The review has the buttons for what these words advise.
                    let found = request.context.bailey.policies().review(&caller, revision, &fields.0).await.ok();
                    review = found.map(|found| Box::new(found.into()));
                }
                (BTreeMap::from([(setting.as_str().to_owned(), refusal.detail())]), None)
            }
            None if refusal.remedy() == Remedy::Confirm => {
                return form_while_pending(&request, &caller, revision, fields, refusal).await;
            }
            None => return request.error_at(PAGE, refusal.into()).await,
        },
        _ => return request.fault_page(status),
    };
    let form = Form::Settings { revision, values: fields.0, errors, conflict, review };
    request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
}

/// Saves the form while its author does something else first; returns the cookie by which their browser gets it back.
async fn save_form(
    request: &GatedRequest,
    caller: &Caller,
    revision: i64,
    mut values: BTreeMap<String, String>,
) -> domain::Result<AppendHeaders<[(HeaderName, HeaderValue); 1]>> {
    values.insert("revision".to_owned(), revision.to_string());
    let token = request.context.bailey.saved_forms().save(caller, PAGE, &to_keep(PAGE, values)).await?;
    Ok(AppendHeaders([(SET_COOKIE, request.context.cookies.form(&token))]))
}

/// Shows the form again, and saves it until the change that waits was confirmed or put back.
async fn form_while_pending(
    request: &GatedRequest,
    caller: &Caller,
    revision: i64,
    fields: Fields,
    refusal: Refusal,
) -> Response {
    let saved = match save_form(request, caller, revision, fields.0.clone()).await {
        Ok(saved) => saved,
        Err(error) => return request.error_at(PAGE, error).await,
    };
    let status = status_of(&refusal);
    let form = Form::Settings { revision, values: fields.0, errors: BTreeMap::new(), conflict: None, review: None };
    let page = PageState { refusal: Some(refusal), form, ..PageState::default() };
    (saved, request.page_at(PAGE, page, status).await).into_response()
}

/// Shows the change that waits. By its row the page always carries Bailey's own content security policy, since what
/// waits may be another one.
pub async fn confirm_page(request: GatedRequest, asked: AskedQuery) -> Response {
    let waiting = request.context.bailey.policies().pending(&request.context.workspace.id).await;
    // A page that is looked at again later must not say that what went back meanwhile holds.
    let notice = asked.notice().filter(|_| matches!(waiting, Ok(Some(_))));
    request.page(PageState { notice, ..PageState::default() }, StatusCode::OK).await
}

/// Confirms the change that waits, or puts it back.
pub async fn confirm(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let bailey = &request.context.bailey;
    let revision = fields.text("revision").parse().unwrap_or(-1);
    let outcome = match fields.text("act") {
        "keep" => bailey.policies().confirm(&caller, revision).await.map(|done| (done, Notice::ChangeConfirmed)),
        "revert" => bailey.policies().revert(&caller, revision).await.map(|done| (done, Notice::ChangeReverted)),
        // No button of the page has posted this: it is shown.
        _ => return Redirect::to(CONFIRM).into_response(),
    };
    // What was refused while the change waited goes on from here.
    let saved = bailey.saved_forms().find(&caller, PAGE).await.ok().flatten();
    let refused = saved.is_some_and(|saved| saved.get("revision").map(String::as_str) == Some(fields.text("revision")));
    let page = if refused { with_saved_form(PAGE) } else { PAGE.to_owned() };
    match outcome {
        Ok((true, notice)) => redirect_with_notice(&page, notice),
        Ok((false, _)) => redirect_with_notice(&page, Notice::ChangeSettled),
        Err(Error::Invalid(found)) => problems_page(&request, "Nothing was confirmed or put back", &found),
        Err(error) => request.error_at(CONFIRM, error).await,
    }
}

/// Restores or undoes a revision on top of the one that the page was based on.
pub async fn restore(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let number = |name| fields.text(name).parse().unwrap_or(-1);
    let (step, undoes) = (fields.text("step"), !fields.text("undo").is_empty());
    if !matches!(step, "" | "save" | "wait") {
        // No button of the card that shows what it does has posted this: it is shown.
        let (asked, number) = if undoes { ("undo", number("undo")) } else { ("restore", number("revision")) };
        return Redirect::to(&format!("{HISTORY}?{asked}={number}")).into_response();
    }
    let options = options(true, "", step == "wait", fields.text("lock_me_out"));
    let (bailey, base) = (&request.context.bailey, number("base"));
    let saved = if undoes {
        bailey.policies().undo(&caller, base, number("undo"), options).await
    } else {
        bailey.policies().restore(&caller, base, number("revision"), options).await
    };
    match saved {
        Ok(saved) if saved.changes.is_empty() => redirect_with_notice(HISTORY, Notice::NothingChanged),
        Ok(_) if options.wait_for_confirmation => redirect_with_notice(CONFIRM, Notice::SettingsWaiting),
        Ok(_) if undoes => redirect_with_notice(HISTORY, Notice::ChangeReverted),
        Ok(_) => redirect_with_notice(HISTORY, Notice::RevisionRestored),
        // Whoever saved meanwhile stands at the top of the history.
        Err(Error::Conflict(conflict)) if conflict.base.is_some() => redirect_with_notice(HISTORY, Notice::Overtaken),
        Err(Error::Conflict(_)) => redirect_with_notice(HISTORY, Notice::NeverWas),
        Err(Error::Invalid(found)) => problems_page(&request, "That revision can't be restored", &found),
        Err(Error::Refused(refusal @ Refusal::LocksYouOut { .. })) => {
            // The same card again: it has the field for the words, and the button with confirmation.
            let (asked, number) = if undoes { ("undo", number("undo")) } else { ("restore", number("revision")) };
            let page = PageState { form: Form::Restore { error: refusal.of_earlier() }, ..PageState::default() };
            request.page_at(&format!("{HISTORY}?{asked}={number}"), page, status_of(&refusal)).await
        }
        Err(error) => request.error_at(HISTORY, error).await,
    }
}

/// Says what is wrong with settings that no form holds.
fn problems_page(request: &GatedRequest, title: &str, found: &BTreeMap<String, String>) -> Response {
    let label = |key: &str| Settings::find(key).map_or_else(|| key.to_owned(), |setting| setting.label.to_owned());
    let words: Vec<_> = found.iter().map(|(key, words)| format!("{}: {words}", label(key))).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let (edge, id) = (&request.state.edge, &request.context.request_id);
    edge::plain_page(edge, StatusCode::UNPROCESSABLE_ENTITY, title, &words, id)
}
