//! Who is looked for on the list of members: a form that asks for the page anew.
use crate::api::members::AskedMembers;
use leptos::prelude::*;
use policy::{AccountStatus, MemberOrder, MemberSegment, Role};

/// A choice among names and labels.
fn choice(
    id: &'static str,
    label: &'static str,
    chosen: &str,
    options: Vec<(String, String)>,
) -> impl IntoView + use<> {
    let chosen = chosen.to_owned();
    let options = options
        .into_iter()
        .map(|(value, words)| view! { <option selected=value == chosen value=value>{words}</option> })
        .collect_view();
    view! {
        <label class="unseen" for=id>{label}</label>
        <select id=id name=id>{options}</select>
    }
}

const fn status(status: AccountStatus) -> &'static str {
    match status {
        AccountStatus::Pending => "Not joined yet",
        AccountStatus::Active => "Active",
        AccountStatus::Inactive => "Inactive",
        AccountStatus::Banned => "Banned",
    }
}

/// The form with what was asked for.
#[component]
pub fn Search(asked: AskedMembers, communities: Vec<(String, String)>) -> impl IntoView {
    let any = |words: &str| Some((String::new(), words.to_owned())).into_iter();
    let who =
        MemberSegment::ALL.iter().filter_map(|segment| Some((segment.name().to_owned(), segment.label()?.to_owned())));
    let roles = Role::ALL.iter().map(|role| (role.name().to_owned(), role.label().to_owned()));
    let all = [AccountStatus::Active, AccountStatus::Pending, AccountStatus::Inactive, AccountStatus::Banned];
    let states = all.map(|one| (one.name().to_owned(), status(one).to_owned()));
    let orders = MemberOrder::ALL.iter().map(|order| (order.name().to_owned(), order.label().to_owned()));
    let with_communities = !communities.is_empty();
    view! {
        <form method="get" action="/admin/members" class="find" role="search">
            <label class="unseen" for="holds">"Name or address"</label>
            <input
                id="holds"
                name="holds"
                type="search"
                value=asked.holds
                placeholder="Name or address"
                autocomplete="off"
            />
            {choice("who", "Who", asked.who.name(), who.collect())}
            {choice("role", "Role", asked.role.map_or("", Role::name), any("Any role").chain(roles).collect())}
            {choice("status", "State", asked.status.map_or("", AccountStatus::name), any("Any state").chain(states).collect())}
            {with_communities
                .then(|| choice("community", "Community", &asked.community, any("Any community").chain(communities).collect()))}
            {choice("order", "Order", asked.order.name(), orders.collect())}
            <button class="button">"Find"</button>
        </form>
    }
}
