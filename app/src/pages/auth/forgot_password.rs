//! Asking for a mail with a link to choose a new password.
use crate::components::{arrival::arrival, captcha::Captcha, card::Card, field::Field};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    email: String,
    captcha: Option<String>,
    sent: bool,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/forgot-password`.
    ForgotPassword in gate: page
}

fn page() -> impl IntoView {
    let Typed { email, captcha, sent, mut errors } = arrival().form("ForgotPassword").unwrap_or_default();
    let body = if sent {
        view! {
            <p>
                "If " <strong>{email}</strong>
                " has an account here, a mail with a link is on its way to it. It can take a minute to arrive; look among the unwanted mail, too."
            </p>
        }
        .into_any()
    } else {
        view! {
            <p class="soft">"We send you a link to choose a new one. Until you use it, the old one stays."</p>
            <form method="post" action="/forgot-password" class="stack" novalidate>
                <Field
                    name="email"
                    label="Email"
                    value=email
                    error=errors.remove("email")
                    kind="email" autocomplete="username"
                />
                {captcha.map(|challenge| view! { <Captcha challenge /> })}
                <button class="button main wide-button">"Send me a link"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <Card title="Forgot your password?">
            {body}
            <p class="other">
                <a href="/sign-in" rel="external">"Back to sign-in"</a>
                " · "
                <a href="/claim-account" rel="external">"Never had one? Claim your account"</a>
            </p>
        </Card>
    }
}
