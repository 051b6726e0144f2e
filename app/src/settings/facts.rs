//! What there is to know about a setting beyond its help.
use super::draft::{Control, Draft};
#[cfg(feature = "ssr")]
use super::fixed;
use crate::components::{sent, sent_html};
use leptos::prelude::*;

/// The id of what never changes about a setting, in its row.
fn id_of(control: Control) -> String {
    format!("{}-facts", control.setting.key)
}

/// What a setting is now.
#[component]
fn Now(control: Control) -> impl IntoView {
    let now = move || control.saved.with(|saved| control.setting.words_of(saved));
    view! { <dl><dt>"Now"</dt> <dd>{now}</dd></dl> }
}

/// Shows present value, range, default and standards of a setting, in its row.
#[component]
pub fn Facts(
    #[cfg_attr(not(feature = "ssr"), expect(unused_variables, reason = "the server writes the facts"))] draft: Draft,
    control: Control,
) -> impl IntoView {
    view! {
        <Now control />
        <div id=sent!(id_of(control)) inner_html=sent_html!(fixed::facts(draft, control))></div>
    }
}

/// Shows the same beside the form. The browser takes it from the row.
#[component]
pub fn FactsBeside(
    #[cfg_attr(not(feature = "ssr"), expect(unused_variables, reason = "the server writes the facts"))] draft: Draft,
    control: Control,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let beside = view! { <div>{fixed::facts(draft, control)}</div> };
    #[cfg(not(feature = "ssr"))]
    let beside = {
        let row = crate::components::browser::by_id::<web_sys::Element>(&id_of(control));
        view! { <div inner_html=row.map(|row| row.inner_html())></div> }
    };
    view! {
        <Now control />
        {beside}
    }
}

/// Says whom each setting concerns once a save has changed that.
#[cfg(not(feature = "ssr"))]
pub fn renew(draft: Draft, concerns: &std::collections::BTreeMap<String, String>) {
    for control in draft.controls() {
        let facts = crate::components::browser::by_id::<web_sys::Element>(&id_of(control));
        let place = facts.and_then(|facts| facts.query_selector("[data-whom]").ok().flatten());
        if let (Some(place), Some(whom)) = (place, concerns.get(control.setting.key)) {
            place.set_text_content(Some(whom));
        }
    }
    // What stands beside the form is a copy.
    draft.focused.update(|_| ());
}
