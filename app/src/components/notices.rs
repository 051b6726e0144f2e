//! What just happened and why somebody is here, said once at the top of the page.
use super::arrival::{Said, arrival};
use crate::state::Notice;
use leptos::prelude::*;

/// The words of a notice.
pub const fn words(notice: Notice) -> &'static str {
    match notice {
        Notice::SetUpDone => "Your super-admin account is ready. Sign in with it.",
        Notice::SignedOut => "You are signed out.",
        Notice::SettingsSaved => {
            "Settings saved. Some changes (session lifetime, SSO credentials) take effect on the next request."
        }
        Notice::NothingChanged => "Nothing differed from what is saved, so nothing was saved.",
        Notice::AuthenticatorRemoved => "The authenticator app was removed.",
        Notice::PasskeyAdded => "The passkey was added.",
        Notice::PasskeyRenamed => "The passkey was renamed.",
        Notice::PasskeyRemoved => "The passkey was removed.",
        Notice::SessionEnded => "The session was ended.",
        Notice::OtherSessionsEnded => "All other sessions were ended.",
    }
}

/// Shows the notice and the refusal that came with the page.
#[component]
pub fn Notices() -> impl IntoView {
    let state = arrival();
    view! {
        {state.notice.map(|notice| view! { <p class="notice good" role="status">{words(notice)}</p> })}
        {state.refusal.filter(|said| !said.takes_the_page).map(|said| view! { <Why said /> })}
    }
}

/// Says why something was not done, or why somebody is here.
#[component]
pub fn Why(said: Said) -> impl IntoView {
    let (class, role) = if said.explains { ("notice", "status") } else { ("notice bad", "alert") };
    view! { <p class=class role=role>{said.detail}</p> }
}
