//! The HTML document around every page.
mod assets;
mod scripts;

use crate::{alone, routes::App, said::Said, state::PageState};
use assets::Assets;
use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::location::RequestUrl;
use scripts::{Hydrate, Theme};

/// Renders the HTML document around the application.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let assets = Assets::of(&options);
    provide_meta_context();
    let path = rendered_path();
    let alone = path.as_deref().is_some_and(stands_alone);
    let page = if alone { view! { <alone::Security /> }.into_any() } else { view! { <App /> }.into_any() };
    view! {
        <!DOCTYPE html>
        <html lang="en-GB" data-path=path data-alone=alone>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <Theme />
                <link rel="stylesheet" href=assets.style_sheet.clone() />
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <Hydrate assets=assets reload=options />
                <MetaTags />
            </head>
            <body>
                {page}
            </body>
        </html>
    }
}

/// Whether the page at an address wakes by itself. A refusal that takes its place is the application's.
fn stands_alone(path: &str) -> bool {
    let refused = use_context::<PageState>().and_then(|page| page.refusal).map(|refusal| Said::from(&refusal));
    path.split('?').next() == Some(alone::PATH) && !refused.is_some_and(|said| said.takes_the_page)
}

/// The address of the page that is rendered; a form that came back was posted elsewhere.
fn rendered_path() -> Option<String> {
    let url = use_context::<RequestUrl>()?;
    let path = url.as_ref();
    // leptos_axum puts a stand-in origin before the path.
    let start = path.find("://").and_then(|scheme| Some(scheme + 3 + path.get(scheme + 3..)?.find('/')?));
    path.get(start.unwrap_or(0)..).map(str::to_owned)
}

/// The address of the style sheet, for pages that are not part of the application.
pub fn stylesheet(options: &LeptosOptions) -> String {
    Assets::of(options).style_sheet
}
