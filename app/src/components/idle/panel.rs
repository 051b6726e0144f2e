//! The panel by plain DOM calls: when it opens, what it says, and where the focus goes meanwhile.
use crate::components::{
    browser,
    wake::{find, on},
};
use leptos::prelude::{document, window};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// How long before the end of a session the page says so, in seconds.
const WARNED_BEFORE: i64 = 120;

/// Where the panel is found.
const PANEL: &str = ".leaving";

/// How often the page looks whether the time has come, in milliseconds.
const LOOK_EVERY: i32 = 5_000;

/// How long the session lasts if nothing more happens, and whether staying helps.
struct Left {
    seconds: i64,
    idle: bool,
}

/// Asks the server how long the session lasts, or, with a post, to keep it alive; nothing when it does not
/// answer, and no seconds when there is no session any more.
async fn left(path: &str, method: &str) -> Option<Left> {
    use js_sys::{JSON, Reflect};
    use wasm_bindgen_futures::JsFuture;
    let request = web_sys::RequestInit::new();
    request.set_method(method);
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await.ok()?;
    let answer: web_sys::Response = answer.unchecked_into();
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    let said = JSON::parse(&text).ok()?;
    let field = |name: &str| Reflect::get(&said, &name.into()).ok();
    #[expect(clippy::cast_possible_truncation, reason = "a session lasts 30 days at most")]
    let seconds = field("seconds").and_then(|value| value.as_f64()).map_or(0, |seconds| seconds as i64);
    Some(Left { seconds, idle: field("idle").is_some_and(|value| value.is_truthy()) })
}

/// The panel, its parts, and what had the focus before it opened.
#[derive(Clone)]
struct Panel {
    whole: HtmlElement,
    words: Element,
    stay: HtmlElement,
    sign_in: HtmlElement,
    before: Rc<RefCell<Option<HtmlElement>>>,
}

fn focused() -> Option<HtmlElement> {
    document().active_element().and_then(|element| element.dyn_into().ok())
}

impl Panel {
    fn of(part: &Element) -> Option<Self> {
        Some(Self {
            whole: part.dyn_ref::<HtmlElement>()?.clone(),
            words: find(part, "p")?,
            stay: find(part, "button")?,
            sign_in: find(part, "a")?,
            before: Rc::default(),
        })
    }

    /// Tells whether the focus is somewhere on the panel.
    fn has_focus(&self) -> bool {
        focused().is_some_and(|element| self.whole.contains(Some(&element)))
    }

    /// Gives the focus back to what had it, if it is still here.
    fn give_focus_back(&self) {
        if let Some(before) = self.before.take().filter(|before| self.has_focus() && before.is_connected()) {
            drop(before.focus());
        }
    }

    fn close(&self) {
        self.give_focus_back();
        self.whole.set_hidden(true);
    }

    /// Says that the session ends, and takes the focus where that is news.
    fn say(&self, Left { seconds, idle }: Left) {
        let over = seconds <= 0;
        let stays = idle && !over;
        let news = self.whole.hidden() || self.sign_in.hidden() == over || self.stay.hidden() == stays;
        let said = if over {
            "Your session has ended. What you typed is still here: sign in again in another tab, then go on.".to_owned()
        } else if idle {
            format!(
                "You will be signed out in {}, because nothing happened for a while.",
                policy::words::about_seconds(seconds)
            )
        } else {
            format!(
                "Your session ends in {}, whatever you do. Save your work, and sign in again.",
                policy::words::about_seconds(seconds)
            )
        };
        self.words.set_text_content(Some(&said));
        if !news {
            return;
        }
        let title = if over { "Your session has ended" } else { "Your session ends soon" };
        drop(self.whole.set_attribute("aria-label", title));
        drop(self.sign_in.set_attribute("href", &format!("/sign-in?next={}", browser::encoded(&browser::here()))));
        if !self.has_focus() {
            self.before.replace(focused());
        }
        self.whole.set_hidden(false);
        // What is about to be hidden must not have the focus: it would be lost.
        let part = if over {
            &self.sign_in
        } else if stays {
            &self.stay
        } else {
            &self.whole
        };
        part.set_hidden(false);
        drop(part.focus());
        self.stay.set_hidden(!stays);
        self.sign_in.set_hidden(!over);
    }
}

/// By the browser's clock, since one that slept has counted no time meanwhile.
fn from_now(seconds: i64) -> f64 {
    js_sys::Date::now() + 1_000.0 * f64::from(i32::try_from(seconds).unwrap_or(i32::MAX))
}

/// Watches over the session once its end is near.
pub fn watch_later(ends_in: i64) {
    wasm_bindgen_futures::spawn_local(async move {
        let mut look_at = from_now(ends_in - WARNED_BEFORE);
        loop {
            browser::pause(LOOK_EVERY).await;
            if js_sys::Date::now() < look_at {
                continue;
            }
            // Another tab may have kept it alive; and what is to be loaded comes from the same server.
            match left("/session/left", "GET").await {
                Some(Left { seconds, .. }) if seconds <= WARNED_BEFORE => break,
                Some(Left { seconds, .. }) => look_at = from_now(seconds - WARNED_BEFORE),
                None => {}
            }
        }
        watch(PANEL.to_owned()).await;
    });
}

late! {
    /// Watches over the session: a panel says before it ends that it will.
    fn watch(panel: String) -> bool {
        let found = document().query_selector(&panel).ok().flatten();
        let Some(panel) = found.as_ref().and_then(Panel::of) else { return false };
        let shown = panel.clone();
        on(&panel.stay, "click", move |_| {
            let shown = shown.clone();
            wasm_bindgen_futures::spawn_local(async move {
                if left("/session/stay", "POST").await.is_some_and(|left| left.seconds > WARNED_BEFORE) {
                    shown.close();
                }
            });
        });
        let shown = panel.clone();
        on(&panel.whole, "keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                shown.give_focus_back();
            }
        });
        wasm_bindgen_futures::spawn_local(look_after(panel));
        true
    }
}

/// Asks again and again how long the session lasts, as long as the page is there.
async fn look_after(panel: Panel) {
    let mut look_at = js_sys::Date::now();
    while panel.whole.is_connected() {
        // Nobody waits at a tab that is not seen; there is time to look when it is.
        let over = !panel.sign_in.hidden() && !panel.whole.hidden();
        if js_sys::Date::now() >= look_at
            && !(over && document().hidden())
            && let Some(found) = left("/session/left", "GET").await
        {
            if found.seconds > WARNED_BEFORE {
                look_at = from_now(found.seconds - WARNED_BEFORE);
                panel.close();
            } else {
                panel.say(found);
            }
        }
        browser::pause(LOOK_EVERY).await;
    }
}
