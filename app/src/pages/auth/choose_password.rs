//! Choosing a new password without the old one, by the right that a link in a mail gives.
use crate::{
    components::{account_name::AccountName, new_password::NewPassword, page_id::PageId},
    layout::auth_layout::AuthLayout,
    page::{page_context::page_context, page_state::Judge},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Whoever chooses, and the form as it came back.
#[derive(Deserialize)]
struct Typed {
    judge: Judge,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/choose-password`.
    ChoosePassword in gate: page
}

fn page() -> impl IntoView {
    let Some(Typed { judge, mut errors }) = page_context().form("ChoosePassword") else {
        return view! {
            <AuthLayout title="Ask again">
                <p><a class="button main" href="/forgot-password">"Send me a new link"</a></p>
            </AuthLayout>
        }
        .into_any();
    };
    let email = judge.email.clone();
    view! {
        <AuthLayout>
            <p class="soft">"For " <strong>{email.clone()}</strong> ". You are signed out everywhere when it is set."</p>
            <form method="post" action="/choose-password" class="stack" novalidate>
                <PageId />
                <AccountName email />
                <NewPassword judge error=errors.remove("password") />
                <button class="button main wide-button">"Set password"</button>
            </form>
        </AuthLayout>
    }
    .into_any()
}
