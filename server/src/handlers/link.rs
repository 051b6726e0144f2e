//! Links in mails: GET shows what will happen, POST does it.
use super::{auth::continue_sign_in, reset::hand_out_grant};
use crate::{edge, extract::GatedRequest, respond::redirect_with_notice};
use app::page::{Form, Notice, PageState};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Token,
    links::{LinkUsed, LinkView},
};

/// Shows what the link does, without using it; one that only leads somewhere may do so at once.
pub async fn page(request: GatedRequest, Path(token): Path<String>) -> Response {
    let context = &request.context;
    let who = context.admission.who.as_ref().map(|who| &who.email);
    let looked = context.bailey.links().look_at(&context.workspace.id, &Token::from_browser(&token), who).await;
    let response = match looked {
        Ok(LinkView::LeadsOn(page)) => Redirect::to(&page).into_response(),
        Ok(LinkView::Asks { what, button }) => {
            let form = Form::Link { token, what, button: button.to_owned() };
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

/// Uses the link.
pub async fn act(request: GatedRequest, Path(token): Path<String>) -> Response {
    let context = &request.context;
    let used =
        context.bailey.links().redeem(&context.workspace.id, &Token::from_browser(&token), &context.client).await;
    match used {
        Ok(LinkUsed::SignedIn(progress)) => continue_sign_in(&request, &progress, None, None),
        Ok(LinkUsed::Granted(grant)) => hand_out_grant(&request, &grant),
        Ok(LinkUsed::Confirmed) => redirect_with_notice("/sign-in", Notice::AddressConfirmed),
        Ok(LinkUsed::Unlocked) => redirect_with_notice("/sign-in", Notice::UnlockedByMail),
        Ok(LinkUsed::LeadsTo(page)) => Redirect::to(&page).into_response(),
        Err(error) => edge::without_referrer(request.error_at("/link/used", error).await),
    }
}
