//! A button that starts a ceremony and then loads the page that the server names.
use crate::components::{
    browser::{self, find, on},
    passkey::{self, Stopped},
};
use leptos::{html, prelude::*};
use web_sys::{Element, HtmlButtonElement};

/// How often what waits behind the e-mail field begins anew after a passkey that the server did not take.
const AUTOFILL_TRIES: u32 = 5;

/// Shows the button where the browser can use passkeys.
#[component]
pub fn PasskeyButton(
    /// The words on it.
    label: &'static str,
    /// What it starts: `sign-in` or `second-step`.
    ceremony: &'static str,
    /// Where the person wanted to go.
    #[prop(optional_no_strip)]
    next: Option<String>,
) -> impl IntoView {
    let part = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(part) = part.get() {
            enhance(&part);
        }
    });
    view! {
        <div class="passkey" data-ceremony=ceremony data-next=next node_ref=part>
            <button type="button" class="button wide-button">{label}</button>
            <p class="error" role="alert"></p>
        </div>
    }
}

async fn ceremony(name: &str, next: Option<String>) -> Result<String, Stopped> {
    match name {
        "sign-in" => passkey::sign_in(next).await,
        "step-up" => passkey::step_up(next).await,
        _ => passkey::second_step().await,
    }
}

/// Waits behind the e-mail field until somebody picks a passkey there, and waits again with a new challenge before the
/// old one lapses, as long as the page lies open, and after a passkey that the server did not take.
async fn autofill(next: Option<String>, say: impl Fn(&str)) {
    let mut refused = 0;
    while refused < AUTOFILL_TRIES {
        match passkey::sign_in_by_autofill(next.clone()).await {
            Ok(Some(path)) => return browser::load(&path),
            Ok(None) => {}
            Err(stopped @ (Stopped::Refused(_) | Stopped::Unreachable)) => {
                refused += 1;
                say(&stopped.in_words());
            }
            // Nobody asked for it, so nobody has to hear that it came to nothing.
            Err(_) => return,
        }
    }
}

/// Has the button start its ceremony and then load the page that the server names; it is there where the browser can do
/// that.
pub fn enhance(part: &Element) {
    let Some(button) = find::<HtmlButtonElement>(part, "button").filter(|_| passkey::supported()) else { return };
    drop(part.class_list().add_1("able"));
    let name = part.get_attribute("data-ceremony").unwrap_or_default();
    let next = part.get_attribute("data-next");
    let problem = find::<Element>(part, ".error");
    let say = move |words: &str| {
        if let Some(problem) = &problem {
            problem.set_text_content(Some(words));
        }
    };
    if name == "sign-in" {
        wasm_bindgen_futures::spawn_local(autofill(next.clone(), say.clone()));
    }
    let pressed = button.clone();
    on(&button, "click", move |_| {
        pressed.set_disabled(true);
        say("");
        let (button, say, name, next) = (pressed.clone(), say.clone(), name.clone(), next.clone());
        wasm_bindgen_futures::spawn_local(async move {
            match ceremony(&name, next.clone()).await {
                Ok(path) => browser::load(&path),
                Err(stopped) => {
                    say(&stopped.in_words());
                    if name == "sign-in" {
                        // The button took the place of what waited behind the e-mail field.
                        wasm_bindgen_futures::spawn_local(autofill(next, say));
                    }
                }
            }
            button.set_disabled(false);
        });
    });
}
