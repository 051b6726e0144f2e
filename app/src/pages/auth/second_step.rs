//! The second step: a code from an app, a passkey, or a recovery code; those the member has.
use super::passkey_button::PasskeyButton;
use crate::components::{arrival::arrival, card::Card, field::Field};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the member has, and the form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    email: String,
    authenticator: bool,
    passkeys: bool,
    recovery_codes: bool,
    trust_days: u32,
    errors: BTreeMap<String, String>,
}

/// The box by which a browser is trusted; the passkey button reads it, too.
#[component]
fn Trust(days: u32) -> impl IntoView {
    (days > 0).then(|| {
        let words = format!("Don't ask on this browser for {}", policy::words::count(days.into(), "day"));
        view! { <label class="check"><input type="checkbox" name="trust" value="true" /> {words}</label> }
    })
}

#[component]
fn Code(error: Option<String>, trust_days: u32) -> impl IntoView {
    view! {
        <form method="post" action="/sign-in/second-step" class="stack" novalidate>
            <Field
                name="code"
                label="Code"
                help="The six digits that your authenticator app shows now."
                error=error
                inputmode="numeric" autocomplete="one-time-code"
            />
            <Trust days=trust_days />
            <button class="button main wide-button">"Verify"</button>
        </form>
    }
}

#[component]
fn RecoveryCode(error: Option<String>, trust_days: u32) -> impl IntoView {
    view! {
        <form method="post" action="/sign-in/second-step/recovery" class="stack" novalidate>
            <Field
                name="recovery_code"
                label="Recovery code"
                help="One of the codes you kept when you set up two-factor authentication. Each works once."
                error=error
                autocomplete="off"
            />
            <Trust days=trust_days />
            <button class="button wide-button">"Use recovery code"</button>
        </form>
    }
}

lazy_page! {
    /// The page `/sign-in/second-step`.
    SecondStep in gate: page
}

fn page() -> impl IntoView {
    let Typed { email, authenticator, passkeys, recovery_codes, trust_days, mut errors } =
        arrival().form("SecondStep").unwrap_or_default();
    view! {
        <Card title="Second step">
            <p class="soft">"Signing in as " <strong>{email}</strong></p>
            {authenticator.then(|| view! { <Code error=errors.remove("code") trust_days /> })}
            {passkeys
                .then(|| {
                    view! {
                        {(!authenticator).then(|| view! { <Trust days=trust_days /> })}
                        <PasskeyButton label="Use a passkey" ceremony="second-step" />
                        <noscript inner_html="<p>Passkeys need JavaScript.</p>"></noscript>
                    }
                })}
            {recovery_codes
                .then(|| {
                    view! {
                        <hr />
                        <RecoveryCode error=errors.remove("recovery_code") trust_days />
                    }
                })}
            <form method="post" action="/sign-in/second-step/cancel" class="other">
                <button class="link">"Sign in as somebody else"</button>
            </form>
        </Card>
    }
}
