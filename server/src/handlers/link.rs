//! Links in mails: GET shows what will happen, POST does it.
use super::{Visit, auth::go_on, reset::granted, visit::go};
use crate::edge;
use app::state::{Form, Notice, PageState};
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
pub async fn page(visit: Visit, Path(token): Path<String>) -> Response {
    let context = &visit.context;
    let who = context.admission.who.as_ref().map(|who| &who.email);
    let looked = context.bailey.look_at_link(&context.workspace.id, &Token::from_browser(&token), who).await;
    let response = match looked {
        Ok(LinkView::LeadsOn(page)) => Redirect::to(&page).into_response(),
        Ok(LinkView::Asks { what, button }) => {
            let form = Form::Link { token, what, button: button.to_owned() };
            visit.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Ok(LinkView::SomebodyElses { sent_to, leads_to }) => {
            let form = Form::OthersLink { sent_to: sent_to.to_string(), leads_to };
            visit.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Err(error) => visit.error_at("/link/used", error).await,
    };
    edge::without_referrer(response)
}

/// Uses the link.
pub async fn act(visit: Visit, Path(token): Path<String>) -> Response {
    let context = &visit.context;
    let used = context.bailey.use_link(&context.workspace.id, &Token::from_browser(&token), &context.client).await;
    match used {
        Ok(LinkUsed::SignedIn(progress)) => go_on(&visit, &progress, None, None),
        Ok(LinkUsed::Granted(grant)) => granted(&visit, &grant),
        Ok(LinkUsed::Confirmed) => go("/sign-in", Notice::AddressConfirmed),
        Ok(LinkUsed::Unlocked) => go("/sign-in", Notice::UnlockedByMail),
        Ok(LinkUsed::LeadsTo(page)) => Redirect::to(&page).into_response(),
        Err(error) => edge::without_referrer(visit.error_at("/link/used", error).await),
    }
}
