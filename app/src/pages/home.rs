//! The start page: what is asked of whoever looks, and what is new for them.
mod first_run;
mod ideas;
mod waiting;

use crate::{
    api::home::{HomeView, load_home},
    components::loaded::{Loaded, ask},
    layout::member_layout::MemberLayout,
};
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
            <NewIdeas ideas=found.ideas in_community=found.in_community />
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
