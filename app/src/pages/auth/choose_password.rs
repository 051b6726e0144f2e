//! Choosing a new password without the old one, by the right that a link in a mail gives.
use crate::components::{arrival::arrival, card::Card, password::Password};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Whoever chooses, and the form as it came back.
#[derive(Deserialize)]
struct Typed {
    email: String,
    wanted: Vec<String>,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/choose-password`.
    ChoosePassword in gate: page
}

fn page() -> impl IntoView {
    let Some(Typed { email, wanted, mut errors }) = arrival().form("ChoosePassword") else {
        return view! {
            <Card title="Ask again">
                <p><a class="button main" href="/forgot-password" rel="external">"Send me a new link"</a></p>
            </Card>
        }
        .into_any();
    };
    view! {
        <Card title="Choose a new password">
            <p class="soft">"For " <strong>{email.clone()}</strong> ". You are signed out everywhere when it is set."</p>
            <form method="post" action="/choose-password" class="stack" novalidate>
                // For the password manager, which keeps the two together.
                <input type="hidden" name="username" autocomplete="username" value=email />
                <Password label="New password" autocomplete="new-password" error=errors.remove("password") />
                <ul class="wanted" aria-label="What it has to be">
                    {wanted
                        .into_iter()
                        .map(|words| view! { <li><span aria-hidden="true">"·"</span> {words}</li> })
                        .collect_view()}
                </ul>
                <button class="button main wide-button">"Set password"</button>
            </form>
        </Card>
    }
    .into_any()
}
