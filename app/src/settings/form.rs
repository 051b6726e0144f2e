//! The form: sections from the catalogue, each setting a row. It posts as it is without a script.
mod banner_preview;
mod control;
mod details_panel;
mod facts;
mod headers_preview;
mod row;
mod section_nav;
mod tags;
mod try_address;

use self::{details_panel::DetailsPanel, headers_preview::HeadersPreview, row::Row, section_nav::SectionNav};
use super::{
    draft::{Draft, FieldState},
    save::{
        ConflictPanel, Press, REVIEW, ReviewPanel, SaveBar, Summary, UnsavedGuard,
        pending_confirmation::ConfirmationNote, review, save,
    },
    search::Found,
};
use crate::{
    components::{browser, page_id::PageId},
    page::page_context::navigated,
};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use policy::{Settings, catalogue::Section};

/// Shows the settings of a section, with a button that resets those that are shown.
#[component]
fn SectionCard(draft: Draft, section: &'static Section) -> impl IntoView {
    let filter = draft.filter;
    let fields = StoredValue::new(draft.fields_of(section));
    let found = move || fields.with_value(|fields| fields.iter().any(|field| filter.finds(*field)));
    // What a search hides is not reset behind somebody's back.
    let to_reset = move |field: &FieldState| !field.locked && filter.finds(*field) && !field.is_default();
    let changed = move || fields.with_value(|fields| fields.iter().any(to_reset));
    let reset = move |_| {
        let changed = untrack(|| fields.get_value().into_iter().filter(to_reset).collect::<Vec<_>>());
        changed.into_iter().for_each(FieldState::reset);
    };
    let id = format!("section-{}", section.id);
    let title = format!("{id}-title");
    let rows = fields.get_value().into_iter().map(|field| view! { <Row draft field /> }).collect_view();
    let named_by = title.clone();
    view! {
        <section id=id aria-labelledby=named_by hidden=move || !found()>
            <div class="section-head">
                <h2 id=title>{section.title}</h2>
                <button type="button" class="link needs-script" hidden=move || !changed() on:click=reset>
                    "Reset section" <span class="unseen">" " {section.title} " to its defaults"</span>
                </button>
            </div>
            <div class="card">{rows}</div>
            {(section.id == "headers").then(|| view! { <HeadersPreview draft /> })}
        </section>
    }
}

/// Puts back what was typed before the page was hydrated or was loaded anew, and goes to the setting that the address
/// names.
fn begin(draft: Draft) {
    let first = !navigated();
    // It is read before the fields are hydrated, which writes what is saved into them.
    #[cfg(not(feature = "ssr"))]
    let early = StoredValue::new(if first { draft.early_input() } else { Vec::new() });
    let hash = use_location().hash.get_untracked();
    Effect::new(move |_| {
        #[cfg(not(feature = "ssr"))]
        for (field, text) in early.get_value() {
            field.type_in(text);
        }
        draft.restore();
        // A page that was loaded goes there by itself. What the router shows stands in the document with the next frame.
        if !first && let Some(key) = hash.strip_prefix('#').map(str::to_owned) {
            request_animation_frame(move || browser::focus(&key));
        }
        // What has the focus already was given it before anybody listened.
        if let Some(field) = document().active_element().and_then(|element| draft.field(&element.id())) {
            draft.focused.set(Some(field));
        }
        let keys = window_event_listener(ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
                event.prevent_default();
                leptos::task::spawn_local(review(draft));
            }
            if event.key() == "Escape" {
                browser::close_dialog(REVIEW);
            }
        });
        on_cleanup(move || keys.remove());
    });
}

/// Shows the Security tab.
#[component]
pub fn SecurityForm(draft: Draft) -> impl IntoView {
    begin(draft);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // The key Enter asks what a save would do; in the review it goes on from there.
        if draft.review.with_untracked(Option::is_some) {
            leptos::task::spawn_local(save(draft, Press::Reviewed));
        } else {
            leptos::task::spawn_local(review(draft));
        }
    };
    let sections = Settings::sections().iter().map(|section| view! { <SectionCard draft section /> }).collect_view();
    view! {
        <div class="settings">
            <SectionNav draft />
            // A browser that goes back would put old values on top of what is saved now.
            <form method="post" action="/admin/settings" autocomplete="off" novalidate on:submit=submit>
                <PageId />
                <input type="hidden" name="revision" value=draft.revision />
                // What the key Enter presses, wherever the review stands.
                <button class="unseen" name="step" value="review" tabindex="-1" aria-hidden="true"></button>
                <ConfirmationNote draft />
                <ConflictPanel draft />
                <Summary draft />
                <ReviewPanel draft />
                <Found draft />
                {sections}
                <SaveBar draft />
            </form>
            <DetailsPanel draft />
            <UnsavedGuard draft />
        </div>
    }
}
