//! Ideas: those of one's communities, and the form that posts another one. A plain form.
mod attachments;
pub mod idea;

use crate::{
    api::ideas::{IdeaView, IdeasView, load_ideas},
    components::{
        field::{Field, FieldError, described_by, text_area},
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
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

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_ideas());
    view! {
        <MemberLayout about="What people in your communities have thought of.">
            <Loaded answer show={|found: IdeasView| view! { <List found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn List(found: IdeasView) -> impl IntoView {
    let IdeasView { ideas, communities } = found;
    let empty = ideas.is_empty();
    let rows = ideas.into_iter().map(|idea| view! { <Line idea /> }).collect_view();
    let form = if communities.is_empty() {
        view! {
            <p class="card empty">"You belong to no community yet. An admin adds you to one; then you can post ideas in it."</p>
        }
        .into_any()
    } else {
        view! { <Post communities /> }.into_any()
    };
    view! {
        {(!empty).then(|| view! { <section class="card part" aria-label="Ideas"><ul class="rows">{rows}</ul></section> })}
        {form}
    }
}

#[component]
fn Line(idea: IdeaView) -> impl IntoView {
    view! {
        <li>
            <div>
                <a href=format!("/ideas/{}", idea.id)><strong>{idea.title}</strong></a>
                <p class="soft">{idea.author} " in " {idea.community} ", " <Time at=idea.posted_at /></p>
            </div>
        </li>
    }
}

#[component]
fn Post(communities: Vec<(String, String)>) -> impl IntoView {
    let Typed { community, title, body, mut errors } = page_context().form("Idea").unwrap_or_default();
    let (wrong_community, wrong_body) = (errors.remove("community"), errors.remove("body"));
    let (bad_community, bad_body) = (wrong_community.is_some(), wrong_body.is_some());
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
                <Field name="title" label="Title" value=title error=errors.remove("title") autocomplete="off" />
                <div class="field" class:bad=bad_body>
                    <label for="body">"Description"</label>
                    <textarea
                        id="body"
                        name="body"
                        rows="5"
                        aria-describedby=described_by("body", false, bad_body)
                        aria-invalid=bad_body.then_some("true")
                        inner_html=text_area(&body)
                    ></textarea>
                    <FieldError name="body" error=wrong_body />
                </div>
                <button class="button main">"Post the idea"</button>
            </form>
        </section>
    }
}
