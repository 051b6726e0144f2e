//! Making the reports that were asked for, one after the other.
use super::rows::Table;
use crate::{
    Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::Reports,
    files::{StoredFile, file_row, within_quota},
    members::may_sign_in,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Refusal, Timestamp,
    decide::report::{self, BEGUN_AT_MOST, ReportKind},
};
use store::{MemberRow, ReportRow};

/// What came of a report that was begun.
enum Made {
    /// All of its rows.
    Whole(StoredFile, i64),
    /// It was cancelled, or another has taken it over.
    Stopped,
}

/// How far a report is.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// It was begun, and will have so many rows.
    Begun { total: i64 },
    /// So many of them are written.
    Written { rows: i64 },
}

impl Reports<'_> {
    /// Makes the reports that wait, also those that whoever began them has left; returns how many are ready.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn make_due(self) -> Result<u32> {
        let mut ready = 0;
        loop {
            let now = self.0.now();
            let Some(due) = self.0.store().read().await?.report_due(now.0).await? else { return Ok(ready) };
            match self.make(&due).await {
                Ok(made) => ready += u32::from(made),
                Err(Error::Refused(refusal)) => self.give_up(&due, &in_words(&refusal)).await?,
                Err(Error::NotFound) => self.give_up(&due, "Nobody waits for it any more.").await?,
                // It is begun anew once its time is over.
                Err(error) => return Err(error),
            }
        }
    }

    /// Makes a report; `false` where it was stopped.
    async fn make(self, due: &ReportRow) -> Result<bool> {
        let kind: ReportKind = due.kind.parse().map_err(|_| Error::NotFound)?;
        if due.begun >= BEGUN_AT_MOST {
            let words = "Bailey was stopped each time while it made this report. Ask for it once more.";
            self.give_up(due, words).await?;
            return Ok(false);
        }
        let owner = self.0.store().read().await?.member(&due.owner_id).await?.ok_or(Error::NotFound)?;
        may_have(&owner)?;
        let mut table = Table::new(kind, due);
        let total = table.count(self.0).await?;
        if !self.note(due, Step::Begun { total }).await? {
            return Ok(false);
        }
        let (stored, rows) = match self.write(due, &mut table).await? {
            Made::Whole(stored, rows) => (stored, rows),
            Made::Stopped => return Ok(false),
        };
        let now = self.0.now();
        let name = format!("{}-{}.csv", kind.name(), day(now));
        let row = file_row(&due.workspace_id, &due.owner_id, now, name, "text/csv; charset=utf-8", &stored)?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&due.owner_id).await?;
            let owner = tx.member(&due.owner_id).await?.ok_or(Error::NotFound)?;
            may_have(&owner)?;
            within_quota(&mut tx, &[&row]).await?;
            tx.insert_file(&row).await?;
            if !tx.finish_report(&due.id, due.begun + 1, rows, &row.id, now.0).await? {
                return Ok(false);
            }
            self.0.links().mail_report(&mut tx, &owner, &due.id, kind, rows).await?;
            let entry = Entry::new(Channel::Reports, "Made a report", Actor::Bailey)
                .about(&owner.email)
                .with("report", kind.name())
                .with("rows", rows.to_string());
            self.0.audit().record(&mut tx, &due.workspace_id, entry).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await;
        stored.settle(&done, |ready| *ready);
        done
    }

    /// Writes every row; how far it is stands in the database.
    async fn write(self, due: &ReportRow, table: &mut Table<'_>) -> Result<Made> {
        let mut incoming = self.0.file_store().begin().await?;
        incoming.write(&table.head()?).await?;
        let mut rows = 0;
        while let Some((lines, more)) = table.next(self.0).await? {
            incoming.write(&lines).await?;
            rows += more;
            if !self.note(due, Step::Written { rows }).await? {
                return Ok(Made::Stopped);
            }
        }
        incoming.complete().await?;
        Ok(Made::Whole(incoming.store().await?, rows))
    }

    /// Notes how far a report is; `false` where it was cancelled, or another has taken it over.
    async fn note(self, due: &ReportRow, step: Step) -> Result<bool> {
        let until = (self.0.now() + report::LEASE).0;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let noted = match step {
                Step::Begun { total } => tx.begin_report(&due.id, due.begun, total, until).await?,
                Step::Written { rows } => tx.advance_report(&due.id, due.begun + 1, rows, until).await?,
            };
            tx.commit().await?;
            Ok(noted)
        })
        .await
    }

    async fn give_up(self, due: &ReportRow, words: &str) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            if tx.settle_report(&due.id, "failed", Some(words), self.0.now().0).await? {
                let entry = Entry::new(Channel::Reports, "Gave a report up", Actor::Bailey);
                let entry = entry.with("report", due.kind.as_str()).with("reason", words);
                self.0.audit().record(&mut tx, &due.workspace_id, entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}

/// May the owner still have it?
fn may_have(owner: &MemberRow) -> std::result::Result<(), Refusal> {
    may_sign_in(owner)?;
    report::may_have(owner.role)
}

/// Why it was given up.
fn in_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::RoleRequired { .. } => "Whoever asked for it is no admin any more.".to_owned(),
        Refusal::Inactive | Refusal::Banned | Refusal::NotVerified => {
            "The account of whoever asked for it is not active.".to_owned()
        }
        other => other.detail(),
    }
}

/// The day of an instant in UTC.
fn day(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}
