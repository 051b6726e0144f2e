//! The page as it came from the server: who looks, what was said, which form came back.
//!
//! The state belongs to the page that the server sent: whoever goes on from there inside the
//! application must not meet an old message, a rejected form or recovery codes again. The browser
//! gets it in words rather than in the server's types, and the form as text that only the page
//! which shows it reads, so that no page downloads the code for the forms of all others.
#[cfg(feature = "ssr")]
use crate::page::page_state::{Form, PageState};
use crate::{
    api::waiting::WaitingView,
    navigation::DocumentFacts,
    page::{
        notice::Notice,
        page_state::{Mark, Viewer},
        refusal_view::RefusalView,
    },
    wire::{self, BrowserJson},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use policy::markup::Markup;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What every page knows of the request that brought it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PageContext {
    /// The name of the workspace.
    pub workspace: String,
    /// The picture that stands before it; `None` where none does.
    pub mark: Option<Mark>,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Whether the operator started Bailey in safe mode.
    pub safe_mode: bool,
    /// Whether people may sign in with a passkey alone.
    pub passkey_sign_in: bool,
    /// Whether people may ask to join.
    pub registers: bool,
    /// Until when people who ask for it stay signed in, in words; `None` where they may not.
    pub stay_signed_in: Option<String>,
    /// The banner of the authentication pages; only on those.
    pub banner: Vec<Markup>,
    /// What just happened.
    pub notice: Option<Notice>,
    /// Why the person is here, or what was refused.
    pub refusal: Option<RefusalView>,
    /// Where the person wanted to go.
    pub next: Option<String>,
    /// What waits for whoever looks, the most urgent first.
    pub waiting: Vec<WaitingView>,
    /// What the document was rendered under, for whoever is signed in.
    pub document: Option<DocumentFacts>,
    /// Whether whoever looks is measured where that is on; `None` where nothing is.
    pub consent: Option<bool>,
    /// The name of the form that came back, and its fields as JSON.
    form: Option<(String, String)>,
}

#[cfg(feature = "ssr")]
impl From<PageState> for PageContext {
    fn from(state: PageState) -> Self {
        Self {
            workspace: state.workspace,
            mark: state.mark,
            viewer: state.viewer,
            safe_mode: state.safe_mode,
            passkey_sign_in: state.passkey_sign_in,
            registers: state.registers,
            stay_signed_in: state.stay_signed_in,
            banner: state.banner,
            notice: state.notice,
            refusal: state.refusal.as_ref().map(RefusalView::from),
            next: state.next,
            waiting: state.waiting,
            document: state.document,
            consent: state.consent,
            form: named(&state.form),
        }
    }
}

/// The name of a form and its fields as JSON; `None` where no form came back.
#[cfg(feature = "ssr")]
fn named(form: &Form) -> Option<(String, String)> {
    let serde_json::Value::Object(variant) = serde_json::to_value(form).ok()? else { return None };
    let (name, fields) = variant.into_iter().next()?;
    Some((name, fields.to_string()))
}

impl PageContext {
    /// How long a form of the page waits, in seconds, where that is what was refused: one of these, as programs
    /// know them, or whatever it was.
    pub fn wait(&self, codes: &[&str]) -> Option<i64> {
        let refusal =
            self.refusal.as_ref().filter(|refusal| codes.is_empty() || codes.contains(&refusal.code.as_str()));
        refusal.and_then(|refusal| refusal.wait).filter(|seconds| *seconds > 0)
    }

    /// The fields of the form of this name, if it is the one that came back.
    pub fn form<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let (came_back, fields) = self.form.as_ref()?;
        if came_back == name { wire::read(fields).ok() } else { None }
    }
}

/// The path of the page that came from the server, until it is left.
#[derive(Clone, Copy)]
struct Path(StoredValue<Option<String>>);

/// Provides what every page knows: from the request on the server, from the page in the browser.
pub fn provide_page_context() {
    let page = SharedValue::<_, BrowserJson>::new_with_encoding(of_the_request).into_inner();
    #[cfg(feature = "hydrate")]
    let page = PageContext { next: page.next.map(crate::components::browser::with_fragment), ..page };
    #[cfg(feature = "hydrate")]
    crate::navigation::document_is(page.document.clone());
    #[cfg(feature = "hydrate")]
    crate::palette::viewer_is(page.viewer.clone());
    provide_context(page);
    provide_context(Path(StoredValue::new(None)));
}

#[cfg(feature = "ssr")]
fn of_the_request() -> PageContext {
    use_context::<PageState>().unwrap_or_default().into()
}

/// A browser that finds nothing in the page knows nothing.
#[cfg(not(feature = "ssr"))]
fn of_the_request() -> PageContext {
    PageContext::default()
}

/// Whether the page being made is the one that came from the server.
fn is_first_page() -> bool {
    let Some(Path(first)) = use_context() else { return true };
    let here = use_location().pathname.get_untracked();
    match first.get_value() {
        None => {
            first.set_value(Some(here));
            true
        }
        Some(path) if path == here => true,
        Some(_) => {
            // No path is empty, so no page is the first from now on.
            first.set_value(Some(String::new()));
            false
        }
    }
}

/// What the page being made knows of the request that brought it.
pub fn page_context() -> PageContext {
    let whole = use_context::<PageContext>().unwrap_or_default();
    if is_first_page() {
        return whole;
    }
    PageContext { notice: None, refusal: None, next: None, form: None, ..whole }
}

/// Whether the page being made was reached inside the application, without a page load.
pub fn navigated() -> bool {
    !is_first_page()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    struct Typed {
        email: String,
        errors: BTreeMap<String, String>,
    }

    #[test]
    fn a_form_is_read_by_the_page_it_belongs_to() {
        let form = Form::SignIn {
            email: "ada@example.org".to_owned(),
            stay: false,
            captcha: None,
            again: None,
            errors: BTreeMap::new(),
        };
        let context = PageContext::from(PageState { form, ..PageState::default() });
        assert_eq!(context.form::<Typed>("SetUp"), None);
        assert_eq!(context.form::<Typed>("SignIn").map(|typed| typed.email).as_deref(), Some("ada@example.org"));
    }

    #[test]
    fn without_a_form_there_is_nothing_to_read() {
        assert_eq!(PageContext::from(PageState::default()).form, None);
    }
}
