//! Claiming an account that was made for somebody, by a mail to its address.
use super::ask_for_mail::AskForMail;
use crate::layout::auth_layout::AuthLayout;
use leptos::prelude::*;

lazy_page! {
    /// The page `/claim-account`.
    ClaimAccount in gate: page
}

fn page() -> impl IntoView {
    view! {
        <AuthLayout>
            <AskForMail
                action="/claim-account"
                about="Somebody made an account for you? Say with which address: we send a link there, and with it you choose a password."
            />
            <p class="other"><a href="/sign-in">"Back to sign-in"</a></p>
        </AuthLayout>
    }
}
