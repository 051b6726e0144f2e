//! The files of an idea, and the form that attaches another one.
use crate::{
    api::attachments::{AttachmentView, AttachmentsView, load_attachments},
    components::{
        field::FieldError,
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Sent {
    error: Option<String>,
}

/// Shows the files of an idea.
#[component]
pub fn Attachments(
    /// The idea's identifier.
    #[prop(into)]
    idea: String,
) -> impl IntoView {
    let asked = idea.clone();
    let answer = ask(move || asked.clone(), load_attachments);
    let show = move |found: AttachmentsView| view! { <List found idea=idea.clone() /> }.into_any();
    view! { <Loaded answer show /> }
}

#[component]
fn List(found: AttachmentsView, idea: String) -> impl IntoView {
    let AttachmentsView { files, allowed } = found;
    if files.is_empty() && allowed.is_empty() {
        return ().into_any();
    }
    let empty = files.is_empty();
    let rows = files.into_iter().map(|file| view! { <File file /> }).collect_view();
    view! {
        <section class="card part" aria-labelledby="attachments">
            <h2 id="attachments">"Attachments"</h2>
            {(!empty).then(|| view! { <ul class="rows">{rows}</ul> })}
            {(!allowed.is_empty()).then(|| view! { <Attach idea allowed /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Attach(idea: String, allowed: Vec<String>) -> impl IntoView {
    let Sent { error } = page_context().form("Attachment").unwrap_or_default();
    let bad = error.is_some();
    let described = if bad { "file-help file-error" } else { "file-help" };
    let accept = allowed.iter().map(|one| format!(".{one}")).collect::<Vec<_>>().join(",");
    view! {
        <form
            method="post"
            action=format!("/ideas/{idea}/attachments")
            enctype="multipart/form-data"
            class="stack narrow-form"
            novalidate
        >
            <PageId />
            <div class="field" class:bad=bad>
                <label for="file">"File"</label>
                <p class="help" id="file-help">"10 MB at most. These can be attached: " {allowed.join(", ")} "."</p>
                <input
                    id="file"
                    name="file"
                    type="file"
                    accept=accept
                    aria-describedby=described
                    aria-invalid=bad.then_some("true")
                />
                <FieldError name="file" error />
            </div>
            <button class="button">"Attach the file"</button>
        </form>
    }
}

#[component]
fn File(file: AttachmentView) -> impl IntoView {
    let AttachmentView { id, name, size, owner, at, preview, may_remove } = file;
    let address = format!("/attachments/{id}");
    let picture = preview.then(|| format!("{address}/preview"));
    view! {
        <li>
            {picture.map(|src| view! { <img class="attachment" src=src alt="" loading="lazy" /> })}
            <div>
                <a href=address.clone()>{name.clone()}</a>
                <p class="soft">{size} ", " {owner} ", " <Time at /></p>
            </div>
            {may_remove
                .then(|| {
                    view! {
                        <form method="post" action=format!("{address}/remove")>
                            <PageId />
                            <button class="button small">"Remove" <span class="unseen">" " {name}</span></button>
                        </form>
                    }
                })}
        </li>
    }
}
