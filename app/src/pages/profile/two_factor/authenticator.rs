//! The authenticator app: set up, confirm, remove.
use super::{Next, Shared, Stays};
use crate::{
    api::profile::{AuthenticatorView, PendingAuthenticator},
    components::{browser, field::Field, page_id::PageId, time::Time},
    page::{page_context::page_context, refusal_view::RefusalView},
};
use leptos::prelude::*;
use serde::Deserialize;

/// The first code as it came back.
#[derive(Deserialize)]
struct FirstCode {
    error: String,
}

/// Shows the authenticator app, or how to get one.
#[component]
pub fn Authenticator(
    found: Option<AuthenticatorView>,
    pending: Option<PendingAuthenticator>,
    /// Whether one waits whose secret is not shown now.
    hidden: bool,
    /// Why it can't be removed, if it can't.
    stays: Option<RefusalView>,
    /// Why none can be set up, if none can.
    off: Option<String>,
) -> impl IntoView {
    let body = match (found, pending) {
        (Some(found), _) => view! { <Confirmed found stays /> }.into_any(),
        (None, Some(pending)) => view! { <Pending pending /> }.into_any(),
        (None, None) if hidden => view! { <Hidden /> }.into_any(),
        (None, None) => match off {
            Some(words) => view! { <p class="soft">{words}</p> }.into_any(),
            None => view! {
                <form method="post" action="/profile/two-factor/authenticator">
                    <PageId />
                    <Next />
                    <button class="button main">"Set up authenticator app"</button>
                </form>
            }
            .into_any(),
        },
    };
    view! {
        <section class="card part" aria-labelledby="authenticator">
            <h2 id="authenticator">"Authenticator app"</h2>
            <p class="soft">"An app on your phone or computer that shows a new six-digit code every 30 seconds."</p>
            {body}
        </section>
    }
}

#[component]
fn Confirmed(found: AuthenticatorView, stays: Option<RefusalView>) -> impl IntoView {
    let used = match found.last_used_at {
        Some(at) => view! { "last used " <Time at /> }.into_any(),
        None => "not used yet".into_any(),
    };
    view! {
        <p>"Added " <Time at=found.added_at /> ", " {used}</p>
        {match stays {
            Some(refusal) => view! { <Stays refusal /> }.into_any(),
            None => view! {
                <form method="post" action="/profile/two-factor/authenticator/remove">
                    <PageId />
                    <Next />
                    <button class="button small">"Remove authenticator app"</button>
                </form>
            }
            .into_any(),
        }}
    }
}

/// The secret in fours: they are set apart by the style, so that what is copied has no gaps.
fn fours(secret: &str) -> impl IntoView + use<> {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| view! { <span>{four.iter().collect::<String>()}</span> }).collect_view()
}

#[component]
fn Pending(pending: PendingAuthenticator) -> impl IntoView {
    let error = page_context().form::<FirstCode>("FirstCode").map(|typed| typed.error);
    let side = pending.qr_side;
    view! {
        <ol class="steps">
            <li>
                <p>"Scan this with your app."</p>
                <svg
                    class="qr"
                    role="img"
                    aria-label="QR code for your authenticator app"
                    viewBox=format!("0 0 {side} {side}")
                >
                    <path d=pending.qr_path />
                </svg>
                <p class="soft">
                    "Or type this key into it, or "
                    <a href=pending.uri>"open your app on this device"</a>
                    ":"
                </p>
                <code class="secret" data-testid="totp-secret">{fours(&pending.secret)}</code>
            </li>
            <li>
                <form method="post" action="/profile/two-factor/authenticator/confirm" class="stack narrow-form" novalidate>
                    <PageId />
                    <Next />
                    <Field
                        name="code"
                        label="Code"
                        help="The six digits that the app shows now."
                        autocomplete="one-time-code"
                        inputmode="numeric"
                        error=error
                    />
                    <button class="button main">"Verify"</button>
                </form>
            </li>
        </ol>
        <Cancel />
    }
}

/// What is said while the secret is not shown: the page may lie open on somebody's desk.
#[component]
fn Hidden() -> impl IntoView {
    let page = use_context::<Shared>().map(Shared::page).unwrap_or_default();
    view! {
        <p>
            "You have begun to set an app up. Its code and its key are shown again once you have confirmed that it is you."
        </p>
        <p>
            <a class="button main" href=format!("/profile/step-up?next={}", browser::encoded(&page))>
                "Confirm that it is you"
            </a>
        </p>
        <Cancel />
    }
}

#[component]
fn Cancel() -> impl IntoView {
    view! {
        <form method="post" action="/profile/two-factor/authenticator/cancel">
            <PageId />
            <Next />
            <button class="link">"Cancel"</button>
        </form>
    }
}
