//! Formatted text as elements.
use leptos::prelude::*;
use policy::markup::Markup;

/// Shows the parts of a formatted text.
pub fn elements(parts: Vec<Markup>) -> Vec<AnyView> {
    parts.into_iter().map(element).collect()
}

fn element(part: Markup) -> AnyView {
    match part {
        Markup::Text(text) => text.into_any(),
        Markup::Code(text) => view! { <code>{text}</code> }.into_any(),
        Markup::LineBreak => view! { <br /> }.into_any(),
        Markup::Paragraph(content) => view! { <p>{elements(content)}</p> }.into_any(),
        Markup::Strong(content) => view! { <strong>{elements(content)}</strong> }.into_any(),
        Markup::Emphasis(content) => view! { <em>{elements(content)}</em> }.into_any(),
        Markup::List(content) => view! { <ul>{elements(content)}</ul> }.into_any(),
        Markup::NumberedList(content) => view! { <ol>{elements(content)}</ol> }.into_any(),
        Markup::Item(content) => view! { <li>{elements(content)}</li> }.into_any(),
        Markup::Link { to, content } => {
            view! { <a href=to rel="noopener noreferrer nofollow external">{elements(content)}</a> }.into_any()
        }
    }
}
