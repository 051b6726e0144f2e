//! The control of a setting: one small component per kind.
use super::draft::Control;
use crate::{api::settings::NEVER, components::browser};
use leptos::prelude::*;
use policy::value::{Kind, Unit};

/// The ids of what describes the control of a setting.
fn described_by(key: &str) -> String {
    format!("{key}-help {key}-error")
}

/// Shows the control of a setting.
#[component]
pub fn ControlOf(control: Control) -> impl IntoView {
    match control.setting.kind {
        Kind::Switch => view! { <Switch control /> }.into_any(),
        Kind::Number => view! { <Number control /> }.into_any(),
        Kind::Limit => view! { <Number control /> <Never control /> }.into_any(),
        Kind::Choice => view! { <Choice control /> }.into_any(),
        Kind::Line => view! { <Line control /> }.into_any(),
        Kind::Emails | Kind::Lines | Kind::Text => view! { <Text control /> }.into_any(),
    }
}

/// A switch, and its companion that is posted while it is off.
#[component]
fn Switch(control: Control) -> impl IntoView {
    let key = control.setting.key;
    let on = move || control.raw.get() == "true";
    let off_value = move || if control.locked { control.raw.get() } else { "false".to_owned() };
    view! {
        <input type="hidden" name=key value=off_value />
        <input
            class="switch"
            type="checkbox"
            role="switch"
            id=key
            name=key
            value="true"
            checked=control.raw.get_untracked() == "true"
            prop:checked=on
            disabled=control.locked
            aria-describedby=described_by(key)
            aria-invalid=move || control.is_bad().then_some("true")
            on:change:target=move |event| control.type_in(event.target().checked().to_string())
        />
    }
}

/// A whole number with its unit; blank where the box beside it says that there is no limit.
#[component]
fn Number(control: Control) -> impl IntoView {
    let key = control.setting.key;
    let number = Memo::new(move |_| if control.is_unlimited() { String::new() } else { control.raw.get() });
    let unit = (control.setting.unit != Unit::None).then(|| control.setting.unit.suffix());
    view! {
        <span class="num">
            <input
                id=key
                name=key
                inputmode="numeric"
                autocomplete="off"
                value=number.get_untracked()
                prop:value=number
                readonly=control.locked
                aria-describedby=described_by(key)
                aria-invalid=move || control.is_bad().then_some("true")
                on:input:target=move |event| control.type_in(event.target().value())
                on:blur=move |_| control.left.set(true)
            />
            {unit.map(|unit| view! { <span>{unit}</span> })}
        </span>
    }
}

/// The named choice of no limit. It posts the number beside it as the page was made, so that the server can tell
/// whether another was typed.
#[component]
fn Never(control: Control) -> impl IntoView {
    let key = control.setting.key;
    let name = control.setting.zero.unwrap_or("No limit");
    let before = StoredValue::new(None::<String>);
    let offered = untrack(move || if control.is_unlimited() { String::new() } else { control.raw.get() });
    let choose = move |never: bool| {
        if never {
            before.set_value(Some(control.raw.get_untracked()));
            control.type_in("0".to_owned());
            control.left.set(true);
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
                id=format!("{key}{NEVER}")
                name=format!("{key}{NEVER}")
                value=offered
                checked=untrack(move || control.is_unlimited())
                prop:checked=move || control.is_unlimited()
                disabled=control.locked
                on:change:target=move |event| choose(event.target().checked())
            />
            {name}
        </label>
    }
}

/// One of a few named values.
#[component]
fn Choice(control: Control) -> impl IntoView {
    let key = control.setting.key;
    let options = control
        .setting
        .choices
        .iter()
        .map(|(value, label)| {
            let chosen = control.raw.get_untracked() == *value;
            view! {
                <option value=*value selected=chosen prop:selected=move || control.raw.with(|raw| raw == value)>{*label}</option>
            }
        })
        .collect_view();
    view! {
        <select
            id=key
            name=key
            disabled=control.locked
            aria-describedby=described_by(key)
            aria-invalid=move || control.is_bad().then_some("true")
            on:change:target=move |event| {
                control.type_in(event.target().value());
                control.left.set(true);
            }
        >
            {options}
        </select>
    }
}

/// A short text.
#[component]
fn Line(control: Control) -> impl IntoView {
    let key = control.setting.key;
    view! {
        <input
            id=key
            name=key
            class="line"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            value=control.raw.get_untracked()
            prop:value=control.raw
            readonly=control.locked
            aria-describedby=described_by(key)
            aria-invalid=move || control.is_bad().then_some("true")
            on:input:target=move |event| control.type_in(event.target().value())
            on:blur=move |_| control.left.set(true)
        />
    }
}

/// A list, or a text of several lines.
#[component]
fn Text(control: Control) -> impl IntoView {
    let key = control.setting.key;
    let rows = control.raw.with_untracked(|raw| raw.lines().count()).clamp(3, 10).to_string();
    view! {
        <textarea
            id=key
            name=key
            rows=rows
            class:code=control.setting.kind == Kind::Lines || key.starts_with("headers.")
            autocapitalize="none"
            spellcheck="false"
            prop:value=control.raw
            readonly=control.locked
            aria-describedby=described_by(key)
            aria-invalid=move || control.is_bad().then_some("true")
            on:input:target=move |event| control.type_in(event.target().value())
            on:blur=move |_| control.left.set(true)
        >
            {control.raw.get_untracked()}
        </textarea>
    }
}
