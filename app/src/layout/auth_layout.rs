//! Authentication pages: one calm card in the middle.
use crate::{
    components::markup::elements,
    layout::{footer::Footer, heading::Heading, title::Title, workspace_mark::workspace_mark},
    page::{current_page::current_page, notices::Notices, page_context::page_context},
};
use leptos::prelude::*;

/// Shows one card in the middle of the page, under the name of the workspace.
#[component]
pub fn AuthLayout(
    /// The heading, where it is not that of the page's row.
    #[prop(optional, into)]
    title: Option<String>,
    children: Children,
) -> impl IntoView {
    let title = title.or_else(|| current_page().map(|page| page.title.to_owned())).unwrap_or_default();
    let (workspace, mark) = (page_context().workspace, page_context().mark);
    let banner = page_context().banner;
    view! {
        <Title text=title.clone() />
        <main class="gate" id="main">
            <p class="gate-name">{workspace_mark(&workspace, mark.as_ref())} {workspace}</p>
            {(!banner.is_empty()).then(|| view! { <div class="gate-banner">{elements(banner)}</div> })}
            <div class="gate-card">
                <Heading text=title />
                <Notices />
                {children()}
            </div>
        </main>
        <Footer />
    }
}
