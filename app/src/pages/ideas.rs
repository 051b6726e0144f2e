//! Ideas: those of one's communities, and the form that posts another one. A plain form.
mod attachments;
pub mod idea;
mod idea_form;
pub mod moderation;

use crate::{
    api::ideas::{IdeaView, IdeasView, load_ideas},
    components::{
        field::{FieldError, described_by},
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use idea_form::IdeaFields;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use policy::decide::idea::IdeaState;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/ideas`.
    Ideas in profile: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    community: String,
    title: String,
    body: String,
    errors: BTreeMap<String, String>,
}

/// The state that is asked for, and the idea after which the page begins.
type Asked = (Option<String>, Option<String>);

fn page() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let part = |name| query.get(name).filter(|text| !text.is_empty());
            (part("state"), part("after"))
        })
    });
    let answer = ask(move || asked.get(), |(state, after)| load_ideas(state, after));
    let show = move |found: IdeasView| view! { <List found asked=asked.get_untracked() /> }.into_any();
    view! {
        <MemberLayout about="What people in your communities have thought of.">
            <Loaded answer show />
        </MemberLayout>
    }
}

fn address(state: Option<&str>, after: Option<&str>) -> String {
    let mut parts = Vec::new();
    parts.extend(state.map(|state| format!("state={state}")));
    parts.extend(after.map(|after| format!("after={after}")));
    if parts.is_empty() { "/ideas".to_owned() } else { format!("/ideas?{}", parts.join("&")) }
}

#[component]
fn List(found: IdeasView, asked: Asked) -> impl IntoView {
    let IdeasView { ideas, communities, moderates, after } = found;
    let (state, begins_after) = asked;
    let chosen = state.and_then(|name| name.parse::<IdeaState>().ok());
    let name = chosen.map(IdeaState::name);
    let older = after.map(|after| address(name, Some(&after)));
    let newest = begins_after.map(|_| address(name, None));
    let empty = ideas.is_empty();
    let rows = ideas.into_iter().map(|idea| view! { <Line idea /> }).collect_view();
    let in_none = communities.is_empty();
    let form = if in_none {
        view! {
            <p class="card empty">"You belong to no community yet. An admin adds you to one; then you can post ideas in it."</p>
        }
        .into_any()
    } else {
        view! { <Post communities /> }.into_any()
    };
    view! {
        {moderates.then(|| view! { <p><a href="/moderation">"Ideas that wait for your decision"</a></p> })}
        {(!in_none).then(|| view! { <Filter chosen /> })}
        {(!empty).then(|| view! { <section class="card part" aria-label="Ideas"><ul class="rows">{rows}</ul></section> })}
        {(empty && !in_none).then(|| view! { <p class="card empty">"There is no idea to show here."</p> })}
        <nav class="acts" aria-label="Pages of the list">
            {newest.map(|href| view! { <a class="button small" href=href>"Newest"</a> })}
            {older.map(|href| view! { <a class="button small" href=href>"Older"</a> })}
        </nav>
        {form}
    }
}

/// Chooses which ideas are listed: those that one sees in a community, and one's own in the other states.
#[component]
fn Filter(chosen: Option<IdeaState>) -> impl IntoView {
    let options = IdeaState::ALL
        .iter()
        .map(|state| {
            let words = match state {
                IdeaState::Approved => "Approved",
                IdeaState::Draft => "My drafts",
                IdeaState::Pending => "Mine that wait",
                IdeaState::Rejected => "Mine that were rejected",
            };
            view! { <option value=state.name() selected=chosen == Some(*state)>{words}</option> }
        })
        .collect_view();
    view! {
        <form method="get" action="/ideas" class="inline filter">
            <label for="state">"Show"</label>
            <select id="state" name="state">
                <option value="">"All"</option>
                {options}
            </select>
            <button class="button small">"Show"</button>
        </form>
    }
}

/// Shows the state of an idea; nothing of one that was approved.
#[component]
fn StateTag(state: IdeaState) -> impl IntoView {
    (state != IdeaState::Approved).then(|| view! { " " <span class="tag">{state.label()}</span> })
}

/// How many there are of something, with its noun.
fn count(n: i64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[component]
fn Line(idea: IdeaView) -> impl IntoView {
    let counts = (idea.state == IdeaState::Approved)
        .then(|| format!(", {}, {}", count(idea.votes, "vote"), count(idea.comments, "comment")));
    view! {
        <li>
            <div>
                <a href=format!("/ideas/{}", idea.id)><strong>{idea.title}</strong></a> <StateTag state=idea.state />
                <p class="soft">{idea.author} " in " {idea.community} ", " <Time at=idea.posted_at /> {counts}</p>
            </div>
        </li>
    }
}

#[component]
fn Post(communities: Vec<(String, String)>) -> impl IntoView {
    let Typed { community, title, body, mut errors } = page_context().form("Idea").unwrap_or_default();
    let wrong_community = errors.remove("community");
    let bad_community = wrong_community.is_some();
    let options = communities
        .into_iter()
        .map(|(id, name)| view! { <option value=id.clone() selected=id == community>{name}</option> })
        .collect_view();
    view! {
        <section class="card part" aria-labelledby="post">
            <h2 id="post">"Post an idea"</h2>
            <form method="post" action="/ideas" class="stack narrow-form" novalidate>
                <PageId />
                <div class="field" class:bad=bad_community>
                    <label for="community">"Community"</label>
                    <select
                        id="community"
                        name="community"
                        aria-describedby=described_by("community", false, bad_community)
                        aria-invalid=bad_community.then_some("true")
                    >
                        {options}
                    </select>
                    <FieldError name="community" error=wrong_community />
                </div>
                <IdeaFields title body errors />
                <div class="acts">
                    <button class="button main">"Post the idea"</button>
                    <button class="button" name="step" value="draft">"Save as a draft"</button>
                </div>
            </form>
        </section>
    }
}
