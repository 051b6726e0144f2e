//! A labelled text field with its help and its error.
use leptos::prelude::*;

/// Shows the words about an error in the field of this name; `None` while there is none.
#[component]
pub fn FieldError(name: &'static str, error: Option<String>) -> impl IntoView {
    error.map(|words| view! { <p class="error" id=format!("{name}-error")>{words}</p> })
}

/// The ids of what describes a field.
pub fn described_by(name: &str, help: bool, error: bool) -> Option<String> {
    let parts = [(help, "help"), (error, "error")];
    let ids: Vec<_> = parts.iter().filter(|(there, _)| *there).map(|(_, part)| format!("{name}-{part}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Shows a labelled text field.
#[component]
pub fn Field(
    /// The name it is posted under, and its id.
    name: &'static str,
    /// The visible label.
    label: &'static str,
    /// One sentence of help.
    #[prop(optional)]
    help: Option<&'static str>,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// The words beside it.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// The type of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in.
    autocomplete: &'static str,
    /// The keyboard that a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
) -> impl IntoView {
    let bad = error.is_some();
    let described = described_by(name, help.is_some(), bad);
    view! {
        <div class="field" class:bad=bad>
            <label for=name>{label}</label>
            {help.map(|words| view! { <p class="help" id=format!("{name}-help")>{words}</p> })}
            <input
                id=name
                name=name
                value=value
                aria-describedby=described
                aria-invalid=bad.then_some("true")
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                autocapitalize="none"
                spellcheck="false"
            />
            <FieldError name error />
        </div>
    }
}

/// What stands in a text area, as its `inner_html`: what stands between its tags would be written as it is, and a text
/// could end it.
pub fn text_area(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// Fails when a text could end the text area that it stands in.
    #[test]
    fn a_text_stays_within_its_text_area() {
        assert_eq!(text_area("a & b</textarea><b>"), "a &amp; b&lt;/textarea&gt;&lt;b&gt;");
    }
}
