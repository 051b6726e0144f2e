//! The mark of the workspace.
use leptos::prelude::*;

/// Shows the mark of the workspace, beside its name: the first letter of that.
#[component]
pub fn WorkspaceMark(
    /// The name of the workspace.
    name: String,
) -> impl IntoView {
    let initial = name.trim().chars().next().map(|first| first.to_uppercase().to_string());
    view! { <span class="workspace-mark" aria-hidden="true">{initial}</span> }
}
