//! A tab that was open while Bailey was replaced by another build: a part of the old one is gone, or the new one
//! answers in another shape. The page is loaded anew, once, and what was typed is put back; only secrets are not kept.
use crate::{
    components::{browser, input},
    wire,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, Response};

/// The build that was left last.
const LEFT: &str = "bailey-left-build";
/// What was typed when it was left: the field and its text.
const TYPED: &str = "bailey-typed";
/// The fields that are kept.
const FIELDS: &str = "main :is(input:not([type=password], [type=hidden], [type=file]), textarea, select)";

/// The build that the document is of: the address of its module.
fn build() -> Option<String> {
    document().document_element()?.dyn_into::<HtmlElement>().ok()?.dataset().get("build")
}

/// Loads a path of this site as text; `None` where there is no page, as while the program starts.
async fn fetched(path: &str) -> Option<String> {
    let answer: Response = JsFuture::from(window().fetch_with_str(path)).await.ok()?.dyn_into().ok()?;
    let page = answer.headers().get("content-type").ok()??.starts_with("text/html");
    JsFuture::from(answer.text().ok().filter(|_| page)?).await.ok()?.as_string()
}

/// How a field is found again.
fn selector(field: &Element) -> Option<String> {
    let name = field.get_attribute("name");
    let form = field.closest("form[action]").ok().flatten().and_then(|form| form.get_attribute("action"));
    match (Some(field.id()).filter(|id| !id.is_empty()), name, form) {
        (Some(id), ..) => Some(format!("[id=\"{id}\"]")),
        (None, Some(name), Some(form)) => Some(format!("form[action=\"{form}\"] [name=\"{name}\"]")),
        _ => None,
    }
}

fn fields() -> Vec<Element> {
    let Ok(found) = document().query_selector_all(FIELDS) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

/// Loads a page anew, or the one that is shown, if the server is of another build by now, and once for each build.
pub async fn load_if_replaced(path: Option<String>) {
    let (Some(build), here) = (build(), path.clone().unwrap_or_else(browser::here)) else { return };
    if browser::read_session(LEFT).as_ref() == Some(&build) {
        return;
    }
    if fetched(&here).await.is_none_or(|page| page.contains(&build)) {
        return;
    }
    browser::write_session(LEFT, &build);
    if path.is_none() {
        let typed = fields().into_iter().filter_map(|field| Some((selector(&field)?, input::changed(&field)?)));
        if let Ok(typed) = serde_json::to_string(&typed.collect::<Vec<_>>()) {
            browser::write_session(TYPED, &typed);
        }
    }
    browser::leave_for(&here);
}

/// Puts back what was typed before the page was loaded anew.
#[cfg(feature = "hydrate")]
pub fn restore() {
    let Some(typed) = browser::read_session(TYPED) else { return };
    browser::remove_session(TYPED);
    for (selector, text) in wire::read::<Vec<(String, String)>>(&typed).unwrap_or_default() {
        if let Some(field) = document().query_selector(&selector).ok().flatten() {
            input::type_into(&field, &text);
        }
    }
}
