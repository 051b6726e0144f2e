//! The HTML document around every page.
mod analytics;
mod assets;
mod scripts;

#[cfg(feature = "ssr")]
use crate::page::PageState;
use crate::routes::App;
use assets::Assets;
use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::location::RequestUrl;
use scripts::{Hydrate, Theme};

/// Renders the HTML document around the application.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let assets = Assets::of(&options);
    let build = assets.module.clone();
    provide_meta_context();
    view! {
        <!DOCTYPE html>
        <html lang="en-GB" data-path=rendered_path() data-build=build>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <Theme />
                <link rel="stylesheet" href=assets.style_sheet.clone() />
                {icon()}
                <Hydrate assets=assets reload=options />
                <analytics::Tag />
                <MetaTags />
            </head>
            <body>
                <App />
                <analytics::Ask here=rendered_path() />
            </body>
        </html>
    }
}

/// The icon of the page in a browser's tab: the mark of the workspace, or Bailey's own.
fn icon() -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(mark) = use_context::<PageState>().and_then(|page| page.mark) {
        return view! { <link rel="icon" href=mark.address type="image/png" /> }.into_any();
    }
    view! { <link rel="icon" href="/icon.svg" type="image/svg+xml" /> }.into_any()
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

/// The build of the front-end: the address of its module, which changes with whatever browsers run.
pub fn build(options: &LeptosOptions) -> String {
    Assets::of(options).module
}
