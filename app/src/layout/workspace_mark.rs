//! The mark of the workspace.
use crate::{components::html::escaped, page::page_state::Mark};
use leptos::prelude::*;

fn initial(name: &str) -> String {
    name.trim().chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default()
}

/// Shows the mark of the workspace, beside its name: its picture, or else the first letter of that.
pub fn workspace_mark(name: &str, mark: Option<&Mark>) -> impl IntoView + use<> {
    let picture = mark.cloned();
    match picture {
        Some(Mark { address, text }) => view! { <img class="workspace-mark" src=address alt=text /> }.into_any(),
        None => view! { <span class="workspace-mark" aria-hidden="true">{initial(name)}</span> }.into_any(),
    }
}

/// The same, as the head of a page has it.
pub fn html(name: &str, mark: Option<&Mark>) -> String {
    match mark {
        Some(Mark { address, text }) => {
            let (address, text) = (escaped(address), escaped(text));
            ["<img class=\"workspace-mark\" src=\"", &address, "\" alt=\"", &text, "\">"].concat()
        }
        None => ["<span class=\"workspace-mark\" aria-hidden=\"true\">", &escaped(&initial(name)), "</span>"].concat(),
    }
}
