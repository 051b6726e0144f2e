//! One act on several members: what it would do to whom, and afterwards what became of each.
use crate::{
    api::members::several::{OneOfSeveral, SeveralView, preview_several},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use policy::{
    decide::several::{ActOnMembers, MOST},
    words,
};
use serde::Deserialize;

lazy_page! {
    /// The page `/admin/members/several`.
    Several in admin: page
}

/// What became of each, as the form came back.
#[derive(Clone, Deserialize)]
struct Done {
    act: ActOnMembers,
    each: Vec<OneOfSeveral>,
    list: String,
}

fn page() -> impl IntoView {
    if let Some(done) = page_context().form::<Done>("SeveralDone") {
        return view! { <MemberLayout><Report done /></MemberLayout> }.into_any();
    }
    let query = use_query_map();
    let query = Memo::new(move |_| query.with(ParamsMap::to_query_string));
    let answer = ask(move || query.get(), preview_several);
    view! {
        <MemberLayout about="Nothing is done before you press the button at the end.">
            <Loaded answer show={|found: SeveralView| view! { <Preview found /> }.into_any()} />
        </MemberLayout>
    }
    .into_any()
}

/// So many of them, in words.
fn members(people: &[OneOfSeveral]) -> String {
    count(people.len())
}

fn count(n: usize) -> String {
    words::count(i64::try_from(n).unwrap_or(i64::MAX), "member")
}

#[component]
fn People(people: Vec<OneOfSeveral>, caption: &'static str) -> impl IntoView {
    let with_why = people.iter().any(|one| one.why_not.is_some());
    let rows = people
        .into_iter()
        .map(|one| {
            let OneOfSeveral { id, name, email, why_not } = one;
            let who = if name.is_empty() && email.is_empty() { "Nobody".to_owned() } else { name };
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/admin/members/{id}")>{who}</a> <br /> <span class="soft">{email}</span>
                    </th>
                    {with_why.then(|| view! { <td data-label="Why not">{why_not}</td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="card">
            <table class="table">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Member"</th>
                        {with_why.then(|| view! { <th scope="col">"Why not"</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Preview(found: SeveralView) -> impl IntoView {
    let SeveralView { act, reached, left_out, beyond, list, asked } = found;
    let back = view! { <p><a href=list>"Back to the list"</a></p> };
    let Some(act) = act else {
        return view! { {back} <p class="card empty">"Choose what to do, on the list of members."</p> }.into_any();
    };
    if reached.is_empty() && left_out.is_empty() {
        return view! { {back} <p class="card empty">"Nobody is chosen. Tick members in the list first."</p> }
            .into_any();
    }
    let ids: Vec<_> = reached.iter().map(|one| one.id.clone()).collect();
    let nobody = ids.is_empty();
    view! {
        {back}
        {beyond
            .then(|| {
                view! {
                    <p class="notice warn" role="status">
                        "There are more than one act reaches. These are the first " {count(MOST)} "; do it again for the others."
                    </p>
                }
            })}
        <section class="card part" aria-labelledby="reached">
            <h2 id="reached">{act.label()} ": " {members(&reached)}</h2>
            <p class="soft">{act.does()}</p>
            {(!nobody).then(|| view! { <People people=reached caption="To whom it is done" /> })}
        </section>
        {(!left_out.is_empty())
            .then(|| {
                view! {
                    <section class="card part" aria-labelledby="left-out">
                        <h2 id="left-out">"Left out: " {members(&left_out)}</h2>
                        <People people=left_out caption="To whom it is not done" />
                    </section>
                }
            })}
        {(!nobody)
            .then(|| {
                view! {
                    <form method="post" action="/admin/members/several">
                        <PageId />
                        <input type="hidden" name="act" value=act.name() />
                        <input type="hidden" name="members" value=ids.join(" ") />
                        <input type="hidden" name="asked" value=asked />
                        <button class="button main">{act.label()} " for " {count(ids.len())}</button>
                    </form>
                }
            })}
    }
    .into_any()
}

#[component]
fn Report(done: Done) -> impl IntoView {
    let Done { act, each, list } = done;
    let (reached, left_out): (Vec<_>, Vec<_>) = each.into_iter().partition(|one| one.why_not.is_none());
    view! {
        <p><a href=list>"Back to the list"</a></p>
        <section class="card part" aria-labelledby="done">
            <h2 id="done">{act.label()} ": done for " {members(&reached)}</h2>
            {(!reached.is_empty()).then(|| view! { <People people=reached caption="To whom it was done" /> })}
        </section>
        {(!left_out.is_empty())
            .then(|| {
                view! {
                    <section class="card part" aria-labelledby="not-done">
                        <h2 id="not-done">"Not done for " {members(&left_out)}</h2>
                        <People people=left_out caption="To whom it was not done" />
                    </section>
                }
            })}
    }
}
