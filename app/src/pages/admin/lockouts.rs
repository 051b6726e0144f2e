//! Admin, lockouts: who is locked out of what, until when, and the way to let them in.
use crate::{
    api::lockouts::{LockedView, load_lockouts},
    components::{
        frame::Frame,
        header::Place,
        loaded::{Loaded, ask},
        time::Time,
    },
};
use leptos::prelude::*;

lazy_page! {
    /// The page `/admin/lockouts`.
    Lockouts in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_lockouts());
    view! {
        <Frame
            title="Lockouts"
            about="Members whose sign-in or second step is locked after too many wrong tries. A lock ends by itself; unlock somebody who can't wait."
            here=Place::Lockouts
        >
            <Loaded answer show={|found: Vec<LockedView>| view! { <List found /> }.into_any()} />
            <p class="soft">
                "How many tries there are, and how long a lock lasts: "
                <a href="/admin/settings#lockout.sign_in.max_attempts" rel="external">"Lockouts in the settings"</a>
            </p>
        </Frame>
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
            let LockedView { id, email, name, what, until } = locked;
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
                                _ => "The second step",
                            }} " is locked until " <Time at=until /> "."
                        </p>
                    </div>
                    <form method="post" action=format!("/admin/lockouts/{id}/unlock")>
                        <button class="button small">"Unlock" <span class="unseen">" " {email}</span></button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! { <section class="card part" aria-label="Locked members"><ul class="rows">{rows}</ul></section> }.into_any()
}
