//! What the server puts into a page besides its data: who looks, and the form that came back.
//!
//! Forms post to plain handlers, which render the same page again with everything that was typed
//! and the words beside each field; so every form works before and without WebAssembly.
mod form;
mod form_parts;

pub use form::Form;
pub use form_parts::{Deadline, Judge, ListReport, ReportLine, TypedReason, WaitingHelp, Way};

use crate::{api::waiting::WaitingView, navigation::DocumentFacts, page::notice::Notice, sitemap::Page};
use policy::{Area, Refusal, Role, Timestamp, markup::Markup};
use serde::{Deserialize, Serialize};

/// What the server knows when it renders a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "facts about a page that do not depend on each other")]
pub struct PageState {
    /// The name of the workspace.
    pub workspace: String,
    /// The picture that stands before it; `None` where none does.
    pub mark: Option<Mark>,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Whether the operator started Bailey in safe mode; shown on every admin page.
    pub safe_mode: bool,
    /// Whether people may sign in with a passkey alone.
    pub passkey_sign_in: bool,
    /// Whether people may ask to join.
    pub registers: bool,
    /// Until when people who ask for it stay signed in, in words; `None` where they may not.
    pub stay_signed_in: Option<String>,
    /// The banner of the authentication pages, only on those.
    pub banner: Vec<Markup>,
    /// What just happened, said once at the top of the page.
    pub notice: Option<Notice>,
    /// Why the person is here, or what was refused; shown at the top of the page.
    pub refusal: Option<Refusal>,
    /// Where the person wanted to go; a path of this site.
    pub next: Option<String>,
    /// What waits for whoever looks, the most urgent first.
    pub waiting: Vec<WaitingView>,
    /// What the document is rendered under, for whoever is signed in.
    pub document: Option<DocumentFacts>,
    /// The ID under which it is measured; `None` where it is not.
    pub measured_as: Option<String>,
    /// Whether it asks whether it may be measured.
    pub asks_consent: bool,
    /// Whether whoever looks is measured where that is on; `None` where nothing is.
    pub consent: Option<bool>,
    /// What tells this page from all others that are rendered.
    pub page_id: String,
    /// The form that came back, or what its page needs.
    pub form: Form,
}

/// The picture that stands before the name of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its address; another picture has another one.
    pub address: String,
    /// What it shows.
    pub text: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Their name.
    pub name: String,
    /// The address of their picture on this site.
    pub picture: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// The only area that they can reach while something is asked of them first; `None` where nothing is.
    pub held_in: Option<Area>,
    /// When the change goes back by itself that keeps them from the admin pages, where one does.
    pub auto_revert_at: Option<Timestamp>,
    /// How long their session lasts from now on if nothing more happens, in seconds.
    pub ends_in: Option<i64>,
    /// Whether there are assessments for them, or they may make some.
    pub assesses: bool,
}

impl Viewer {
    /// Whether something leads to a page of this area, so that no link to it leads nowhere.
    pub fn reaches(&self, area: Area) -> bool {
        self.held_in.is_none_or(|held| held == area)
    }

    /// Whether an entry of the navigation is there for them.
    pub fn is_offered(&self, page: &Page) -> bool {
        self.reaches(page.area) && (self.assesses || !page.for_some)
    }
}
