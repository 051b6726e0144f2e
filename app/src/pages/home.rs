//! The start page: what is asked of whoever looks, and what is new for them.
mod communities;
mod first_run;
mod ideas;
mod waiting;

use crate::{
    api::home::{HomeView, load_home},
    components::loaded::{Loaded, ask},
    layout::member_layout::MemberLayout,
};
use communities::Communities;
use first_run::FirstRunCard;
use ideas::NewIdeas;
use leptos::prelude::*;
use waiting::WaitingCard;

lazy_page! {
    /// The page `/`.
    Home in profile: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_home());
    let show = |found: HomeView| {
        view! {
            <FirstRunCard steps=found.first_steps />
            <NewIdeas ideas=found.ideas in_community={!found.communities.is_empty()} />
            <Communities communities=found.communities />
        }
        .into_any()
    };
    view! {
        <MemberLayout>
            <div class="home">
                <div class="home-side"><WaitingCard /></div>
                <div class="home-main"><Loaded answer show /></div>
            </div>
        </MemberLayout>
    }
}
