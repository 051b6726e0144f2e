//! What is new in one's communities, on the start page.
use crate::{api::ideas::IdeaView, components::time::Time};
use leptos::prelude::*;

/// Shows the latest ideas, or why there are none.
#[component]
pub fn NewIdeas(
    /// The latest, without what they say.
    ideas: Vec<IdeaView>,
    /// Whether whoever looks belongs to a community.
    in_community: bool,
) -> impl IntoView {
    let content = match (ideas.is_empty(), in_community) {
        (false, _) => {
            let lines = ideas.into_iter().map(|idea| view! { <Line idea /> }).collect_view();
            view! {
                <ul class="rows">{lines}</ul>
                <p><a href="/ideas">"All ideas"</a></p>
            }
            .into_any()
        }
        (true, true) => view! {
            <p class="soft">"Nobody in your communities has posted an idea yet."</p>
            <p><a class="button" href="/ideas">"Post the first one"</a></p>
        }
        .into_any(),
        (true, false) => view! {
            <p class="soft">"You belong to no community yet. An admin adds you to one; then you see here what is new in it."</p>
        }
        .into_any(),
    };
    view! {
        <section class="card part" aria-labelledby="new">
            <h2 id="new">"New in your communities"</h2>
            {content}
        </section>
    }
}

#[component]
fn Line(idea: IdeaView) -> impl IntoView {
    view! {
        <li>
            <div>
                <a href=format!("/ideas/{}", idea.id)><strong>{idea.title}</strong></a>
                <p class="soft">{idea.author} " in " {idea.community} ", " <Time at=idea.posted_at /></p>
            </div>
        </li>
    }
}
