//! Admin, members: who there is, what protects their accounts, and whether they take part.
use crate::{
    api::members::{MemberView, RollView, SecondFactor, load_members},
    components::{
        frame::Frame,
        header::Place,
        loaded::{Loaded, ask},
        time::Time,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use policy::Standing;

lazy_page! {
    /// The page `/admin/members`.
    Members in admin: page
}

fn page() -> impl IntoView {
    let query = use_query_map();
    let holds = Memo::new(move |_| query.with(|query| query.get("holds").unwrap_or_default()));
    let answer = ask(move || holds.get(), load_members);
    view! {
        <Frame
            title="Members"
            about="Whoever is deactivated or banned is signed out at once, and learns why when they prove who they are."
            here=Place::Members
        >
            <form method="get" action="/admin/members" class="find" role="search">
                <label class="unseen" for="holds">"Name or address"</label>
                <input id="holds" name="holds" type="search" value=holds placeholder="Name or address" autocomplete="off" />
                <button class="button">"Find"</button>
            </form>
            <Loaded answer show={|found: RollView| view! { <Roll found /> }.into_any()} />
        </Frame>
    }
}

#[component]
fn Roll(found: RollView) -> impl IntoView {
    let RollView { members, more } = found;
    if members.is_empty() {
        return view! { <p class="card empty">"Nobody has such a name or address."</p> }.into_any();
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
            <th scope="row">{member.name.clone()} <br /> <span class="soft">{member.email.clone()}</span></th>
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
    match (member.standing, member.verified, member.locked_until) {
        (Standing::Banned, ..) => view! { <span class="tag bad">"Banned"</span> }.into_any(),
        (Standing::Inactive, ..) => view! { <span class="tag warn">"Inactive"</span> }.into_any(),
        (Standing::Active, false, _) => view! { <span class="tag warn">"Address not confirmed"</span> }.into_any(),
        (Standing::Active, true, Some(until)) => {
            view! { <span class="tag warn">"Locked"</span> " until " <Time at=until /> }.into_any()
        }
        (Standing::Active, true, None) => view! { <span class="tag good">"Active"</span> }.into_any(),
    }
}

#[component]
fn Acts(member: MemberView) -> impl IntoView {
    let MemberView { id, email, standing, may_change, .. } = member;
    let holds = use_query_map().with_untracked(|query| query.get("holds"));
    let act = move |name: &str, words: &'static str| {
        view! {
            <form method="post" action=format!("/admin/members/{id}/{name}")>
                {holds.clone().map(|holds| view! { <input type="hidden" name="holds" value=holds /> })}
                <button class="button small">{words} <span class="unseen">" " {email.clone()}</span></button>
            </form>
        }
    };
    let reset = (standing == Standing::Active).then(|| act("reset", "Send a password reset"));
    let has_factor = member.second_factor != SecondFactor::Off;
    let factors = (may_change && has_factor).then(|| act("reset-two-factor", "Remove the second factors"));
    let change = may_change.then(|| match standing {
        Standing::Active => {
            view! { {act("end-sessions", "End all sessions")} {act("deactivate", "Deactivate")} {act("ban", "Ban")} }
                .into_any()
        }
        Standing::Inactive | Standing::Banned => act("activate", "Activate").into_any(),
    });
    view! {
        <details class="menu">
            <summary class="button small">"Change" <span class="unseen">" " {member.name}</span></summary>
            <div class="sheet">{reset} {factors} {change}</div>
        </details>
    }
}
