//! Links in mails: GET shows what will happen, POST does it.
use super::{auth::continue_sign_in, ideas, reset::hand_out_grant};
use crate::{edge, extract::GatedRequest, respond::redirect_with_notice};
use app::state::{Form, Notice, PageState};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Token,
    links::{LinkAct, LinkUsed, LinkView},
};
use policy::decide::link::OpenedBy;

/// Shows what the link does, without using it; one that only leads somewhere may do so at once.
pub async fn page(request: GatedRequest, Path(token): Path<String>) -> Response {
    let context = &request.context;
    let who = context.admission.who.as_ref().map(|who| &who.email);
    let looked = context.bailey.look_at_link(&context.workspace.id, &Token::from_browser(&token), who).await;
    let response = match looked {
        Ok(LinkView { does: LinkAct::ShowIdea { id, straight_on: true }, .. }) => {
            Redirect::to(&ideas::page_of(&id)).into_response()
        }
        Ok(link) => request.page(PageState { form: form(token, link), ..PageState::default() }, StatusCode::OK).await,
        Err(error) => request.error_at("/link/used", error).await,
    };
    edge::without_referrer(response)
}

/// Returns what will happen, and the button that makes it happen.
fn form(token: String, link: LinkView) -> Form {
    let LinkView { email, verified, does, opened_by } = link;
    let (what, button) = match does {
        LinkAct::ShowIdea { id, .. } if opened_by == OpenedBy::SomebodyElse => {
            return Form::OthersLink { sent_to: email.to_string(), leads_to: ideas::page_of(&id) };
        }
        LinkAct::ShowIdea { .. } if opened_by == OpenedBy::Nobody => {
            (format!("This link leads to an idea that was shared with {email}. You have to sign in first."), "Continue")
        }
        LinkAct::ShowIdea { .. } => (format!("This link leads to an idea that was shared with {email}."), "Continue"),
        LinkAct::SignIn => (format!("This link signs you in as {email}, once, in place of your password."), "Sign in"),
        LinkAct::Claim => (
            format!("This confirms that the account of {email} is yours, and lets you choose a password for it."),
            "Claim my account",
        ),
        LinkAct::ChoosePassword => {
            (format!("This link lets you choose a new password for {email}."), "Choose a new password")
        }
        LinkAct::Unlock if !verified => (format!("This confirms that {email} is your address."), "Confirm my address"),
        LinkAct::Unlock => (
            format!("This lifts the lock of {email}, so that you can sign in with your password at once."),
            "Unlock my account",
        ),
    };
    Form::Link { token, what, button: button.to_owned() }
}

/// Uses the link.
pub async fn act(request: GatedRequest, Path(token): Path<String>) -> Response {
    let context = &request.context;
    let used = context.bailey.use_link(&context.workspace.id, &Token::from_browser(&token), &context.client).await;
    match used {
        Ok(LinkUsed::SignedIn(progress)) => continue_sign_in(&request, &progress, None, None),
        Ok(LinkUsed::Granted(grant)) => hand_out_grant(&request, &grant),
        Ok(LinkUsed::Confirmed) => redirect_with_notice("/sign-in", Notice::AddressConfirmed),
        Ok(LinkUsed::Unlocked) => redirect_with_notice("/sign-in", Notice::UnlockedByMail),
        Ok(LinkUsed::LeadsTo(idea)) => Redirect::to(&ideas::page_of(&idea)).into_response(),
        Err(error) => edge::without_referrer(request.error_at("/link/used", error).await),
    }
}
