//! Joining by an invitation: a name and a password.
use crate::{
    components::{account_name::AccountName, field::Field, new_password::NewPassword, page_id::PageId},
    layout::auth_layout::AuthLayout,
    page::{page_context::page_context, page_state::Judge},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Whoever was invited, and the form as it came back.
#[derive(Deserialize)]
struct Typed {
    name: String,
    role: String,
    judge: Judge,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/join`.
    Join in gate: page
}

fn page() -> impl IntoView {
    let Some(Typed { name, role, judge, mut errors }) = page_context().form("Join") else {
        return view! {
            <AuthLayout>
                <p>"Open the link in the mail that invites you. If it no longer works, ask whoever has invited you for another one."</p>
                <p><a class="button main" href="/sign-in">"Go to sign-in"</a></p>
            </AuthLayout>
        }
        .into_any();
    };
    let email = judge.email.clone();
    view! {
        <AuthLayout>
            <p class="soft">"With the address " <strong>{email.clone()}</strong> ", in the role " {role} "."</p>
            <form method="post" action="/join" class="stack" novalidate>
                <PageId />
                <AccountName email />
                <Field name="name" label="Your name" value=name error=errors.remove("name") autocomplete="name" />
                <NewPassword label="Password" judge error=errors.remove("password") />
                <p class="soft">"A few words in a row are easy to remember and hard to guess."</p>
                <button class="button main wide-button">"Join"</button>
            </form>
        </AuthLayout>
    }
    .into_any()
}
