//! Proving once more who one is, before something that can do harm in the wrong hands.
use super::{
    code_fields::{CodeField, RecoveryCodeField, codes_disabled, codes_wait, password_wait},
    passkey_button::PasskeyButton,
};
use crate::{
    components::{account_name::AccountName, page_id::PageId, password::Password},
    layout::auth_layout::AuthLayout,
    page::{notices::Why, page_context::page_context, page_state::Way, refusal_view::RefusalView},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the member has, and the form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    ways: Vec<Way>,
    why: Option<RefusalView>,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/profile/step-up`.
    StepUp in gate: page
}

#[component]
fn Next(next: Option<String>) -> impl IntoView {
    next.map(|next| view! { <input type="hidden" name="next" value=next /> })
}

fn page() -> impl IntoView {
    let Typed { ways, why, mut errors } = page_context().form("StepUp").unwrap_or_default();
    let has = |way| ways.contains(&way);
    let (authenticator, passkeys) = (has(Way::Authenticator), has(Way::Passkey));
    let (recovery_codes, password) = (has(Way::RecoveryCode), has(Way::Password));
    let next = page_context().next;
    let email = page_context().viewer.map(|viewer| viewer.email).unwrap_or_default();
    let stuck = ways.is_empty() && !codes_disabled();
    view! {
        <AuthLayout>
            {why.map(|refusal| view! { <Why refusal /> })}
            {password
                .then(|| {
                    view! {
                        <form method="post" action="/profile/step-up/password" class="stack" novalidate data-wait=password_wait()>
                            <PageId />
                            <Next next=next.clone() />
                            <AccountName email />
                            <Password
                                name="current"
                                label="Password"
                                autocomplete="current-password"
                                error=errors.remove("current")
                            />
                            <button class="button main wide-button">"Confirm"</button>
                        </form>
                    }
                })}
            {authenticator
                .then(|| {
                    view! {
                        <form method="post" action="/profile/step-up" class="stack" novalidate data-wait=codes_wait()>
                            <PageId />
                            <Next next=next.clone() />
                            <CodeField error=errors.remove("code") />
                            <button class="button main wide-button">"Verify"</button>
                        </form>
                    }
                })}
            {passkeys
                .then(|| {
                    view! {
                        <PasskeyButton label="Use a passkey" ceremony="step-up" next=next.clone() />
                        <noscript inner_html="<p>Passkeys need JavaScript.</p>"></noscript>
                    }
                })}
            {recovery_codes
                .then(|| {
                    view! {
                        <hr />
                        <form method="post" action="/profile/step-up/recovery" class="stack" novalidate data-wait=codes_wait()>
                            <PageId />
                            <Next next=next.clone() />
                            <RecoveryCodeField error=errors.remove("recovery_code") />
                            <button class="button wide-button">"Use recovery code"</button>
                        </form>
                    }
                })}
            {stuck
                .then(|| {
                    view! {
                        <p>
                            "You have no password and no second factor yet. "
                            <a href="/forgot-password">"Have a mail sent to you"</a>
                            " with which you choose a password; then sign in with it."
                        </p>
                    }
                })}
            <form method="post" action="/sign-out" class="other">
                <PageId />
                <button class="link">"Sign out instead"</button>
            </form>
        </AuthLayout>
    }
}
