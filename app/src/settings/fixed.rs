//! What the server writes into a row once and for all.
use super::draft::{Control, Draft};
use crate::api::settings::Coverage;
use leptos::prelude::*;
use policy::{Setting, SettingKey};

/// What never changes about a setting: its range, its default, its standards.
pub fn facts(setting: &'static Setting) -> impl IntoView {
    let about = setting.about();
    view! {
        {(!about.more.is_empty()).then(|| view! { <p>{about.more}</p> })}
        {(!setting.active).then(|| view! { <p class="note">"Not active yet: it is saved, and nothing enforces it so far."</p> })}
        {setting.deprecated.map(|words| view! { <p class="note">{words}</p> })}
        <dl>
            {policy::reference::range(setting).map(|range| view! { <dt>"Range"</dt> <dd>{range}</dd> })}
            <dt>"Default"</dt>
            <dd>{setting.default_in_words()}</dd>
            {(!about.standards.is_empty())
                .then(|| view! { <dt>"Standard"</dt> <dd>{about.standards.join(" · ")}</dd> })}
            <dt>"Key"</dt>
            <dd><code>{setting.key}</code></dd>
            <dt>"Changes"</dt>
            <dd><a href=format!("/admin/history?setting={}", setting.key)>"History"</a></dd>
        </dl>
    }
}

/// How many people a switch holds up who have not enrolled: so many of so many, and what they are.
fn held_up(key: &str, coverage: Coverage) -> Option<(u32, u32, &'static str)> {
    let Coverage { admins, admins_enrolled, members, members_enrolled, .. } = coverage;
    if key == SettingKey::REQUIRE_ADMINS.as_str() {
        Some((admins.saturating_sub(admins_enrolled), admins, if admins == 1 { "admin" } else { "admins" }))
    } else if key == SettingKey::REQUIRE_EVERYONE.as_str() {
        Some((members.saturating_sub(members_enrolled), members, if members == 1 { "member" } else { "members" }))
    } else {
        None
    }
}

fn enrolment(key: &str, coverage: Coverage) -> Option<AnyView> {
    held_up(key, coverage).map(|(missing, all, who)| match missing {
        0 => view! { <span class="tag good">"All enrolled"</span> }.into_any(),
        missing => view! { <span class="tag risk">{missing} " of " {all} " " {who} " not enrolled"</span> }.into_any(),
    })
}

/// How many are known to have a password that falls short, where there is one.
fn falling_short(coverage: Coverage) -> Option<impl IntoView> {
    let words = match coverage.passwords_falling_short {
        0 => return None,
        1 => "1 password is known to fall short".to_owned(),
        more => format!("{more} passwords are known to fall short"),
    };
    Some(view! { <span class="tag risk">{words}</span> })
}

/// What no limit is called, with the name of the setting for whoever does not see it beside.
pub fn never(control: Control) -> impl IntoView {
    let setting = control.setting;
    view! { {setting.zero.unwrap_or("No limit")} <span class="unseen">", " {setting.label}</span> }
}

/// The tags of a row and its default.
pub fn tags(draft: Draft, control: Control, wide: bool) -> impl IntoView {
    let setting = control.setting;
    let coverage = draft.around().coverage;
    view! {
        {(!setting.active).then(|| view! { <span class="tag wait">"not active yet"</span> })}
        {setting.deprecated.map(|_| view! { <span class="tag">"deprecated"</span> })}
        {setting.risk.map(|risk| view! { <span class="tag risk">{risk}</span> })}
        {enrolment(setting.key, coverage)}
        {(setting.key == SettingKey::PASSWORD_POLICY.as_str()).then(|| falling_short(coverage))}
        {(!wide).then(|| view! { <span>"Default " {setting.default_in_words()}</span> })}
    }
}

/// When a change takes effect, and for whom it may be otherwise.
pub fn reach(draft: Draft, control: Control) -> impl IntoView {
    let setting = control.setting;
    view! {
        <span>{setting.effect.in_words()}</span>
        {setting
            .per_community
            .map(|_| {
                let words = match draft.around().overridden.get(setting.key).copied().unwrap_or_default() {
                    0 => "Inherited by every community".to_owned(),
                    1 => "Overridden in 1 community".to_owned(),
                    more => format!("Overridden in {more} communities"),
                };
                view! { <a href="/admin/settings/communities">{words}</a> }
            })}
        {control.locked.then(|| view! { <span class="tag">"Only a super-admin can change this"</span> })}
    }
}

/// Who holds the role through the list; taking an address off it takes no role away.
pub fn promoted(draft: Draft) -> impl IntoView {
    let people = draft.around().promoted;
    (!people.is_empty()).then(|| {
        let words =
            format!("Super-admins through this list: {}. Whoever leaves the list keeps the role.", people.join(", "));
        view! { <p class="soft promoted">{words}</p> }
    })
}
