//! Admin, members: who there is, what protects their accounts, and whether they take part.
use crate::{
    api::members::{MemberListView, MemberView, SecondFactor, load_members},
    components::{
        avatar::Avatar,
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use policy::{AccountStatus, MemberSegment};

lazy_page! {
    /// The page `/admin/members`.
    Members in admin: page
}

/// What is looked for: a text, and a segment.
type Asked = (String, MemberSegment);

fn asked() -> Memo<Asked> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let who = query.get("who").and_then(|who| who.parse().ok());
            let who = who.filter(|who: &MemberSegment| who.label().is_some()).unwrap_or_default();
            (query.get("holds").unwrap_or_default(), who)
        })
    })
}

fn page() -> impl IntoView {
    let asked = asked();
    let answer = ask(move || asked.get(), |(holds, who)| load_members(holds, who));
    let option = move |segment: &'static MemberSegment| {
        let label = segment.label()?;
        Some(
            view! { <option value=segment.name() selected=move || asked.with(|asked| asked.1 == *segment)>{label}</option> },
        )
    };
    view! {
        <MemberLayout
            about="Whoever is deactivated or banned is signed out at once, and learns why when they prove who they are."
        >
            <form method="get" action="/admin/members" class="find" role="search">
                <label class="unseen" for="holds">"Name or address"</label>
                <input
                    id="holds"
                    name="holds"
                    type="search"
                    value=move || asked.with(|asked| asked.0.clone())
                    placeholder="Name or address"
                    autocomplete="off"
                />
                <label class="unseen" for="who">"Who"</label>
                <select id="who" name="who">{MemberSegment::ALL.iter().map(option).collect_view()}</select>
                <button class="button">"Find"</button>
            </form>
            <Loaded answer show={move |found: MemberListView| view! { <MemberTable found asked=asked.get_untracked() /> }.into_any()} />
        </MemberLayout>
    }
}

/// Says that nobody was found.
const fn nobody(holds: bool, who: MemberSegment) -> &'static str {
    match (who, holds) {
        (MemberSegment::Everyone, _) => "Nobody has such a name or address.",
        (_, false) => "There is nobody of this kind.",
        (_, true) => "Nobody of this kind has such a name or address.",
    }
}

#[component]
fn MemberTable(found: MemberListView, asked: Asked) -> impl IntoView {
    let MemberListView { members, more } = found;
    let (holds, who) = asked;
    if members.is_empty() {
        return view! { <p class="card empty">{nobody(!holds.is_empty(), who)}</p> }.into_any();
    }
    let rows = members.into_iter().map(|member| view! { <Row member /> }).collect_view();
    view! {
        <div class="card">
            <table class="table">
                <caption class="unseen">"Members, by address"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Member"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Second factor"</th>
                        <th scope="col">"Last sign-in"</th>
                        <th scope="col"><span class="unseen">"What can be done"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="soft"><a href="/admin/sessions">"End everybody's sessions"</a></p>
        {more.then(|| view! { <p class="soft">"There are more. Look for a name or an address to find them."</p> })}
    }
    .into_any()
}

#[component]
fn Row(member: MemberView) -> impl IntoView {
    let factor = match member.second_factor {
        SecondFactor::On => view! { <span class="tag good">"On"</span> }.into_any(),
        SecondFactor::ByMail => view! { <span class="tag">"By e-mail only"</span> }.into_any(),
        SecondFactor::Off => view! { <span class="soft">"None"</span> }.into_any(),
    };
    let last = match member.last_sign_in_at {
        Some(at) => view! { <Time at /> }.into_any(),
        None => view! { <span class="soft">"Never"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><Avatar of=member.id.clone() />{member.name.clone()} <br /> <span class="soft">{member.email.clone()}</span></th>
            <td data-label="Role">{member.role.label()}</td>
            <td data-label="State"><div><State member=member.clone() /></div></td>
            <td data-label="Second factor"><div>{factor}</div></td>
            <td data-label="Last sign-in"><div>{last}</div></td>
            <td class="act"><Acts member /></td>
        </tr>
    }
}

#[component]
fn State(member: MemberView) -> impl IntoView {
    match (member.status, member.verified, member.locked_until) {
        (AccountStatus::Pending, ..) => view! { <span class="tag">"Not joined yet"</span> }.into_any(),
        (AccountStatus::Banned, ..) => view! { <span class="tag bad">"Banned"</span> }.into_any(),
        (AccountStatus::Inactive, ..) => view! { <span class="tag warn">"Inactive"</span> }.into_any(),
        (AccountStatus::Active, false, _) => view! { <span class="tag warn">"Address not confirmed"</span> }.into_any(),
        (AccountStatus::Active, true, Some(until)) => {
            view! { <span class="tag warn">"Locked"</span> " until " <Time at=until /> }.into_any()
        }
        (AccountStatus::Active, true, None) => view! { <span class="tag good">"Active"</span> }.into_any(),
    }
}

#[component]
fn Acts(member: MemberView) -> impl IntoView {
    let MemberView { id, email, status, may_change, .. } = member;
    if status == AccountStatus::Pending {
        return view! { <a class="button small" href="/admin/invitations">"Invitations"</a> }.into_any();
    }
    if !may_change {
        return ().into_any();
    }
    let (data, shown) = (format!("/admin/members/{id}/data"), email.clone());
    let asked = use_query_map().with_untracked(|query| ["holds", "who"].map(|name| Some((name, query.get(name)?))));
    let act = move |name: &str, words: &'static str| {
        view! {
            <form method="post" action=format!("/admin/members/{id}/{name}")>
                <PageId />
                {asked.clone().map(|asked| asked.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })).collect_view()}
                <button class="button small">{words} <span class="unseen">" " {email.clone()}</span></button>
            </form>
        }
    };
    let reset = (status == AccountStatus::Active).then(|| act("reset", "Send a password reset"));
    let has_factor = member.second_factor != SecondFactor::Off;
    let factors = has_factor.then(|| act("reset-two-factor", "Remove the second factors"));
    let change = match status {
        AccountStatus::Active => {
            view! { {act("end-sessions", "End all sessions")} {act("deactivate", "Deactivate")} {act("ban", "Ban")} }
                .into_any()
        }
        AccountStatus::Pending => ().into_any(),
        AccountStatus::Inactive | AccountStatus::Banned => act("activate", "Activate").into_any(),
    };
    view! {
        <details class="menu">
            <summary class="button small">"Change" <span class="unseen">" " {member.name}</span></summary>
            <div class="sheet">
                {reset} {factors} {change}
                <a class="button small" href=data>"Data, erase" <span class="unseen">" " {shown}</span></a>
            </div>
        </details>
    }
    .into_any()
}
