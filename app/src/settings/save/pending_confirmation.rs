//! A change that waits to be confirmed, or that nobody confirmed.
use crate::{
    api::settings::{ConfirmationView, load_confirmation},
    components::time::Time,
    settings::draft::Draft,
};
use leptos::{ev, prelude::*};
use policy::Timestamp;
use std::time::Duration;

/// How long after a deadline what nobody has confirmed was reverted for sure, in milliseconds.
const LATE: f64 = 3_000.0;

/// Asks anew what there is to say, where something is said: it may have been confirmed or reverted elsewhere.
pub async fn refresh(draft: Draft) {
    if draft.confirmation.with_untracked(ConfirmationView::is_settled) {
        return;
    }
    if let Ok(now) = load_confirmation().await
        && draft.confirmation.try_with_untracked(|before| *before != now).unwrap_or_default()
    {
        draft.confirmation.set(now);
    }
}

/// Asks anew once a change that waits was reverted, unless it was confirmed.
fn refresh_after(draft: Draft, deadline: Timestamp) {
    #[expect(clippy::cast_precision_loss, reason = "a date of JavaScript is a float of milliseconds")]
    let left = deadline.0 as f64 - js_sys::Date::now();
    if left <= 0.0 {
        return;
    }
    let ask = move || leptos::task::spawn_local(refresh(draft));
    if let Ok(timer) = set_timeout_with_handle(ask, Duration::from_secs_f64((left + LATE) / 1_000.0)) {
        on_cleanup(move || timer.clear());
    }
}

/// Says that a change waits, and leads to where it is confirmed; or that the last one was reverted.
#[component]
pub fn ConfirmationNote(draft: Draft) -> impl IntoView {
    let deadline =
        Memo::new(move |_| draft.confirmation.with(|now| now.pending.as_ref().map(|change| change.auto_revert_at)));
    Effect::new(move |_| {
        if let Some(deadline) = deadline.get() {
            refresh_after(draft, deadline);
        }
    });
    Effect::new(move |_| {
        let back = window_event_listener(ev::focus, move |_| leptos::task::spawn_local(refresh(draft)));
        on_cleanup(move || back.remove());
    });
    let note = move || {
        let ConfirmationView { pending, auto_reverted_at } = draft.confirmation.get();
        let pending = pending.map(|change| {
            view! {
                <p class="notice warn" role="status">
                    "The last change, by " {change.by} ", goes back by itself at " <Time at=change.auto_revert_at />
                    " unless it is confirmed. " <a href="/admin/settings/confirm">"Confirm or put back"</a>
                </p>
            }
        });
        let reverted = auto_reverted_at.map(|at| {
            view! {
                <p class="notice warn" role="status">
                    <Reverted at /> " " <a href="/admin/history">"See what it was"</a>
                </p>
            }
        });
        view! { {pending} {reverted} }
    };
    view! { <div class="notices" id="waiting">{note}</div> }
}

/// Says that a change was reverted by itself.
#[component]
pub fn Reverted(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    view! { "The last change was not confirmed in time, so it went back by itself at " <Time at /> ". Nothing of it holds." }
}
