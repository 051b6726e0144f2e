//! Admin, data of a member: handed out, or erased.
use crate::{
    api::member_data::{MemberDataView, load_member_data},
    components::{
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::Deserialize;

lazy_page! {
    /// The page `/admin/members/{id}/data`.
    MemberData in admin: page
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
    let answer = ask(move || id.get(), load_member_data);
    view! {
        <MemberLayout>
            <p><a href="/admin/members">"All members"</a></p>
            <Loaded answer show={|found: MemberDataView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: MemberDataView) -> impl IntoView {
    let MemberDataView { id, name, email, role, refusal } = found;
    let forms = format!("/admin/members/{id}/data");
    let erase = match refusal {
        Some(refusal) => view! { <p class="soft">{refusal.detail}</p> }.into_any(),
        None => view! { <Erase forms=forms.clone() email=email.clone() /> }.into_any(),
    };
    view! {
        <dl class="card facts">
            <dt>"Name"</dt>
            <dd>{name}</dd>
            <dt>"Email"</dt>
            <dd>{email}</dd>
            <dt>"Role"</dt>
            <dd>{role.label()}</dd>
        </dl>
        <section class="card part" aria-labelledby="download">
            <h2 id="download">"Download what is held about them"</h2>
            <p class="soft">
                "A file of JSON, for them, if they ask for it. The audit log says that you have downloaded it."
            </p>
            <form method="post" action=format!("{forms}/download")>
                <PageId />
                <button class="button">"Download"</button>
            </form>
        </section>
        <section class="card part" aria-labelledby="erase">
            <h2 id="erase">"Erase them"</h2>
            {erase}
        </section>
    }
}

#[component]
fn Erase(forms: String, email: String) -> impl IntoView {
    let Typed { email: typed, error } = page_context().form("Erasure").unwrap_or_default();
    view! {
        <p>
            "Their name, address, password, factors, sessions, browsers, links and mails are deleted at once, and nobody gets them back. Ideas stay, as those of a former member; the audit log keeps what happened, under a name from which nobody gets back to them. They are not told by mail."
        </p>
        <p>"To confirm it, type " <strong>{email}</strong> "."</p>
        <form method="post" action=format!("{forms}/erase") class="stack narrow-form" novalidate>
            <PageId />
            <Field
                name="email"
                label="Their address, to confirm"
                value=typed
                error
                kind="email" autocomplete="off"
            />
            <button class="button main">"Erase for good"</button>
        </form>
    }
}
