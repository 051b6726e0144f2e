//! Admin, invitations: who is invited, and whoever has not joined yet.
mod list;
mod many;
mod waiting;

use crate::{
    api::invitations::{InvitationsView, load_invitations},
    components::{
        choice::Choice,
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use list::InvitationList;
use many::InviteMany;
use policy::{
    Role,
    decide::rank::{Authority, may_give},
};
use serde::Deserialize;
use std::collections::BTreeMap;
use waiting::Waiting;

lazy_page! {
    /// The page `/admin/invitations`.
    Invitations in admin: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    name: String,
    email: String,
    role: String,
    joining: String,
    errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_invitations());
    view! {
        <MemberLayout about="Whoever is invited becomes a member once they have taken the invitation in their mail.">
            <InviteOne />
            <InviteMany />
            <Loaded
                answer
                show={|found: InvitationsView| {
                    view! {
                        <Waiting waiting=found.waiting.clone() />
                        <InvitationList found />
                    }
                        .into_any()
                }}
            />
        </MemberLayout>
    }
}

/// A choice among the roles that the person who looks may give.
#[component]
fn RoleChoice(name: &'static str, label: &'static str, chosen: String, error: Option<String>) -> impl IntoView {
    let own = page_context().viewer.map_or(Role::Member, |viewer| viewer.role);
    let roles = Role::ALL.iter().filter(move |role| may_give(Authority::Member(own), **role).is_ok());
    let options = roles.map(|role| (role.name().to_owned(), role.label().to_owned())).collect();
    view! { <Choice name label options chosen error /> }
}

#[component]
fn InviteOne() -> impl IntoView {
    let Typed { name, email, role, joining, mut errors } = page_context().form("Invitation").unwrap_or_default();
    view! {
        <section class="card part" aria-labelledby="invite">
            <h2 id="invite">"Invite somebody"</h2>
            <form method="post" action="/admin/invitations" class="stack narrow-form" novalidate>
                <PageId />
                <Field
                    name="email"
                    label="Email"
                    value=email
                    error=errors.remove("email")
                    kind="email" autocomplete="off"
                />
                <Field
                    name="name"
                    label="Name"
                    help="May be left out where they are invited: they choose it themselves."
                    value=name
                    error=errors.remove("name")
                    autocomplete="off"
                />
                <RoleChoice name="role" label="Role" chosen=role error=errors.remove("role") />
                <div class="field">
                    <label for="joining">"How they join"</label>
                    <select id="joining" name="joining">
                        <option value="invite">"Send an invitation"</option>
                        <option value="add" selected=joining == "add">"Add now, they confirm their address"</option>
                    </select>
                </div>
                <button class="button main">"Send the mail"</button>
            </form>
        </section>
    }
}
