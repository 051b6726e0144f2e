//! The control of a setting: one small component per kind.
use super::draft::Control;
use crate::components::{browser, sent, sent_html, sent_text};
use leptos::prelude::*;
use policy::value::{Kind, Unit};
#[cfg(feature = "ssr")]
use {super::fixed, crate::api::settings::NEVER};

/// The ids of what describes the control of a setting.
#[cfg(feature = "ssr")]
fn described_by(key: &str) -> String {
    format!("{key}-help {key}-error")
}

/// The same for a number: its unit as well.
#[cfg(feature = "ssr")]
fn number_described_by(key: &str) -> String {
    format!("{key}-unit {}", described_by(key))
}

/// Shows the control of a setting.
#[component]
pub fn ControlOf(control: Control) -> impl IntoView {
    match control.setting.kind {
        Kind::Switch => view! { <Switch control /> }.into_any(),
        Kind::Number | Kind::Limit if control.setting.zero.is_some() => {
            view! { <Number control /> <Never control /> }.into_any()
        }
        Kind::Number | Kind::Limit => view! { <Number control /> }.into_any(),
        Kind::Choice => view! { <Choice control /> }.into_any(),
        Kind::Line => view! { <Line control /> }.into_any(),
        Kind::Emails | Kind::Lines | Kind::Text => view! { <Text control /> }.into_any(),
    }
}

/// A switch, and its companion that is posted while it is off.
#[component]
fn Switch(control: Control) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let key = control.setting.key;
    let on = move || control.raw.get() == "true";
    let off_value = move || if control.locked { control.raw.get() } else { "false".to_owned() };
    view! {
        <input type="hidden" name=sent!(key) value=off_value />
        <input
            class="switch"
            type="checkbox"
            role="switch"
            id=sent!(key)
            name=sent!(key)
            value="true"
            checked=sent!(control.raw.get_untracked() == "true")
            prop:checked=on
            disabled=sent!(control.locked)
            aria-describedby=sent!(described_by(key))
            aria-invalid=move || control.is_bad().then_some("true")
            on:change:target=move |event| control.type_in(event.target().checked().to_string())
        />
    }
}

/// A whole number with its unit; blank where the box beside it says that there is no limit.
#[component]
fn Number(control: Control) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let key = control.setting.key;
    view! {
        <span class="num">
            <input
                id=sent!(key)
                name=sent!(key)
                inputmode="numeric"
                autocomplete="off"
                value=sent!(control.shown())
                readonly=sent!(control.locked)
                aria-describedby=sent!(number_described_by(key))
                aria-invalid=move || control.is_bad().then_some("true")
                on:input:target=move |event| control.typed(event.target().value())
                on:blur=move |_| control.leave()
            />
            {(control.setting.unit != Unit::None).then(|| view! { <span id=sent!(format!("{key}-unit")) inner_html=sent_html!(control.setting.unit.suffix())></span> })}
        </span>
    }
}

/// The named choice of 0: mostly no limit. It posts the number beside it as the page was made, so that the server can tell
/// whether another was typed.
#[component]
fn Never(control: Control) -> impl IntoView {
    let key = control.setting.key;
    let before = StoredValue::new(None::<String>);
    let choose = move |never: bool| {
        if never {
            before.set_value(Some(control.raw.get_untracked()));
            control.type_in("0".to_owned());
            control.leave();
            return;
        }
        let usual = [control.saved.get_untracked(), control.setting.default()];
        let number = before.get_value().into_iter().chain(usual).find(|text| text.trim() != "0");
        control.type_in(number.unwrap_or_default());
        browser::focus(key);
    };
    view! {
        <label class="never">
            <input
                type="checkbox"
                id=sent!(format!("{key}{NEVER}"))
                name=sent!(format!("{key}{NEVER}"))
                value=sent!(control.shown())
                checked=sent!(untrack(move || control.is_zero()))
                prop:checked=move || control.is_zero()
                disabled=sent!(control.locked)
                on:change:target=move |event| choose(event.target().checked())
            />
            <span inner_html=sent_html!(fixed::never(control))></span>
        </label>
    }
}

/// One of a few named values.
#[component]
fn Choice(control: Control) -> impl IntoView {
    view! {
        <select
            id=sent!(control.setting.key)
            name=sent!(control.setting.key)
            disabled=sent!(control.locked)
            aria-describedby=sent!(described_by(control.setting.key))
            aria-invalid=move || control.is_bad().then_some("true")
            prop:value=control.raw
            on:change:target=move |event| {
                control.type_in(event.target().value());
                control.leave();
            }
            inner_html=sent_html!(options(control))
        ></select>
    }
}

#[cfg(feature = "ssr")]
fn options(control: Control) -> impl IntoView {
    let option = |(value, label): &'static (&str, &str)| {
        let chosen = control.raw.get_untracked() == *value;
        view! { <option value=*value selected=chosen>{*label}</option> }
    };
    control.setting.choices.iter().map(option).collect_view()
}

/// A short text.
#[component]
fn Line(control: Control) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let key = control.setting.key;
    view! {
        <input
            id=sent!(key)
            name=sent!(key)
            class="line"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            value=sent!(control.raw.get_untracked())
            readonly=sent!(control.locked)
            aria-describedby=sent!(described_by(key))
            aria-invalid=move || control.is_bad().then_some("true")
            on:input:target=move |event| control.typed(event.target().value())
            on:blur=move |_| control.leave()
        />
    }
}

/// A list, or a text of several lines.
#[component]
fn Text(control: Control) -> impl IntoView {
    let key = control.setting.key;
    view! {
        <textarea
            id=sent!(key)
            name=sent!(key)
            rows=sent!(control.raw.with_untracked(|raw| raw.lines().count()).clamp(3, 10))
            class:code=control.setting.kind == Kind::Lines || key.starts_with("headers.")
            autocapitalize="none"
            spellcheck="false"
            readonly=sent!(control.locked)
            aria-describedby=sent!(described_by(key))
            aria-invalid=move || control.is_bad().then_some("true")
            on:input:target=move |event| control.typed(event.target().value())
            on:blur=move |_| control.leave()
            inner_html=sent_text!(control.raw.get_untracked())
        ></textarea>
    }
}
