//! The end of the form, which stays in view while something is unsaved or was just saved.
use super::{
    ids::BAR_END,
    submit::{Press, review, save},
};
use crate::{
    page::{
        notice::Notice,
        notices::{self, Detail},
    },
    settings::draft::{Draft, Outcome},
};
use leptos::prelude::*;

/// Shows how much is unsaved and how the last attempt to save ended, with *Discard*, *Review changes* and
/// *Save settings*.
#[component]
pub fn SaveBar(draft: Draft) -> impl IntoView {
    let changed = Memo::new(move |_| draft.changed());
    let to_fix = Memo::new(move |_| draft.to_fix());
    let state = move || {
        let (changed, to_fix) = (changed.get(), to_fix.get());
        let mut words = Vec::new();
        if draft.busy.get() {
            words.push("One moment…".to_owned());
        } else if changed > 0 {
            words.push(if changed == 1 { "1 unsaved change".to_owned() } else { format!("{changed} unsaved changes") });
        }
        if to_fix > 0 {
            words.push(format!("{to_fix} to fix"));
        }
        (!words.is_empty()).then(|| words.join(" · "))
    };
    let speaks = move || draft.outcome.with(|outcome| *outcome != Outcome::None);
    let done = move || changed.get() == 0 && speaks();
    let busy = move || draft.busy.get().then_some("true");
    // What stands behind the dialog can't be reached, and its button of the same name is not meant.
    let behind = move || (cfg!(not(feature = "ssr")) && draft.review.with(Option::is_some)).then_some("true");
    view! {
        <div
            class="save-bar"
            class:dirty=move || changed.get() != 0 || speaks()
            role="group"
            aria-label="Unsaved changes"
            aria-hidden=behind
        >
            <p role="status"><Good draft changed /> {state}</p>
            <p role="alert"><Bad draft /></p>
            <button
                type="reset"
                class="button"
                id=BAR_END
                on:click=move |event| {
                    event.prevent_default();
                    draft.discard();
                }
            >
                {move || if done() { "Close" } else { "Discard" }}
            </button>
            <button
                type="submit"
                class="button"
                name="step"
                value="review"
                hidden=done
                aria-busy=busy
                on:click=move |event| {
                    event.prevent_default();
                    leptos::task::spawn_local(review(draft));
                }
            >
                "Review changes"
            </button>
            <button
                type="submit"
                class="button main"
                name="step"
                value="save"
                hidden=done
                aria-busy=busy
                on:click=move |event| {
                    event.prevent_default();
                    leptos::task::spawn_local(save(draft, Press::Save));
                }
            >
                "Save settings"
            </button>
        </div>
    }
}

/// Says that the last attempt to save ended well, for as long as nothing else is typed.
#[component]
fn Good(draft: Draft, changed: Memo<usize>) -> impl IntoView {
    move || {
        let nothing_new = changed.get() == 0;
        let words = match draft.outcome.get() {
            Outcome::Saved if nothing_new => notices::words(Notice::SettingsSaved),
            Outcome::Nothing if nothing_new => notices::words(Notice::NothingChanged),
            Outcome::Restored => "What you had typed before is back. It is not saved yet. ",
            _ => return None,
        };
        let undo = (draft.outcome.get() == Outcome::Saved).then(|| {
            view! { " " <a href=move || format!("/admin/history?undo={}", draft.revision.get())>"Undo"</a> }
        });
        Some(view! { {words} {undo} })
    }
}

/// Says why the last attempt to save did not go through.
#[component]
fn Bad(draft: Draft) -> impl IntoView {
    move || match draft.outcome.get() {
        Outcome::SignIn(refusal, path) => Some(
            view! {
                <Detail detail=refusal.detail until=refusal.until /> " Everything you typed is kept in this browser. "
                <a href=path>{refusal.way_on.1}</a>
            }
            .into_any(),
        ),
        Outcome::Failed(words) => Some(words.into_any()),
        _ => None,
    }
}
