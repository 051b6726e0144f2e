//! The column of explanation: about the setting that has the focus.
use super::facts::Facts;
use crate::settings::draft::Draft;
use leptos::prelude::*;

/// Explains the setting that has the focus, or else the first one.
#[component]
pub fn DetailsPanel(draft: Draft) -> impl IntoView {
    move || {
        draft.explained().map(|field| {
            view! {
                <aside class="details-panel" aria-label="About the setting">
                    <h2>{field.setting.label}</h2>
                    <Facts draft field />
                    {move || draft.warning(field).map(|words| view! { <p class="note">{words}</p> })}
                </aside>
            }
        })
    }
}
