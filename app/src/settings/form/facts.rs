//! What there is to know about a setting beyond its help.
use crate::{
    api::members::page_of_audience,
    settings::draft::{Draft, FieldState},
};
use leptos::prelude::*;

/// Whom a setting concerns now.
#[component]
fn AudienceCount(draft: Draft, field: FieldState) -> impl IntoView {
    let setting = field.setting;
    let words = move || draft.audience.with(|audience| audience.get(setting.key).cloned().unwrap_or_default());
    match page_of_audience(setting.about().audience).filter(|_| setting.active) {
        Some(list) => view! { <a href=list>{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

/// A key that may go on in the next line behind a dot or an underscore.
fn breakable(key: &'static str) -> impl IntoView {
    key.split_inclusive(['.', '_']).map(|part| view! { {part} <wbr /> }).collect_view()
}

/// Shows present value, range, default and standards of a setting.
#[component]
pub fn Facts(draft: Draft, field: FieldState) -> impl IntoView {
    let setting = field.setting;
    let about = setting.about();
    let now = move || field.saved.with(|saved| setting.words_of(saved));
    view! {
        <dl><dt>"Now"</dt> <dd>{now}</dd></dl>
        <div>
            {(!about.more.is_empty()).then(|| view! { <p>{about.more}</p> })}
            {(!setting.active).then(|| view! { <p class="note">"Not active yet: it is saved, and nothing enforces it so far."</p> })}
            {setting.deprecated.map(|words| view! { <p class="note">{words}</p> })}
            <dl>
                {policy::reference::range(setting).map(|range| view! { <dt>"Range"</dt> <dd>{range}</dd> })}
                <dt>"Default"</dt>
                <dd>{setting.default_in_words()}</dd>
                <dt>"Affects"</dt>
                <dd><AudienceCount draft field /></dd>
                {(!about.standards.is_empty())
                    .then(|| view! { <dt>"Standard"</dt> <dd>{about.standards.join(" · ")}</dd> })}
                <dt>"Key"</dt>
                <dd><code>{breakable(setting.key)}</code></dd>
                <dt>"Changes"</dt>
                <dd><a href=format!("/admin/history?setting={}", setting.key)>"History"</a></dd>
            </dl>
        </div>
    }
}
