//! What is known of requests from addresses that the admin allowlist leaves out.
use super::{Admission, Caller, Client};
use crate::{
    Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Access,
    platform::unit_of_work::unit_of_work,
};
use policy::{Refusal, time::Span, value::Mode};

/// What the audit log says of a request that the list has stopped.
const KEPT_OUT: &str = "Kept from the admin pages";

/// What the audit log says of a request that the list would have stopped, were it not only watched.
const WATCHED: &str = "Would have been kept from the admin pages";

impl Access<'_> {
    /// Notes that somebody came to the admin pages from an address that is not on the allowlist: kept out, and of whoever
    /// has no role for these pages once for each address and minute; or, with such a role, let through while the list is
    /// only watched, and then once for each session, address and hour.
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
        let who = admission.who.as_ref();
        let is_admin = who.is_some_and(|who| who.role.reaches_admin());
        let (action, requests) = match &admission.verdict {
            Err(Refusal::AddressNotAllowed { .. }) if is_admin => (KEPT_OUT, 1),
            Err(Refusal::AddressNotAllowed { .. }) => {
                let email = who.map(|who| &who.email);
                match self.0.blocked_strangers().count(email, client.ip(), self.0.now()) {
                    Some(requests) => (KEPT_OUT, requests),
                    None => return Ok(()),
                }
            }
            Ok(_) if is_admin && self.0.watched_visits().begins(client, self.0.now()) => (WATCHED, 1),
            Ok(_) | Err(_) => return Ok(()),
        };
        let actor = who.map_or(Actor::Nobody, |who| Actor::Member(who.email.clone()));
        let mut entry = Entry::new(Channel::Network, action, actor)
            .from_address(client.address.as_deref())
            .with("page", page.chars().take(200).collect::<String>());
        if requests > 1 {
            entry = entry.with("requests", requests.to_string());
        }
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
