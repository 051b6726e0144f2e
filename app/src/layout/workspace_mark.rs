//! The mark of the workspace.
use crate::components::html::escaped;
use leptos::prelude::*;

fn initial(name: &str) -> String {
    name.trim().chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default()
}

/// Shows the mark of the workspace, beside its name: the first letter of that.
#[component]
pub fn WorkspaceMark(
    /// The name of the workspace.
    name: String,
) -> impl IntoView {
    view! { <span class="workspace-mark" aria-hidden="true">{initial(&name)}</span> }
}

/// The same, as the head of a page has it.
pub fn html(name: &str) -> String {
    ["<span class=\"workspace-mark\" aria-hidden=\"true\">", &escaped(&initial(name)), "</span>"].concat()
}
