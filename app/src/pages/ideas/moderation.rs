//! The ideas that wait for a moderator's decision. Plain forms.
use crate::{
    api::ideas::{IdeaView, QueueView, load_pending_ideas},
    components::{
        decision::Decision,
        loaded::{Loaded, ask},
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::Deserialize;

lazy_page! {
    /// The page `/moderation`.
    Moderation in profile: page
}

/// The form by which one is rejected, as it came back.
#[derive(Deserialize)]
struct Typed {
    id: String,
    reason: String,
    error: String,
}

fn page() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| query.get("idea").filter(|id| !id.is_empty())));
    let answer = ask(move || wanted.get(), load_pending_ideas);
    let admin = page_context().viewer.is_some_and(|viewer| viewer.role.reaches_admin());
    view! {
        <MemberLayout about="Ideas that nobody but their authors sees until a moderator has decided.">
            {admin
                .then(|| view! { <p>"People who wait to be let in: " <a href="/admin/invitations">"Invitations"</a></p> })}
            <Loaded answer show={|found: QueueView| view! { <Queue found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Queue(found: QueueView) -> impl IntoView {
    let QueueView { ideas, waits_no_longer } = found;
    let empty = ideas.is_empty();
    let rows = ideas.into_iter().map(|idea| view! { <Row idea /> }).collect_view();
    view! {
        {waits_no_longer
            .then(|| {
                view! {
                    <p class="notice" role="status">"The idea that you came for waits no longer, or is not yours to decide about."</p>
                }
            })}
        {empty.then(|| view! { <p class="card empty">"No idea waits for your decision."</p> })}
        {rows}
    }
}

#[component]
fn Row(idea: IdeaView) -> impl IntoView {
    let IdeaView { id, community, author, title, body, posted_at, .. } = idea;
    let heading = format!("idea-{id}");
    let labelled = heading.clone();
    view! {
        <section class="card part" aria-labelledby=labelled>
            <h2 id=heading><a href=format!("/ideas/{id}")>{title.clone()}</a></h2>
            <p class="soft">{author} " in " {community} ", " <Time at=posted_at /></p>
            <p class="prose">{body}</p>
            <Decide id title />
        </section>
    }
}

/// Approves an idea that waits, or rejects it and says why.
#[component]
pub fn Decide(id: String, title: String) -> impl IntoView {
    let typed = page_context().form::<Typed>("IdeaRejection").filter(|typed| typed.id == id);
    let (reason, error) = typed.map(|typed| (typed.reason, typed.error)).unzip();
    view! { <Decision about=title action=format!("/ideas/{id}") id reason error /> }
}
