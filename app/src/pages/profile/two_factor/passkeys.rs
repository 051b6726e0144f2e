//! Passkeys: add, rename, remove.
use super::{Next, Shared, Stays};
use crate::{
    api::profile::PasskeyView,
    components::{browser, field::described_by, page_id::PageId, passkey, time::Time},
    page::{page_context::page_context, refusal_view::RefusalView},
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use policy::decide::passkey_name;
use serde::Deserialize;

/// A passkey's new name as it came back.
#[derive(Deserialize)]
struct Renaming {
    id: String,
    name: String,
    error: String,
}

/// Shows the passkeys, and how to add one.
#[component]
pub fn Passkeys(
    found: Vec<PasskeyView>,
    /// Why none can be removed, if none can.
    stay: Option<RefusalView>,
    /// Why none can be added, if none can.
    off: Option<String>,
) -> impl IntoView {
    let list = (!found.is_empty()).then(|| {
        view! { <ul class="rows">{found.into_iter().map(|passkey| view! { <Row passkey stays=stay.is_some() /> }).collect_view()}</ul> }
    });
    view! {
        <section class="card part" aria-labelledby="passkeys">
            <h2 id="passkeys">"Passkeys"</h2>
            <p class="soft">
                "Your device, or a security key, vouches for you with your fingerprint, face or PIN. It can't be phished, and it signs you in without a password."
            </p>
            {list}
            {stay.map(|refusal| view! { <Stays refusal /> })}
            {match off {
                Some(words) => view! { <p class="soft">{words}</p> }.into_any(),
                None => view! { <Add /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Row(
    passkey: PasskeyView,
    /// Whether it can't be removed; the list says why.
    stays: bool,
) -> impl IntoView {
    let PasskeyView { id, name, added_at, last_used_at } = passkey;
    let came_back = page_context().form::<Renaming>("PasskeyName").filter(|typed| typed.id == id);
    let open = came_back.is_some();
    let (typed, error) = came_back.map_or_else(
        || (name.clone(), None),
        |typed| (typed.name, Some(typed.error).filter(|words| !words.is_empty())),
    );
    let field = format!("name-{id}");
    let problem = format!("{field}-error");
    let used = match last_used_at {
        Some(at) => view! { "last used " <Time at /> }.into_any(),
        None => "not used yet".into_any(),
    };
    view! {
        <li>
            <p><strong>{name.clone()}</strong> <br /> <span class="soft">"Added " <Time at=added_at /> ", " {used}</span></p>
            <div class="acts">
                <details open=open>
                    <summary class="link">"Rename" <span class="unseen">" " {name.clone()}</span></summary>
                    <form method="post" action=format!("/profile/two-factor/passkeys/{id}/rename") class="inline" novalidate>
                        <PageId />
                        <Next />
                        <label class="unseen" for=field.clone()>"New name of " {name.clone()}</label>
                        <input
                            id=field
                            name="name"
                            value=typed
                            maxlength=passkey_name::LIMIT
                            autocomplete="off"
                            aria-describedby=error.is_some().then(|| problem.clone())
                            aria-invalid=error.is_some().then_some("true")
                        />
                        <button class="button small">"Save name"</button>
                        {error.map(|words| view! { <p class="error" id=problem>{words}</p> })}
                    </form>
                </details>
                {(!stays)
                    .then(|| {
                        view! {
                            <form method="post" action=format!("/profile/two-factor/passkeys/{id}/remove")>
                                <PageId />
                                <Next />
                                <button class="button small" aria-label=format!("Remove {name}")>"Remove"</button>
                            </form>
                        }
                    })}
            </div>
        </li>
    }
}

#[component]
fn Add() -> impl IntoView {
    let shared = expect_context::<Shared>();
    let is_held = page_context().viewer.is_some_and(|viewer| viewer.held_in.is_some());
    let able = RwSignal::new(true);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let name_problem = RwSignal::new(None::<String>);
    let name = NodeRef::<html::Input>::new();
    Effect::new(move |_| able.set(passkey::supported()));
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked().map(|input| input.value()).unwrap_or_default();
        problem.set(None);
        // Before the device makes a passkey that nobody would take.
        name_problem.set(passkey_name::judge(&typed).err());
        if name_problem.with_untracked(Option::is_some) {
            browser::focus("passkey-name");
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            match passkey::enrol(&typed).await {
                // What is shown instead has no such button, so its state is left alone.
                Ok(enrolled) => {
                    if is_held && enrolled.recovery_codes.is_empty() {
                        // The document still leads them nowhere else.
                        browser::load(&shared.next.get_value().unwrap_or_else(|| shared.page()));
                        return;
                    }
                    shared.notice.set(Some("The passkey was added."));
                    shared.answer.refetch();
                    shared.fresh.set(enrolled.recovery_codes);
                }
                Err(stopped) if stopped.asks_for_step_up() => {
                    browser::load(&format!("/profile/step-up?next={}", browser::encoded(&shared.page())));
                }
                Err(stopped) => {
                    let beside = if stopped.is_about_a_field() { name_problem } else { problem };
                    beside.set(Some(stopped.in_words()));
                    busy.set(false);
                    if beside == name_problem {
                        browser::focus("passkey-name");
                    }
                }
            }
        });
    };
    view! {
        <form class="stack narrow-form needs-script" on:submit=add novalidate>
            <div class="field">
                <label for="passkey-name">"Passkey name"</label>
                <p class="help" id="passkey-name-help">"So that you know it again: “Work laptop”."</p>
                <input
                    id="passkey-name"
                    node_ref=name
                    maxlength=passkey_name::LIMIT
                    autocomplete="off"
                    aria-describedby=move || described_by("passkey-name", true, name_problem.with(Option::is_some))
                    aria-invalid=move || name_problem.with(Option::is_some).then_some("true")
                />
                <p class="error" id="passkey-name-error">{name_problem}</p>
            </div>
            <button class="button main" disabled=move || busy.get() || !able.get()>"Add a passkey"</button>
            <p class="error" role="alert">{problem}</p>
            <p class="soft" hidden=able>"This browser can't use passkeys here."</p>
        </form>
        <noscript inner_html="<p class=\"soft\">Adding a passkey needs JavaScript; an authenticator app does not.</p>"></noscript>
    }
}
