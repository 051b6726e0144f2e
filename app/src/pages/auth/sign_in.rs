//! Sign in with a password or with a passkey.
use super::passkey_button::PasskeyButton;
use crate::{
    components::{captcha::Captcha, field::Field, page_id::PageId, password::Password},
    layout::auth_layout::AuthLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where to go afterwards: as the server says, or as the address asks. The server judges it.
fn next() -> Option<String> {
    page_context().next.or_else(|| use_query_map().with_untracked(|query| query.get("next")))
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    email: String,
    stay: bool,
    captcha: Option<String>,
    again: Option<String>,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/sign-in`.
    SignIn in gate: page
}

fn page() -> impl IntoView {
    let Typed { email, stay, captcha, again, mut errors } = page_context().form("SignIn").unwrap_or_default();
    let next = next();
    let for_button = next.clone();
    let by_passkey = page_context().passkey_sign_in;
    let registers = page_context().registers;
    let stays = page_context().stay_signed_in;
    let wait = page_context().wait(&[]);
    let tries_again = again.is_some();
    let came_back = !errors.is_empty() || page_context().refusal.is_some();
    view! {
        <AuthLayout>
            <form method="post" action="/sign-in" class="stack" novalidate data-wait=wait data-again=tries_again>
                <PageId />
                {again.map(|sealed| view! { <input type="hidden" name="again" value=sealed /> })}
                {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <Field
                    name="email"
                    label="Email"
                    value=email
                    error=errors.remove("email")
                    kind="email" autocomplete="username webauthn"
                />
                <Password autocomplete="current-password" error=errors.remove("password") />
                {stays
                    .map(|until| {
                        view! {
                            <div>
                                <label class="check">
                                    <input
                                        type="checkbox"
                                        name="stay_signed_in"
                                        value="true"
                                        checked=stay
                                        aria-describedby="stay_signed_in-help"
                                    />
                                    "Stay signed in"
                                </label>
                                <p class="soft" id="stay_signed_in-help">{until}</p>
                            </div>
                        }
                    })}
                {captcha.map(|challenge| view! { <Captcha challenge prefetched=!came_back /> })}
                <button class="button main wide-button">"Sign in"</button>
            </form>
            <p class="other">
                <a href="/forgot-password">"Forgot your password?"</a>
                {registers.then(|| view! { " · " <a href="/register">"Ask to join"</a> })}
            </p>
            {by_passkey
                .then(|| {
                    view! {
                        <PasskeyButton label="Sign in with a passkey" ceremony="sign-in" next=for_button />
                    }
                })}
        </AuthLayout>
    }
}
