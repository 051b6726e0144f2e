//! A form that asks for a mail to an address, and what it says afterwards, whether somebody has it or not.
use crate::{
    components::{captcha::Captcha, field::Field, page_id::PageId},
    page::page_context::page_context,
};
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

/// Shows the form, or that a mail is on its way.
#[component]
pub fn AskForMail(
    /// The page that it posts to.
    action: &'static str,
    /// What the mail is for.
    about: &'static str,
) -> impl IntoView {
    let Typed { email, captcha, sent, mut errors } = page_context().form("ForgotPassword").unwrap_or_default();
    if sent {
        return view! {
            <p>
                "If " <strong>{email}</strong>
                " has an account here, a mail with a link is on its way to it. It can take a minute to arrive; look among the unwanted mail, too."
            </p>
        }
        .into_any();
    }
    view! {
        <p class="soft">{about}</p>
        <form method="post" action=action class="stack" novalidate>
            <PageId />
            <Field name="email" label="Email" value=email error=errors.remove("email") kind="email" autocomplete="username" />
            {captcha.map(|challenge| view! { <Captcha challenge /> })}
            <button class="button main wide-button">"Send me a link"</button>
        </form>
    }
    .into_any()
}
