//! The form: sections from the catalogue, each setting a row. It posts as it is without a script.
#[cfg(feature = "ssr")]
use super::waiting::waiting_note;
#[cfg(feature = "hydrate")]
use super::waiting::{ask_again, ask_at_the_deadline};
use super::{
    TYPING,
    aside::Aside,
    bar::{Bar, Summary},
    conflict::ConflictPanel,
    draft::Draft,
    guard::Guard,
    headers::HeadersPreview,
    kept,
    rail::{Rail, belongs},
    review::{REVIEW, ReviewPanel},
    row::Row,
    save::{review, save},
    search::Found,
    waiting::NOTE,
};
use crate::components::{browser, sent, sent_html};
use leptos::{ev, prelude::*};
use policy::Settings;

#[cfg(feature = "ssr")]
fn title_of(section: &policy::catalogue::Section) -> String {
    format!("section-{}-title", section.id)
}

/// Shows the Security tab.
#[component]
pub fn SecurityForm(
    draft: Draft,
    /// The address of the person who looks, under which a draft is kept.
    who: String,
) -> impl IntoView {
    let mine = StoredValue::new(who);
    // It is read before the fields wake, and put back once they have: until then the page has to be
    // what the server sent.
    #[cfg(not(feature = "ssr"))]
    let typed = StoredValue::new(draft.typed_before_waking());
    Effect::new(move |_| {
        #[cfg(not(feature = "ssr"))]
        for (control, text) in typed.get_value() {
            control.type_in(text);
        }
        kept::restore(draft, &mine.get_value());
        #[cfg(not(feature = "ssr"))]
        {
            draft.focus_what_has_it();
            leptos::task::spawn_local(draft.rehearse());
        }
        let keys = window_event_listener(ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
                event.prevent_default();
                leptos::task::spawn_local(review(draft, mine.get_value()));
            }
            if event.key() == "Escape" {
                browser::close_dialog(REVIEW);
            }
        });
        on_cleanup(move || keys.remove());
        #[cfg(feature = "hydrate")]
        {
            leptos::task::spawn_local(ask_at_the_deadline());
            let back = window_event_listener(ev::focus, |_| leptos::task::spawn_local(ask_again()));
            on_cleanup(move || back.remove());
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // The key Enter asks what a save would do; in the review it goes on from there.
        if draft.review.with_untracked(Option::is_some) {
            leptos::task::spawn_local(save(draft, mine.get_value(), false));
        } else {
            leptos::task::spawn_local(review(draft, mine.get_value()));
        }
    };
    let sections = Settings::sections()
        .iter()
        .map(|section| {
            let controls = draft.controls().into_iter().filter(|control| belongs(control, section));
            let all = controls.clone().collect::<Vec<_>>();
            let found = move || all.iter().any(|control| draft.search.finds(*control));
            let mine: Vec<_> = controls.clone().filter(|control| !control.locked).collect();
            let to_reset = mine.clone();
            let changed = move || mine.iter().any(|control| draft.search.finds(*control) && !control.is_default());
            // What a search hides is not reset behind somebody's back.
            let reset = move |_| {
                let shown = to_reset.iter().filter(|control| untrack(|| draft.search.finds(**control)));
                shown.for_each(|control| control.reset());
            };
            let rows = controls.map(|control| view! { <Row draft control /> }).collect_view();
            view! {
                <section id=sent!(format!("section-{}", section.id)) aria-labelledby=sent!(title_of(section)) hidden=move || !found()>
                    <div class="section-head">
                        <h2 id=sent!(title_of(section)) inner_html=sent_html!(section.title)></h2>
                        <button
                            type="button"
                            class="link when-awake"
                            hidden=move || !changed()
                            on:click=reset
                        >
                            "Reset section" <span class="unseen" inner_html=sent_html!(format!(" {} to its defaults", section.title))></span>
                        </button>
                    </div>
                    <div class="card">{rows}</div>
                    {(section.id == "headers").then(|| view! { <HeadersPreview draft /> })}
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="settings">
            <Rail draft />
            // A browser that goes back would put old values on top of what is saved now.
            <form method="post" action="/admin/settings" autocomplete="off" novalidate on:submit=submit>
                <input type="hidden" name="revision" value=draft.revision />
                // What the key Enter presses, wherever the review stands.
                <button class="unseen" name="step" value="review" tabindex="-1" aria-hidden="true"></button>
                <div class="said" id=NOTE inner_html=sent_html!(draft.around(waiting_note))></div>
                <ConflictPanel draft />
                <Summary draft />
                <ReviewPanel draft who=mine />
                <Found draft />
                {sections}
                <Bar draft who=mine />
            </form>
            <form id=TYPING class="unseen" autocomplete="off" novalidate on:submit=submit></form>
            <Aside draft />
            <Guard draft who=mine />
        </div>
    }
}
