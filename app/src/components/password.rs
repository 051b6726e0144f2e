//! A password field: paste and password managers welcome, and a button to see what one types.
use super::{
    browser::{find, on},
    field::{FieldError, described_by},
};
use leptos::{html, prelude::*};
use web_sys::{Element, HtmlElement, HtmlInputElement};

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
            enhance(&part);
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
                    class="quiet needs-script"
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

/// Has the button show what one types.
pub fn enhance(part: &Element) {
    let (Some(input), Some(button)) = (find::<HtmlInputElement>(part, "input"), find::<HtmlElement>(part, "button"))
    else {
        return;
    };
    let shown = button.clone();
    on(&button, "click", move |_| {
        let show = input.type_() == "password";
        input.set_type(if show { "text" } else { "password" });
        shown.set_text_content(Some(if show { "Hide" } else { "Show" }));
        drop(shown.set_attribute("aria-pressed", if show { "true" } else { "false" }));
    });
}
