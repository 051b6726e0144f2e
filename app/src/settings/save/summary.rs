//! The list of what is to fix, which takes the focus when a save is refused.
use super::ids::SUMMARY;
use crate::{components::browser, settings::draft::Draft};
use leptos::prelude::*;

/// Lists what is to fix, each with a link to its field.
#[component]
pub fn Summary(draft: Draft) -> impl IntoView {
    let found = move || {
        let wrong = draft.fields().into_iter().filter_map(|field| Some((field, draft.problem(field)?)));
        if draft.attempted.get() { wrong.collect() } else { Vec::new() }
    };
    move || {
        let (found, strays) = (found(), draft.strays.get());
        let wrong = found.len() + strays.len();
        (wrong > 0).then(|| {
            let fields = if wrong == 1 { "1 field needs".to_owned() } else { format!("{wrong} fields need") };
            let title = format!("Nothing was saved: {fields} another look");
            let strays = strays.into_iter().map(|(key, words)| view! { <li>{key} ": " {words}</li> }).collect_view();
            let links = found
                .into_iter()
                .map(|(field, words)| {
                    let key = field.setting.key;
                    let go = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        leptos::task::spawn_local(async move {
                            // A search may hide the row.
                            if !untrack(|| draft.filter.finds(field)) {
                                draft.filter.end();
                                leptos::task::tick().await;
                            }
                            browser::focus(key);
                        });
                    };
                    view! {
                        <li>
                            <a href=format!("#{key}") on:click=go>{field.setting.label}</a> ": " {words}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="summary" id=SUMMARY role="alert" tabindex="-1">
                    <p><strong>{title}</strong></p>
                    <ul>{links} {strays}</ul>
                </div>
            }
        })
    }
}
