//! Admin, one member: the posts of the forms on their page.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::Notice;
use axum::response::Response;
use domain::{CommunityId, Error, MemberId, Result, SessionId};
use policy::Role;

async fn answer(request: &GatedRequest, member: &MemberId, done: Result<()>, notice: Notice) -> Response {
    let page = format!("/admin/members/{member}");
    match done {
        Ok(()) => redirect_with_notice(&page, notice),
        Err(error) => request.error_at(&page, error).await,
    }
}

/// What a field names; a form that names nothing is none of ours.
fn named<T>(found: Option<T>) -> Result<T> {
    found.ok_or(Error::NotFound)
}

/// Gives them another role.
pub async fn set_role(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>, fields: Fields) -> Response {
    let done = match named(fields.text("role").parse::<Role>().ok()) {
        Ok(role) => request.context.bailey.members().set_role(&caller, &member, role).await,
        Err(error) => Err(error),
    };
    answer(&request, &member, done, Notice::RoleChanged).await
}

/// Lifts their locks.
pub async fn unlock(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    let done = request.context.bailey.lockouts().unlock(&caller, &member).await;
    answer(&request, &member, done, Notice::Unlocked).await
}

/// Ends one of their sessions.
pub async fn end_session(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>, fields: Fields) -> Response {
    let done = match named(SessionId::parse(fields.text("session"))) {
        Ok(session) => request.context.bailey.sessions().end_one_of(&caller, &member, &session).await,
        Err(error) => Err(error),
    };
    answer(&request, &member, done, Notice::SessionEnded).await
}

/// What is named, or everything of its kind where nothing is.
fn one_or_all<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    Some(fields.text(name)).filter(|text| !text.is_empty())
}

/// Forgets a browser in which they skip the second step, or all of them.
pub async fn forget_browser(
    SignedIn { request, caller }: SignedIn,
    Id(member): Id<MemberId>,
    fields: Fields,
) -> Response {
    let browser = one_or_all(&fields, "browser");
    let done = request.context.bailey.known_browsers().end_trust_of(&caller, &member, browser).await;
    answer(&request, &member, done, Notice::TrustEnded).await
}

/// Makes a link that was sent to them void, or all of them.
pub async fn void_link(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>, fields: Fields) -> Response {
    let link = one_or_all(&fields, "link");
    let done = request.context.bailey.links().void_of(&caller, &member, link).await;
    answer(&request, &member, done, Notice::LinksVoided).await
}

/// Puts them into a community.
pub async fn add_to_community(
    SignedIn { request, caller }: SignedIn,
    Id(member): Id<MemberId>,
    fields: Fields,
) -> Response {
    let done = match named(CommunityId::parse(fields.text("community"))) {
        Ok(community) => request.context.bailey.communities().admit(&caller, &community, &member).await,
        Err(error) => Err(error),
    };
    answer(&request, &member, done, Notice::AddedToCommunity).await
}

/// Takes them out of a community.
pub async fn remove_from_community(
    SignedIn { request, caller }: SignedIn,
    Id(member): Id<MemberId>,
    fields: Fields,
) -> Response {
    let done = match named(CommunityId::parse(fields.text("community"))) {
        Ok(community) => request.context.bailey.communities().remove_member(&caller, &community, &member).await,
        Err(error) => Err(error),
    };
    answer(&request, &member, done, Notice::RemovedFromCommunity).await
}

/// Makes them a moderator of a community, or takes that back.
pub async fn set_moderator(
    SignedIn { request, caller }: SignedIn,
    Id(member): Id<MemberId>,
    fields: Fields,
) -> Response {
    let moderator = fields.text("moderator") == "yes";
    let done = match named(CommunityId::parse(fields.text("community"))) {
        Ok(community) => {
            request.context.bailey.communities().set_moderator(&caller, &community, &member, moderator).await
        }
        Err(error) => Err(error),
    };
    answer(&request, &member, done, Notice::ModeratorsChanged).await
}
