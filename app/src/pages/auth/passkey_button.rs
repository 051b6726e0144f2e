//! A button that starts a ceremony and then loads the page that the server names.
use crate::components::{
    browser,
    passkey::{self, Stopped},
};
use leptos::prelude::*;
use std::pin::Pin;

/// A ceremony under way.
pub type Ceremony = Pin<Box<dyn Future<Output = Result<String, Stopped>>>>;

/// Shows the button where the browser can use passkeys.
#[component]
pub fn PasskeyButton(
    /// The words on it.
    label: &'static str,
    /// What it starts; answers the page to load.
    ceremony: impl Fn() -> Ceremony + Send + Sync + 'static,
) -> impl IntoView {
    let able = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    Effect::new(move |_| able.set(passkey::supported()));
    let ceremony = StoredValue::new(ceremony);
    let start = move |_| {
        busy.set(true);
        problem.set(None);
        let under_way = ceremony.with_value(|start| start());
        leptos::task::spawn_local(async move {
            match under_way.await {
                Ok(path) => browser::load(&path),
                Err(stopped) => problem.set(Some(stopped.in_words().await)),
            }
            busy.set(false);
        });
    };
    view! {
        <div class="passkey" class:able=able>
            <button type="button" class="button wide-button" disabled=busy on:click=start>{label}</button>
            <p class="error" role="alert">{problem}</p>
        </div>
    }
}
