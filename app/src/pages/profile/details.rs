//! My profile, details.
use crate::{layout::member_layout::MemberLayout, page::page_context::page_context};
use leptos::prelude::*;

lazy_page! {
    /// The page `/profile`.
    Details in profile: page
}

fn page() -> impl IntoView {
    let facts = page_context().viewer.map(|viewer| {
        view! {
            <dl class="card facts">
                <dt>"Name"</dt>
                <dd>{viewer.name}</dd>
                <dt>"Email"</dt>
                <dd>{viewer.email}</dd>
                <dt>"Role"</dt>
                <dd>{viewer.role.label()}</dd>
            </dl>
        }
    });
    view! {
        <MemberLayout>
            {facts}
        </MemberLayout>
    }
}
