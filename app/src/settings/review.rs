//! What a save would do, before it is done: the differences in words, and what they do to people.
use super::{draft::Draft, save::save};
use crate::{
    api::{
        ChangeView,
        settings::{ConsequenceView, LOCK_ME_OUT, RefusalPreview, ReviewView},
    },
    components::browser,
};
use leptos::prelude::*;
use policy::SettingKey;

/// The id of the dialog.
pub const REVIEW: &str = "review";
/// The id of its heading, which takes the focus.
pub const TITLE: &str = "review-title";

/// Lists differences, one per line, in words.
#[component]
pub fn Differences(changes: Vec<ChangeView>) -> impl IntoView {
    let lines = changes
        .into_iter()
        .map(|change| {
            view! {
                <li>
                    <strong>{change.label}</strong>
                    " "
                    <del>{change.from}</del>
                    <span aria-hidden="true">" → "</span>
                    <span class="unseen">" becomes "</span>
                    <ins>{change.to}</ins>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="differences">{lines}</ul> }
}

/// Says what a change does to people, and what is probably not meant.
#[component]
pub fn Effect(review: ReviewView) -> impl IntoView {
    let ReviewView { consequences, warnings, yourself, .. } = review;
    let calm = consequences.is_empty() && warnings.is_empty() && yourself.is_empty();
    let effects = consequences.iter().cloned().map(|effect| view! { <Concerned effect /> }).collect_view();
    let warned = |(label, words): (String, String)| view! { <li><strong>{label}</strong> " " {words}</li> };
    let doubts = warnings.iter().cloned().map(warned).collect_view();
    view! {
        {calm.then(|| view! { <p class="soft">"Nobody is signed out or held up by it."</p> })}
        {(!consequences.is_empty()).then(|| view! { <ul class="effects">{effects}</ul> })}
        {(!warnings.is_empty()).then(|| view! { <ul class="effects soft">{doubts}</ul> })}
    }
}

/// What happens to how many, which opens into the list of them.
#[component]
fn Concerned(effect: ConsequenceView) -> impl IntoView {
    let ConsequenceView { words, people, more } = effect;
    let names = people.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! {
        <li>
            <details class="people">
                <summary>{words} " " <span class="link">"Who?"</span></summary>
                <ul>{names} {more.then(|| view! { <li class="soft">"and more"</li> })}</ul>
            </details>
        </li>
    }
}

/// Says in what the person's own next request would end, and what they can do about it beforehand.
#[component]
pub fn Ahead(review: ReviewView) -> impl IntoView {
    let ReviewView { yourself, .. } = review;
    let said = |ahead: RefusalPreview| {
        let fix = ahead.fix.map(|(page, words)| view! { " " <a href=page>{words}</a> });
        view! { <p>{ahead.words} {fix}</p> }
    };
    yourself.into_iter().map(said).collect_view()
}

/// The field for the words by which somebody saves although it locks them out.
#[component]
pub fn LockMeOut(
    /// What is typed.
    typed: RwSignal<String>,
    /// What the server said against it.
    refused: impl Fn() -> Option<String> + Send + 'static,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for="lock_me_out">"To save all the same, type “" {LOCK_ME_OUT} "”"</label>
            <input
                id="lock_me_out"
                name="lock_me_out"
                autocomplete="off"
                aria-describedby="lock_me_out-error"
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
            />
            <p class="error" id="lock_me_out-error" role="alert">{refused}</p>
        </div>
    }
}

#[component]
fn Yourself(draft: Draft, review: ReviewView) -> impl IntoView {
    let list = StoredValue::new(review.list_with_you.clone().unwrap_or_default());
    let allowlist = draft.control(SettingKey::NETWORK_ADMIN_ALLOWLIST.as_str());
    let refused = move || allowlist.and_then(|control| control.refused.get());
    let add = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(control) = allowlist {
            browser::close_dialog(REVIEW);
            control.type_in(list.get_value());
            browser::focus(control.setting.key);
        }
    };
    (!review.yourself.is_empty()).then(|| {
        view! {
            <div class="note">
                <Ahead review=review.clone() />
                {review
                    .list_with_you
                    .map(|_| {
                        view! {
                            <button class="button small" name="step" value="add-me" on:click=add>"Add my address to the list"</button>
                        }
                    })}
                {review.locks_you_out.then(|| view! { <LockMeOut typed=draft.lock_me_out refused /> })}
            </div>
        }
    })
}

/// Shows what the save would do, with the buttons that do it: over the page, which stays where it is; without a
/// script in the page.
#[component]
pub fn ReviewPanel(
    draft: Draft,
    /// The address of the person who looks, under which a draft is kept.
    who: StoredValue<String>,
) -> impl IntoView {
    let act = move |event: leptos::ev::MouseEvent, wait: bool| {
        event.prevent_default();
        leptos::task::spawn_local(save(draft, who.get_value(), wait));
    };
    move || {
        draft.review.get().map(|review| {
            let nothing = review.changes.is_empty();
            view! {
                <dialog
                    class="summary review"
                    id=REVIEW
                    open=cfg!(feature = "ssr")
                    aria-labelledby=TITLE
                    on:close=move |_| draft.review.set(None)
                >
                    <h2 id=TITLE tabindex="-1">{if nothing { "Nothing differs from what is saved" } else { "What this save does" }}</h2>
                    <Differences changes=review.changes.clone() />
                    {(!nothing).then(|| view! { <Effect review=review.clone() /> })}
                    <Yourself draft review=review.clone() />
                    <div class="acts">
                        {(!nothing)
                            .then(|| {
                                view! {
                                    {review
                                        .risky
                                        .then(|| {
                                            view! {
                                                <button class="button main" name="step" value="wait" on:click=move |event| act(event, true)>
                                                    "Save with confirmation"
                                                </button>
                                            }
                                        })}
                                    <button
                                        class="button"
                                        class:main=!review.risky
                                        name="step"
                                        value="save"
                                        aria-busy=move || draft.busy.get().then_some("true")
                                        on:click=move |event| act(event, false)
                                    >
                                        "Save settings"
                                    </button>
                                }
                            })}
                        <button type="button" class="button when-awake" on:click=move |_| browser::close_dialog(REVIEW)>
                            "Go on editing"
                        </button>
                    </div>
                    {review
                        .risky
                        .then(|| {
                            view! {
                                <p class="soft">
                                    "With confirmation it holds at once, and goes back by itself after five minutes unless you confirm it. So nothing can lock you out for good."
                                </p>
                            }
                        })}
                </dialog>
            }
        })
    }
}
