//! A link that was sent: says what will happen, and does it only when its button is pressed.
use crate::{
    components::{field::Field, page_id::PageId},
    layout::auth_layout::AuthLayout,
    page::{page_context::page_context, page_state::TypedReason},
};
use leptos::prelude::*;
use serde::Deserialize;

const DEAD: &str = "This link no longer works";

/// What a live link does.
#[derive(Deserialize)]
struct Live {
    token: String,
    what: String,
    button: String,
    once_more: Option<String>,
    reason: Option<TypedReason>,
}

/// A link that only leads somewhere, opened by somebody else than it was sent to.
#[derive(Deserialize)]
struct Others {
    sent_to: String,
    leads_to: String,
}

lazy_page! {
    /// The page `/link/{token}`.
    Link in gate: page
}

fn page() -> impl IntoView {
    let state = page_context();
    if let Some(others) = state.form("OthersLink") {
        let me = state.viewer.map(|viewer| viewer.email).unwrap_or_default();
        return view! { <Choose others me /> }.into_any();
    }
    let Some(Live { token, what, button, once_more, reason }) = state.form("Link") else {
        let already_said = state.refusal.is_some();
        return view! {
            <AuthLayout title=DEAD>
                {(!already_said).then(|| view! { <p>"Ask for a new one, or sign in."</p> })}
                <p><a class="button main wide-button" href="/sign-in">"Go to sign-in"</a></p>
                <p class="other">
                    "Have a new mail sent: "
                    <a href="/forgot-password">"choose a new password"</a>
                    " or "
                    <a href="/claim-account">"claim your account"</a>
                    "."
                </p>
            </AuthLayout>
        }
        .into_any();
    };
    view! {
        <AuthLayout>
            <p>{what}</p>
            {once_more
                .is_some()
                .then(|| {
                    view! {
                        <p class="notice warn" role="status">
                            "Nothing has happened yet. Your browser did not say that it was you who pressed the button, and some mail systems press it by themselves. Press it once more."
                        </p>
                    }
                })}
            <form method="post" action=format!("/link/{token}") class="stack" novalidate>
                <PageId />
                {reason.map(|TypedReason { typed, error }| {
                    view! { <Field name="reason" label="Reason" value=typed error autocomplete="off" /> }
                })}
                {once_more.map(|mark| view! { <input type="hidden" name="once_more" value=mark /> })}
                <button class="button main wide-button">{button}</button>
            </form>
        </AuthLayout>
    }
    .into_any()
}

/// Asks somebody who is signed in as another member how to go on.
#[component]
fn Choose(others: Others, me: String) -> impl IntoView {
    let Others { sent_to, leads_to } = others;
    view! {
        <AuthLayout title="This link is somebody else's">
            <p>
                "It was sent to " <strong>{sent_to.clone()}</strong> ", and you are signed in as " <strong>{me.clone()}</strong>
                "."
            </p>
            <form method="post" action="/sign-out">
                <PageId />
                <input type="hidden" name="next" value=leads_to />
                <button class="button main wide-button">"Sign out, and sign in as " {sent_to}</button>
            </form>
            <p><a href="/">"Stay signed in as " {me}</a></p>
        </AuthLayout>
    }
}
