//! Admin, overview: how well the workspace is protected.
use crate::{
    api::{
        members::page_of,
        settings::{Coverage, PostureView, UnreadableView, load_posture},
    },
    components::{
        frame::Frame,
        header::Place,
        loaded::{Loaded, ask},
        time::Time,
    },
};
use leptos::prelude::*;
use policy::{MemberSegment, SettingKey};

lazy_page! {
    /// The page `/admin`.
    Overview in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_posture());
    view! {
        <Frame title="Overview" about="How well this workspace is protected." here=Place::Overview>
            <Loaded answer show={|found: PostureView| view! { <Posture found /> }.into_any()} />
        </Frame>
    }
}

/// Names the settings that don't hold what was saved, since nobody would notice otherwise.
#[component]
fn Unreadable(found: Vec<UnreadableView>) -> impl IntoView {
    let settings = found
        .into_iter()
        .map(|UnreadableView { key, label, holds }| {
            view! { <li><a href=format!("/admin/settings#{key}") rel="external">{label}</a> ": " {holds}</li> }
        })
        .collect_view();
    view! {
        <div class="summary" role="alert">
            <p>
                "What is stored for these settings can't be read: it was changed outside of Bailey, or is damaged. This holds instead:"
            </p>
            <ul>{settings}</ul>
            <p>"Set each to what it should be and save; every save writes all settings anew."</p>
        </div>
    }
}

#[component]
fn Share(
    title: &'static str,
    enrolled: u32,
    of: u32,
    key: SettingKey,
    required: bool,
    missing: MemberSegment,
) -> impl IntoView {
    view! {
        <li class="card way">
            <h2>{title}</h2>
            <p class="figure">{enrolled} <span class="soft">" of " {of}</span></p>
            <progress max=of value=enrolled aria-label=title></progress>
            <p class="soft">
                {if required { "Required. " } else { "Not required. " }}
                <a href=format!("/admin/settings#{}", key.as_str()) rel="external">"Change"</a>
            </p>
            {(enrolled < of).then(|| view! { <p class="soft"><a href=page_of(missing)>"Who is missing"</a></p> })}
        </li>
    }
}

#[component]
fn Posture(found: PostureView) -> impl IntoView {
    let Coverage { admins, admins_enrolled, members, members_enrolled, .. } = found.coverage;
    let saved = match found.saved {
        Some((at, by)) => view! {
            <p class="soft">"Settings last saved " <Time at /> " by " {by} " (revision " {found.revision} "). " <a href="/admin/audit?channel=settings">"See what changed"</a></p>
        }
        .into_any(),
        _ => view! { <p class="soft">"The settings are as they came. " <a href="/admin/settings">"Look at them"</a></p> }.into_any(),
    };
    view! {
        {(!found.unreadable.is_empty()).then(|| view! { <Unreadable found=found.unreadable /> })}
        <ul class="ways">
            <Share
                title="Admins with a second factor"
                enrolled=admins_enrolled
                of=admins
                key=SettingKey::TWO_FACTOR_REQUIRE_ADMINS
                required=found.admins_required
                missing=MemberSegment::AdminsNotEnrolled
            />
            <Share
                title="Members with a second factor"
                enrolled=members_enrolled
                of=members
                key=SettingKey::TWO_FACTOR_REQUIRE_EVERYONE
                required=found.everyone_required
                missing=MemberSegment::NotEnrolled
            />
        </ul>
        {saved}
    }
}
