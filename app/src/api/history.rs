//! Every revision of the settings.
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use super::{ChangeView, declare::server_function, settings::ReviewView};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use policy::Settings;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// How many revisions stand on one page.
#[cfg(feature = "ssr")]
const PAGE: i64 = 25;

/// One page of the history, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    /// The revision that stands now.
    pub now: i64,
    /// The revisions.
    pub revisions: Vec<RevisionView>,
    /// Before which revision the next, older page begins; `None` on the last page.
    pub older: Option<i64>,
    /// Two revisions side by side, where the address asks for them.
    pub compared: Option<Compared>,
    /// What restoring a revision would do, where the address asks for it.
    pub restore: Option<Restore>,
    /// What of the address asks for something that is not there, or that is refused.
    pub missing: Option<String>,
    /// What undoing a revision would do, where the address asks for it.
    pub undo: Option<Undo>,
}

/// One revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionView {
    /// Its number.
    pub number: i64,
    /// Who saved it.
    pub by: String,
    /// The address it came from.
    pub address: Option<String>,
    /// When.
    pub at: Timestamp,
    /// How it came about: `form`, `console`, `api`, `restore 3`, `revert 3`, `undo 3`.
    pub origin: String,
    /// What it changed.
    pub changes: Vec<ChangeView>,
}

/// What differs between two revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The one.
    pub from: i64,
    /// The other.
    pub to: i64,
    /// What differs.
    pub changes: Vec<ChangeView>,
}

/// What restoring a revision would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restore {
    /// The revision.
    pub revision: i64,
    /// What it would do.
    pub review: ReviewView,
}

/// What undoing a revision would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The revision.
    pub revision: i64,
    /// What it would do.
    pub review: ReviewView,
    /// The labels of what it changed and somebody has changed again since, which stays.
    pub stays: Vec<String>,
}

/// What stands for the newest revision in a link that names none.
pub const NEWEST: i64 = 0;

/// What the address of the page asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// Only revisions before this one.
    pub before: Option<i64>,
    /// Only revisions that changed this setting.
    pub setting: Option<String>,
    /// Two revisions to compare.
    pub compare: Option<(i64, i64)>,
    /// A revision to restore.
    pub restore: Option<i64>,
    /// A revision to undo, or [`NEWEST`].
    pub undo: Option<i64>,
}

server_function! {
    /// Loads the history.
    "history/load" in Admin as caller reads leptos::server_fn::codec::Json;
    pub async fn load_history(
        /// What the address asks for.
        asked: Asked,
    ) -> Result<HistoryPage, ApiError> {
        page(&context().bailey, &caller, asked).await.map_err(fail)
    }
}

#[cfg(feature = "ssr")]
async fn page(bailey: &domain::Bailey, caller: &domain::Caller, asked: Asked) -> domain::Result<HistoryPage> {
    let (workspace, now) = (caller.workspace(), caller.policy().revision);
    let setting = asked.setting.as_deref().filter(|key| Settings::find(key).is_some());
    let found = match setting {
        Some(key) => bailey.policies().revisions_of(workspace, key).await?,
        None => bailey.policies().revisions(workspace, asked.before, PAGE).await?,
    };
    let there = |revision: &i64| (0..=now).contains(revision);
    let compare = asked.compare.filter(|(from, to)| there(from) && there(to));
    let compared = match compare {
        Some((from, to)) => {
            let changes = bailey.policies().compare(workspace, from, to).await?;
            Some(Compared { from, to, changes: changes.iter().map(ChangeView::from).collect() })
        }
        None => None,
    };
    let undo = match asked.undo {
        Some(NEWEST) => undo(bailey, caller, now).await,
        Some(revision) => undo(bailey, caller, revision).await,
        None => Ok(None),
    };
    let (undo, not_undone) = refused(undo)?;
    let found_none = undo.is_none() && not_undone.is_none();
    let undone = asked.undo.filter(|revision| *revision != NEWEST && found_none);
    let mut numbers = asked.compare.map(|(from, to)| [from, to]).into_iter().flatten().chain(asked.restore);
    let missing = undone.or_else(|| numbers.find(|revision| !there(revision)));
    let missing = match (missing, &asked.setting) {
        (Some(..0), _) => Some(format!("That is not the number of a revision. The newest is {now}.")),
        (Some(revision), _) => Some(format!("There is no revision {revision}. The newest is {now}.")),
        (None, Some(key)) if setting.is_none() => {
            let key: String = key.chars().take(100).collect();
            Some(format!("No setting is called “{key}”, so every revision is shown."))
        }
        _ => None,
    };
    let restore = match asked.restore.filter(there) {
        Some(revision) => {
            let review = bailey.policies().review_restore(caller, revision).await;
            review.map(|review| Some(Restore { revision, review: review.into() }))
        }
        None => Ok(None),
    };
    let (restore, not_restored) = refused(restore)?;
    let last = found.last().map(|revision| revision.number).filter(|number| *number > 1 && setting.is_none());
    Ok(HistoryPage {
        now,
        revisions: found.into_iter().map(RevisionView::from).collect(),
        older: last,
        compared,
        restore,
        undo,
        missing: missing.or(not_undone).or(not_restored),
    })
}

/// What would be done; where it is refused, the words of that, which stand above the revisions.
#[cfg(feature = "ssr")]
fn refused<T>(found: domain::Result<Option<T>>) -> domain::Result<(Option<T>, Option<String>)> {
    match found {
        Err(domain::Error::Refused(refusal)) => Ok((None, Some(refusal.detail()))),
        Err(domain::Error::Invalid(found)) => {
            let label =
                |key: &str| Settings::find(key).map_or_else(|| key.to_owned(), |setting| setting.label.to_owned());
            let lines: Vec<_> = found.iter().map(|(key, words)| format!("{}: {words}", label(key))).collect();
            Ok((None, Some(lines.join(" "))))
        }
        found => Ok((found?, None)),
    }
}

/// What undoing a revision would do; `None` where there is no such revision.
#[cfg(feature = "ssr")]
async fn undo(bailey: &domain::Bailey, caller: &domain::Caller, revision: i64) -> domain::Result<Option<Undo>> {
    match bailey.policies().review_undo(caller, revision).await {
        Ok(domain::policies::Undo { review, stays }) => {
            let stays = stays.into_iter().map(|setting| setting.label.to_owned()).collect();
            Ok(Some(Undo { revision, review: review.into(), stays }))
        }
        Err(domain::Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(feature = "ssr")]
impl From<domain::policies::Revision> for RevisionView {
    fn from(revision: domain::policies::Revision) -> Self {
        Self {
            number: revision.number,
            by: revision.by,
            address: revision.address,
            at: revision.at,
            origin: revision.origin,
            changes: revision.changes.iter().map(ChangeView::from).collect(),
        }
    }
}
