//! The column of explanation: about the setting that has the focus.
use super::{draft::Draft, facts::FactsBeside};
use leptos::prelude::*;

/// Explains the setting that has the focus, or else the first one.
#[component]
pub fn Aside(draft: Draft) -> impl IntoView {
    move || {
        let control = draft.focused.get().or_else(|| draft.controls().first().copied())?;
        Some(view! {
            <aside class="aside" aria-label="About the setting">
                <h2>{control.setting.label}</h2>
                <FactsBeside draft control />
                {move || draft.warning(control).map(|words| view! { <p class="note">{words}</p> })}
            </aside>
        })
    }
}
