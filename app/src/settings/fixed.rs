//! What the server writes into a row once and for all.
use super::{
    draft::{Control, Draft},
    search::other_words,
};
use crate::api::members::page_of;
use leptos::prelude::*;
use policy::{
    MemberSegment, SettingKey,
    audience::{Audience, MemberCounts},
    words,
};

/// A default that is longer than this stands beside the form only, in characters.
const SHORT: usize = 60;

/// The list of those whom a setting concerns, where there is one.
fn list_of(audience: Audience) -> Option<String> {
    let group = match audience {
        Audience::Locks(_) => return Some("/admin/lockouts".to_owned()),
        Audience::Visitors
        | Audience::Guests
        | Audience::Links
        | Audience::TrustedBrowsers
        | Audience::Sessions
        | Audience::PersistentSessions => return None,
        Audience::Members | Audience::MembersToEnrol => MemberSegment::Active,
        Audience::Admins | Audience::AdminsToEnrol | Audience::Promoted => MemberSegment::Admins,
        Audience::WithAuthenticator => MemberSegment::WithAuthenticator,
        Audience::WithPasskey => MemberSegment::WithPasskey,
        Audience::OnlyEmailCodes => MemberSegment::OnlyEmailCodes,
    };
    Some(page_of(group))
}

/// Whom a setting concerns now.
fn concerned(draft: Draft, control: Control) -> impl IntoView {
    let setting = control.setting;
    let whom = draft.around(|around| around.concerns.get(setting.key).cloned().unwrap_or_default());
    match list_of(setting.about().audience).filter(|_| setting.active) {
        Some(list) => view! { <a href=list data-whom="">{whom}</a> }.into_any(),
        None => view! { <span data-whom="">{whom}</span> }.into_any(),
    }
}

/// A key that may go on in the next line behind a dot or an underscore.
fn breakable(key: &'static str) -> impl IntoView {
    key.split_inclusive(['.', '_']).map(|part| view! { {part} <wbr /> }).collect_view()
}

/// What the page was made with about a setting: its range, its default, whom it concerns, its standards.
pub fn facts(draft: Draft, control: Control) -> impl IntoView {
    let setting = control.setting;
    let about = setting.about();
    view! {
        {(!about.more.is_empty()).then(|| view! { <p>{about.more}</p> })}
        {(!setting.active).then(|| view! { <p class="note">"Not active yet: it is saved, and nothing enforces it so far."</p> })}
        {setting.deprecated.map(|words| view! { <p class="note">{words}</p> })}
        <dl>
            {policy::reference::range(setting).map(|range| view! { <dt>"Range"</dt> <dd>{range}</dd> })}
            <dt>"Default"</dt>
            <dd>{setting.default_in_words()}</dd>
            <dt>"Affects"</dt>
            <dd>{concerned(draft, control)}</dd>
            {(!about.standards.is_empty())
                .then(|| view! { <dt>"Standard"</dt> <dd>{about.standards.join(" · ")}</dd> })}
            <dt>"Key"</dt>
            <dd><code>{breakable(setting.key)}</code></dd>
            <dt>"Changes"</dt>
            <dd><a href=format!("/admin/history?setting={}", setting.key)>"History"</a></dd>
        </dl>
    }
}

/// How many people a switch holds up who have not enrolled: so many of so many, and what they are.
fn held_up(key: &str, counts: &MemberCounts) -> Option<(i64, i64, &'static str, MemberSegment)> {
    if key == SettingKey::TWO_FACTOR_REQUIRE_ADMINS.as_str() {
        Some((counts.admins_not_enrolled, counts.admins, "admin", MemberSegment::AdminsNotEnrolled))
    } else if key == SettingKey::TWO_FACTOR_REQUIRE_EVERYONE.as_str() {
        Some((counts.members_not_enrolled, counts.members, "member", MemberSegment::NotEnrolled))
    } else {
        None
    }
}

fn enrolment(key: &str, counts: &MemberCounts) -> Option<AnyView> {
    held_up(key, counts).map(|(missing, all, who, list)| match missing {
        0 => view! { <span class="tag good">"All enrolled"</span> }.into_any(),
        missing => {
            let words = format!("{} of {} not enrolled", words::number(missing), words::count(all, who));
            view! { <a class="tag risk" href=page_of(list)>{words}</a> }.into_any()
        }
    })
}

/// How many are known to have a password that falls short, where there is one.
fn falling_short(counts: &MemberCounts) -> Option<impl IntoView + use<>> {
    let words = match counts.passwords_falling_short {
        0 => return None,
        1 => "1 password is known to fall short".to_owned(),
        more => format!("{} passwords are known to fall short", words::number(more)),
    };
    Some(view! { <span class="tag risk">{words}</span> })
}

/// What the allowlist would have done, while it is only watched.
fn watched(draft: Draft) -> Option<impl IntoView> {
    let stopped = draft.around(|around| around.would_have_stopped)?;
    let words = format!("Would have blocked {} in 7 days", words::count(stopped, "request"));
    Some(view! { <a href="/admin/audit?channel=network">{words}</a> })
}

/// What no limit is called, with the name of the setting for whoever does not see it beside.
pub fn never(control: Control) -> impl IntoView {
    let setting = control.setting;
    view! { {setting.zero.unwrap_or("No limit")} <span class="unseen">", " {setting.label}</span> }
}

/// The tags of a row and its default; the first is for the word by which a search finds it.
pub fn tags(draft: Draft, control: Control) -> impl IntoView {
    let setting = control.setting;
    let default = setting.default_in_words();
    view! {
        <span class="tag other" data-words=other_words(setting)></span>
        {(!setting.active).then(|| view! { <span class="tag wait">"not active yet"</span> })}
        {setting.deprecated.map(|_| view! { <span class="tag">"deprecated"</span> })}
        {setting.risk.map(|risk| view! { <span class="tag risk">{risk}</span> })}
        {draft.around(|around| enrolment(setting.key, &around.counts))}
        {(setting.key == SettingKey::PASSWORDS_POLICY.as_str()).then(|| draft.around(|around| falling_short(&around.counts)))}
        {(setting.name() == SettingKey::NETWORK_ADMIN_ALLOWLIST_MODE).then(|| watched(draft))}
        {(default.chars().count() <= SHORT).then(|| view! { <span>"Default " {default}</span> })}
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
                let words = match draft.around(|around| around.overridden.get(setting.key).copied().unwrap_or_default()) {
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
    let people = draft.around(|around| around.counts.promoted.join(", "));
    (!people.is_empty()).then(|| {
        let words = format!("Super-admins through this list: {people}. Whoever leaves the list keeps the role.");
        view! { <p class="soft promoted">{words}</p> }
    })
}
