//! A community, for those who belong to it; for those who moderate it also whoever waits to be let in.
use crate::{
    api::{
        community::{CommunityHomeView, load_community},
        invitations::WaitingView,
    },
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use policy::words;

lazy_page! {
    /// The page `/c/{id}`.
    Community in profile: page
}

fn page() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = ask(move || id.get(), load_community);
    view! {
        <MemberLayout>
            <Loaded answer show={|found: CommunityHomeView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Shown(found: CommunityHomeView) -> impl IntoView {
    let CommunityHomeView { community, moderators, belongs, moderates, waiting } = found;
    let id = community.id;
    let moderated_by = if moderators.is_empty() {
        "The moderators of the workspace decide what belongs here.".to_owned()
    } else {
        format!("Moderated by {}.", moderators.join(", "))
    };
    let rows = waiting.into_iter().map(|asked| view! { <Row id=id.clone() asked /> }).collect::<Vec<_>>();
    let waits = (!rows.is_empty()).then(|| {
        view! {
            <section class="card part" aria-labelledby="waiting">
                <h2 id="waiting">"Waiting for approval"</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    });
    view! {
        <section class="card part" aria-labelledby="about">
            <h2 id="about">{community.name}</h2>
            <p class="prose">{community.description}</p>
            <p class="soft">{words::count(community.members, "member")} ". " {moderated_by}</p>
            {(moderates && !belongs).then(|| view! { <p class="soft">"You may moderate it, and don’t belong to it."</p> })}
            {belongs.then(|| view! { <p><a class="button" href=format!("/ideas?community={id}")>"Its ideas"</a></p> })}
        </section>
        {waits}
    }
}

#[component]
fn Row(id: String, asked: WaitingView) -> impl IntoView {
    let WaitingView { id: who, name, email, asked_at } = asked;
    let act = |path: &str, words: &'static str| {
        view! {
            <form method="post" action=format!("/c/{id}/{path}")>
                <PageId />
                <input type="hidden" name="member" value=who.clone() />
                <button class="button small">{words} <span class="unseen">" " {email.clone()}</span></button>
            </form>
        }
    };
    let acts = view! { <div class="acts">{act("approve", "Approve")} {act("reject", "Reject")}</div> };
    view! {
        <li>
            <p>
                <strong>{name}</strong> " " <span class="soft">{email.clone()}</span> <br />
                <span class="soft">"Asked " <Time at=asked_at /></span>
            </p>
            {acts}
        </li>
    }
}
