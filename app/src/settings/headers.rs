//! A live preview of exactly the headers that a visitor gets.
use super::draft::Draft;
use leptos::prelude::*;
use policy::decide::headers::{HeaderFacts, compose, grade};

/// Shows the headers that a page has under the settings in the form.
#[component]
pub fn HeadersPreview(draft: Draft) -> impl IntoView {
    let facts = HeaderFacts { https: true, nonce: "", no_referrer: false, floor_only: false };
    let headers = Memo::new(move |_| draft.settings.with(|settings| settings.headers.clone()));
    let lines = move || {
        let composed = headers.with(|headers| compose(headers, &facts));
        let lines = composed.into_iter().map(|(name, value)| view! { <li><b>{name}</b> ": " {value}</li> });
        lines.collect_view()
    };
    let graded = Memo::new(move |_| headers.with(grade));
    let reasons = move || {
        let reasons = graded.get().reasons;
        (!reasons.is_empty()).then(|| {
            let lines = reasons.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
            view! { <ul class="effects">{lines}</ul> }
        })
    };
    view! {
        <div class="card grade">
            <p>
                <strong>"Grade " {move || graded.get().letter}</strong>
                " "
                <span class="soft">"for the headers as they stand in this form."</span>
            </p>
            {reasons}
        </div>
        <details class="card preview">
            <summary>"What a visitor gets over HTTPS"</summary>
            <ul>{lines}</ul>
            <p class="soft">"Each response has a nonce of its own beside 'self' in script-src and style-src."</p>
        </details>
    }
}
