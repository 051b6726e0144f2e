//! Admin, end everybody's sessions: whom it signs out, and the form that does it.
use crate::{
    api::member_data::{EverybodyView, count_everybody},
    components::{
        field::Field,
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use policy::words;
use serde::Deserialize;

lazy_page! {
    /// The page `/admin/sessions`.
    Everybody in admin: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    confirm: String,
    error: Option<String>,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| count_everybody());
    view! {
        <MemberLayout about="For when somebody may have got in. Everybody signs in again, and you stay signed in.">
            <p><a href="/admin/members">"All members"</a></p>
            <Loaded answer show={|found: EverybodyView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

/// How many people, in words.
fn people(count: i64) -> String {
    match count {
        1 => "1 person".to_owned(),
        count => format!("{} people", words::number(count)),
    }
}

#[component]
fn Shown(found: EverybodyView) -> impl IntoView {
    let Typed { confirm, error } = page_context().form("EverybodysSessions").unwrap_or_default();
    let EverybodyView { members, sessions } = found;
    let told = format!("This signs out {}, of {}.", people(members), words::count(sessions, "session"));
    view! {
        <section class="card part" aria-labelledby="everybody">
            <h2 id="everybody">"Sign everybody out"</h2>
            <p><strong>{told}</strong> " Members above your role, and you yourself, stay signed in. Sign-ins between their two steps begin anew."</p>
            <form method="post" action="/admin/sessions/end" class="stack narrow-form" novalidate>
                <PageId />
                <Field
                    name="confirm"
                    label="Type “sign everybody out” to confirm"
                    value=confirm
                    error
                    autocomplete="off"
                />
                <button class="button main">"End the sessions"</button>
            </form>
        </section>
    }
}
