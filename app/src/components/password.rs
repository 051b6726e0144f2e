//! A password field: paste and password managers welcome, and a button to see what one types.
use super::{
    field::{FieldError, described_by},
    wake,
};
use leptos::{html, prelude::*};

/// Shows a password field.
#[component]
pub fn Password(
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// One sentence of help.
    #[prop(optional)]
    help: Option<&'static str>,
    /// The words beside it.
    error: Option<String>,
    /// The name it is posted under, and its id.
    #[prop(default = "password")]
    name: &'static str,
    /// The visible label.
    #[prop(default = "Password")]
    label: &'static str,
) -> impl IntoView {
    let bad = error.is_some();
    let part = NodeRef::<html::Span>::new();
    Effect::new(move |_| {
        if let Some(part) = part.get() {
            wake::password(&part);
        }
    });
    view! {
        <div class="field" class:bad=bad>
            <label for=name>{label}</label>
            {help.map(|words| view! { <p class="help" id=format!("{name}-help")>{words}</p> })}
            <span class="with-button" node_ref=part>
                <input
                    id=name
                    name=name
                    type="password"
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    aria-describedby=described_by(name, help.is_some(), bad)
                    aria-invalid=bad.then_some("true")
                />
                <button
                    type="button"
                    class="quiet when-awake"
                    aria-label="Show what I type"
                    aria-pressed="false"
                >
                    "Show"
                </button>
            </span>
            <FieldError name error />
        </div>
    }
}
