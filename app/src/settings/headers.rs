//! A live preview of exactly the headers that a visitor gets.
use super::draft::Draft;
use crate::{api::settings::HeadersView, components::late};
use leptos::prelude::*;
use policy::{
    catalogue::Headers,
    decide::headers::{HeaderFacts, compose, grade},
};

/// What a visitor gets under these settings.
pub fn preview(settings: &Headers) -> HeadersView {
    let facts = HeaderFacts { https: true, nonce: "", no_referrer: false, floor_only: false };
    let graded = grade(settings);
    HeadersView {
        letter: graded.letter.to_string(),
        reasons: graded.reasons.into_iter().map(str::to_owned).collect(),
        lines: compose(settings, &facts).into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

/// Whether a response bears a nonce: where there is a content security policy, enforced or watched.
fn bears_nonces(shown: &HeadersView) -> bool {
    shown.lines.iter().any(|(name, _)| name.starts_with("content-security"))
}

late! {
    /// What a visitor gets, once something has changed: the page brings what holds along.
    fn preview_of(settings: Headers) -> HeadersView {
        preview(&settings)
    }
}

/// Shows the headers that a page has under the settings in the form; until somebody types, those that are saved.
#[component]
pub fn HeadersPreview(draft: Draft) -> impl IntoView {
    let (shown, typed) = (RwSignal::new(draft.headers()), RwSignal::new(false));
    let headers = Memo::new(move |_| draft.settings.with(|settings| settings.headers.clone()));
    let differs = untrack(|| draft.changed() > 0);
    Effect::watch(
        move || headers.get(),
        move |headers, _, _| {
            let headers = headers.clone();
            leptos::task::spawn_local(async move {
                // What is not there can't be loaded while there is no network; what is saved stands there meanwhile.
                if !window().navigator().on_line() {
                    return;
                }
                shown.set(preview_of(headers).await);
                typed.set(true);
            });
        },
        differs,
    );
    let lines = move || {
        let lines = shown.get().lines.into_iter();
        lines.map(|(name, value)| view! { <li><b>{name}</b> ": " {value}</li> }).collect_view()
    };
    let reasons = move || {
        let reasons = shown.get().reasons;
        (!reasons.is_empty()).then(|| {
            let lines = reasons.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
            view! { <ul class="effects">{lines}</ul> }
        })
    };
    view! {
        <div class="card grade">
            <p>
                <strong>"Grade " {move || shown.with(|shown| shown.letter.clone())}</strong>
                " "
                <span class="soft">
                    {move || {
                        if typed.get() { "for the headers as they stand in this form." } else { "for the headers as they are saved." }
                    }}
                </span>
            </p>
            {reasons}
        </div>
        <details class="card preview">
            <summary>"What a visitor gets over HTTPS"</summary>
            <ul>{lines}</ul>
            <p class="soft" hidden=move || !shown.with(bears_nonces)>"Each response has a nonce of its own beside 'self' in script-src and style-src."</p>
        </details>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use policy::value::Mode;

    #[test]
    fn nonces_are_spoken_of_where_a_policy_is_sent() {
        for (csp_mode, told) in [(Mode::Off, false), (Mode::ReportOnly, true), (Mode::Enforce, true)] {
            assert_eq!(bears_nonces(&preview(&Headers { csp_mode, ..Headers::default() })), told, "{csp_mode:?}");
        }
    }
}
