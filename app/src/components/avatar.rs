//! The picture of a member, from this site alone. It stands beside their name, so it says nothing by itself.
use crate::components::html::escaped;
use leptos::prelude::*;

/// The picture at an address, as text.
pub fn html(picture: &str) -> String {
    ["<img class=\"avatar\" src=\"", &escaped(picture), "\" alt=\"\" width=\"28\" height=\"28\">"].concat()
}

/// Shows the picture of a member.
#[component]
pub fn Avatar(
    /// Their identifier.
    of: String,
) -> impl IntoView {
    view! { <img class="avatar" src=format!("/avatars/{of}") alt="" width="28" height="28" loading="lazy" /> }
}
