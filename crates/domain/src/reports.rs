//! Reports: tables of what an admin sees on screens, made by a job, downloaded by whoever asked for them.
mod make;
mod rows;

use crate::{
    Caller, Error, ReportId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Reports,
    files::Download,
    members::hold_caller,
    platform::{random, unit_of_work::unit_of_work},
};
use policy::decide::{
    quota::Quota,
    report::{self, ReportKind},
};
pub use store::ReportRow;
use store::Tx;

/// How many reports a page shows.
const SHOWN: i64 = 50;

impl Reports<'_> {
    /// The reports that the caller has asked for, the latest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<ReportRow>> {
        Ok(self.0.store().read().await?.reports_of(caller.member(), SHOWN).await?)
    }

    /// Asks for a report, which a job makes.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no report of this name; [`policy::Refusal::RoleRequired`];
    /// [`policy::Refusal::QuotaReached`] after too many within a day.
    pub async fn ask(self, caller: &Caller, kind: &str) -> Result<()> {
        let kind: ReportKind = kind.parse().map_err(|_| Error::NotFound)?;
        let now = self.0.now();
        let id = ReportId::from(random::id(now)?);
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = hold_caller(&mut tx, caller).await?;
            report::may_have(member.role)?;
            let asked = tx.reports_since(&member.id, (now - report::COUNTED).0).await?;
            Quota::Reports.admits_another(asked)?;
            tx.insert_report(&id, caller.workspace(), &member.id, kind.name(), now.0).await?;
            self.record(&mut tx, caller, "Asked for a report", kind.name()).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Stops a report that is not ready yet.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the caller has not asked for it.
    pub async fn cancel(self, caller: &Caller, id: &ReportId) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let found = own(&mut tx, caller, id).await?;
            if tx.settle_report(id, "cancelled", None, self.0.now().0).await? {
                self.record(&mut tx, caller, "Cancelled a report", &found.kind).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Opens a report that is ready, for whoever asked for it; whether they may have one is judged anew.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the caller has not asked for it, or it is not there; [`policy::Refusal::RoleRequired`].
    pub async fn download(self, caller: &Caller, id: &ReportId) -> Result<Download> {
        let row = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = hold_caller(&mut tx, caller).await?;
            report::may_have(member.role)?;
            let found = own(&mut tx, caller, id).await?;
            let file = found.file_id.ok_or(Error::NotFound)?;
            let row = tx.file(&file).await?.ok_or(Error::NotFound)?;
            self.record(&mut tx, caller, "Downloaded a report", &found.kind).await?;
            tx.commit().await?;
            Ok(row)
        })
        .await?;
        self.0.files().open(row).await
    }

    /// Forgets reports that were settled long ago, and removes their files.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn forget_old(self) -> Result<()> {
        let before = self.0.now() - report::KEPT;
        let unused = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let unused = tx.delete_reports_before(before.0).await?;
            tx.commit().await?;
            Ok(unused)
        })
        .await?;
        self.0.files().remove(&unused).await;
        Ok(())
    }

    async fn record(self, tx: &mut Tx, caller: &Caller, action: &'static str, kind: &str) -> Result<()> {
        let entry = Entry::new(Channel::Reports, action, Actor::Member(caller.email().clone()))
            .from_address(caller.address())
            .with("report", kind);
        self.0.audit().record(tx, caller.workspace(), entry).await
    }
}

/// A report that the caller has asked for.
async fn own(tx: &mut Tx, caller: &Caller, id: &ReportId) -> Result<ReportRow> {
    let found = tx.report(id).await?;
    let own = found.filter(|row| row.owner_id == *caller.member() && row.workspace_id == *caller.workspace());
    own.ok_or(Error::NotFound)
}
