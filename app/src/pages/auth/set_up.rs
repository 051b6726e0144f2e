//! The first super-admin, made with the one-time link from the console.
use crate::{
    components::{field::Field, new_password::NewPassword, page_id::PageId},
    layout::auth_layout::AuthLayout,
    page::{page_context::page_context, page_state::Judge},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it came back.
#[derive(Deserialize)]
struct Typed {
    token: String,
    name: String,
    email: String,
    judge: Judge,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/set-up`.
    SetUp in gate: page
}

fn page() -> impl IntoView {
    let Some(Typed { token, name, email, judge, mut errors }) = page_context().form("SetUp") else {
        return view! {
            <AuthLayout>
                <p>"This workspace is set up by the one-time link that Bailey prints when it starts for the first time."</p>
                <p><a class="button main" href="/sign-in">"Go to sign-in"</a></p>
            </AuthLayout>
        }
        .into_any();
    };
    view! {
        <AuthLayout>
            <p class="soft">"Welcome. Make the account of the first super-admin, who decides the settings and who else leads."</p>
            <form method="post" action="/set-up" class="stack" novalidate>
                <PageId />
                <input type="hidden" name="token" value=token />
                <Field
                    name="name"
                    label="Your name"
                    value=name
                    error=errors.remove("name")
                    autocomplete="name"
                />
                <Field
                    name="email"
                    label="Email"
                    value=email
                    error=errors.remove("email")
                    kind="email" autocomplete="username"
                />
                <NewPassword label="Password" judge error=errors.remove("password") />
                <p class="soft">"A few words in a row are easy to remember and hard to guess."</p>
                <button class="button main wide-button">"Create super-admin"</button>
            </form>
        </AuthLayout>
    }
    .into_any()
}
