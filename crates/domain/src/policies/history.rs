//! Every revision there was: who, when, what; compare and restore.
use super::{
    Author, Plan, Review, SaveOptions, Saved, Wanted,
    form::{judged, whole},
    load,
    stored::read,
};
use crate::{Caller, Error, Result, WorkspaceId, bailey::Policies};
use policy::{Change, Reading, Setting, Settings, Timestamp, change};
use store::RevisionRow;

/// One revision, with what it changed.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Its number.
    pub number: i64,
    /// Who saved it: an address, `console`, or `bailey`.
    pub by: String,
    /// The address it came from.
    pub address: Option<String>,
    /// When.
    pub at: Timestamp,
    /// How it came about: `form`, `console`, `api`, `restore 3`, `revert 3`, `undo 3`.
    pub origin: String,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// What undoing a revision would do.
#[derive(Debug, Clone)]
pub struct Undo {
    /// What would change.
    pub review: Review,
    /// What the revision changed and somebody has changed again since; it stays as it is.
    pub stays: Vec<&'static Setting>,
}

/// How many revisions are looked through for the history of one setting.
const LOOK_BACK: i64 = 500;

impl Policies<'_> {
    /// The revisions before a number (or all), newest first, at most so many.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn revisions(self, workspace: &WorkspaceId, before: Option<i64>, most: i64) -> Result<Vec<Revision>> {
        let mut tx = self.0.store().read().await?;
        let rows = tx.policy_revisions(workspace, before.unwrap_or(i64::MAX), most + 1).await?;
        let mut found = Vec::new();
        for (i, row) in rows.iter().enumerate().take(usize::try_from(most).unwrap_or(usize::MAX)) {
            let earlier = match rows.get(i + 1) {
                Some(row) => read(row)?,
                None => load(&mut tx, workspace, row.revision - 1).await?,
            };
            found.push(revision(row, &earlier, &read(row)?));
        }
        Ok(found)
    }

    /// The revisions that changed one setting, newest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn revisions_of(self, workspace: &WorkspaceId, key: &str) -> Result<Vec<Revision>> {
        let mut found = self.revisions(workspace, None, LOOK_BACK).await?;
        for revision in &mut found {
            revision.changes.retain(|change| change.setting.key == key);
        }
        found.retain(|revision| !revision.changes.is_empty());
        Ok(found)
    }

    /// The settings of one revision.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such revision; [`Error::Invalid`] when not all of it can be read, so that
    /// nothing comes back that never was.
    pub async fn settings_at(self, workspace: &WorkspaceId, revision: i64) -> Result<Settings> {
        whole(self.reading(workspace, revision).await?)
    }

    /// What differs between two revisions.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such revision.
    pub async fn compare(self, workspace: &WorkspaceId, from: i64, to: i64) -> Result<Vec<Change>> {
        let before = self.reading(workspace, from).await?;
        Ok(before.changes_to(&self.reading(workspace, to).await?))
    }

    /// Says what restoring a revision would do.
    ///
    /// # Errors
    /// As [`Self::review`]; [`Error::NotFound`] when there is no such revision.
    pub async fn review_restore(self, caller: &Caller, revision: i64) -> Result<Review> {
        let wanted = self.settings_at(caller.workspace(), revision).await?;
        self.review_settings(caller, caller.policy().revision, Wanted::naming(wanted, [])).await
    }

    /// Restores a revision on top of `base`, through the same checks as any save.
    ///
    /// # Errors
    /// As [`Self::submit`]; [`Error::NotFound`] when there is no such revision.
    pub async fn restore(self, caller: &Caller, base: i64, revision: i64, options: SaveOptions) -> Result<Saved> {
        let wanted = self.settings_at(caller.workspace(), revision).await?;
        let wanted = Wanted::naming(judged(wanted)?, []);
        self.save_settings(caller, base, wanted, &format!("restore {revision}"), options).await
    }

    /// Says what undoing a revision would do: what it changed goes back, and what was saved since stays.
    ///
    /// # Errors
    /// As [`Self::review`]; [`Error::NotFound`] when there is no such revision.
    pub async fn review_undo(self, caller: &Caller, revision: i64) -> Result<Undo> {
        let base = caller.policy().revision;
        let (wanted, stays) = self.undone(caller.workspace(), base, revision).await?;
        Ok(Undo { review: self.review_settings(caller, base, Wanted::naming(wanted, [])).await?, stays })
    }

    /// Undoes a revision on top of `base`, through the same checks as any save.
    ///
    /// # Errors
    /// As [`Self::submit`]; [`Error::NotFound`] when there is no such revision.
    pub async fn undo(self, caller: &Caller, base: i64, revision: i64, options: SaveOptions) -> Result<Saved> {
        let (wanted, _) = self.undone(caller.workspace(), base, revision).await?;
        let wanted = Wanted::naming(judged(wanted)?, []);
        self.save_settings(caller, base, wanted, &format!("undo {revision}"), options).await
    }

    /// The settings of `base` with what a revision changed put back, and what of it was changed again since.
    async fn undone(
        self,
        workspace: &WorkspaceId,
        base: i64,
        revision: i64,
    ) -> Result<(Settings, Vec<&'static Setting>)> {
        if !(1..=base).contains(&revision) {
            return Err(Error::NotFound);
        }
        let mut tx = self.0.store().read().await?;
        let before = whole(load(&mut tx, workspace, revision - 1).await?)?;
        let after = whole(load(&mut tx, workspace, revision).await?)?;
        let now = whole(load(&mut tx, workspace, base).await?)?;
        let (mut wanted, mut stays) = (now.clone(), Vec::new());
        for Change { setting, from, to, .. } in change::between(&before, &after) {
            if now.print(setting) == to {
                wanted.set(setting, &from).map_err(Error::internal)?;
            } else {
                stays.push(setting);
            }
        }
        Ok((wanted, stays))
    }

    /// Saves settings from the server's console, on top of `base`. Only with `may_lock_out`
    /// may they leave no super-admin who can reach the settings.
    ///
    /// # Errors
    /// When the settings contradict themselves or leave unnamed what can't be read, somebody saved meanwhile, a change waits to be confirmed, or the
    /// database can't be reached.
    pub async fn save_from_console(
        self,
        workspace: &WorkspaceId,
        base: i64,
        wanted: impl Into<Wanted>,
        origin: &str,
        may_lock_out: bool,
    ) -> Result<Saved> {
        let wanted = wanted.into().map(judged)?;
        let plan = Plan { base, wanted, origin: origin.to_owned(), waits: false, may_lock_out };
        self.carry_out(workspace, plan, &Author::console()).await
    }
}

fn revision(row: &RevisionRow, before: &Reading, after: &Reading) -> Revision {
    Revision {
        number: row.revision,
        by: row.actor.clone(),
        address: row.address.clone(),
        at: row.created_at,
        origin: row.origin.clone(),
        changes: before.changes_to(after),
    }
}
