//! My profile, details.
use crate::components::{arrival::arrival, frame::Frame, tabs::Tabs};
use leptos::prelude::*;

lazy_page! {
    /// The page `/profile`.
    Details in profile: page
}

fn page() -> impl IntoView {
    let facts = arrival().viewer.map(|viewer| {
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
        <Frame>
            <Tabs />
            {facts}
        </Frame>
    }
}
