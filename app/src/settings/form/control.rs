//! The control of a setting: one small component per kind.
use crate::{
    api::settings::NEVER,
    components::{browser, field::text_area},
    settings::draft::FieldState,
};
use leptos::prelude::*;
use policy::value::{Kind, Unit};

/// The ids of what describes the control of a setting.
fn described_by(key: &str) -> String {
    format!("{key}-help {key}-error")
}

/// The id of the label of a setting. It alone names the control; whatever else stands in the row is described by it.
pub fn label_id(key: &str) -> String {
    format!("{key}-label")
}

/// Shows the control of a setting.
#[component]
pub fn Control(field: FieldState) -> impl IntoView {
    match field.setting.kind {
        // A switch or a choice can't show a text that is none of theirs, and would post another one.
        Kind::Switch | Kind::Choice if untrack(|| field.is_unreadable()) => view! { <Unreadable field /> }.into_any(),
        Kind::Switch => view! { <Switch field /> }.into_any(),
        Kind::Number | Kind::Limit if field.setting.zero.is_some() => {
            view! { <Number field /> <Never field /> }.into_any()
        }
        Kind::Number | Kind::Limit => view! { <Number field /> }.into_any(),
        Kind::Choice => view! { <Choice field /> }.into_any(),
        Kind::Line => view! { <Line field /> }.into_any(),
        Kind::Emails | Kind::Lines | Kind::Text => view! { <Text field /> }.into_any(),
    }
}

/// A switch, and its companion that is posted while it is off.
#[component]
fn Switch(field: FieldState) -> impl IntoView {
    let key = field.setting.key;
    let on = move || field.raw.with(|raw| raw == "true");
    let off_value = move || if field.locked { field.raw.get() } else { "false".to_owned() };
    view! {
        <input type="hidden" name=key value=off_value />
        <input
            class="switch"
            type="checkbox"
            role="switch"
            id=key
            name=key
            value="true"
            checked=untrack(on)
            prop:checked=on
            disabled=field.locked
            aria-describedby=described_by(key)
            aria-invalid=move || field.is_bad().then_some("true")
            on:change:target=move |event| field.type_in(event.target().checked().to_string())
        />
    }
}

/// A whole number with its unit; blank where the box beside it says that there is no limit.
#[component]
fn Number(field: FieldState) -> impl IntoView {
    let key = field.setting.key;
    let unit = field.setting.unit;
    view! {
        <span class="num">
            <input
                id=key
                name=key
                inputmode="numeric"
                autocomplete="off"
                value=untrack(move || field.shown())
                prop:value=move || field.shown()
                readonly=field.locked
                aria-describedby=format!("{key}-unit {}", described_by(key))
                aria-invalid=move || field.is_bad().then_some("true")
                on:input:target=move |event| field.type_in(event.target().value())
                on:blur=move |_| field.leave()
            />
            {(unit != Unit::None).then(|| view! { <span id=format!("{key}-unit")>{unit.suffix()}</span> })}
        </span>
    }
}

/// The named choice of 0: mostly no limit. It posts the number beside it as the page was made, so that the server can
/// tell whether another was typed.
#[component]
fn Never(field: FieldState) -> impl IntoView {
    let setting = field.setting;
    let id = format!("{}{NEVER}", setting.key);
    let before = StoredValue::new(None::<String>);
    let choose = move |never: bool| {
        if never {
            before.set_value(Some(field.raw.get_untracked()));
            field.type_in("0".to_owned());
            field.leave();
            return;
        }
        let usual = [field.saved.get_untracked(), setting.default()];
        let number = before.get_value().into_iter().chain(usual).find(|text| text.trim() != "0");
        field.type_in(number.unwrap_or_default());
        browser::focus(setting.key);
    };
    view! {
        <label class="never">
            <input
                type="checkbox"
                id=id.clone()
                name=id
                value=untrack(move || field.shown())
                checked=untrack(move || field.is_zero())
                prop:checked=move || field.is_zero()
                disabled=field.locked
                aria-describedby=label_id(setting.key)
                on:change:target=move |event| choose(event.target().checked())
            />
            <span>{setting.zero.unwrap_or("No limit")}</span>
        </label>
    }
}

/// One of a few named values.
#[component]
fn Choice(field: FieldState) -> impl IntoView {
    let key = field.setting.key;
    let option = |(value, label): &'static (&str, &str)| {
        let chosen = field.raw.with_untracked(|raw| raw == value);
        view! { <option value=*value selected=chosen>{*label}</option> }
    };
    let options = field.setting.choices.iter().map(option).collect_view();
    view! {
        <select
            id=key
            name=key
            disabled=field.locked
            aria-describedby=described_by(key)
            aria-invalid=move || field.is_bad().then_some("true")
            prop:value=field.raw
            on:change:target=move |event| {
                field.type_in(event.target().value());
                field.leave();
            }
        >
            {options}
        </select>
    }
}

/// What a switch or a choice is given whose stored text can't be read: that text stays chosen until somebody chooses.
#[component]
fn Unreadable(field: FieldState) -> impl IntoView {
    let setting = field.setting;
    let key = setting.key;
    let choices = if setting.kind == Kind::Switch { &[("true", "On"), ("false", "Off")] } else { setting.choices };
    let options = choices.iter().map(|(value, label)| view! { <option value=*value>{*label}</option> }).collect_view();
    let stored = field.raw.get_untracked();
    view! {
        <select
            id=key
            name=key
            disabled=field.locked
            aria-describedby=described_by(key)
            aria-invalid=move || field.is_bad().then_some("true")
            on:change:target=move |event| {
                field.type_in(event.target().value());
                field.leave();
            }
        >
            <option value=stored selected>"Can't be read: choose"</option>
            {options}
        </select>
    }
}

/// A short text.
#[component]
fn Line(field: FieldState) -> impl IntoView {
    let key = field.setting.key;
    view! {
        <input
            id=key
            name=key
            class="line"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            value=field.raw.get_untracked()
            prop:value=field.raw
            readonly=field.locked
            aria-describedby=described_by(key)
            aria-invalid=move || field.is_bad().then_some("true")
            on:input:target=move |event| field.type_in(event.target().value())
            on:blur=move |_| field.leave()
        />
    }
}

/// A list, or a text of several lines.
#[component]
fn Text(field: FieldState) -> impl IntoView {
    let key = field.setting.key;
    view! {
        <textarea
            id=key
            name=key
            rows=field.raw.with_untracked(|raw| raw.lines().count()).clamp(3, 10)
            class:code=field.setting.kind == Kind::Lines || key.starts_with("headers.")
            autocapitalize="none"
            spellcheck="false"
            readonly=field.locked
            aria-describedby=described_by(key)
            aria-invalid=move || field.is_bad().then_some("true")
            prop:value=field.raw
            on:input:target=move |event| field.type_in(event.target().value())
            on:blur=move |_| field.leave()
            inner_html=field.raw.with_untracked(|raw| text_area(raw))
        ></textarea>
    }
}
