//! Claiming an account that was made for somebody, by a mail to its address.
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
    /// The page `/claim-account`.
    ClaimAccount in gate: page
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
            <p class="soft">"Somebody made an account for you? Say with which address: we send a link there, and with it you choose a password."</p>
            <form method="post" action="/claim-account" class="stack" novalidate>
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
        <Card title="Claim your account">
            {body}
            <p class="other"><a href="/sign-in" rel="external">"Back to sign-in"</a></p>
        </Card>
    }
}
