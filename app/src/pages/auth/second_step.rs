//! The second step: a code from an app, a passkey, or a recovery code; those the member has.
use super::{
    code_fields::{CodeField, RecoveryCodeField, codes_disabled, codes_wait},
    passkey_button::PasskeyButton,
};
use crate::{
    components::{field::Field, page_id::PageId, time::Time},
    layout::auth_layout::AuthLayout,
    page::{
        page_context::page_context,
        page_state::{WaitingHelp, Way},
    },
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the member has, and the form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    email: String,
    ways: Vec<Way>,
    trust_days: u32,
    help: Option<WaitingHelp>,
    errors: BTreeMap<String, String>,
}

/// The box by which a browser is trusted; the passkey button reads it, too.
#[component]
fn Trust(days: u32) -> impl IntoView {
    (days > 0).then(|| {
        let words = format!("Don't ask on this browser for {}", policy::words::count(days.into(), "day"));
        view! { <label class="check"><input type="checkbox" name="trust" value="true" /> {words}</label> }
    })
}

#[component]
fn Code(error: Option<String>, trust_days: u32) -> impl IntoView {
    view! {
        <form method="post" action="/sign-in/second-step" class="stack" novalidate data-wait=codes_wait()>
            <PageId />
            <CodeField error=error />
            <Trust days=trust_days />
            <button class="button main wide-button">"Verify"</button>
        </form>
    }
}

#[component]
fn RecoveryCode(error: Option<String>, trust_days: u32) -> impl IntoView {
    view! {
        <form method="post" action="/sign-in/second-step/recovery" class="stack" novalidate data-wait=codes_wait()>
            <PageId />
            <RecoveryCodeField error=error />
            <Trust days=trust_days />
            <button class="button wide-button">"Use recovery code"</button>
        </form>
    }
}

/// A code that is sent by mail: asked for with a button, then typed.
#[component]
fn EmailedCode(
    error: Option<String>,
    trust_days: u32,
    /// Whether a code was sent.
    sent: bool,
    /// Whether there is another field for a code on the page.
    beside: bool,
) -> impl IntoView {
    let (name, label) = if beside { ("emailed_code", "Code from the mail") } else { ("code", "Code") };
    let send = if sent { "Send another code" } else { "Send me a code by e-mail" };
    let class = if sent || beside { "button wide-button" } else { "button main wide-button" };
    let wait = page_context().wait(&["code-sent-elsewhere"]).filter(|_| !sent);
    view! {
        {sent
            .then(|| {
                view! {
                    <form
                        method="post"
                        action="/sign-in/second-step/email"
                        class="stack"
                        novalidate
                        data-wait=codes_wait()
                    >
                        <PageId />
                        <Field
                            name
                            label
                            help="The eight digits in the mail that we have sent you. It can take a minute to arrive."
                            error=error
                            inputmode="numeric" autocomplete="one-time-code"
                        />
                        <Trust days=trust_days />
                        <button class="button main wide-button">"Verify"</button>
                    </form>
                }
            })}
        <form method="post" action="/sign-in/second-step/email/send" data-wait=wait>
            <PageId />
            <button class=class>{send}</button>
        </form>
    }
}

/// What helps whoever can't use any of what they have.
#[component]
fn Help(waits: Option<WaitingHelp>, recovery_codes: bool) -> impl IntoView {
    if let Some(WaitingHelp { asked_at, granted_from }) = waits {
        return view! {
            <p class="notice" role="status">
                "You asked an admin at " <Time at=asked_at /> " to remove your second step. They can do so from "
                <Time at=granted_from /> " on, and you get a mail then. A second step that you pass cancels it."
            </p>
        }
        .into_any();
    }
    view! {
        <details class="other">
            <summary>"I can't use my second step"</summary>
            <div class="stack">
                {recovery_codes
                    .then(|| {
                        view! {
                            <p>
                                "The quickest way is one of the recovery codes that you kept: "
                                <a href="#recovery_code">"use one above"</a> "."
                            </p>
                        }
                    })}
                <p>
                    "Otherwise an admin can remove your second step, once they know that it is you. A mail about it goes to your address at once, by which whoever has not asked cancels it."
                </p>
                <form method="post" action="/sign-in/second-step/help">
                    <PageId />
                    <button class="button wide-button">"Ask an admin to remove it"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

lazy_page! {
    /// The page `/sign-in/second-step`.
    SecondStep in gate: page
}

fn page() -> impl IntoView {
    let Typed { email, ways, trust_days, help, mut errors } = page_context().form("SecondStep").unwrap_or_default();
    let has = |way| ways.contains(&way);
    let (authenticator, passkeys, recovery_codes) =
        (has(Way::Authenticator), has(Way::Passkey), has(Way::RecoveryCode));
    let code_sent = has(Way::EmailedCodeSent);
    let emailed_codes = code_sent || has(Way::EmailedCode);
    let stuck = ways.is_empty() && !codes_disabled();
    view! {
        <AuthLayout>
            <p class="soft">"Signing in as " <strong>{email}</strong></p>
            {authenticator.then(|| view! { <Code error=errors.remove("code") trust_days /> })}
            {passkeys
                .then(|| {
                    view! {
                        {(!authenticator).then(|| view! { <Trust days=trust_days /> })}
                        <PasskeyButton label="Use a passkey" ceremony="second-step" />
                        <noscript inner_html="<p>Passkeys need JavaScript.</p>"></noscript>
                    }
                })}
            {emailed_codes
                .then(|| {
                    let error = errors.remove(if authenticator { "emailed_code" } else { "code" });
                    view! {
                        {(authenticator || passkeys).then(|| view! { <hr /> })}
                        <EmailedCode error trust_days sent=code_sent beside=authenticator />
                    }
                })}
            {recovery_codes
                .then(|| {
                    view! {
                        <hr />
                        <RecoveryCode error=errors.remove("recovery_code") trust_days />
                    }
                })}
            {stuck
                .then(|| {
                    view! {
                        <p>
                            "Your organisation has just turned off the second step that you have. Sign in again to go on without it, or ask an admin."
                        </p>
                    }
                })}
            <Help waits=help recovery_codes />
            <form method="post" action="/sign-in/second-step/cancel" class="other">
                <PageId />
                <button class="link">"Sign in as somebody else"</button>
            </form>
        </AuthLayout>
    }
}
