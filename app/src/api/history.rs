//! Every revision of the settings.
use super::{ChangeView, settings::ReviewView};
use crate::{embedded::Answered, error::ApiError};
use leptos::prelude::*;
use policy::Timestamp;
#[cfg(feature = "ssr")]
use policy::{Area, Settings};
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
    /// Before which revision the next, older page begins; nothing on the last page.
    pub older: Option<i64>,
    /// Two revisions side by side, where the address asks for them.
    pub compared: Option<Compared>,
    /// What restoring a revision would do, where the address asks for it.
    pub restore: Option<Restore>,
    /// What of the address asks for something that is not there.
    pub missing: Option<String>,
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
    /// How it came about: `form`, `console`, `api`, `restore 3`, `revert 3`.
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
    /// Restore the one before what stands now.
    pub undo: bool,
}

/// Loads the history.
#[server(endpoint = "history/load", prefix = "/api/app", input = leptos::server_fn::codec::Json, output = Answered)]
pub async fn load_history(
    /// What the address asks for.
    asked: Asked,
) -> Result<HistoryPage, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    page(&context().bailey, &caller, asked).await.map_err(fail)
}

#[cfg(feature = "ssr")]
async fn page(bailey: &domain::Bailey, caller: &domain::Caller, asked: Asked) -> domain::Result<HistoryPage> {
    let (workspace, now) = (caller.workspace(), caller.policy().revision);
    let setting = asked.setting.as_deref().filter(|key| Settings::find(key).is_some());
    let found = match setting {
        Some(key) => bailey.revisions_of(workspace, key).await?,
        None => bailey.revisions(workspace, asked.before, PAGE).await?,
    };
    let undone = asked.undo.then(|| (now - 1).max(0));
    let restore = asked.restore.or(undone);
    let there = |revision: &i64| (0..=now).contains(revision);
    let compare = asked.compare.filter(|(from, to)| there(from) && there(to));
    let compared = match compare {
        Some((from, to)) => {
            let changes = bailey.compare_revisions(workspace, from, to).await?;
            Some(Compared { from, to, changes: changes.iter().map(ChangeView::from).collect() })
        }
        None => None,
    };
    let mut numbers = asked.compare.map(|(from, to)| [from, to]).into_iter().flatten().chain(restore);
    let missing = numbers.find(|revision| !there(revision));
    let missing = match (missing, &asked.setting) {
        (Some(revision), _) => Some(format!("There is no revision {revision}. The newest is {now}.")),
        (None, Some(key)) if setting.is_none() => {
            let key: String = key.chars().take(100).collect();
            Some(format!("No setting is called “{key}”, so every revision is shown."))
        }
        _ => None,
    };
    let restore = match restore.filter(there) {
        Some(revision) => {
            let review = bailey.review_restore(caller, revision).await?.into();
            Some(Restore { revision, review })
        }
        None => None,
    };
    let last = found.last().map(|revision| revision.number).filter(|number| *number > 1 && setting.is_none());
    Ok(HistoryPage {
        now,
        revisions: found.into_iter().map(RevisionView::from).collect(),
        older: last,
        compared,
        restore,
        missing,
    })
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
