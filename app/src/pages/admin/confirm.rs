//! A change that waits: confirm it, or put it back. It works without a script, since what waits may
//! have stopped them.
use crate::{
    api::settings::{PostureView, Waiting, load_posture},
    components::{
        frame::Frame,
        loaded::{Loaded, ask},
        time::Time,
    },
    settings::{review::Differences, waiting::WentBack},
};
use leptos::prelude::*;
use policy::Timestamp;

lazy_page! {
    /// The page `/admin/settings/confirm`.
    Confirm in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_posture());
    let show = |found: PostureView| match found.waiting {
        Some(waiting) => view! { <Choose waiting /> }.into_any(),
        None => view! { <Settled put_back=found.put_back /> }.into_any(),
    };
    view! {
        <Frame>
            <Loaded answer show />
        </Frame>
    }
}

#[component]
fn Settled(put_back: Option<Timestamp>) -> impl IntoView {
    view! {
        <p class="card part">
            {match put_back {
                Some(at) => view! { <WentBack at /> }.into_any(),
                None => "No change waits to be confirmed.".into_any(),
            }}
            " " <a href="/admin/settings">"Back to the settings"</a>
        </p>
    }
}

#[component]
fn Choose(waiting: Waiting) -> impl IntoView {
    view! {
        <form method="post" action="/admin/settings/confirm" class="card part">
            <input type="hidden" name="revision" value=waiting.revision />
            <h2>"What " {waiting.by} " changed"</h2>
            <Differences changes=waiting.changes />
            <p>"You came in under the new settings, so they let you in. Keep them?"</p>
            <p>"It goes back by itself at " <strong><Time at=waiting.deadline /></strong> "."</p>
            <div class="acts">
                <button class="button main" name="act" value="keep">"Keep these settings"</button>
                <button class="button" name="act" value="revert">"Put them back"</button>
            </div>
        </form>
    }
}
