//! The links of the page at hand: those that load a document are kept from the router, so that the browser follows
//! them.
use super::{BUILD, DocumentFacts, REVISION, needs_document};
use crate::sitemap::page_at;
use leptos::prelude::{document, window};
use policy::setting_link;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlAnchorElement};

/// The page whose places links name by a query.
const SETTINGS: &str = "/admin/settings";

thread_local! {
    /// What the document was rendered under; `None` where nobody is signed in.
    static DOCUMENT: RefCell<Option<DocumentFacts>> = const { RefCell::new(None) };
    /// Whether an answer was newer than the document.
    static OUTDATED: Cell<bool> = const { Cell::new(false) };
}

/// Takes in what the document was rendered under.
pub fn document_is(facts: Option<DocumentFacts>) {
    DOCUMENT.set(facts);
}

/// Takes in under which revision and by which build an answer was given, by its headers.
pub fn answered(header: impl Fn(&str) -> Option<String>) {
    let (revision, build) = (header(REVISION).and_then(|revision| revision.parse().ok()), header(BUILD));
    if DOCUMENT.with_borrow(|document| document.as_ref().is_some_and(|it| it.is_older_than(revision, build.as_deref())))
    {
        OUTDATED.set(true);
    }
}

/// Whether the link that was clicked is for the browser. Until the page is hydrated that is every one: the router would
/// go on at once from a page that is only half read, which then no longer is what the server sent.
fn is_for_the_browser(link: &HtmlAnchorElement) -> bool {
    let is_hydrated = document().document_element().is_some_and(|root| root.has_attribute("data-hydrated"));
    let here = window().location();
    let (path, search) = (here.pathname().unwrap_or_default(), here.search().unwrap_or_default());
    // The browser moves the focus along, too.
    let is_a_place_on_this_page = !link.hash().is_empty() && link.pathname() == path && link.search() == search;
    let facts = DOCUMENT.with_borrow(Clone::clone).unwrap_or_default();
    !is_hydrated
        || is_a_place_on_this_page
        || needs_document(page_at(&path), page_at(&link.pathname()), &facts, OUTDATED.get())
}

/// Listens for whoever goes on or back, before the router does.
pub fn follow() {
    let clicked = |event: Event| {
        let part = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = part.and_then(|part| part.closest("a[href]").ok().flatten());
        let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
        // With a script no way loses the place on the page, and the router can go there.
        if let Some(link) = &link
            && link.pathname() == SETTINGS
            && let Some(place) = setting_link::place(link.search().trim_start_matches('?'))
        {
            link.set_href(&place);
        }
        if link.is_some_and(|link| is_for_the_browser(&link)) {
            event.stop_immediate_propagation();
        }
    };
    // What lies behind in the history is of this document: else the browser would load it by itself.
    let went_back = |event: Event| {
        if OUTDATED.get() {
            event.stop_immediate_propagation();
            drop(window().location().reload());
        }
    };
    listen("click", clicked);
    listen("popstate", went_back);
}

fn listen(event: &str, act: impl Fn(Event) + 'static) {
    let act = Closure::<dyn Fn(Event)>::new(act).into_js_value();
    drop(window().add_event_listener_with_callback(event, act.unchecked_ref()));
}
