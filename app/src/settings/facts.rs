//! What there is to know about a setting beyond its help.
use super::draft::Control;
use leptos::prelude::*;
use policy::reference;

/// Shows range, default, present value and standards of a setting.
#[component]
pub fn Facts(control: Control) -> impl IntoView {
    let setting = control.setting;
    let now = move || control.saved.with(|saved| setting.words_of(saved));
    view! {
        {(!setting.more.is_empty()).then(|| view! { <p>{setting.more}</p> })}
        {(!setting.active).then(|| view! { <p class="note">"Not active yet: it is saved, and nothing enforces it so far."</p> })}
        {setting.deprecated.map(|words| view! { <p class="note">{words}</p> })}
        <dl>
            {reference::range(setting).map(|range| view! { <dt>"Range"</dt> <dd>{range}</dd> })}
            <dt>"Now"</dt>
            <dd>{now}</dd>
            <dt>"Default"</dt>
            <dd>{setting.default_in_words()}</dd>
            {(!setting.standards.is_empty())
                .then(|| view! { <dt>"Standard"</dt> <dd>{setting.standards.join(" · ")}</dd> })}
            <dt>"Key"</dt>
            <dd><code>{setting.key}</code></dd>
            <dt>"Changes"</dt>
            <dd><a href=format!("/admin/history?setting={}", setting.key)>"History"</a></dd>
        </dl>
    }
}
