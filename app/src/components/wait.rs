//! A form that can't be sent for a while, and one that is sent again by itself after that.
use super::browser::{self, find};
use web_sys::{Element, HtmlButtonElement, HtmlInputElement};

/// Has the button of a form count down. The server refuses meanwhile, whatever the browser does. One that brings back what
/// was typed is sent then, unless somebody has begun to type anew.
pub fn enhance(part: &Element) {
    let Some(button) = find::<HtmlButtonElement>(part, "button:not([type])") else { return };
    let Some(seconds) = part.get_attribute("data-wait").and_then(|seconds| seconds.parse::<u32>().ok()) else {
        return;
    };
    let words = button.text_content();
    let again = part.has_attribute("data-again").then(|| part.clone());
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
            let begins = if again.is_some() { "Trying again in" } else { "Wait" };
            button.set_text_content(Some(&format!("{begins} {}", policy::words::countdown(left))));
            browser::pause(1_000).await;
        }
        button.set_text_content(words.as_deref());
        button.set_disabled(false);
        let untouched = |part: &Element| {
            find::<HtmlInputElement>(part, "[name=password]").is_none_or(|field| field.value().is_empty())
        };
        if again.is_some_and(|part| untouched(&part)) {
            button.click();
        }
    });
}
