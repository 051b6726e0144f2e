//! Links that were sent to a member and would still open something: what an admin sees of them, and makes void. Never
//! their tokens, nor what is stored of those.
use crate::{
    Caller, Error, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Links,
    members::changeable,
    platform::unit_of_work::unit_of_work,
};
use policy::{LinkPurpose, Timestamp, decide::link};
use store::Tx;

/// How many links of one member are shown.
const SHOWN: i64 = 100;

/// A link that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutstandingLink {
    /// What forms name it by: a keyed hash, which opens nothing.
    pub id: String,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it works as things are; `None` when it never lapses.
    pub works_until: Option<Timestamp>,
}

impl Links<'_> {
    /// The links of a member that work, the latest first, each with the hash of its token.
    async fn outstanding(
        self,
        tx: &mut Tx,
        caller: &Caller,
        member: &MemberId,
    ) -> Result<Vec<(String, OutstandingLink)>> {
        let (settings, now) = (&caller.policy().settings, self.0.now());
        let rows = tx.unused_links_of(member, now.0, SHOWN).await?;
        let working = rows.into_iter().filter_map(|row| {
            let purpose: LinkPurpose = row.link.purpose.parse().ok()?;
            let (made_at, said) = (Timestamp(row.link.created_at), row.link.expires_at.map(Timestamp));
            let today = link::lapses(settings, purpose, made_at).map(|(at, _)| at);
            let works_until = match (said, today) {
                (Some(said), Some(today)) => Some(said.min(today)),
                (said, today) => said.or(today),
            };
            let id = self.0.vault().hash("a link in the list of a member's", &[row.token_hash.as_bytes()]);
            link::works(settings, purpose, made_at, said, now)
                .then_some((row.token_hash, OutstandingLink { id, purpose, made_at, works_until }))
        });
        Ok(working.collect())
    }

    /// The links of a member that work, the latest first.
    pub(crate) async fn outstanding_of(
        self,
        tx: &mut Tx,
        caller: &Caller,
        member: &MemberId,
    ) -> Result<Vec<OutstandingLink>> {
        Ok(self.outstanding(tx, caller, member).await?.into_iter().map(|(_, link)| link).collect())
    }

    /// Makes a link of a member void, or all of them where none is named.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`policy::Refusal::NotOnYourself`]; [`policy::Refusal::RoleRequired`] for a super-admin's;
    /// [`Error::NotFound`] when the workspace has no such member, or no such link of theirs works.
    pub async fn void_of(self, caller: &Caller, member: &MemberId, id: Option<&str>) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            let mut void = self.outstanding(&mut tx, caller, &member.id).await?;
            if let Some(id) = id {
                void.retain(|(_, link)| link.id == id);
                if void.is_empty() {
                    return Err(Error::NotFound);
                }
            }
            for (token_hash, link) in void {
                if !tx.void_link(&member.id, &token_hash, self.0.now().0).await? {
                    continue;
                }
                let entry =
                    Entry::new(Channel::Members, "Voided a link of a member", Actor::Member(caller.email().clone()))
                        .from_address(caller.address())
                        .about(&member.email)
                        .with("purpose", link.purpose.name());
                self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}
