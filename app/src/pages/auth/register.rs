//! Asking to join: a name and an address; whoever has the address gets a mail.
use crate::{
    components::{captcha::Captcha, field::Field, page_id::PageId},
    layout::auth_layout::AuthLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it came back.
#[derive(Deserialize)]
struct Typed {
    name: String,
    email: String,
    captcha: Option<String>,
    waits: bool,
    sent: bool,
    errors: BTreeMap<String, String>,
}

lazy_page! {
    /// The page `/register`.
    Register in gate: page
}

fn page() -> impl IntoView {
    let back = || view! { <p class="other"><a href="/sign-in">"Back to sign-in"</a></p> };
    let Some(Typed { name, email, captcha, waits, sent, mut errors }) = page_context().form("Register") else {
        return view! { <AuthLayout>{back()}</AuthLayout> }.into_any();
    };
    if sent {
        return view! {
            <AuthLayout>
                <p>
                    "A mail is on its way to " <strong>{email}</strong>
                    ". It says how to go on. It can take a minute to arrive; look among the unwanted mail, too."
                </p>
                {back()}
            </AuthLayout>
        }
        .into_any();
    }
    let about = if waits {
        "We send a mail to your address to see that it is yours. Then somebody decides whether you join, and you get a mail."
    } else {
        "We send a mail to your address to see that it is yours. With its link you choose a password."
    };
    view! {
        <AuthLayout>
            <p class="soft">{about}</p>
            <form method="post" action="/register" class="stack" novalidate>
                <PageId />
                <Field name="name" label="Your name" value=name error=errors.remove("name") autocomplete="name" />
                <Field
                    name="email"
                    label="Email"
                    value=email
                    error=errors.remove("email")
                    kind="email" autocomplete="email"
                />
                {captcha.map(|challenge| view! { <Captcha challenge /> })}
                <button class="button main wide-button">"Ask to join"</button>
            </form>
            {back()}
        </AuthLayout>
    }
    .into_any()
}
