//! One idea: what it says, what people say about it, and what one may do with it. Plain forms.
mod discussion;

use super::{StateTag, count, idea_form::IdeaFields, moderation::Decide};
use crate::{
    api::ideas::{IdeaView, OneIdeaView, load_idea},
    components::{
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use discussion::Comments;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use policy::decide::idea::IdeaState;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/ideas/{id}`.
    Idea in profile: page
}

/// The form by which it is shared, as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    email: String,
    error: Option<String>,
}

/// The form by which it is changed, as it came back.
#[derive(Deserialize)]
struct Changed {
    title: String,
    body: String,
    errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = ask(move || id.get(), load_idea);
    view! {
        <MemberLayout>
            <p><a href="/ideas">"All ideas"</a></p>
            <Loaded answer show={|found: OneIdeaView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: OneIdeaView) -> impl IntoView {
    let OneIdeaView { idea, reason, may_edit, may_decide, is_open, voted, follows, comments } = found;
    let (id, votes) = (idea.id.clone(), idea.votes);
    let edit = may_edit.then(|| view! { <Edit id=id.clone() title=idea.title.clone() body=idea.body.clone() /> });
    let decide = may_decide.then(|| {
        view! {
            <section class="card part" aria-labelledby="decide">
                <h2 id="decide">"Decide about it"</h2>
                <Decide id=id.clone() title=idea.title.clone() />
            </section>
        }
    });
    let open = is_open.then(|| {
        view! {
            <React id=id.clone() votes voted follows />
            <Comments id=id.clone() comments />
            <Share id=id.clone() />
        }
    });
    view! {
        <Article idea reason />
        {decide}
        {edit}
        <super::attachments::Attachments idea=id />
        {open}
    }
}

#[component]
fn Article(idea: IdeaView, reason: String) -> impl IntoView {
    let IdeaView { community, author, title, body, posted_at, state, .. } = idea;
    let waits = (state == IdeaState::Pending)
        .then(|| view! { <p class="notice" role="status">"A moderator decides about it before others see it."</p> });
    view! {
        <article class="card part" aria-labelledby="title">
            <h2 id="title">{title} <StateTag state /></h2>
            <p class="soft">{author} " in " {community} ", " <Time at=posted_at /></p>
            {waits}
            {(!reason.is_empty()).then(|| view! { <p class="notice warn">"It was rejected: " {reason}</p> })}
            <p class="prose">{body}</p>
        </article>
    }
}

#[component]
fn Edit(id: String, title: String, body: String) -> impl IntoView {
    let back = page_context().form::<Changed>("IdeaChange");
    let Changed { title, body, errors } = back.unwrap_or(Changed { title, body, errors: BTreeMap::new() });
    view! {
        <section class="card part" aria-labelledby="edit">
            <h2 id="edit">"Change it"</h2>
            <form method="post" action=format!("/ideas/{id}/edit") class="stack narrow-form" novalidate>
                <PageId />
                <IdeaFields title body errors />
                <div class="acts">
                    <button class="button main">"Submit the idea"</button>
                    <button class="button" name="step" value="draft">"Save the draft"</button>
                </div>
            </form>
        </section>
    }
}

/// Votes for it, and follows it.
#[component]
fn React(id: String, votes: i64, voted: bool, follows: bool) -> impl IntoView {
    let (vote, vote_words) = if voted { ("take-vote-back", "Take my vote back") } else { ("vote", "Vote for it") };
    let (follow, follow_words) = if follows { ("unfollow", "Follow it no longer") } else { ("follow", "Follow it") };
    view! {
        <section class="card part" aria-labelledby="votes">
            <h2 id="votes">{count(votes, "vote")}</h2>
            <div class="acts">
                <form method="post" action=format!("/ideas/{id}/{vote}")>
                    <PageId />
                    <button class="button">{vote_words}</button>
                </form>
                <form method="post" action=format!("/ideas/{id}/{follow}")>
                    <PageId />
                    <button class="button">{follow_words}</button>
                </form>
            </div>
            <p class="soft">
                "Whoever follows it is told what happens on it. " <a href="/profile#idea-mails">"How you are told"</a>
            </p>
        </section>
    }
}

#[component]
fn Share(id: String) -> impl IntoView {
    let Typed { email, error } = page_context().form("Share").unwrap_or_default();
    view! {
        <section class="card part" aria-labelledby="share">
            <h2 id="share">"Share it"</h2>
            <form method="post" action=format!("/ideas/{id}/share") class="stack narrow-form" novalidate>
                <PageId />
                <Field
                    name="email"
                    label="Email"
                    help="Of somebody in the same community. They get a mail with a link."
                    value=email
                    error
                    kind="email"
                    autocomplete="off"
                />
                <button class="button">"Send the mail"</button>
            </form>
        </section>
    }
}
