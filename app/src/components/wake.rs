//! The few parts of a page that a script wakes by plain DOM calls: a password that can be seen, the
//! choice of a theme, a passkey button. The ways in need nothing else, so they are woken without the
//! application, and weigh little.
use super::{
    browser,
    passkey::{self, Stopped},
};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlButtonElement, HtmlElement, HtmlInputElement, HtmlSelectElement};

const THEME: &str = "bailey-theme";

/// How often what waits behind the e-mail field begins anew by itself.
const AUTOFILL_TRIES: u32 = 5;

/// Whether the page is one of the ways in: a card, and no more.
#[cfg(feature = "hydrate")]
pub fn is_a_way_in() -> bool {
    document().query_selector("main.gate").is_ok_and(|found| found.is_some())
}

/// Wakes every such part of the page.
#[cfg(feature = "hydrate")]
pub fn all() {
    for (selector, wake) in [
        (".with-button", password as fn(&Element)),
        (".new-password", super::new_password::wake),
        ("select.theme", theme),
        (".passkey", passkey_button),
        ("form[data-wait]", wait),
        ("time", super::time::wake),
    ] {
        let Ok(found) = document().query_selector_all(selector) else { continue };
        for place in 0..found.length() {
            if let Some(part) = found.get(place).and_then(|node| node.dyn_into::<Element>().ok()) {
                wake(&part);
            }
        }
    }
}

pub(super) fn find<T: JsCast>(part: &Element, selector: &str) -> Option<T> {
    part.query_selector(selector).ok().flatten().and_then(|found| found.dyn_into().ok())
}

pub(super) fn on(target: &Element, event: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act).into_js_value();
    drop(target.add_event_listener_with_callback(event, act.unchecked_ref()));
}

/// A password field with a button that shows what one types.
pub fn password(part: &Element) {
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

/// The choice between light and dark, which this browser keeps.
pub fn theme(part: &Element) {
    let Some(select) = part.dyn_ref::<HtmlSelectElement>().cloned() else { return };
    select.set_value(&browser::recall(THEME).unwrap_or_default());
    on(part, "change", move |_| {
        let theme = select.value();
        let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
        let Some(root) = root else { return };
        if theme.is_empty() {
            browser::forget(THEME);
            root.dataset().delete("theme");
        } else {
            browser::keep(THEME, &theme);
            drop(root.dataset().set("theme", &theme));
        }
    });
}

/// A form that can't be sent for a while: its button counts down. The server refuses meanwhile,
/// whatever the browser does.
#[cfg(feature = "hydrate")]
pub fn wait(part: &Element) {
    let Some(button) = find::<HtmlButtonElement>(part, "button:not([type])") else { return };
    let Some(seconds) = part.get_attribute("data-wait").and_then(|seconds| seconds.parse::<u32>().ok()) else {
        return;
    };
    let words = button.text_content();
    button.set_disabled(true);
    // By the browser's clock: the timers of a page that nobody looks at run late.
    let over = js_sys::Date::now() + 1_000.0 * f64::from(seconds);
    wasm_bindgen_futures::spawn_local(async move {
        loop {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is below zero is over")]
            let left = ((over - js_sys::Date::now()) / 1_000.0).ceil() as u32;
            if left == 0 {
                break;
            }
            button.set_text_content(Some(&format!("Wait {}", policy::words::countdown(left))));
            browser::pause(1_000).await;
        }
        button.set_text_content(words.as_deref());
        button.set_disabled(false);
    });
}

async fn ceremony(name: &str, next: Option<String>) -> Result<String, Stopped> {
    match name {
        "sign-in" => passkey::sign_in(next).await,
        "step-up" => passkey::step_up(next).await,
        _ => passkey::second_step().await,
    }
}

/// Waits behind the e-mail field until somebody picks a passkey there, and waits again after one that the
/// server did not take: a page that lies open outlives its challenge.
async fn autofill(next: Option<String>, say: impl Fn(&str)) {
    for _ in 0..AUTOFILL_TRIES {
        match passkey::sign_in_by_autofill(next.clone()).await {
            Ok(path) => return browser::load(&path),
            Err(stopped @ Stopped::Refused(_)) => say(&stopped.in_words().await),
            // Nobody asked for it, so nobody has to hear that it came to nothing.
            Err(_) => return,
        }
    }
}

/// A button that starts a ceremony with a passkey and then loads the page that the server names; it
/// is there where the browser can do that.
pub fn passkey_button(part: &Element) {
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
                    say(&stopped.in_words().await);
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
