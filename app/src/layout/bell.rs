//! The bell: what waits for whoever looks.
use crate::{
    api::waiting::WaitingView,
    components::time::Time,
    layout::{icon::BellIcon, waits::waits},
};
use leptos::prelude::*;

const NOTHING: &str = "Nothing waits for you";

/// Shows how much waits, and what.
#[component]
pub fn Bell() -> impl IntoView {
    let waits = waits();
    let count = Memo::new(move |_| waits.with(Vec::len));
    let words = move || match count.get() {
        0 => NOTHING.to_owned(),
        count => format!("Waiting for you: {count}"),
    };
    let badge = move || {
        let count = Some(count.get()).filter(|count| *count > 0);
        count.map(|count| view! { <span class="badge" aria-hidden="true">{count}</span> })
    };
    let nothing = move || (count.get() == 0).then(|| view! { <p class="soft">{NOTHING}"."</p> });
    let list = move || waits.get().into_iter().map(line).collect_view();
    view! {
        <details class="menu bell">
            <summary class="tool"><BellIcon /> <span class="unseen">{words}</span> {badge}</summary>
            <div class="sheet">
                {nothing}
                <ul class="waiting" aria-label="Waiting for you">{list}</ul>
            </div>
        </details>
    }
}

/// One thing that waits, with the way to it.
fn line(waiting: WaitingView) -> impl IntoView {
    let WaitingView { words, until, page, .. } = waiting;
    view! {
        <li>
            <a href=page>{words}</a>
            {until.map(|(_, at)| view! { <span class="soft">"by " <Time at /></span> })}
        </li>
    }
}
