//! The start page.
use crate::{layout::member_layout::MemberLayout, page::page_context::page_context};
use leptos::prelude::*;

lazy_page! {
    /// The page `/`.
    Home in profile: page
}

#[component]
fn Way(href: &'static str, title: &'static str, about: &'static str) -> impl IntoView {
    view! {
        <li class="card way">
            <h2><a href=href>{title}</a></h2>
            <p class="soft">{about}</p>
        </li>
    }
}

fn page() -> impl IntoView {
    let viewer = page_context().viewer;
    let admin = viewer.as_ref().is_some_and(|viewer| viewer.role.reaches_admin());
    let name = viewer.map(|viewer| viewer.name).unwrap_or_default();
    view! {
        <MemberLayout>
            <p class="soft">"You are signed in as " <strong>{name}</strong> "."</p>
            <ul class="ways">
                <Way href="/ideas" title="Ideas" about="What people in your communities have thought of." />
                <Way href="/profile/two-factor" title="Two-factor authentication" about="Your authenticator app, passkeys and recovery codes." />
                <Way href="/profile/sessions" title="Sessions" about="Where you are signed in; end any of it." />
                {admin
                    .then(|| {
                        view! {
                            <Way href="/admin/settings" title="Security settings" about="The rules of this workspace. What you save holds from the next request." />
                            <Way href="/admin/audit" title="Audit log" about="Who did what, and when." />
                        }
                    })}
            </ul>
        </MemberLayout>
    }
}
