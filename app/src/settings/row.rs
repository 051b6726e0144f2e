//! A setting on the page.
#[cfg(feature = "ssr")]
use super::fixed;
use super::{
    TYPING,
    control::ControlOf,
    draft::{Control, Draft},
    facts::Facts,
};
use crate::{
    api::settings::render_banner,
    components::{browser, sent, sent_html},
};
use leptos::prelude::*;
use policy::{
    SettingKey,
    decide::{link, network},
    value::Kind,
    words,
};

/// Whether a control takes the whole width of its row.
fn is_wide(kind: Kind) -> bool {
    matches!(kind, Kind::Emails | Kind::Lines | Kind::Text)
}

/// The value in the field in words, where they say more than the field.
fn echo(control: Control) -> Option<String> {
    let setting = control.setting;
    control.raw.with(|raw| match setting.kind {
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
fn was(control: Control) -> Option<String> {
    (control.dirty() && !is_wide(control.setting.kind))
        .then(|| control.saved.with(|saved| format!("was {}", control.setting.words_of(saved))))
}

/// What the field means and what was saved, as far as either says more than the field.
fn beside(control: Control) -> String {
    let parts = echo(control).into_iter().chain(was(control));
    parts.collect::<Vec<_>>().join(" · ")
}

/// Says so when a save would lead this very person to enrolment.
#[component]
fn Yourself(draft: Draft, control: Control) -> impl IntoView {
    let requires = [SettingKey::TWO_FACTOR_REQUIRE_ADMINS, SettingKey::TWO_FACTOR_REQUIRE_EVERYONE]
        .contains(&control.setting.name());
    let concerns = requires && !draft.you_enrolled();
    move || {
        let turned_on = concerns && control.dirty() && control.raw.get() == "true";
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

/// Shows the banner as the authentication pages will.
#[component]
fn BannerPreview(control: Control) -> impl IntoView {
    let shown = RwSignal::new(String::new());
    // What is shown is what was typed when it was asked for.
    Effect::watch(move || control.raw.track(), move |(), _, _| shown.set(String::new()), false);
    let show = move |_| {
        leptos::task::spawn_local(async move {
            let text = control.raw.get_untracked();
            shown.set(match render_banner(text).await {
                Ok(html) if html.is_empty() => "<p>No banner is shown.</p>".to_owned(),
                Ok(html) => html,
                Err(_) => "<p>The preview could not be made just now. Try again.</p>".to_owned(),
            });
        });
    };
    view! {
        <div class="when-awake banner-preview">
            <button type="button" class="link" on:click=show>"Preview"</button>
            <div class="gate-banner" role="status" inner_html=shown></div>
        </div>
    }
}

/// Says whether an address would reach the admin pages under what stands in the fields.
#[component]
fn TryAddress(draft: Draft, control: Control) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let verdict = move || {
        let typed = typed.get();
        if typed.trim().is_empty() {
            return None;
        }
        // What is saved stands in for a list that can't be read, and nobody asked about that one.
        if control.own_problem().is_some() {
            return Some("The list can't be read as it stands. Mend it first.".to_owned());
        }
        Some(draft.settings.with(|settings| network::tried(settings, &typed)))
    };
    view! {
        <div class="when-awake try">
            <label for="try-address">"Would this address pass?"</label>
            <input
                id="try-address"
                class="line"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
                // It is no part of the form.
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                    }
                }
            />
            <p role="status">{verdict}</p>
        </div>
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

/// Shows a setting.
#[component]
pub fn Row(draft: Draft, control: Control) -> impl IntoView {
    let setting = control.setting;
    let key = setting.key;
    let search = draft.search;
    let reset = move |_| control.reset();
    view! {
        <div
            class="row"
            class:wide-control=is_wide(setting.kind)
            class:line-control=matches!(setting.kind, Kind::Choice | Kind::Line)
            class:changed=move || control.dirty()
            class:bad=move || control.is_bad()
            hidden=move || !search.finds(control)
            on:focusin=move |event| {
                draft.focused.set(Some(control));
                browser::belong(&event, Some(TYPING));
            }
            on:focusout=|event| browser::belong(&event, None)
        >
            <label for=sent!(key) inner_html=sent_html!(setting.label)></label>
            <div class="control">
                <ControlOf control />
                <span class="echo">{move || beside(control)}</span>
            </div>
            <p class="help" id=sent!(format!("{key}-help")) inner_html=sent_html!(setting.about().help)></p>
            <div class="meta">
                <span class="said" inner_html=sent_html!(fixed::tags(draft, control))></span>
                {(!control.locked)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="link when-awake"
                                aria-label=sent!(format!("Reset {} to its default", setting.label))
                                hidden=move || control.is_default()
                                on:click=reset
                            >
                                "Reset"
                            </button>
                        }
                    })}
                <span class="said" inner_html=sent_html!(fixed::reach(draft, control))></span>
                {(key.starts_with("links.")).then(|| view! { <Shortened draft key /> })}
            </div>
            <p class="error" id=sent!(format!("{key}-error")) aria-live="polite">{move || control.shown_problem()}</p>
            {move || draft.warning(control).map(|words| view! { <p class="note">{words}</p> })}
            <Yourself draft control />
            {(setting.name() == SettingKey::MEMBERS_SUPER_ADMIN_EMAILS)
                .then(|| view! { <div class="said" inner_html=sent_html!(fixed::promoted(draft))></div> })}
            {(setting.name() == SettingKey::SIGN_IN_BANNER).then(|| view! { <BannerPreview control /> })}
            {(setting.name() == SettingKey::NETWORK_ADMIN_ALLOWLIST).then(|| view! { <TryAddress draft control /> })}
            <details class="more">
                <summary class="link">"More" <span class="unseen" inner_html=sent_html!(format!(" about {}", setting.label))></span></summary>
                <Facts draft control />
            </details>
        </div>
    }
}
