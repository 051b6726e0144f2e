//! What there is to know about a setting beyond its help.
use super::draft::Control;
use leptos::prelude::*;
use policy::{Settings, reference};

/// Shows range, default, present value and standards of a setting.
#[component]
pub fn Facts(control: Control) -> impl IntoView {
    let setting = control.setting;
    let now = move || {
        let mut settings = Settings::default();
        control.saved.with(|saved| drop(settings.set(setting, saved)));
        settings.in_words(setting)
    };
    view! {
        {(!setting.more.is_empty()).then(|| view! { <p>{setting.more}</p> })}
        <dl>
            {reference::range(setting).map(|range| view! { <dt>"Range"</dt> <dd>{range}</dd> })}
            <dt>"Now"</dt>
            <dd>{now}</dd>
            <dt>"Default"</dt>
            <dd>{(setting.default_in_words)()}</dd>
            {(!setting.standards.is_empty())
                .then(|| view! { <dt>"Standard"</dt> <dd>{setting.standards.join(" · ")}</dd> })}
            <dt>"Key"</dt>
            <dd><code>{setting.key}</code></dd>
        </dl>
    }
}
