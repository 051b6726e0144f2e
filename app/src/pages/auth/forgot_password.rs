//! Asking for a mail with a link to choose a new password.
use super::ask_for_mail::AskForMail;
use crate::layout::auth_layout::AuthLayout;
use leptos::prelude::*;

lazy_page! {
    /// The page `/forgot-password`.
    ForgotPassword in gate: page
}

fn page() -> impl IntoView {
    view! {
        <AuthLayout>
            <AskForMail
                action="/forgot-password"
                about="We send you a link to choose a new one. Until you use it, the old one stays."
            />
            <p class="other">
                <a href="/sign-in">"Back to sign-in"</a>
                " · "
                <a href="/claim-account">"Never had one? Claim your account"</a>
            </p>
        </AuthLayout>
    }
}
