//! Admin, members: who there is, what protects their accounts, and whether they take part. Plain forms.
pub mod actions;
pub mod one;
mod search;
pub mod several;

use crate::{
    api::members::{AskedMembers, MemberListView, MemberView, SecondFactor, load_members},
    components::{
        avatar::Avatar,
        loaded::{Loaded, ask},
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use policy::{AccountStatus, MemberSegment, decide::several::ActOnMembers};
use search::Search;

lazy_page! {
    /// The page `/admin/members`.
    Members in admin: page
}

/// The form that everybody who is chosen belongs to: their boxes stand in the list, outside of it.
const CHOICE: &str = "choice";

fn page() -> impl IntoView {
    let query = use_query_map();
    let query = Memo::new(move |_| query.with(ParamsMap::to_query_string));
    let answer = ask(move || query.get(), load_members);
    view! {
        <MemberLayout
            about="Whoever is deactivated or banned is signed out at once, and learns why when they prove who they are."
        >
            <Loaded answer show={|found: MemberListView| view! { <List found /> }.into_any()} />
        </MemberLayout>
    }
}

/// Says that nobody was found.
const fn nobody(asked: &AskedMembers) -> &'static str {
    match (asked.who, asked.holds.is_empty()) {
        (MemberSegment::Everyone, false) => "Nobody has such a name or address.",
        (_, true) => "There is nobody of this kind.",
        (_, false) => "Nobody of this kind has such a name or address.",
    }
}

#[component]
fn List(found: MemberListView) -> impl IntoView {
    let MemberListView { members, asked, problems, communities, count, before, after } = found;
    let problems =
        problems.into_iter().map(|words| view! { <p class="notice warn" role="status">{words}</p> }).collect_view();
    let kept = asked.fields();
    let content = if members.is_empty() {
        view! { <p class="card empty">{nobody(&asked)}</p> }.into_any()
    } else {
        view! { <MemberTable members kept=kept.clone() /> <Choice kept /> }.into_any()
    };
    view! {
        <Search asked communities />
        {problems}
        {count.map(|count| view! { <p class="soft" id="count">{count}</p> })}
        {content}
        <nav class="acts" aria-label="Pages of the list">
            {before.map(|href| view! { <a class="button small" href=href rel="prev">"Previous page"</a> })}
            {after.map(|href| view! { <a class="button small" href=href rel="next">"Next page"</a> })}
        </nav>
    }
}

/// What was asked for, as fields of a form.
fn hidden(kept: &[(&'static str, String)]) -> impl IntoView + use<> {
    kept.iter().map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone() /> }).collect_view()
}

/// What can be done to whoever is chosen, and to whoever is looked for.
#[component]
fn Choice(kept: Vec<(&'static str, String)>) -> impl IntoView {
    let acts =
        ActOnMembers::ALL.iter().map(|act| view! { <option value=act.name()>{act.label()}</option> }).collect_view();
    view! {
        <section class="card part" aria-labelledby="several">
            <h2 id="several">"Several members at once"</h2>
            <p class="soft">"Tick members in the list. The next page says what would be done to whom, and does nothing yet."</p>
            <form method="get" action="/admin/members/several" id=CHOICE class="inline">
                {hidden(&kept)}
                <label for="act">"What to do"</label>
                <select id="act" name="act">{acts}</select>
                <button class="button">"Preview for those ticked"</button>
                <button class="button" name="all" value="yes">"Preview for all who match"</button>
            </form>
        </section>
    }
}

#[component]
fn MemberTable(members: Vec<MemberView>, kept: Vec<(&'static str, String)>) -> impl IntoView {
    let rows = members.into_iter().map(|member| view! { <Row member kept=kept.clone() /> }).collect_view();
    view! {
        <div class="card">
            <table class="table">
                <caption class="unseen">"Members"</caption>
                <thead>
                    <tr>
                        <th scope="col"><span class="unseen">"Chosen"</span></th>
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
    }
}

#[component]
fn Row(member: MemberView, kept: Vec<(&'static str, String)>) -> impl IntoView {
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
            <td class="choose">
                <input
                    type="checkbox"
                    name="m"
                    value=member.id.clone()
                    form=CHOICE
                    aria-label=format!("Choose {}", member.email)
                />
            </td>
            <th scope="row">
                <Avatar of=member.id.clone() />
                <a href=format!("/admin/members/{}", member.id)>{member.name.clone()}</a>
                <br />
                <span class="soft">{member.email.clone()}</span>
            </th>
            <td data-label="Role">{member.role.label()}</td>
            <td data-label="State"><div><State member=member.clone() /></div></td>
            <td data-label="Second factor"><div>{factor}</div></td>
            <td data-label="Last sign-in"><div>{last}</div></td>
            <td class="act"><Acts member kept /></td>
        </tr>
    }
}

/// Whether somebody takes part, or why not.
#[component]
pub fn State(member: MemberView) -> impl IntoView {
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
fn Acts(member: MemberView, kept: Vec<(&'static str, String)>) -> impl IntoView {
    if member.status == AccountStatus::Pending {
        return view! { <a class="button small" href="/admin/invitations">"Invitations"</a> }.into_any();
    }
    if !member.may_change {
        return ().into_any();
    }
    let name = member.name.clone();
    view! {
        <details class="menu">
            <summary class="button small">"Change" <span class="unseen">" " {name}</span></summary>
            <div class="sheet"><actions::Actions member kept /></div>
        </details>
    }
    .into_any()
}
