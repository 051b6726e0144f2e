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
) -> impl IntoView {
    view! {
        <link rel="stylesheet" href="/altcha/altcha.css" />
        <link rel="modulepreload" href="/altcha/altcha.min.js" />
        <script type="module" src="/altcha-start.js"></script>
        <altcha-widget challenge=challenge name="altcha" auto="onload" language="en" configuration=SETTINGS></altcha-widget>
        <noscript inner_html="<p class=\"soft\">This form needs JavaScript just now, since your organisation has it solve a small puzzle. Without it, ask an admin.</p>"></noscript>
    }
}
