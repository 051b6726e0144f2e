//! My profile, details.
use crate::components::{
    arrival::arrival,
    frame::Frame,
    header::Place,
    tabs::{Tab, Tabs},
};
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
        <Frame title="My profile" here=Place::Profile>
            <Tabs here=Tab::Details />
            {facts}
        </Frame>
    }
}
