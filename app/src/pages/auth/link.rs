//! A link that was sent: says what will happen, and does it only when its button is pressed.
use crate::components::{arrival::arrival, card::Card};
use leptos::prelude::*;
use serde::Deserialize;

const DEAD: &str = "This link no longer works";

/// What a live link does.
#[derive(Deserialize)]
struct Live {
    token: String,
    what: String,
    button: String,
}

lazy_page! {
    /// The page `/link/{token}`.
    Link in gate: page
}

fn page() -> impl IntoView {
    let state = arrival();
    let Some(Live { token, what, button }) = state.form("Link") else {
        let already_said = state.refusal.is_some();
        return view! {
            <Card title=DEAD>
                {(!already_said).then(|| view! { <p>"Ask for a new one, or sign in."</p> })}
                <p><a class="button main" href="/sign-in" rel="external">"Go to sign-in"</a></p>
            </Card>
        }
        .into_any();
    };
    view! {
        <Card title="One click to go">
            <p>{what}</p>
            <form method="post" action=format!("/link/{token}")>
                <button class="button main wide-button">{button}</button>
            </form>
        </Card>
    }
    .into_any()
}
