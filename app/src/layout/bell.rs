//! The bell: what waits for whoever looks.
use crate::{
    api::waiting::WaitingView,
    components::time::Time,
    layout::{icon::BellIcon, waits::waits},
};
use leptos::prelude::*;

/// Shows how much waits, and what; nothing for somebody who has to do something first.
#[component]
pub fn Bell() -> impl IntoView {
    waits().0.map(|answer| {
        let list = move || {
            Suspend::new(async move {
                view! { <Opened found=answer.await.unwrap_or_default() /> }
            })
        };
        view! { <Transition fallback=|| view! { <Opened found=Vec::new() /> }>{list}</Transition> }
    })
}

#[component]
fn Opened(found: Vec<WaitingView>) -> impl IntoView {
    let count = found.len();
    let words = if count == 0 { "Nothing waits for you".to_owned() } else { format!("Waiting for you: {count}") };
    view! {
        <details class="menu bell">
            <summary class="tool">
                <BellIcon />
                <span class="unseen">{words.clone()}</span>
                {(count > 0).then(|| view! { <span class="badge" aria-hidden="true">{count}</span> })}
            </summary>
            <div class="sheet">
                {if count == 0 {
                    view! { <p class="soft">{words}"."</p> }.into_any()
                } else {
                    view! { <ul class="waiting" aria-label="Waiting for you">{found.into_iter().map(line).collect_view()}</ul> }.into_any()
                }}
            </div>
        </details>
    }
}

/// One thing that waits, with the way to it.
pub fn line(waiting: WaitingView) -> impl IntoView {
    let WaitingView { words, until, page, .. } = waiting;
    view! {
        <li>
            <a href=page>{words}</a>
            {until.map(|at| view! { <span class="soft">"by " <Time at /></span> })}
        </li>
    }
}
