//! What is written down, and who is told, when somebody is not signed in.
use crate::{
    Client, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::SignIn,
    links::AskedFor,
    lockouts::Attempt,
    platform::unit_of_work::unit_of_work,
};
use policy::{Refusal, SettingKey, Settings, Timestamp, decide::lockout::Guarded};
use store::{MemberRow, Tx};

impl SignIn<'_> {
    /// Turns somebody away whose password was right: no failed try, and nobody else learns of it.
    pub(super) async fn turn_away(
        self,
        attempt: &Attempt,
        member: &MemberRow,
        client: &Client,
        refusal: Refusal,
    ) -> Result<Refusal> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            self.0.lockouts().clear(&mut tx, attempt).await?;
            self.note_turned_away(&mut tx, member, client, &refusal).await?;
            Ok(tx.commit().await?)
        })
        .await?;
        Ok(refusal)
    }

    /// Writes down that somebody who proved who they are was turned away; whoever has not confirmed their
    /// address gets the mail to do so.
    pub(crate) async fn note_turned_away(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        client: &Client,
        refusal: &Refusal,
    ) -> Result<()> {
        if *refusal == Refusal::NotVerified {
            self.0.links().mail_confirmation(tx, member).await?;
        }
        if *refusal == (Refusal::Unused { by_mail: true }) {
            self.0.links().mail_reactivation(tx, member).await?;
        }
        let entry = Entry::new(Channel::SignIn, "Sign-in refused", Actor::Nobody)
            .from_address(client.address.as_deref())
            .about(&member.email)
            .with("reason", refusal.code());
        self.0.audit().record(tx, &member.workspace_id, entry).await
    }

    /// Writes down that a password was wrong: the same work whether somebody has the address or not,
    /// and never what was typed, since people type passwords into the wrong field.
    pub(crate) async fn note_refused(
        self,
        workspace: &WorkspaceId,
        member: Option<&MemberRow>,
        client: &Client,
        settings: &Settings,
        locks: Option<Timestamp>,
    ) -> Result<()> {
        unit_of_work(|| async {
            let mut entry = Entry::new(Channel::SignIn, "Sign-in refused", Actor::Nobody)
                .from_address(client.address.as_deref())
                .with("reason", if member.is_some() { "wrong password" } else { "unknown address" });
            if let Some(member) = member {
                entry = entry.about(&member.email);
            }
            if locks.is_some() {
                entry = entry.with("locked", SettingKey::LOCKOUT_SIGN_IN_ATTEMPTS.as_str());
            }
            let mut tx = self.0.store().write().await?;
            self.0.audit().record(&mut tx, workspace, entry).await?;
            self.0.lockouts().count_for_address(&mut tx, workspace, Guarded::Address, client, settings).await?;
            if let Some(until) = locks {
                let email = member.map_or("", |member| member.email.as_str());
                self.0.links().ask_for_mail(&mut tx, workspace, email, AskedFor::Unlock { until }).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}
