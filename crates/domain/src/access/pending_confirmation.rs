//! An admin whom a change keeps out that waits to be confirmed is told when it goes back.
use super::Client;
use crate::{Result, bailey::Access, policies::load};
use policy::{
    Area, Policy, Timestamp,
    decide::{
        Facts, MemberFacts, Visitor, confirmation, enrolment::Factors, gate, password::PasswordFacts,
        session::SessionTimes,
    },
};
use std::sync::Arc;
use store::AuthenticatedRow;

impl Access<'_> {
    /// When the change goes back by itself that keeps a signed-in admin from the admin pages, where one does.
    pub(super) async fn auto_revert_at(
        self,
        row: &AuthenticatedRow,
        client: &Client,
        in_force: &Policy,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let asking = Facts { area: Area::Admin, visitor: Visitor::Member(facts(row)), now, address: client.ip() };
        if !row.role.reaches_admin() || gate(in_force, &asking).is_ok() {
            return Ok(None);
        }
        let mut tx = self.0.store().read().await?;
        let Some(pending) = tx.confirmation(&row.workspace_id).await? else { return Ok(None) };
        let revision = pending.revision - 1;
        let before = Policy { revision, settings: load(&mut tx, &row.workspace_id, revision).await?.settings };
        let behind = confirmation::is_behind(&self.0.policies().in_force(&Arc::new(before)), &asking);
        Ok(behind.then_some(pending.deadline))
    }
}

/// What the gate has to know about the member of a session.
pub(super) fn facts(row: &AuthenticatedRow) -> MemberFacts {
    MemberFacts {
        role: row.role,
        factors: Factors {
            authenticator: row.authenticators > 0,
            passkeys: u32::try_from(row.passkeys).unwrap_or(u32::MAX),
        },
        times: SessionTimes { started_at: row.started_at, last_seen_at: row.last_seen_at, persistent: row.persistent },
        password: PasswordFacts {
            set_at: row.password_set_at,
            changed_at: row.password_changed_at,
            falls_short: row.password_falls_short,
            clock_since: row.max_age_since,
        },
        enrolment_asked_at: row.enrolment_asked_at,
    }
}
