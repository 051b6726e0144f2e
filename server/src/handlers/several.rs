//! Admin, members: the post that does something to several of them.
use crate::extract::{Fields, SignedIn};
use app::{
    api::members::several::OneOfSeveral,
    page::{Form, PageState},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::MemberId;
use policy::decide::several::ActOnMembers;

const PAGE: &str = "/admin/members/several";

/// Does it, and says what became of each.
pub async fn act(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    // What the page was asked for leads back to it; whatever else a form may hold leads nowhere.
    let is_query = |c: char| c.is_ascii_alphanumeric() || "-._~%+&=".contains(c);
    let asked: String = fields.text("asked").chars().filter(|c| is_query(*c)).collect();
    let back = if asked.is_empty() { PAGE.to_owned() } else { format!("{PAGE}?{asked}") };
    let members: Vec<_> = fields.text("members").split_whitespace().filter_map(MemberId::parse).collect();
    let Ok(act) = fields.text("act").parse::<ActOnMembers>() else { return Redirect::to(&back).into_response() };
    if members.is_empty() {
        return Redirect::to(&back).into_response();
    }
    match request.context.bailey.members().act_on(&caller, act, &members).await {
        Ok(outcomes) => {
            let each = outcomes.each.into_iter().map(OneOfSeveral::from).collect();
            let form = Form::SeveralDone { act, each, list: "/admin/members".to_owned() };
            request.page_at(&back, PageState { form, ..PageState::default() }, StatusCode::OK).await
        }
        Err(error) => request.error_at(&back, error).await,
    }
}
