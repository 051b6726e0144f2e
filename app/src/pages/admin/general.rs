//! Admin, settings, *General*: how the workspace presents itself. A plain form.
mod mark;

use crate::{
    api::workspace::{ProfileView, load_workspace},
    components::{
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use mark::MarkForm;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/admin/settings/general`.
    General in admin: page
}

/// The form as it came back.
#[derive(Deserialize)]
struct Back {
    name: String,
    from_name: String,
    time_zone: String,
    errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_workspace());
    view! {
        <MemberLayout about="How the workspace presents itself: on every page, in mails, and in authenticator apps.">
            <Loaded answer show={|found: ProfileView| view! { <ProfileForm found /> }.into_any()} />
            <MarkForm />
        </MemberLayout>
    }
}

#[component]
fn ProfileForm(found: ProfileView) -> impl IntoView {
    let back = page_context().form::<Back>("Workspace");
    let Back { name, from_name, time_zone, mut errors } = back.unwrap_or(Back {
        name: found.name,
        from_name: found.from_name,
        time_zone: found.time_zone,
        errors: BTreeMap::new(),
    });
    view! {
        <section class="card part" aria-labelledby="presents">
            <h2 id="presents">"The workspace"</h2>
            <form method="post" action="/admin/settings/general" class="stack narrow-form" novalidate>
                <PageId />
                <Field
                    name="name"
                    label="Workspace name"
                    help="Stands in titles and mails. Authenticator apps that are set up from now on show it beside their codes."
                    value=name
                    error=errors.remove("name")
                    autocomplete="off"
                />
                <Field
                    name="from_name"
                    label="Sender's name"
                    help="Who mails are from, beside the address that the operator has set. Empty: as the operator has it."
                    value=from_name
                    error=errors.remove("from_name")
                    autocomplete="off"
                />
                <Field
                    name="time_zone"
                    label="Time zone"
                    help="In which mails tell the time, as Europe/Zurich or UTC. Pages tell it in the zone of whoever reads them."
                    value=time_zone
                    error=errors.remove("time_zone")
                    autocomplete="off"
                />
                <button class="button main">"Save"</button>
            </form>
        </section>
        <p><a href="/admin/settings/chat">"Notices in a chat"</a> " of ideas that wait for a moderator"</p>
    }
}
