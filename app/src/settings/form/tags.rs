//! The small print of a row: what is special about a setting, and when a change of it takes effect.
use crate::{
    api::{members::page_of, settings::SettingsView},
    settings::draft::{Draft, FieldState},
};
use leptos::prelude::*;
use policy::{MemberCounts, MemberSegment, Role, SettingKey, words};

/// A default that is longer than this stands beside the form only, in characters.
const SHORT: usize = 60;

/// Whom a switch holds up who have not enrolled: those, of all whom it concerns.
fn held_up(key: SettingKey) -> Option<(MemberSegment, MemberSegment)> {
    if key == SettingKey::TWO_FACTOR_REQUIRE_ADMINS {
        Some((MemberSegment::AdminsNotEnrolled, MemberSegment::Admins))
    } else if key == SettingKey::TWO_FACTOR_REQUIRE_EVERYONE {
        Some((MemberSegment::NotEnrolled, MemberSegment::Active))
    } else {
        None
    }
}

fn enrolment(key: SettingKey, counts: &MemberCounts) -> Option<AnyView> {
    held_up(key).map(|(missing, all)| match counts.of(missing) {
        0 => view! { <span class="tag good">"All enrolled"</span> }.into_any(),
        n => {
            let words = format!("{} of {} not enrolled", words::number(n), counts.in_words(all));
            view! { <a class="tag risk" href=page_of(missing)>{words}</a> }.into_any()
        }
    })
}

/// How many are known to have a password that falls short.
fn falling_short(view: &SettingsView) -> Option<AnyView> {
    let words = match view.counts.of(MemberSegment::PasswordFallsShort) {
        0 => return None,
        1 => "1 password is known to fall short".to_owned(),
        more => format!("{} passwords are known to fall short", words::number(more)),
    };
    Some(view! { <span class="tag risk">{words}</span> }.into_any())
}

/// What the allowlist would have done, while it is only watched.
fn would_have_blocked(view: &SettingsView) -> Option<AnyView> {
    let words = format!("Would have blocked {} in 7 days", words::count(view.would_have_blocked?, "visit"));
    Some(view! { <a href="/admin/audit?channel=network">{words}</a> }.into_any())
}

/// What the server has counted about a setting.
fn counted(key: SettingKey, view: &SettingsView) -> Option<AnyView> {
    if key == SettingKey::PASSWORDS_POLICY {
        falling_short(view)
    } else if key == SettingKey::NETWORK_ADMIN_ALLOWLIST_MODE {
        would_have_blocked(view)
    } else {
        enrolment(key, &view.counts)
    }
}

/// Shows what is special about a setting.
#[component]
pub fn Tags(draft: Draft, field: FieldState) -> impl IntoView {
    let setting = field.setting;
    view! {
        {(!setting.active).then(|| view! { <span class="tag wait">"not active yet"</span> })}
        {setting.deprecated.map(|_| view! { <span class="tag">"deprecated"</span> })}
        {setting.risk.map(|risk| view! { <span class="tag risk">{risk.words}</span> })}
        {draft.view(|view| counted(setting.name(), view))}
    }
}

/// Shows the default of a setting, where it is short.
#[component]
pub fn DefaultValue(field: FieldState) -> impl IntoView {
    let default = field.setting.default_in_words();
    (default.chars().count() <= SHORT).then(|| view! { <span class="default">"Default " {default}</span> })
}

/// Shows when a change takes effect, and for whom it may be otherwise.
#[component]
pub fn Reach(draft: Draft, field: FieldState) -> impl IntoView {
    let setting = field.setting;
    let overridden = draft.view(|view| view.overridden.get(setting.key).copied().unwrap_or_default());
    let communities = match overridden {
        0 => "Inherited by every community".to_owned(),
        1 => "Overridden in 1 community".to_owned(),
        more => format!("Overridden in {more} communities"),
    };
    view! {
        <span>{setting.effect.in_words()}</span>
        {setting.per_community.map(|_| view! { <a href="/admin/settings/communities">{communities}</a> })}
        {field.locked.then(|| view! { <span class="tag">"Only a super-admin can change this"</span> })}
        {(setting.may_weaken == Role::SuperAdmin && !draft.view(|view| view.super_admin))
            .then(|| view! { <span class="tag">"Only a super-admin can weaken this"</span> })}
    }
}

/// Shows who holds the role through the list; taking an address off it takes no role away.
#[component]
pub fn Promoted(draft: Draft) -> impl IntoView {
    let people = draft.view(|view| view.promoted.join(", "));
    (!people.is_empty()).then(|| {
        let words = format!("Super-admins through this list: {people}. Whoever leaves the list keeps the role.");
        view! { <p class="soft promoted">{words}</p> }
    })
}
