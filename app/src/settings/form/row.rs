//! A setting on the page.
use super::{
    banner_preview::BannerPreview,
    control::{Control, label_id},
    facts::Facts,
    tags::{DefaultValue, Promoted, Reach, Tags},
    try_address::TryAddress,
};
use crate::settings::{
    draft::{Draft, FieldState},
    search::{FoundBy, Highlight},
};
use leptos::prelude::*;
use policy::{
    SettingKey,
    decide::{link, session},
    value::Kind,
    words,
};

/// Whether a control takes the whole width of its row.
fn is_wide(kind: Kind) -> bool {
    matches!(kind, Kind::Emails | Kind::Lines | Kind::Text)
}

/// The value in the field in words, where they say more than the field.
fn echo(field: FieldState) -> Option<String> {
    let setting = field.setting;
    field.raw.with(|raw| match setting.kind {
        Kind::Emails | Kind::Text => {
            let max = setting.bounds?.max;
            let used = i64::try_from(raw.chars().count()).unwrap_or(i64::MAX);
            Some(format!("{} of {} characters", words::number(used), words::number(max.into())))
        }
        Kind::Number | Kind::Limit => {
            let words = setting.unit.in_larger(setting.canonical(raw).ok()?.parse().ok()?)?;
            Some(format!("= {words}"))
        }
        _ => None,
    })
}

/// What was saved, where the field holds something else.
fn was(field: FieldState) -> Option<String> {
    (field.dirty() && !is_wide(field.setting.kind))
        .then(|| field.saved.with(|saved| format!("was {}", field.setting.words_of(saved))))
}

/// What the field means and what was saved, as far as either says more than the field.
fn beside(field: FieldState) -> String {
    let parts = echo(field).into_iter().chain(was(field));
    parts.collect::<Vec<_>>().join(" · ")
}

/// Says so when a save would lead this very person to enrolment.
#[component]
fn YouFirst(draft: Draft, field: FieldState) -> impl IntoView {
    let requires = [SettingKey::TWO_FACTOR_REQUIRE_ADMINS, SettingKey::TWO_FACTOR_REQUIRE_EVERYONE]
        .contains(&field.setting.name());
    let concerns = requires && !draft.view(|view| view.you_enrolled);
    move || {
        let turned_on = concerns && field.dirty() && field.raw.with(|raw| raw == "true");
        turned_on.then(|| {
            view! {
                <p class="note">
                    "You have not set up two-factor authentication yourself. After saving, that is the first thing you will be asked to do. "
                    <a href="/profile/two-factor?next=/admin/settings">"Enrol now"</a>
                </p>
            }
        })
    }
}

/// How long links really work where another setting shortens what this one says, and which.
#[component]
fn Shortened(draft: Draft, key: &'static str) -> impl IntoView {
    let found = Memo::new(move |_| draft.settings.with(|settings| link::shortened(settings, key)));
    move || {
        let parts = found.get().into_iter().filter_map(|(minutes, by)| {
            let minutes = words::count(minutes.0.into(), "minute");
            Some(format!("{minutes}, limited by {}", by.setting()?.label))
        });
        let parts = parts.collect::<Vec<_>>();
        (!parts.is_empty()).then(|| view! { <span class="tag">"Effective: " {parts.join("; ")}</span> })
    }
}

/// How long somebody who stays signed in really does so, and which other setting says it.
#[component]
fn Stays(draft: Draft) -> impl IntoView {
    let found = Memo::new(move |_| draft.settings.with(session::stays));
    let words = move || {
        let (minutes, by) = found.get();
        let what = if by == SettingKey::SESSIONS_IDLE_TIMEOUT { " without activity" } else { "" };
        let long = words::minutes(minutes.0.into());
        by.setting().map(|by| format!("Effective: {long}{what}, limited by {}", by.label))
    };
    view! { <span class="tag">{words}</span> }
}

/// Puts the default back.
#[component]
fn Reset(field: FieldState) -> impl IntoView {
    (!field.locked).then(|| {
        view! {
            <button
                type="button"
                class="link needs-script"
                aria-describedby=label_id(field.setting.key)
                hidden=move || field.is_default()
                on:click=move |_| field.reset()
            >
                "Reset" <span class="unseen">" to its default"</span>
            </button>
        }
    })
}

/// Shows a setting.
#[component]
pub fn Row(draft: Draft, field: FieldState) -> impl IntoView {
    let setting = field.setting;
    let key = setting.key;
    let filter = draft.filter;
    view! {
        <div
            class="row"
            class:wide-control=is_wide(setting.kind)
            class:line-control=matches!(setting.kind, Kind::Choice | Kind::Line)
            class:changed=move || field.dirty()
            class:bad=move || field.is_bad()
            hidden=move || !filter.finds(field)
            on:focusin=move |_| draft.focused.set(Some(field))
        >
            <label for=key id=label_id(key)><Highlight text=setting.label filter /></label>
            <div class="control">
                <Control field />
                <span class="echo">{move || beside(field)}</span>
            </div>
            <p class="help" id=format!("{key}-help")><Highlight text=setting.about().help filter /></p>
            <div class="meta">
                <FoundBy setting filter />
                <Tags draft field />
                <DefaultValue field />
                <Reset field />
                <Reach draft field />
                {(setting.name() == SettingKey::SESSIONS_REMEMBER_ME).then(|| view! { <Stays draft /> })}
                {(key.starts_with("links.")).then(|| view! { <Shortened draft key /> })}
            </div>
            <p class="error" id=format!("{key}-error") aria-live="polite">{move || field.shown_problem()}</p>
            {move || draft.warning(field).map(|words| view! { <p class="note">{words}</p> })}
            <YouFirst draft field />
            {(setting.name() == SettingKey::MEMBERS_SUPER_ADMIN_EMAILS).then(|| view! { <Promoted draft /> })}
            {(setting.name() == SettingKey::SIGN_IN_BANNER).then(|| view! { <BannerPreview field /> })}
            {(setting.name() == SettingKey::NETWORK_ADMIN_ALLOWLIST).then(|| view! { <TryAddress draft field /> })}
            <details class="more">
                <summary class="link" aria-describedby=label_id(key)>"More"</summary>
                <Facts draft field />
            </details>
        </div>
    }
}
