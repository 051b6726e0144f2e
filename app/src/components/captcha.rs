//! The captcha of a form: the reference widget of the ALTCHA protocol, served by Bailey itself. It solves
//! its challenge in workers, so that the page answers meanwhile: by the crate `solver` in WebAssembly, or else
//! by the protocol's reference worker.
use leptos::prelude::*;

/// What the widget shows and does not do: no foreign links, no watching of how somebody moves.
const SETTINGS: &str = r#"{"hideFooter":true,"hideLogo":true,"humanInteractionSignature":false}"#;

/// Shows the captcha of a form.
#[component]
pub fn Captcha(
    /// The challenge, as JSON.
    challenge: String,
    /// Whether it is only likely to be asked for: then a browser that can't solve it may well do without.
    #[prop(optional)]
    prefetched: bool,
) -> impl IntoView {
    view! {
        <link rel="stylesheet" href="/altcha/altcha.css" />
        <link rel="modulepreload" href="/altcha/altcha.min.js" />
        <script type="module" src="/altcha-start.js"></script>
        <altcha-widget challenge=challenge name="altcha" auto="onload" language="en" configuration=SETTINGS></altcha-widget>
        {(!prefetched).then(|| view! { <noscript inner_html="<p>Your browser solves the small puzzle of this form with JavaScript, and it is turned off. Turn it on for this site and open this page again. If you can't, ask an admin.</p>"></noscript> })}
    }
}
