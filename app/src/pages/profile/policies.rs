//! My profile, policies: what applies to whoever looks, in words.
use crate::{
    api::policies::{PoliciesView, PolicySection, PolicyView, load_policies},
    components::{
        loaded::{Loaded, ask},
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;

lazy_page! {
    /// The page `/profile/policies`.
    Policies in profile: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_policies());
    view! {
        <MemberLayout about="The rules of this workspace for your account. Admins set them; you can't change them here.">
            <Loaded answer show={|found: PoliciesView| view! { <Sections found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Sections(found: PoliciesView) -> impl IntoView {
    let sections = found.sections.into_iter().map(|section| view! { <Section section /> }).collect_view();
    view! {
        {sections}
        <p class="soft">
            {match found.changed_at {
                Some(at) => view! { "The workspace's policy was last changed " <Time at /> "." }.into_any(),
                None => "Nobody has changed the defaults that Bailey comes with.".into_any(),
            }}
        </p>
    }
}

#[component]
fn Section(section: PolicySection) -> impl IntoView {
    let PolicySection { title, policies } = section;
    let rows = policies
        .into_iter()
        .map(|PolicyView { label, help, value, source }| {
            view! {
                <div class="policy">
                    <dt>{label} " " <span class="soft">{help}</span></dt>
                    <dd><strong>{value}</strong> " " <span class="soft">{source}</span></dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card part">
            <h2>{title}</h2>
            <dl class="policies">{rows}</dl>
        </section>
    }
}
