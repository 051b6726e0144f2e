//! Admin, overview: how well the workspace is protected.
use crate::{
    api::{
        first_steps::FirstStepView,
        members::page_of,
        settings::{PostureView, UnreadableView, load_posture},
    },
    components::{
        first_steps::{FirstSteps, offered},
        loaded::{Loaded, ask},
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use policy::{MemberCounts, MemberSegment, SettingKey, setting_link, words};

lazy_page! {
    /// The page `/admin`.
    Overview in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_posture());
    view! {
        <MemberLayout about="How well this workspace is protected.">
            <Loaded answer show={|found: PostureView| view! { <Posture found /> }.into_any()} />
        </MemberLayout>
    }
}

/// Names the settings that don't hold what was saved, since nobody would notice otherwise.
#[component]
fn Unreadable(found: Vec<UnreadableView>) -> impl IntoView {
    let settings = found
        .into_iter()
        .map(|UnreadableView { key, label, holds }| {
            view! { <li><a href=setting_link::to(&key)>{label}</a> ": " {holds}</li> }
        })
        .collect_view();
    view! {
        <div class="summary" role="alert">
            <p>
                "What is stored for these settings can't be read: it was changed outside of Bailey, is damaged, or was stored by a version that read it otherwise. What held before, or else what is safe, holds instead:"
            </p>
            <ul>{settings}</ul>
            <p>"Nothing is saved before each of them is given a value."</p>
        </div>
    }
}

/// Shows the first steps that are left undone, where there are any.
#[component]
fn Undone(steps: Vec<FirstStepView>) -> impl IntoView {
    let steps = offered(steps);
    (!steps.is_empty()).then(|| {
        view! {
            <section class="card part first-run" aria-labelledby="undone">
                <h2 id="undone">"Left to set up"</h2>
                <FirstSteps steps />
            </section>
        }
    })
}

#[component]
fn Share(
    title: &'static str,
    counts: MemberCounts,
    of: MemberSegment,
    missing: MemberSegment,
    key: SettingKey,
    required: bool,
) -> impl IntoView {
    let (of, lacking) = (counts.of(of), counts.of(missing));
    let enrolled = of - lacking;
    view! {
        <li class="card way">
            <h2>{title}</h2>
            <p class="figure">{enrolled} <span class="soft">" of " {of}</span></p>
            <progress max=of value=enrolled aria-label=title></progress>
            <p class="soft">
                {if required { "Required. " } else { "Not required. " }}
                <a href=setting_link::to(key.as_str())>"Change"</a>
            </p>
            {(lacking > 0).then(|| view! { <p class="soft"><a href=page_of(missing)>"Who is missing"</a></p> })}
        </li>
    }
}

#[component]
fn Posture(found: PostureView) -> impl IntoView {
    let saved = match found.saved {
        Some((at, by)) => view! {
            <p class="soft">"Settings last saved " <Time at /> " by " {by} " (revision " {found.revision} "). " <a href="/admin/audit?channel=settings">"See what changed"</a></p>
        }
        .into_any(),
        _ => view! { <p class="soft">"The settings are as they came. " <a href="/admin/settings">"Look at them"</a></p> }.into_any(),
    };
    view! {
        {(!found.unreadable.is_empty()).then(|| view! { <Unreadable found=found.unreadable /> })}
        {found
            .forwarding_ignored
            .then(|| {
                view! {
                    <p class="notice warn" role="status">
                        "Headers of a proxy came that Bailey was not told to trust. Where one stands before it, everybody behind counts as one network address, for the allowlist and for pauses after failed sign-ins: name it by trusted_proxies or proxy_hops in the configuration."
                    </p>
                }
            })}
        {found
            .mail_failing
            .map(|(count, problem)| {
                view! {
                    <p class="notice warn" role="status">
                        "Mail is failing: " {words::count(count, "mail")} " could not be handed over. " {problem} " "
                        <a href="/admin/mail">"Look at the mail"</a>
                    </p>
                }
            })}
        {(found.breach_outages > 0)
            .then(|| {
                view! {
                    <p class="notice warn" role="status">
                        "Within the last day the service that is asked for breached passwords did not answer, so that new ones were held against the built-in list alone. "
                        <a href="/admin/audit?channel=password">"See why"</a> " or "
                        <a href=setting_link::to(SettingKey::PASSWORDS_BREACH_URL.as_str())>"change the service"</a> "."
                    </p>
                }
            })}
        <Undone steps=found.first_steps />
        <ul class="ways">
            <Share
                title="Admins with a second factor"
                counts=found.counts.clone()
                of=MemberSegment::Admins
                missing=MemberSegment::AdminsNotEnrolled
                key=SettingKey::TWO_FACTOR_REQUIRE_ADMINS
                required=found.admins_required
            />
            <Share
                title="Members with a second factor"
                counts=found.counts
                of=MemberSegment::Active
                missing=MemberSegment::NotEnrolled
                key=SettingKey::TWO_FACTOR_REQUIRE_EVERYONE
                required=found.everyone_required
            />
        </ul>
        {saved}
    }
}
