//! Admin, one community: what it is called and is for, who belongs to it, and who moderates it. Plain forms.
use super::community_list::{Typed, details};
use crate::{
    api::community::{CommunityMemberView, CommunityPageView, load_community_page},
    components::{
        browser,
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use policy::{AccountStatus, words};
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/admin/communities/{id}`.
    CommunityPage in admin: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Address {
    email: String,
    error: Option<String>,
}

fn page() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, query.with(|query| query.get("after").unwrap_or_default()))
    });
    let answer = ask(move || asked.get(), |(id, after)| load_community_page(id, after));
    view! {
        <MemberLayout>
            <p><a href="/admin/communities">"All communities"</a></p>
            <Loaded answer show={|found: CommunityPageView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: CommunityPageView) -> impl IntoView {
    let CommunityPageView { community, moderators, members, after } = found;
    let id = community.id.clone();
    let saved = Typed {
        id: id.clone(),
        name: community.name.clone(),
        description: community.description,
        errors: BTreeMap::new(),
    };
    let Address { email, error } = page_context().form("CommunityMember").unwrap_or_default();
    let moderated_by = if moderators.is_empty() {
        "It has no moderator of its own: moderators of the workspace and admins decide here.".to_owned()
    } else {
        format!("Moderated by {}, beside moderators of the workspace and admins.", moderators.join(", "))
    };
    let next = after.map(|after| format!("/admin/communities/{id}?after={}", browser::encoded(&after)));
    let rows = members.into_iter().map(|member| view! { <Row id=id.clone() member /> }).collect_view();
    view! {
        <section class="card part" aria-labelledby="about">
            <h2 id="about">{community.name}</h2>
            <p class="soft">{moderated_by}</p>
            {details(&id, saved, "Save the community")}
            <p><a href=format!("/c/{id}")>"As its members see it"</a></p>
        </section>
        <section class="card part" aria-labelledby="members">
            <h2 id="members">{words::count(community.members, "member")}</h2>
            <form method="post" action=format!("/admin/communities/{id}/members") class="stack narrow-form" novalidate>
                <PageId />
                <Field name="email" label="Add a member by address" value=email error kind="email" autocomplete="off" />
                <button class="button">"Add the member"</button>
            </form>
            <ul class="rows">{rows}</ul>
            <div class="acts">
                {next.map(|href| view! { <a class="button small" href=href rel="next">"Next page"</a> })}
                <a class="button small" href=format!("/admin/members?community={id}")>"Find among its members"</a>
            </div>
        </section>
    }
}

#[component]
fn Row(id: String, member: CommunityMemberView) -> impl IntoView {
    let CommunityMemberView { id: who, name, email, role, status, moderator, may_change } = member;
    let (link, address) = (format!("/admin/members/{who}"), email.clone());
    let act = move |path: &str, words: &'static str, fields: Vec<(&'static str, &'static str)>| {
        let fields = fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view();
        view! {
            <form method="post" action=format!("/admin/communities/{id}/{path}")>
                <PageId />
                <input type="hidden" name="member" value=who.clone() />
                {fields}
                <button class="button small">{words} <span class="unseen">" " {email.clone()}</span></button>
            </form>
        }
    };
    let acts = may_change.then(|| {
        let moderation = match (moderator, status) {
            (true, _) => Some(act("moderator", "Take moderation back", vec![("moderator", "no")])),
            (false, AccountStatus::Pending) => None,
            (false, _) => Some(act("moderator", "Make a moderator", vec![("moderator", "yes")])),
        };
        view! { <div class="acts">{moderation} {act("remove", "Remove", Vec::new())}</div> }
    });
    view! {
        <li>
            <div>
                <a href=link><strong>{name}</strong></a>
                {moderator.then(|| view! { " " <span class="tag">"Moderator"</span> })}
                {(status != AccountStatus::Active).then(|| view! { " " <span class="tag warn">"Takes no part"</span> })}
                <p class="soft">{address} ", " {role.label()}</p>
            </div>
            {acts}
        </li>
    }
}
