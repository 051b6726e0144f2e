//! What measures a page, and the line that asks whether it may: both stand around the application, in the document alone.
use crate::{components::html::escaped, page::page_state::PageState};
use leptos::{nonce::use_nonce, prelude::*};

/// Loads the script of Google Analytics, where the page is measured: without its advertising features, and with cookies
/// of this host alone.
#[component]
pub fn Tag() -> impl IntoView {
    let id = use_context::<PageState>().and_then(|page| page.measured_as)?;
    let begin = format!(
        "window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}gtag('js',new Date());\
         gtag('config','{id}',{{cookie_domain:'none',allow_google_signals:false,allow_ad_personalization_signals:false}})"
    );
    let source = format!("https://www.googletagmanager.com/gtag/js?id={id}");
    Some(view! {
        <script async nonce=use_nonce() src=source></script>
        <script nonce=use_nonce()>{begin}</script>
    })
}

/// Asks whether the page may be measured, where that has to be asked: a plain form, which leads back to the page.
#[component]
pub fn Ask(
    /// The address of the page.
    here: Option<String>,
) -> impl IntoView {
    let page = use_context::<PageState>().filter(|page| page.asks_consent)?;
    let (page_id, here) = (escaped(&page.page_id), escaped(here.as_deref().unwrap_or("/")));
    let form = [
        "<p>May your visits be counted with Google Analytics? Google then learns which pages of this workspace you open, and \
         from which address. On My profile you can take it back.</p>\
         <form method=\"post\" action=\"/analytics\"><input type=\"hidden\" name=\"page\" value=\"",
        &page_id,
        "\"><input type=\"hidden\" name=\"next\" value=\"",
        &here,
        "\"><button class=\"button\" name=\"consent\" value=\"yes\">Allow</button> \
         <button class=\"button\" name=\"consent\" value=\"no\">Don’t allow</button></form>",
    ]
    .concat();
    Some(view! { <section class="consent" aria-label="Statistics" inner_html=form></section> })
}
