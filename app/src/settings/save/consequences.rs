//! What a change does: the differences in words, what they do to people, and what to the person who saves.
use super::ids;
use crate::api::{
    ChangeView,
    settings::{ConsequenceView, LOCK_ME_OUT, RefusalPreview, ReviewView},
};
use leptos::prelude::*;

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
                    {change.weakens.then(|| view! { " " <span class="tag risk">"weaker"</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="differences">{lines}</ul> }
}

/// Says what a change does to people, and what is probably not meant.
#[component]
pub fn Consequences(review: ReviewView) -> impl IntoView {
    let ReviewView { changes, consequences, warnings, yourself, .. } = review;
    let weakened: Vec<_> = changes.into_iter().filter(|change| change.weakens).map(|change| change.label).collect();
    let calm = weakened.is_empty() && consequences.is_empty() && warnings.is_empty() && yourself.is_empty();
    let effects = consequences.iter().cloned().map(|effect| view! { <Consequence effect /> }).collect_view();
    let warned = |(label, words): (String, String)| view! { <li><strong>{label}</strong> " " {words}</li> };
    let doubts = warnings.iter().cloned().map(warned).collect_view();
    view! {
        {calm.then(|| view! { <p class="soft">"Nobody is signed out or held up by it."</p> })}
        {(!weakened.is_empty()).then(|| view! { <p class="note">"This weakens " {weakened.join(", ")} "."</p> })}
        {(!consequences.is_empty()).then(|| view! { <ul class="effects">{effects}</ul> })}
        {(!warnings.is_empty()).then(|| view! { <ul class="effects soft">{doubts}</ul> })}
    }
}

/// What happens to how many, which opens into the list of them.
#[component]
fn Consequence(effect: ConsequenceView) -> impl IntoView {
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
pub fn SelfImpact(review: ReviewView) -> impl IntoView {
    let ReviewView { yourself, .. } = review;
    let line = |preview: RefusalPreview| {
        let fix = preview.fix.map(|(page, words)| view! { " " <a href=page>{words}</a> });
        view! { <p>{preview.words} {fix}</p> }
    };
    yourself.into_iter().map(line).collect_view()
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
            <label for=ids::LOCK_ME_OUT>"To save all the same, type “" {LOCK_ME_OUT} "”"</label>
            <input
                id=ids::LOCK_ME_OUT
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
