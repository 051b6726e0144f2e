//! One conversation: what was written, and the form that writes to those who take part.
use crate::{
    api::conversations::{ConversationLine, ConversationView, MessageView, load_conversation},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        text_area::TextArea,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use policy::words;
use serde::Deserialize;

lazy_page! {
    /// The page `/conversations/{id}`.
    Conversation in profile: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    body: String,
    error: Option<String>,
}

fn page() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = ask(move || id.get(), load_conversation);
    view! {
        <MemberLayout>
            <p><a href="/conversations">"All conversations"</a></p>
            <Loaded answer show={|found: ConversationView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: ConversationView) -> impl IntoView {
    let ConversationView { line, latest, others, messages } = found;
    let ConversationLine { id, community, subject, unread, muted, .. } = line;
    let with = if others.is_empty() {
        "Nobody else takes part any more.".to_owned()
    } else {
        format!("You and {} in {community}.", others.join(", "))
    };
    let messages = messages.into_iter().map(|message| view! { <Message message /> }).collect_view();
    let at = format!("/conversations/{id}");
    view! {
        <section class="card part" aria-labelledby="subject">
            <h2 id="subject">{subject}</h2>
            <p class="soft">{with}</p>
            <ol class="rows">{messages}</ol>
            {(unread > 0)
                .then(|| {
                    view! {
                        <form method="post" action=format!("{at}/read") class="inline">
                            <PageId />
                            <input type="hidden" name="seen" value=latest.to_string() />
                            <p>{words::count(unread, "new message")} ". "</p>
                            <button class="button">"Mark as read"</button>
                        </form>
                    }
                })}
        </section>
        <Reply at=at.clone() latest />
        <Acts at muted />
    }
}

#[component]
fn Message(message: MessageView) -> impl IntoView {
    let MessageView { number, author, own, body, sent_at } = message;
    view! {
        <li id=format!("message-{number}")>
            <div>
                <p class="soft"><strong>{author}</strong> {own.then_some(" (you)")} ", " <Time at=sent_at /></p>
                <p class="prose">{body}</p>
            </div>
        </li>
    }
}

#[component]
fn Reply(at: String, latest: i64) -> impl IntoView {
    let Typed { body, error } = page_context().form("Reply").unwrap_or_default();
    view! {
        <section class="card part" aria-labelledby="reply">
            <h2 id="reply">"Reply"</h2>
            <form method="post" action=format!("{at}/reply") class="stack narrow-form" novalidate>
                <PageId />
                <input type="hidden" name="seen" value=latest.to_string() />
                <TextArea
                    name="body"
                    label="Message"
                    help="The others get it by mail, unless they have muted this conversation: one mail in five minutes at most."
                    value=body
                    error
                />
                <button class="button main">"Send the message"</button>
            </form>
        </section>
    }
}

/// Whether one hears of the conversation, and takes part in it.
#[component]
fn Acts(at: String, muted: bool) -> impl IntoView {
    let (act, words) = if muted { ("unmute", "Hear of it again") } else { ("mute", "Mute it") };
    view! {
        <section class="card part" aria-labelledby="acts">
            <h2 id="acts">"Less of it"</h2>
            <p class="soft">
                "Muted, you get no mails about this conversation, and the bell does not count it. Whoever leaves it can't read it any more."
            </p>
            <div class="acts">
                <form method="post" action=format!("{at}/{act}")>
                    <PageId />
                    <button class="button">{words}</button>
                </form>
                <form method="post" action=format!("{at}/leave")>
                    <PageId />
                    <button class="button danger">"Leave it"</button>
                </form>
            </div>
        </section>
    }
}
