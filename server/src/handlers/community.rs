//! Communities as such: the posts of their forms, those of the admins and those of whoever moderates one.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use domain::{CommunityId, Error, MemberId, Result, members::registration::Decision};
use std::collections::BTreeMap;
use web::explain;

const PAGE: &str = "/admin/communities";

fn page_of(id: &CommunityId) -> String {
    format!("{PAGE}/{id}")
}

/// Adds one.
pub async fn create(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let (name, description) = (fields.take("name"), fields.take("description"));
    let done = request.context.bailey.communities().create(&caller, &name, &description).await;
    details(&request, done, PAGE, Notice::CommunityCreated, (String::new(), name, description)).await
}

/// Saves what one is called and is for.
pub async fn describe(SignedIn { request, caller }: SignedIn, Id(id): Id<CommunityId>, mut fields: Fields) -> Response {
    let (name, description) = (fields.take("name"), fields.take("description"));
    let done = request.context.bailey.communities().describe(&caller, &id, &name, &description).await;
    let typed = (id.to_string(), name, description);
    details(&request, done, &page_of(&id), Notice::CommunityDescribed, typed).await
}

async fn details(
    request: &GatedRequest,
    done: Result<()>,
    page: &str,
    notice: Notice,
    (id, name, description): (String, String, String),
) -> Response {
    match done {
        Ok(()) => redirect_with_notice(page, notice),
        Err(Error::Invalid(errors)) => {
            let (status, _) = explain(Error::Invalid(BTreeMap::new()));
            let form = Form::CommunityDetails { id, name, description, errors };
            request.page_at(page, PageState { form, ..PageState::default() }, status).await
        }
        Err(error) => request.error_at(page, error).await,
    }
}

/// Puts a member into one, by address.
pub async fn add_member(
    SignedIn { request, caller }: SignedIn,
    Id(id): Id<CommunityId>,
    mut fields: Fields,
) -> Response {
    let (email, page) = (fields.take("email"), page_of(&id));
    match request.context.bailey.communities().add_member(&caller, &id, &email).await {
        Ok(()) => redirect_with_notice(&page, Notice::AddedToCommunity),
        Err(Error::Invalid(mut errors)) => {
            let error = errors.remove("email");
            let (status, _) = explain(Error::Invalid(errors));
            let form = Form::CommunityMember { email, error };
            request.page_at(&page, PageState { form, ..PageState::default() }, status).await
        }
        Err(error) => request.error_at(&page, error).await,
    }
}

async fn answer(request: &GatedRequest, page: &str, done: Result<()>, notice: Notice) -> Response {
    match done {
        Ok(()) => redirect_with_notice(page, notice),
        Err(error) => request.error_at(page, error).await,
    }
}

fn member(fields: &Fields) -> Result<MemberId> {
    MemberId::parse(fields.text("member")).ok_or(Error::NotFound)
}

/// Takes a member out of one.
pub async fn remove_member(
    SignedIn { request, caller }: SignedIn,
    Id(id): Id<CommunityId>,
    fields: Fields,
) -> Response {
    let done = match member(&fields) {
        Ok(member) => request.context.bailey.communities().remove_member(&caller, &id, &member).await,
        Err(error) => Err(error),
    };
    answer(&request, &page_of(&id), done, Notice::RemovedFromCommunity).await
}

/// Makes a member its moderator, or takes that back.
pub async fn set_moderator(
    SignedIn { request, caller }: SignedIn,
    Id(id): Id<CommunityId>,
    fields: Fields,
) -> Response {
    let wanted = fields.text("moderator") == "yes";
    let done = match member(&fields) {
        Ok(member) => request.context.bailey.communities().set_moderator(&caller, &id, &member, wanted).await,
        Err(error) => Err(error),
    };
    answer(&request, &page_of(&id), done, Notice::ModeratorsChanged).await
}

/// Lets somebody in who waits, on behalf of whoever moderates the community that they were put into.
pub async fn approve(signed_in: SignedIn, id: Id<CommunityId>, fields: Fields) -> Response {
    decide(signed_in, id, fields, Decision::Approved, Notice::MemberApproved).await
}

/// Keeps them out.
pub async fn reject(signed_in: SignedIn, id: Id<CommunityId>, fields: Fields) -> Response {
    decide(signed_in, id, fields, Decision::Rejected(""), Notice::MemberRejected).await
}

async fn decide(
    SignedIn { request, caller }: SignedIn,
    Id(id): Id<CommunityId>,
    fields: Fields,
    decision: Decision<'_>,
    notice: Notice,
) -> Response {
    let done = match member(&fields) {
        Ok(member) => request.context.bailey.members().decide_in_community(&caller, &id, &member, decision).await,
        Err(error) => Err(error),
    };
    answer(&request, &format!("/c/{id}"), done, notice).await
}
