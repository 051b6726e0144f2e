//! A page of the list, as it is shown.
use super::{
    AskedMembers, MemberListView, MemberView,
    query::{Asked, encoded, pairs},
};
use crate::{
    api::serve::{context, fail},
    error::ApiError,
};
use domain::{Caller, members::list::MemberCount};
use policy::words;

/// Where the list stands.
pub(super) const PAGE: &str = "/admin/members";

/// Loads the page that a query asks for.
pub(super) async fn load(caller: &Caller, query: &str) -> Result<MemberListView, ApiError> {
    let bailey = context().bailey;
    let Asked { view, filter, place, mut problems } = Asked::read(&pairs(query));
    let communities = bailey.communities().names(caller).await.map_err(fail)?;
    if let Some(asked) = &filter.community
        && communities.iter().all(|(id, _)| id != asked)
    {
        problems.push("There is no such community here, so nobody belongs to it.".to_owned());
    }
    let page = bailey.members().list(caller, &filter, view.order, place.as_ref()).await.map_err(fail)?;
    let address = |name: &str, place: Option<String>| {
        let asked = AskedMembers { place: Some((name.to_owned(), place?)), ..view.clone() };
        Some(format!("{PAGE}{}", encoded(&asked.fields())))
    };
    Ok(MemberListView {
        before: address("before", page.before),
        after: address("after", page.after),
        count: page.count.map(|count| match count {
            MemberCount::Of(n) => words::count(n, "member"),
            MemberCount::MoreThan(n) => format!("More than {}", words::count(n, "member")),
        }),
        members: page.members.into_iter().map(|member| MemberView::of(caller, member)).collect(),
        communities: communities.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        asked: view,
        problems,
    })
}
