//! One-time links: GET shows what will happen, POST does it.
use super::{Visit, auth::go_on, reset::granted, visit::go};
use crate::edge;
use app::state::{Form, Notice, PageState};
use axum::{extract::Path, http::StatusCode, response::Response};
use domain::{
    Token,
    links::{LinkAct, LinkUsed},
};

/// Shows what the link does, without using it.
pub async fn page(visit: Visit, Path(token): Path<String>) -> Response {
    let context = &visit.context;
    let response = match context.bailey.look_at_link(&context.workspace.id, &Token::from_browser(&token)).await {
        Ok(link) => {
            let (what, button) = match link.does {
                LinkAct::SignIn => {
                    (format!("This link signs you in as {}, once, in place of your password.", link.email), "Sign in")
                }
                LinkAct::Claim => (
                    format!(
                        "This confirms that the account of {} is yours, and lets you choose a password for it.",
                        link.email
                    ),
                    "Claim my account",
                ),
                LinkAct::ChoosePassword => {
                    (format!("This link lets you choose a new password for {}.", link.email), "Choose a new password")
                }
                LinkAct::Unlock if !link.verified => {
                    (format!("This confirms that {} is your address.", link.email), "Confirm my address")
                }
                LinkAct::Unlock => (
                    format!(
                        "This lifts the lock of {}, so that you can sign in with your password at once.",
                        link.email
                    ),
                    "Unlock my account",
                ),
            };
            let form = Form::Link { token, what, button: button.to_owned() };
            visit.page(PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Err(error) => visit.error_at("/link/used", error).await,
    };
    edge::without_referrer(response)
}

/// Uses the link up.
pub async fn act(visit: Visit, Path(token): Path<String>) -> Response {
    let context = &visit.context;
    let used = context.bailey.use_link(&context.workspace.id, &Token::from_browser(&token), &context.client).await;
    match used {
        Ok(LinkUsed::SignedIn(progress)) => go_on(&visit, &progress, None, None),
        Ok(LinkUsed::Granted(grant)) => granted(&visit, &grant),
        Ok(LinkUsed::Confirmed) => go("/sign-in", Notice::AddressConfirmed),
        Ok(LinkUsed::Unlocked) => go("/sign-in", Notice::UnlockedByMail),
        Err(error) => edge::without_referrer(visit.error_at("/link/used", error).await),
    }
}
