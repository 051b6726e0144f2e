//! My profile, details.
use super::idea_mails::IdeaMailsChoice;
use crate::{
    components::{field::Field, page_id::PageId},
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;

lazy_page! {
    /// The page `/profile`.
    Details in profile: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Back {
    email: String,
    error: Option<String>,
}

fn page() -> impl IntoView {
    let facts = page_context().viewer.map(|viewer| {
        view! {
            <dl class="card facts">
                <dt>"Name"</dt>
                <dd>{viewer.name}</dd>
                <dt>"Email"</dt>
                <dd>{viewer.email}</dd>
                <dt>"Role"</dt>
                <dd>{viewer.role.label()}</dd>
            </dl>
        }
    });
    view! {
        <MemberLayout>
            {facts} <ChangeAddress /> <IdeaMailsChoice />
        </MemberLayout>
    }
}

/// Asks for another address.
#[component]
fn ChangeAddress() -> impl IntoView {
    let Back { email, error } = page_context().form("EmailChange").unwrap_or_default();
    view! {
        <section class="card part" aria-labelledby="address">
            <h2 id="address">"Change your address"</h2>
            <p class="soft">
                "A link goes to the new address. Yours stays until you press the button there; then the old one is told, and can take it back for 7 days."
            </p>
            <form method="post" action="/profile/email" class="stack narrow-form" novalidate>
                <PageId />
                <Field name="email" label="New address" value=email error kind="email" autocomplete="email" inputmode="email" />
                <button class="button main">"Send the link"</button>
            </form>
        </section>
    }
}
