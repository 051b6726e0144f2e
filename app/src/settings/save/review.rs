//! What a save would do, before it is done.
use super::{
    consequences::{Consequences, Differences, LockMeOut, SelfImpact},
    ids::{REVIEW, REVIEW_TITLE},
    submit::{Press, save},
};
use crate::{api::settings::ReviewView, components::browser, settings::draft::Draft};
use leptos::prelude::*;
use policy::SettingKey;

#[component]
fn Yourself(draft: Draft, review: ReviewView) -> impl IntoView {
    let list = StoredValue::new(review.list_with_you.clone().unwrap_or_default());
    let allowlist = draft.field(SettingKey::NETWORK_ADMIN_ALLOWLIST.as_str());
    let refused = move || allowlist.and_then(|field| field.refused.get());
    let add = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(field) = allowlist {
            browser::close_dialog(REVIEW);
            field.type_in(list.get_value());
            browser::focus(field.setting.key);
        }
    };
    (!review.yourself.is_empty()).then(|| {
        view! {
            <div class="note">
                <SelfImpact review=review.clone() />
                {review
                    .list_with_you
                    .map(|_| {
                        view! {
                            <button class="button small" name="step" value="add-me" on:click=add>"Add my address to the list"</button>
                        }
                    })}
                {review.blocked.map(|words| view! { <p class="error">{words}</p> })}
                {review.locks_you_out.then(|| view! { <LockMeOut typed=draft.lock_me_out refused /> })}
            </div>
        }
    })
}

/// Shows what the save would do, with the buttons that do it: over the page, which stays where it is; without a
/// script in the page.
#[component]
pub fn ReviewPanel(draft: Draft) -> impl IntoView {
    let act = move |event: leptos::ev::MouseEvent, press: Press| {
        event.prevent_default();
        leptos::task::spawn_local(save(draft, press));
    };
    move || {
        draft.review.get().map(|review| {
            let nothing = review.changes.is_empty();
            view! {
                <dialog
                    class="summary review"
                    id=REVIEW
                    open=cfg!(feature = "ssr")
                    aria-labelledby=REVIEW_TITLE
                    on:close=move |_| draft.review.set(None)
                >
                    <h2 id=REVIEW_TITLE tabindex="-1">{if nothing { "Nothing differs from what is saved" } else { "What this save does" }}</h2>
                    {(!review.reasons.is_empty()).then(|| view! { <p class="reasons">{review.reasons.join(" ")}</p> })}
                    <input type="hidden" name="seen" value=review.fingerprint.clone() />
                    <Differences changes=review.changes.clone() />
                    {(!nothing).then(|| view! { <Consequences review=review.clone() /> })}
                    <Yourself draft review=review.clone() />
                    <div class="acts">
                        {(!nothing && review.blocked.is_none())
                            .then(|| {
                                view! {
                                    {review
                                        .risky
                                        .then(|| {
                                            view! {
                                                <button class="button main" name="step" value="wait" on:click=move |event| act(event, Press::Wait)>
                                                    "Save with confirmation"
                                                </button>
                                            }
                                        })}
                                    <button
                                        class="button"
                                        class:main=!review.risky
                                        name="step"
                                        value="reviewed"
                                        aria-busy=move || draft.busy.get().then_some("true")
                                        on:click=move |event| act(event, Press::Reviewed)
                                    >
                                        "Save settings"
                                    </button>
                                }
                            })}
                        <button type="button" class="button needs-script" on:click=move |_| browser::close_dialog(REVIEW)>
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
