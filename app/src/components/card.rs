//! Authentication pages: one calm card in the middle.
use super::{
    arrival::arrival, current_page::current_page, footer::Footer, heading::Heading, icon::Mark, notices::Notices,
    title::Title,
};
use leptos::prelude::*;

/// Shows one card in the middle of the page, under the name of the workspace.
#[component]
pub fn Card(
    /// The heading, where it is not that of the page's row.
    #[prop(optional, into)]
    title: Option<String>,
    children: Children,
) -> impl IntoView {
    let title = title.or_else(|| current_page().map(|page| page.title.to_owned())).unwrap_or_default();
    let workspace = arrival().workspace;
    let banner = arrival().banner;
    view! {
        <Title text=title.clone() />
        <main class="gate" id="main">
            <p class="gate-name"><Mark />{workspace}</p>
            {banner.map(|html| view! { <div class="gate-banner" inner_html=html></div> })}
            <div class="gate-card">
                <Heading text=title />
                <Notices />
                {children()}
            </div>
        </main>
        <Footer />
    }
}
