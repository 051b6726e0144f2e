//! The list of sections, with what is changed and what is to fix in each.
use crate::settings::draft::{Draft, SectionCounts, belongs};
use leptos::prelude::*;
use policy::{Settings, catalogue::Section};

/// Shows the list of sections.
#[component]
pub fn SectionNav(draft: Draft) -> impl IntoView {
    let sections = Settings::sections().iter().zip(draft.counts());
    let links = sections.map(|(section, counts)| view! { <SectionLink draft section counts /> }).collect_view();
    view! { <nav class="section-nav" aria-label="Sections">{links}</nav> }
}

#[component]
fn SectionLink(draft: Draft, section: &'static Section, counts: Memo<SectionCounts>) -> impl IntoView {
    let current = move || draft.explained().is_some_and(|field| belongs(&field, section)).then_some("true");
    let count = move || {
        let SectionCounts { to_fix, changed } = counts.get();
        let both = (to_fix > 0 && changed > 0).then_some(" · ");
        let changed = (changed > 0).then(|| view! { <b>{changed} <span class="unseen">" changed"</span></b> });
        let to_fix = (to_fix > 0).then(|| view! { <b class="bad">{to_fix} " to fix"</b> });
        view! { <span class="counts">{changed} {both} {to_fix}</span> }
    };
    let id = format!("section-{}", section.id);
    let href = format!("#{id}");
    let go = move |event: leptos::ev::MouseEvent| {
        let fields = draft.fields_of(section);
        draft.focused.set(fields.first().copied());
        // Whoever goes on at once has searched, too.
        draft.filter.settle();
        if !untrack(|| fields.iter().any(|field| draft.filter.finds(*field))) {
            // The search hides the whole section: it ends, and then there is something to go to.
            event.prevent_default();
            draft.filter.end();
            let id = id.clone();
            leptos::task::spawn_local(async move {
                leptos::task::tick().await;
                drop(window().location().set_hash(&id));
            });
        }
    };
    view! {
        <a href=href aria-current=current on:click=go>
            {section.title} " " {count}
        </a>
    }
}
