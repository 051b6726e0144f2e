//! A live preview of exactly the headers that a visitor gets.
use crate::settings::draft::Draft;
use leptos::prelude::*;
use policy::{
    catalogue::Headers,
    decide::headers::{HeaderFacts, compose, grade},
};

/// What changes on pages that are measured.
const MEASURED: &str = "Analytics is on. The pages that it measures also allow what Google names for it: https://www.googletagmanager.com in script-src, img-src and connect-src, https://*.google-analytics.com in img-src and connect-src, and https://*.analytics.google.com in connect-src. The grade is for all other pages: Google's script can read whatever a page shows on which it runs.";

/// The headers under some settings, each a name and its value.
fn composed(settings: &Headers) -> Vec<(&'static str, String)> {
    compose(settings, &HeaderFacts { https: true, nonce: "", no_referrer: false, floor_only: false, measured: false })
}

/// Whether a response bears a nonce: where there is a content security policy, enforced or watched.
fn bears_nonces(settings: &Headers) -> bool {
    composed(settings).iter().any(|(name, _)| name.starts_with("content-security"))
}

/// Shows the headers that a page has under the settings in the form; until somebody types, those that are saved.
#[component]
pub fn HeadersPreview(draft: Draft) -> impl IntoView {
    let headers = Memo::new(move |_| draft.settings.with(|settings| settings.headers.clone()));
    let typed = RwSignal::new(draft.holds_unsaved());
    Effect::watch(move || headers.track(), move |(), _, _| typed.set(true), false);
    let letter = move || headers.with(|headers| grade(headers).letter.to_string());
    let whose = move || {
        if typed.get() { "for the headers as they stand in this form." } else { "for the headers as they are saved." }
    };
    let reasons = move || {
        let reasons = headers.with(|headers| grade(headers).reasons);
        (!reasons.is_empty()).then(|| {
            let lines = reasons.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
            view! { <ul class="effects">{lines}</ul> }
        })
    };
    let lines = move || {
        let lines = headers.with(composed).into_iter();
        lines.map(|(name, value)| view! { <li><b>{name}</b> ": " {value}</li> }).collect_view()
    };
    view! {
        <div class="card grade">
            <p>
                <strong>"Grade " {letter}</strong>
                " "
                <span class="soft">{whose}</span>
            </p>
            {reasons}
        </div>
        <details class="card preview">
            <summary>"What a visitor gets over HTTPS"</summary>
            <ul>{lines}</ul>
            <p class="soft" hidden=move || draft.settings.with(|settings| settings.analytics.google.is_empty())>{MEASURED}</p>
            <p class="soft" hidden=move || !headers.with(bears_nonces)>"Each response has a nonce of its own beside 'self' in script-src and style-src."</p>
        </details>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use policy::{decide::headers::MEASURING, value::Mode};

    /// Fails when a page that is measured allows a host that admins are not told of.
    #[test]
    fn what_a_page_that_is_measured_allows_is_told() {
        for (directive, sources) in MEASURING {
            assert!(
                MEASURED.contains(directive) && sources.iter().all(|source| MEASURED.contains(source)),
                "{directive}"
            );
        }
    }

    #[test]
    fn nonces_are_spoken_of_where_a_policy_is_sent() {
        for (csp_mode, told) in [(Mode::Off, false), (Mode::ReportOnly, true), (Mode::Enforce, true)] {
            assert_eq!(bears_nonces(&Headers { csp_mode, ..Headers::default() }), told, "{csp_mode:?}");
        }
    }
}
