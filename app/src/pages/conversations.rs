//! Conversations: those in which one takes part, and the form that starts another one. A plain form.
pub mod conversation;

use crate::{
    api::conversations::{ConversationLine, ConversationsView, load_conversations},
    components::{
        choice::Choice,
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
        text_area::TextArea,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use policy::words;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/conversations`.
    Conversations in profile: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    community: String,
    to: String,
    subject: String,
    body: String,
    errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_conversations());
    view! {
        <MemberLayout about="What you and others in your communities write to each other.">
            <Loaded answer show={|found: ConversationsView| view! { <List found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn List(found: ConversationsView) -> impl IntoView {
    let ConversationsView { conversations, communities } = found;
    let list = if conversations.is_empty() {
        view! { <p class="card empty">"You take part in no conversation yet."</p> }.into_any()
    } else {
        let rows = conversations.into_iter().map(|line| view! { <Line line /> }).collect_view();
        view! { <section class="card part" aria-label="Conversations"><ul class="rows">{rows}</ul></section> }
            .into_any()
    };
    let form = if communities.is_empty() {
        view! {
            <p class="card empty">"You belong to no community yet. An admin adds you to one; then you can write to others in it."</p>
        }
        .into_any()
    } else {
        view! { <Start communities /> }.into_any()
    };
    view! { {list} {form} }
}

#[component]
fn Line(line: ConversationLine) -> impl IntoView {
    let ConversationLine { id, community, subject, last_message_at, unread, muted } = line;
    view! {
        <li>
            <div>
                <a href=format!("/conversations/{id}")><strong>{subject}</strong></a>
                <p class="soft">
                    {(unread > 0).then(|| view! { <strong>{words::count(unread, "new message")}</strong> ", " })}
                    "in " {community} ", last written " <Time at=last_message_at />
                    {muted.then_some(", muted")}
                </p>
            </div>
        </li>
    }
}

#[component]
fn Start(communities: Vec<(String, String)>) -> impl IntoView {
    let Typed { community, to, subject, body, mut errors } = page_context().form("Conversation").unwrap_or_default();
    view! {
        <section class="card part" aria-labelledby="start">
            <h2 id="start">"Start a conversation"</h2>
            <form method="post" action="/conversations" class="stack narrow-form" novalidate>
                <PageId />
                <Choice
                    name="community"
                    label="Community"
                    options=communities
                    chosen=community
                    error=errors.remove("community")
                />
                <TextArea
                    name="to"
                    label="With"
                    help="The addresses of one or more people in this community, one a line or with commas between them."
                    value=to
                    error=errors.remove("to")
                    rows="2"
                />
                <Field name="subject" label="Subject" value=subject error=errors.remove("subject") autocomplete="off" />
                <TextArea name="body" label="Message" value=body error=errors.remove("body") />
                <button class="button main">"Send the message"</button>
            </form>
        </section>
    }
}
