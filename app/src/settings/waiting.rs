//! A change that waits to be confirmed, or that nobody confirmed.
#[cfg(feature = "ssr")]
use crate::api::settings::Around;
use crate::components::time::Time;
use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use {
    crate::{
        api::settings::load_waiting,
        components::{browser, time},
    },
    web_sys::Element,
};

/// The id of what holds the note.
pub const NOTE: &str = "waiting";

/// How long after a deadline what nobody has confirmed has gone back for sure, in milliseconds.
#[cfg(feature = "hydrate")]
const LATE: f64 = 3_000.0;

#[cfg(feature = "hydrate")]
fn instant_in(note: &Element) -> Option<Element> {
    note.query_selector("time").ok().flatten()
}

/// Asks anew what there is to say, where something is said: it may have been confirmed or put back elsewhere.
#[cfg(feature = "hydrate")]
pub async fn ask_again() {
    let Some(note) = browser::by_id::<Element>(NOTE).filter(|note| note.first_element_child().is_some()) else {
        return;
    };
    let (Ok(html), Ok(new)) = (load_waiting().await, document().create_element("div")) else { return };
    new.set_inner_html(&html);
    if let Some(instant) = instant_in(&new) {
        time::wake(&instant);
    }
    // What says the same stays, and so does the focus within it.
    if new.text_content() != note.text_content() {
        note.set_inner_html(&new.inner_html());
    }
}

/// Asks anew once the change that waits has gone back, unless it was confirmed.
#[cfg(feature = "hydrate")]
pub async fn ask_at_the_deadline() {
    let deadline = browser::by_id::<Element>(NOTE).and_then(|note| instant_in(&note)?.get_attribute("datetime"));
    let Some(deadline) = deadline else { return };
    let left = js_sys::Date::new(&deadline.into()).get_time() - js_sys::Date::now();
    if left > 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a change waits for minutes")]
        browser::pause((left + LATE) as i32).await;
        ask_again().await;
    }
}

/// Says that a change waits, and leads to where it is confirmed; or that the last one went back by itself.
#[cfg(feature = "ssr")]
pub fn waiting_note(around: &Around) -> impl IntoView + use<> {
    let waiting = around.waiting.clone().map(|waiting| {
        view! {
            <p class="notice warn" role="status">
                "The last change, by " {waiting.by} ", goes back by itself at " <Time at=waiting.deadline />
                " unless it is confirmed. " <a href="/admin/settings/confirm">"Confirm or put back"</a>
            </p>
        }
    });
    let put_back = around.put_back.map(|at| {
        view! {
            <p class="notice warn" role="status">
                <WentBack at /> " " <a href="/admin/history">"See what it was"</a>
            </p>
        }
    });
    view! { {waiting} {put_back} }
}

/// Says that a change went back by itself.
#[component]
pub fn WentBack(
    /// When.
    at: policy::Timestamp,
) -> impl IntoView {
    view! { "The last change was not confirmed in time, so it went back by itself at " <Time at /> ". Nothing of it holds." }
}
