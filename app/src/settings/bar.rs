//! The end of the form, which stays in view while something is unsaved or was just saved; and the list of
//! what is to fix, which takes the focus when a save is refused.
use super::{
    draft::Draft,
    save::{Outcome, review},
};
use crate::{
    components::{
        browser,
        notices::{self, Detail},
    },
    state::Notice,
};
use leptos::prelude::*;

/// The id of the button that takes the bar away.
pub const END: &str = "bar-end";

fn count(n: usize, one: &str, more: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {more}") }
}

/// Shows how much is unsaved and how the last attempt to save ended, with *Discard* and *Review and save*.
#[component]
pub fn Bar(
    draft: Draft,
    /// The address of the person who looks, under which a draft is kept.
    who: StoredValue<String>,
) -> impl IntoView {
    let changed = Memo::new(move |_| draft.changed());
    let to_fix = Memo::new(move |_| draft.to_fix());
    let state = move || {
        let (changed, to_fix) = (changed.get(), to_fix.get());
        let mut words = Vec::new();
        if draft.busy.get() {
            words.push("One moment…".to_owned());
        } else if changed > 0 {
            words.push(count(changed, "unsaved change", "unsaved changes"));
        }
        if to_fix > 0 {
            words.push(format!("{to_fix} to fix"));
        }
        (!words.is_empty()).then(|| words.join(" · "))
    };
    let speaks = move || draft.outcome.with(|outcome| *outcome != Outcome::None);
    let done = move || changed.get() == 0 && speaks();
    let busy = move || draft.busy.get().then_some("true");
    view! {
        <div class="bar" class:dirty=move || changed.get() != 0 || speaks() role="group" aria-label="Unsaved changes">
            <p role="status"><Good draft changed /> {state}</p>
            <p role="alert"><Bad draft /></p>
            <button
                type="reset"
                class="button"
                id=END
                on:click=move |event| {
                    event.prevent_default();
                    draft.discard();
                }
            >
                {move || if done() { "Close" } else { "Discard" }}
            </button>
            <button
                type="submit"
                class="button main"
                name="step"
                value="review"
                hidden=done
                aria-busy=busy
                on:click=move |event| {
                    event.prevent_default();
                    leptos::task::spawn_local(review(draft, who.get_value()));
                }
            >
                "Review and save"
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
        Outcome::SignIn(said, path) => Some(
            view! {
                <Detail detail=said.detail until=said.until /> " Everything you typed is kept in this browser. "
                <a href=path rel="external">{said.way_on.1}</a>
            }
            .into_any(),
        ),
        Outcome::Failed(words) => Some(words.into_any()),
        _ => None,
    }
}

/// Lists what is to fix, each with a link to its field.
#[component]
pub fn Summary(draft: Draft) -> impl IntoView {
    let found = move || {
        let wrong = draft.controls().into_iter().filter_map(|control| Some((control, draft.problem(control)?)));
        if draft.attempted.get() { wrong.collect() } else { Vec::new() }
    };
    move || {
        let (found, strays) = (found(), draft.strays.get());
        let wrong = found.len() + strays.len();
        (wrong > 0).then(|| {
            let title = format!("Nothing was saved: {}", count(wrong, "field needs another look", "fields need another look"));
            let strays = strays.into_iter().map(|(key, words)| view! { <li>{key} ": " {words}</li> }).collect_view();
            let links = found
                .into_iter()
                .map(|(control, words)| {
                    let key = control.setting.key;
                    let go = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        leptos::task::spawn_local(async move {
                            // A search may hide the row.
                            if !untrack(|| draft.search.finds(control)) {
                                draft.search.end();
                                leptos::task::tick().await;
                            }
                            browser::focus(key);
                        });
                    };
                    view! {
                        <li>
                            <a href=format!("#{key}") rel="external" on:click=go>{control.setting.label}</a> ": " {words}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="summary" id="summary" role="alert" tabindex="-1">
                    <p><strong>{title}</strong></p>
                    <ul>{links} {strays}</ul>
                </div>
            }
        })
    }
}
