//! What waits for whoever looks.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use crate::page::refusal_view::key_and_label;
use policy::Timestamp;
#[cfg(feature = "ssr")]
use policy::decide::waiting::Waiting;
use serde::{Deserialize, Serialize};

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// What it is, in a few words.
    pub words: String,
    /// Until when it has to be done, after the words that say so; `None` where nothing happens by itself.
    pub until: Option<(String, Timestamp)>,
    /// The page on which it is done.
    pub page: String,
    /// How many of its kind there are; 1 where it is a single thing.
    pub count: i64,
    /// Whether it is asked of them for their own account.
    pub personal: bool,
    /// The key and the label of the setting that asks for it; `None` where none does.
    pub setting: Option<(String, String)>,
}

server_function! {
    /// Loads what waits for the caller, the most urgent first.
    "waiting/load" in Member as caller without activity;
    pub async fn load_waiting() -> Result<Vec<WaitingView>, ApiError> {
        what_waits(&context().bailey, &caller).await.map_err(fail)
    }
}

/// What waits for a member, the most urgent first.
///
/// # Errors
/// When the database can't be reached.
#[cfg(feature = "ssr")]
pub async fn what_waits(bailey: &domain::Bailey, caller: &domain::Caller) -> domain::Result<Vec<WaitingView>> {
    Ok(bailey.waiting().list(caller).await?.into_iter().map(WaitingView::from).collect())
}

/// The page on which somebody does what waits.
#[cfg(feature = "ssr")]
const fn page_of(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Enrol { .. } => "/profile/two-factor",
        Waiting::ReplacePassword { .. } => "/profile/password",
        Waiting::Confirm { .. } => "/admin/settings/confirm",
        Waiting::UnreadMessages(_) => "/conversations",
        Waiting::Assessments(_) => "/assessments",
        Waiting::LockedMembers(_) => "/admin/lockouts",
        Waiting::HelpRequests(_) => "/admin/help-requests",
        Waiting::FailingMails(_) => "/admin/mail",
        Waiting::PendingIdeas(_) => "/moderation",
    }
}

#[cfg(feature = "ssr")]
impl From<Waiting> for WaitingView {
    fn from(waiting: Waiting) -> Self {
        Self {
            words: waiting.in_words(),
            until: waiting.until().map(|(words, at)| (words.to_owned(), at)),
            page: page_of(waiting).to_owned(),
            count: match waiting {
                Waiting::Enrol { .. } | Waiting::ReplacePassword { .. } | Waiting::Confirm { .. } => 1,
                Waiting::UnreadMessages(count)
                | Waiting::Assessments(count)
                | Waiting::LockedMembers(count)
                | Waiting::HelpRequests(count)
                | Waiting::FailingMails(count)
                | Waiting::PendingIdeas(count) => count,
            },
            personal: waiting.is_personal(),
            setting: waiting.setting().and_then(key_and_label),
        }
    }
}
