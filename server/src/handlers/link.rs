//! Links in mails: GET shows what will happen, POST does it.
use super::{auth::continue_sign_in, join::hand_out_invitation, reset::hand_out_grant};
use crate::{
    edge,
    extract::{Fields, GatedRequest},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState, TypedReason};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Error, Token,
    links::{LinkUsed, LinkView},
};

/// The field that a page holds whose button has to be pressed once more.
const ONCE_MORE: &str = "once_more";

/// Shows what the link does, without using it; one that only leads somewhere may do so at once.
pub async fn page(request: GatedRequest, Path(token): Path<String>) -> Response {
    let context = &request.context;
    let who = context.admission.who.as_ref().map(|who| &who.email);
    let looked = context.bailey.links().look_at(&context.workspace.id, &Token::from_browser(&token), who).await;
    let response = match looked {
        Ok(LinkView::LeadsOn(page)) => Redirect::to(&page).into_response(),
        Ok(LinkView::Asks { what, button, asks_why }) => {
            let reason = asks_why.then(TypedReason::default);
            let form = Form::Link { token, what, button: button.to_owned(), once_more: None, reason };
            request.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Ok(LinkView::SomebodyElses { sent_to, leads_to }) => {
            let form = Form::OthersLink { sent_to: sent_to.to_string(), leads_to };
            request.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Err(error) => request.error_at("/link/used", error).await,
    };
    edge::without_referrer(response)
}

/// Uses the link, where a browser says that somebody has pressed its button. Some gateways of mails press the buttons of
/// pages that mails lead to; a browser that says nothing, as old ones do, has it pressed once more, which needs the page
/// that comes back and the cookie that came with it.
pub async fn act(request: GatedRequest, Path(token): Path<String>, headers: HeaderMap, fields: Fields) -> Response {
    let context = &request.context;
    let (links, key) = (context.bailey.links(), Token::from_browser(&token));
    let own_page = context.cookies.has_own_page(&headers);
    let pressed_once_more = own_page && links.is_mark(&key, fields.text(ONCE_MORE));
    if !(edge::is_from_own_page(&request.state.edge, &headers, own_page) || pressed_once_more) {
        return once_more(&request, token, fields.text("reason")).await;
    }
    let used = links.redeem(&context.workspace.id, &key, fields.text("reason"), &context.client).await;
    match used {
        Ok(LinkUsed::SignedIn(progress)) => continue_sign_in(&request, &progress, None, None),
        Ok(LinkUsed::Granted(grant)) => hand_out_grant(&request, &grant),
        Ok(LinkUsed::Joins) => hand_out_invitation(&request, &key),
        Ok(LinkUsed::RegistrationConfirmed) => redirect_with_notice("/sign-in", Notice::RegistrationConfirmed),
        Ok(LinkUsed::Decided { approved }) => {
            let notice = if approved { Notice::MemberApproved } else { Notice::MemberRejected };
            let page = if context.admission.who.is_some() { "/" } else { "/sign-in" };
            redirect_with_notice(page, notice)
        }
        Ok(LinkUsed::IdeaDecided { approved }) => {
            let notice = if approved { Notice::IdeaApproved } else { Notice::IdeaRejected };
            let page = if context.admission.who.is_some() { "/" } else { "/sign-in" };
            redirect_with_notice(page, notice)
        }
        Err(Error::Invalid(mut errors)) => {
            let reason = TypedReason { typed: fields.text("reason").to_owned(), error: errors.remove("reason") };
            asked_again(&request, token, None, reason, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(LinkUsed::Confirmed) => redirect_with_notice("/sign-in", Notice::AddressConfirmed),
        Ok(LinkUsed::EmailChanged) => redirect_with_notice("/sign-in", Notice::EmailChanged),
        Ok(LinkUsed::Reactivated) => redirect_with_notice("/sign-in", Notice::Reactivated),
        Ok(LinkUsed::Unlocked) => redirect_with_notice("/sign-in", Notice::UnlockedByMail),
        Ok(LinkUsed::LeadsTo(page)) => Redirect::to(&page).into_response(),
        Err(error) => edge::without_referrer(request.error_at("/link/used", error).await),
    }
}

/// Asks for the button to be pressed once more; nothing is used up.
async fn once_more(request: &GatedRequest, token: String, reason: &str) -> Response {
    let mark = request.context.bailey.links().mark(&Token::from_browser(&token));
    let reason = TypedReason { typed: reason.to_owned(), error: None };
    asked_again(request, token, Some(mark), reason, StatusCode::OK).await
}

/// Shows the page of a link once more, with what was typed on it.
async fn asked_again(
    request: &GatedRequest,
    token: String,
    once_more: Option<String>,
    typed: TypedReason,
    status: StatusCode,
) -> Response {
    let context = &request.context;
    let looked = context.bailey.links().look_at(&context.workspace.id, &Token::from_browser(&token), None).await;
    let response = match looked {
        Ok(LinkView::Asks { what, button, asks_why }) => {
            let reason = asks_why.then_some(typed);
            let form = Form::Link { token, what, button: button.to_owned(), once_more, reason };
            request.page(PageState { form, ..PageState::default() }, status).await
        }
        Ok(LinkView::LeadsOn(page) | LinkView::SomebodyElses { leads_to: page, .. }) => {
            Redirect::to(&page).into_response()
        }
        Err(error) => request.error_at("/link/used", error).await,
    };
    edge::without_referrer(response)
}
