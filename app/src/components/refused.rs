//! Why somebody may not: what happened, what decided it, what they can do now.
use super::arrival::arrival;
use crate::said::Said;
use leptos::prelude::*;

/// Shows why not, and what helps.
#[component]
pub fn Refused(said: Said) -> impl IntoView {
    let may_look = arrival().viewer.is_some_and(|viewer| viewer.role.reaches_admin());
    let (href, words) = said.way_on;
    view! {
        <div class="refused">
            <p role="alert">{said.detail}</p>
            {said
                .setting
                .map(|(key, label)| {
                    let decided = if may_look {
                        view! { <a href=format!("/admin/settings#{key}") rel="external">{label}</a> }.into_any()
                    } else {
                        label.into_any()
                    };
                    view! { <p class="soft">"Decided by the setting " {decided} "."</p> }
                })}
            <p><a class="button main" href=href rel="external">{words}</a></p>
        </div>
    }
}
