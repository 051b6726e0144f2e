//! My profile, password: its age, when it may be changed, and the form that changes it. A plain form;
//! the list of what a new password has to be follows what one types, by the code that judges it.
#[cfg(feature = "hydrate")]
use crate::components::wait;
use crate::{
    api::profile::{PasswordView, load_password},
    components::{
        account_name::AccountName,
        loaded::{Loaded, ask},
        new_password::NewPassword,
        page_id::PageId,
        password::Password as PasswordField,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::{
        notices::{Because, Why},
        page_context::page_context,
        page_state::Deadline,
    },
};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/profile/password`.
    Password in profile: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Back {
    errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_password());
    let next = page_context()
        .next
        .or_else(|| use_query_map().with_untracked(|query| query.get("next")))
        .filter(|path| web::local_path(Some(path)) == path);
    let next = StoredValue::new(next);
    view! {
        <MemberLayout>
            <Loaded answer show=move |found: PasswordView| view! { <Change found next=next.get_value() /> }.into_any() />
        </MemberLayout>
    }
}

#[component]
fn Change(found: PasswordView, next: Option<String>) -> impl IntoView {
    let Back { mut errors } = page_context().form("Password").unwrap_or_default();
    let PasswordView {
        set_at,
        may_change_from,
        expires,
        expires_soon,
        expired,
        reuse_limit,
        reuse_setting,
        judge,
        required,
    } = found;
    let wait = page_context().wait(&["present-password-paused"]);
    let part = NodeRef::<html::Form>::new();
    Effect::new(move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(part) = part.get() {
            wait::enhance(&part);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = part.get();
    });
    let asks = may_change_from.is_none();
    let has_one = set_at.is_some();
    view! {
        {required.map(|refusal| view! { <Why refusal /> })}
        <section class="card part" aria-labelledby="change">
            <h2 id="change">{if has_one { "Change your password" } else { "Choose a password" }}</h2>
            <p class="soft">
                {match set_at {
                    Some(at) => view! { "You chose it on " <Time at /> ". " }.into_any(),
                    None => "You have none yet: you signed in by a link. ".into_any(),
                }}
                {expires
                    .map(|Deadline { at, setting }| {
                        let words = if expired { "It was to be replaced by " } else { "It is to be replaced by " };
                        view! { {words} <Time at /> "." <Because setting /> }
                    })}
            </p>
            {expires_soon.then(|| view! { <p class="note">"That is soon: choose a new one when it suits you."</p> })}
            {may_change_from
                .map(|Deadline { at, setting }| {
                    view! {
                        <p class="note">
                            "You changed it a short while ago. You can change it again from " <Time at />
                            ". If somebody else may know it, ask an admin to reset it." <Because setting />
                        </p>
                    }
                })}
            {asks
                .then(|| {
                    view! {
                        <form method="post" action="/profile/password" class="stack narrow-form" novalidate data-wait=wait node_ref=part>
                            <PageId />
                            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                            <AccountName email=judge.email.clone() />
                            {has_one
                                .then(|| {
                                    view! {
                                        <PasswordField
                                            name="current"
                                            label="Present password"
                                            autocomplete="current-password"
                                            error=errors.remove("current")
                                        />
                                    }
                                })}
                            <NewPassword judge error=errors.remove("password") />
                            {(reuse_limit > 1)
                                .then(|| {
                                    view! {
                                        <p class="soft">
                                            "Your last " {reuse_limit} " passwords can't be used again." <Because setting=reuse_setting />
                                        </p>
                                    }
                                })}
                            <p class="soft">
                                "You are signed out everywhere else when it changes. "
                                {has_one
                                    .then(|| {
                                        view! { <a href="/forgot-password">"Forgot your present password?"</a> }
                                    })}
                            </p>
                            <button class="button main">"Change password"</button>
                        </form>
                    }
                })}
        </section>
    }
}
