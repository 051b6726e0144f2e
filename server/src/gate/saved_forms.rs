//! Nothing typed is lost: a form that holds what somebody has typed is saved for the browser that it came from when it
//! was posted after its session was over, or before a fresh proof of who its author is, and waits on its page.
use crate::{
    edge::{request_id, too_large},
    extract::Fields,
    respond::{ReturnTo, STEP_UP, next_of, page_of_typed, redirect_to_step_up, to_keep, with_saved_form},
    state::AppState,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{
        StatusCode,
        header::{LOCATION, SET_COOKIE},
        request::Parts,
    },
    response::Response,
};
use domain::{Caller, Token};
use web::RequestContext;

/// Saves the form that was refused until its author has done something else, as signing in again or enrolling, where there
/// is one worth saving, and marks the request; returns the token by which the browser gets it back.
pub async fn save(state: &AppState, context: &RequestContext, parts: &mut Parts, body: Body) -> Option<Token> {
    let path = parts.uri.path().to_owned();
    let page = page_of_typed(&path)?;
    let fields = Fields::from_request(Request::from_parts(parts.clone(), body), state).await.ok()?;
    let kept = to_keep(&path, fields.0);
    let (forms, client, admission) = (context.bailey.saved_forms(), &context.client, &context.admission);
    let saved = match (&admission.member, &admission.ended_of, admission.ended) {
        (Some(member), _, _) => forms.save_refused(member, client, &page, &kept).await.map(Some),
        (None, Some(member), Some(ended)) => forms.save_after_end((member, ended), client, &page, &kept).await,
        (None, _, _) => return None,
    };
    match saved {
        Ok(saved) => {
            if saved.is_some() {
                parts.extensions.insert(ReturnTo(with_saved_form(&page)));
            }
            saved
        }
        Err(error) => {
            tracing::error!(%error, "a form could not be saved");
            None
        }
    }
}

/// A form that is being answered: its member, its page, and what it holds.
pub struct TypedForm {
    caller: Caller,
    path: String,
    page: String,
    body: Bytes,
}

/// Reads a form that holds what somebody has typed, for the case that it is not taken yet; returns the request that goes
/// on to its handler.
///
/// # Errors
/// The answer to a form that is larger than this many bytes.
pub async fn read(
    state: &AppState,
    caller: &Caller,
    request: Request,
    limit: usize,
) -> Result<(Request, Option<TypedForm>), Response> {
    let path = request.uri().path().to_owned();
    let Some(page) = page_of_typed(&path) else { return Ok((request, None)) };
    let id = request_id(&request);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, limit).await else {
        return Err(too_large(&state.edge, &parts.headers, &id));
    };
    let request = Request::from_parts(parts, Body::from(body.clone()));
    Ok((request, Some(TypedForm { caller: caller.clone(), path, page, body })))
}

/// Saves the form where its answer asks for a fresh proof first, and has its author come back to it; forgets one that was
/// saved before where it was taken.
pub async fn settle(context: &RequestContext, form: TypedForm, response: Response) -> Response {
    let TypedForm { caller, path, page, body } = form;
    let leads_to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    // The page keeps where the person wanted to go.
    let back = next_of(leads_to).filter(|back| back.split('?').next() == Some(page.as_str()));
    let back = back.unwrap_or_else(|| page.clone());
    let forms = context.bailey.saved_forms();
    let done = if leads_to.starts_with(STEP_UP) {
        let fields: Fields = url::form_urlencoded::parse(&body).into_owned().collect();
        forms.save(&caller, &page, &to_keep(&path, fields.0)).await.map(Some)
    } else if response.status() == StatusCode::SEE_OTHER {
        forms.forget_of(&caller, &page).await.map(|()| None)
    } else {
        Ok(None)
    };
    match done {
        Ok(Some(token)) => {
            let mut response = redirect_to_step_up(&with_saved_form(&back));
            response.headers_mut().append(SET_COOKIE, context.cookies.form(&token));
            response
        }
        Ok(None) => response,
        Err(error) => {
            tracing::error!(%error, "a form could not be saved or forgotten");
            response
        }
    }
}
