//! A change that waits: confirm it, or put it back. It works without a script, since what waits may
//! have stopped them.
use crate::{
    api::settings::{ConfirmationView, PendingConfirmation, load_confirmation},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    settings::save::{consequences::Differences, pending_confirmation::Reverted},
};
use leptos::prelude::*;
use policy::Timestamp;

lazy_page! {
    /// The page `/admin/settings/confirm`.
    Confirm in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_confirmation());
    let show = |found: ConfirmationView| match found.pending {
        Some(change) => view! { <Choose change /> }.into_any(),
        None => view! { <Settled auto_reverted_at=found.auto_reverted_at /> }.into_any(),
    };
    view! {
        <MemberLayout>
            <Loaded answer show />
        </MemberLayout>
    }
}

#[component]
fn Settled(auto_reverted_at: Option<Timestamp>) -> impl IntoView {
    view! {
        <p class="card part">
            {match auto_reverted_at {
                Some(at) => view! { <Reverted at /> }.into_any(),
                None => "No change waits to be confirmed.".into_any(),
            }}
            " " <a href="/admin/settings">"Back to the settings"</a>
        </p>
    }
}

#[component]
fn Choose(change: PendingConfirmation) -> impl IntoView {
    view! {
        <form method="post" action="/admin/settings/confirm" class="card part">
            <PageId />
            <input type="hidden" name="revision" value=change.revision />
            <h2>"What " {change.by} " changed"</h2>
            <Differences changes=change.changes />
            <p>"You came in under the new settings, so they let you in. Keep them?"</p>
            <p>"It goes back by itself at " <strong><Time at=change.auto_revert_at /></strong> "."</p>
            <div class="acts">
                <button class="button main" name="act" value="keep">"Keep these settings"</button>
                <button class="button" name="act" value="revert">"Put them back"</button>
            </div>
        </form>
    }
}
