//! The communities of whoever looks, on the start page.
use leptos::prelude::*;

/// Shows them, each a link; nothing where there are none.
#[component]
pub fn Communities(communities: Vec<(String, String)>) -> impl IntoView {
    let some = !communities.is_empty();
    let rows = communities
        .into_iter()
        .map(|(id, name)| view! { <li><a href=format!("/c/{id}")>{name}</a></li> })
        .collect::<Vec<_>>();
    some.then(|| {
        view! {
            <section class="card part" aria-labelledby="communities">
                <h2 id="communities">"Your communities"</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}
