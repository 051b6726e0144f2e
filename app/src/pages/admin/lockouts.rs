//! Admin, lockouts: who is locked out of what, until when, and the way to let them in.
use crate::{
    api::lockouts::{LockedView, load_lockouts},
    components::{
        browser,
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use policy::{SettingKey, setting_link};

lazy_page! {
    /// The page `/admin/lockouts`.
    Lockouts in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_lockouts());
    view! {
        <MemberLayout
            about="Members whose sign-in or second step is locked after too many wrong tries. A lock ends by itself; unlock somebody who can't wait. Fifty wrong codes within a day lock codes for a day, which nobody here lifts."
        >
            <Loaded answer show={|found: Vec<LockedView>| view! { <List found /> }.into_any()} />
            <p class="soft">
                "How many tries there are, and how long a lock lasts: "
                <a href=setting_link::to(SettingKey::LOCKOUT_SIGN_IN_ATTEMPTS.as_str())>"Lockouts in the settings"</a>
            </p>
        </MemberLayout>
    }
}

#[component]
fn List(found: Vec<LockedView>) -> impl IntoView {
    if found.is_empty() {
        return view! { <p class="card empty">"Nobody is locked out."</p> }.into_any();
    }
    let rows = found
        .into_iter()
        .map(|locked| {
            let LockedView { id, email, name, what, until, may_unlock } = locked;
            let Some(until) = until else { return view! { <Disabled name email /> }.into_any() };
            view! {
                <li>
                    <div>
                        <strong>{name}</strong>
                        " "
                        <span class="soft">{email.clone()}</span>
                        <p class="soft">
                            {match what.as_str() {
                                "sign-in" => "Signing in",
                                "claim" => "Claiming the account",
                                "two-factor-day" => "After fifty wrong codes within a day, every code",
                                _ => "The second step",
                            }} " is locked until " <Time at=until /> "."
                        </p>
                    </div>
                    {may_unlock
                        .then(|| {
                            view! {
                                <form method="post" action=format!("/admin/lockouts/{id}/unlock")>
                                    <PageId />
                                    <button class="button small">"Unlock" <span class="unseen">" " {email}</span></button>
                                </form>
                            }
                        })}
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <section class="card part" aria-label="Locked members"><ul class="rows">{rows}</ul></section> }.into_any()
}

/// Somebody whose codes no longer work at all: to unlock them would bring guessed-at codes back.
#[component]
fn Disabled(name: String, email: String) -> impl IntoView {
    let find = format!("/admin/members?holds={}", browser::encoded(&email));
    view! {
        <li>
            <div>
                <strong>{name}</strong>
                " "
                <span class="soft">{email}</span>
                <p class="soft">
                    "After a hundred wrong codes in a row, codes no longer work. They can remove and set up their second factor anew with a passkey; otherwise remove their second factors for them."
                </p>
            </div>
            <a class="button small" href=find>"Find under Members"</a>
        </li>
    }
}
