//! The panel by plain DOM calls: when it opens, what it says, and where the focus goes meanwhile.
use crate::components::browser::{self, find, on};
use leptos::prelude::{document, window};
use std::cell::{Cell, RefCell};
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
    /// The label of the setting that says so, and where it can be changed.
    setting: Option<String>,
    page: Option<String>,
}

/// Asks the server how long the session lasts, or, with a post, to keep it alive; `None` when it does not
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
    let text = |name: &str| field(name).and_then(|value| value.as_string());
    let idle = field("idle").is_some_and(|value| value.is_truthy());
    Some(Left { seconds, idle, setting: text("setting"), page: text("page") })
}

/// The panel and its parts.
#[derive(Clone)]
struct Panel {
    whole: HtmlElement,
    words: Element,
    why: HtmlElement,
    stay: HtmlElement,
    sign_in: HtmlElement,
}

thread_local! {
    /// Whether somebody watches over the session: once is enough, whatever pages come and go.
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    /// What had the focus before the panel opened.
    static BEFORE: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

fn focused() -> Option<HtmlElement> {
    document().active_element().and_then(|element| element.dyn_into().ok())
}

impl Panel {
    /// The one of the page that is shown.
    fn find() -> Option<Self> {
        let part = document().query_selector(PANEL).ok().flatten()?;
        let (words, why) = (find(&part, "p")?, find(&part, ".why")?);
        let (stay, sign_in) = (find(&part, "button")?, find(&part, "a.button")?);
        Some(Self { whole: part.dyn_into().ok()?, words, why, stay, sign_in })
    }

    /// Listens to its button and to the key that leaves it.
    fn listen(&self) {
        let shown = self.clone();
        on(&self.stay, "click", move |_| {
            let shown = shown.clone();
            wasm_bindgen_futures::spawn_local(async move {
                if left("/session/stay", "POST").await.is_some_and(|left| left.seconds > WARNED_BEFORE) {
                    shown.close();
                }
            });
        });
        let shown = self.clone();
        on(&self.whole, "keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                shown.give_focus_back();
            }
        });
    }

    /// Whether the focus is somewhere on the panel.
    fn has_focus(&self) -> bool {
        focused().is_some_and(|element| self.whole.contains(Some(&element)))
    }

    /// Gives the focus back to what had it, if it is still here.
    fn give_focus_back(&self) {
        if let Some(before) = BEFORE.take().filter(|before| self.has_focus() && before.is_connected()) {
            drop(before.focus());
        }
    }

    fn close(&self) {
        self.give_focus_back();
        self.whole.set_hidden(true);
    }

    /// Names the setting behind it, with the way to it for whoever may look.
    fn name(&self, setting: Option<String>, page: Option<String>) {
        self.why.set_hidden(setting.is_none());
        let Some(label) = setting else { return };
        let link = page.and_then(|page| {
            let link = document().create_element("a").ok()?;
            link.set_attribute("href", &page).ok()?;
            link.set_text_content(Some(&label));
            Some(link)
        });
        let Some(link) = link else {
            self.why.set_text_content(Some(&format!("Decided by the setting {label}.")));
            return;
        };
        self.why.set_text_content(Some("Decided by the setting "));
        drop(self.why.append_child(&link));
    }

    /// Says that the session ends, and takes the focus where that is news.
    fn say(&self, seconds: i64, idle: bool) {
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
            BEFORE.replace(focused());
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

/// Watches over the session, which ends in so many seconds if nothing happens.
pub fn watch(ends_in: i64) {
    if WATCHED.replace(true) {
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let mut look_at = from_now(ends_in - WARNED_BEFORE);
        let (mut near, mut over) = (false, false);
        loop {
            browser::pause(LOOK_EVERY).await;
            // Nobody waits at a tab that is not seen; there is time to look when it is.
            if js_sys::Date::now() < look_at || (over && document().hidden()) {
                continue;
            }
            // Another tab may have kept it alive; and what is to be loaded comes from the same server.
            let Some(Left { seconds, idle, setting, page }) = left("/session/left", "GET").await else { continue };
            let was_near = std::mem::replace(&mut near, seconds <= WARNED_BEFORE);
            over = seconds <= 0;
            look_at = from_now(seconds - WARNED_BEFORE);
            if near || was_near {
                tell(seconds, idle, setting, page);
            }
        }
    });
}

/// Says in the panel of the page that is shown that the session ends; takes that back where it no longer does.
fn tell(seconds: i64, idle: bool, setting: Option<String>, page: Option<String>) {
    let Some(panel) = Panel::find() else { return };
    if seconds > WARNED_BEFORE {
        panel.close();
        return;
    }
    // A page that was gone to meanwhile brought a panel of its own.
    if panel.whole.dataset().get("live").is_none() {
        drop(panel.whole.dataset().set("live", ""));
        panel.listen();
    }
    panel.name(setting, page);
    panel.say(seconds, idle);
}
