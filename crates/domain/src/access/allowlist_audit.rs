//! What is known of requests from addresses that the admin allowlist leaves out.
use super::{Admission, Caller, Client};
use crate::{
    Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Access,
    platform::unit_of_work::unit_of_work,
};
use policy::{Refusal, time::Span, value::Mode};

/// What the audit log says of a request that the list would have stopped, were it not only watched.
const WATCHED: &str = "Would have been kept from the admin pages";

impl Access<'_> {
    /// Notes that somebody with a role for the admin pages came from an address that is not on the
    /// allowlist: kept out, or let through while the list is only watched, and then once for each session, address and
    /// hour.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn note_outside_allowlist(
        self,
        admission: &Admission,
        client: &Client,
        workspace: &WorkspaceId,
        page: &str,
    ) -> Result<()> {
        let Some(who) = admission.who.as_ref().filter(|who| who.role.reaches_admin()) else { return Ok(()) };
        let action = match &admission.verdict {
            Err(Refusal::AddressNotAllowed { .. }) => "Kept from the admin pages",
            Ok(_) => WATCHED,
            Err(_) => return Ok(()),
        };
        if action == WATCHED && !self.0.watched_visits().begins(client, self.0.now()) {
            return Ok(());
        }
        let entry = Entry::new(Channel::Network, action, Actor::Member(who.email.clone()))
            .from_address(client.address.as_deref())
            .with("page", page.chars().take(200).collect::<String>());
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            self.0.audit().record(&mut tx, workspace, entry.clone()).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// How many visits the allowlist would have stopped in the last seven days; `None` unless it is only watched.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn would_have_stopped(self, caller: &Caller) -> Result<Option<i64>> {
        let network = &caller.policy().settings.network;
        if network.admin_allowlist_mode != Mode::ReportOnly || network.admin_allowlist.is_empty() {
            return Ok(None);
        }
        let since = self.0.now() - Span::days(7);
        // As it stands in the body of an entry: what a request brings is escaped there.
        let action = format!("\"action\":\"{WATCHED}\"");
        let mut tx = self.0.store().read().await?;
        let channel = Channel::Network.name();
        Ok(Some(tx.count_audit_entries(caller.workspace(), channel, since.0, &action).await?))
    }
}
