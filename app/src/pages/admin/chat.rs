//! Admin, settings: the chats that are told of ideas that wait. Plain forms.
use crate::{
    api::chat::{ChatView, HookView, NoticeView, load_chat},
    components::{
        choice::Choice,
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use policy::decide::chat::ChatForm;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/admin/settings/chat`.
    Chat in admin: page
}

/// The form as it came back: everything but the address, which is a secret.
#[derive(Default, Deserialize)]
struct Typed {
    community: String,
    form: String,
    errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_chat());
    view! {
        <MemberLayout
            about="When an idea waits for a moderator, a notice is posted to a chat, with a link that gives no right: whoever decides signs in first."
        >
            <p><a href="/admin/settings/general">"General"</a></p>
            <Loaded answer show={|found: ChatView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: ChatView) -> impl IntoView {
    let ChatView { hooks, communities, notices } = found;
    let none = hooks.is_empty();
    let rows = hooks.into_iter().map(|hook| view! { <Row hook /> }).collect_view();
    view! {
        <section class="card part" aria-labelledby="webhooks">
            <h2 id="webhooks">"Webhooks"</h2>
            {none.then(|| view! { <p class="soft">"No chat is told of ideas that wait."</p> })}
            {(!none).then(|| view! { <ul class="rows">{rows}</ul> })}
        </section>
        <SetHook communities />
        <Notices notices />
    }
}

#[component]
fn Row(hook: HookView) -> impl IntoView {
    let HookView { id, community, form, host, set_by, set_at } = hook;
    let about = community.unwrap_or_else(|| "All communities without one of their own".to_owned());
    view! {
        <li>
            <p>
                <strong>{about.clone()}</strong> <br />
                <span class="soft">{form} " at " {host} ", set by " {set_by} " " <Time at=set_at /></span>
            </p>
            <form method="post" action=format!("/admin/settings/chat/{id}/remove")>
                <PageId />
                <button class="button small">"Take it away" <span class="unseen">" " {about}</span></button>
            </form>
        </li>
    }
}

#[component]
fn SetHook(communities: Vec<(String, String)>) -> impl IntoView {
    let Typed { community, form, mut errors } = page_context().form("ChatHook").unwrap_or_default();
    let all = (String::new(), "All communities without one of their own".to_owned());
    let communities: Vec<_> = std::iter::once(all).chain(communities).collect();
    let forms = ChatForm::ALL.iter().map(|form| (form.name().to_owned(), form.label().to_owned())).collect();
    view! {
        <section class="card part" aria-labelledby="set-hook">
            <h2 id="set-hook">"Set a webhook"</h2>
            <form method="post" action="/admin/settings/chat" class="stack narrow-form" novalidate>
                <PageId />
                <Choice
                    name="community"
                    label="Ideas of"
                    options=communities
                    chosen=community
                    error=errors.remove("community")
                />
                <Choice name="form" label="Chat" options=forms chosen=form error=errors.remove("form") />
                <Field
                    name="webhook"
                    label="Address of the webhook"
                    help="Whoever has it can post to the channel, so it is kept as a secret and not shown again. It takes the place of the one before."
                    error=errors.remove("webhook")
                    kind="url"
                    autocomplete="off"
                />
                <button class="button main">"Set the webhook"</button>
            </form>
        </section>
    }
}

#[component]
fn Notices(notices: Vec<NoticeView>) -> impl IntoView {
    let row = |notice: NoticeView| {
        let NoticeView { subject, queued_at, state, problem } = notice;
        view! {
            <li>
                <p>
                    <strong>{subject}</strong> " " <span class="tag">{state}</span> <br />
                    <span class="soft"><Time at=queued_at /> {problem.map(|words| format!(": {words}"))}</span>
                </p>
            </li>
        }
    };
    (!notices.is_empty()).then(|| {
        view! {
            <section class="card part" aria-labelledby="notices">
                <h2 id="notices">"Latest notices"</h2>
                <ul class="rows">{notices.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}
