//! One idea, and the form that tells somebody of it by mail.
use crate::{
    api::ideas::{IdeaView, load_idea},
    components::{
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::Deserialize;

lazy_page! {
    /// The page `/ideas/{id}`.
    Idea in profile: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    email: String,
    error: Option<String>,
}

fn page() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = ask(move || id.get(), load_idea);
    view! {
        <MemberLayout>
            <p><a href="/ideas">"All ideas"</a></p>
            <Loaded answer show={|idea: IdeaView| view! { <Shown idea /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(idea: IdeaView) -> impl IntoView {
    let IdeaView { id, community, author, title, body, posted_at } = idea;
    let Typed { email, error } = page_context().form("Share").unwrap_or_default();
    view! {
        <article class="card part" aria-labelledby="title">
            <h2 id="title">{title}</h2>
            <p class="soft">{author} " in " {community} ", " <Time at=posted_at /></p>
            <p class="prose">{body}</p>
        </article>
        <super::attachments::Attachments idea=id.clone() />
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
