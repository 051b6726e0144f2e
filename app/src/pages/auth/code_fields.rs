//! The fields for codes that somebody types to prove who they are.
use crate::{components::field::Field, page::page_context::page_context};
use leptos::prelude::*;

/// How long the forms for codes wait, in seconds, after too many wrong ones.
pub fn codes_wait() -> Option<i64> {
    page_context().wait(&["codes-paused"])
}

/// Whether codes no longer work at all: the refusal says what helps.
pub fn codes_disabled() -> bool {
    page_context().refusal.is_some_and(|refusal| refusal.code == "factor-disabled")
}

/// How long a form for the present password waits, in seconds, after too many wrong ones.
pub fn password_wait() -> Option<i64> {
    page_context().wait(&["present-password-paused"])
}

/// A code of the authenticator app.
#[component]
pub fn CodeField(error: Option<String>) -> impl IntoView {
    view! {
        <Field
            name="code"
            label="Code"
            help="The six digits that your authenticator app shows now."
            error=error
            inputmode="numeric" autocomplete="one-time-code"
        />
    }
}

/// A recovery code.
#[component]
pub fn RecoveryCodeField(error: Option<String>) -> impl IntoView {
    view! {
        <Field
            name="recovery_code"
            label="Recovery code"
            help="One of the codes you kept when you set up two-factor authentication. Each works once."
            error=error
            autocomplete="off"
        />
    }
}
