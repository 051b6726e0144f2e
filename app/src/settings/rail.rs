//! The list of sections, with what is changed and what is to fix in each.
use super::draft::{Control, Draft};
use crate::components::sent;
use leptos::prelude::*;
use policy::{Settings, catalogue::Section};

/// Whether a field belongs to a section.
pub fn belongs(control: &Control, section: &Section) -> bool {
    section.settings.iter().any(|setting| setting.key == control.setting.key)
}

/// Shows the list of sections.
#[component]
pub fn Rail(draft: Draft) -> impl IntoView {
    let links = Settings::sections()
        .iter()
        .zip(draft.counts())
        .map(|(section, counts)| {
            let current = move || {
                let here = draft.focused.get().or_else(|| draft.controls().first().copied());
                here.is_some_and(|control| belongs(&control, section)).then_some("true")
            };
            let count = move || {
                let (to_fix, changed) = counts.get();
                let both = (to_fix > 0 && changed > 0).then_some(" · ");
                let changed = (changed > 0).then(|| view! { <b>{changed} <span class="unseen">" changed"</span></b> });
                let to_fix = (to_fix > 0).then(|| view! { <b class="bad">{to_fix} " to fix"</b> });
                view! { <span class="counts">{changed} {both} {to_fix}</span> }
            };
            let first = draft.controls().into_iter().find(|control| belongs(control, section));
            let go = move |event: leptos::ev::MouseEvent| {
                draft.focused.set(first);
                let mut fields = draft.controls().into_iter().filter(|control| belongs(control, section));
                if !untrack(|| fields.any(|control| draft.search.finds(control))) {
                    // The search hides the whole section: it ends, and then there is something to go to.
                    event.prevent_default();
                    draft.search.end();
                    leptos::task::spawn_local(async move {
                        leptos::task::tick().await;
                        drop(window().location().set_hash(&format!("section-{}", section.id)));
                    });
                }
            };
            view! {
                <a href=sent!(format!("#section-{}", section.id)) rel="external" aria-current=current on:click=go>
                    {section.title} " " {count}
                </a>
            }
        })
        .collect_view();
    view! { <nav class="rail" aria-label="Sections">{links}</nav> }
}
