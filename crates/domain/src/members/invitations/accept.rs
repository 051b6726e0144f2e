//! Taking an invitation: a name and a password, and whoever was invited, or has asked to join and is let in, is a member.
use crate::{
    Client, Error, Result, Token, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    members::create::judge_name,
    platform::unit_of_work::unit_of_work,
};
use policy::{LinkPurpose, Refusal, Role, decide::password::Owner};
use secrecy::SecretString;
use std::collections::BTreeMap;

/// Whoever was invited, or has asked to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Their address.
    pub email: String,
    /// Their name, as far as it is known.
    pub name: String,
    /// The role that they get.
    pub role: Role,
}

impl Members<'_> {
    /// Says who was invited by a link, without using it.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, withdrawn, has lapsed or never was; [`Refusal::InvitationVoid`].
    pub async fn look_at_invitation(self, workspace: &WorkspaceId, link: &Token) -> Result<Invited> {
        let mut tx = self.0.store().read().await?;
        let (purpose, member) = self.0.links().joins(&mut tx, workspace, link).await?;
        self.judge_joining(&mut tx, purpose, &member).await?;
        Ok(Invited { email: member.email.to_string(), name: member.name, role: member.role })
    }

    /// The same, for whoever has pressed the button: an invitation that no longer holds is used up, and the audit log
    /// tells of it.
    ///
    /// # Errors
    /// As [`Self::look_at_invitation`].
    pub async fn open_invitation(self, workspace: &WorkspaceId, link: &Token, client: &Client) -> Result<Invited> {
        let found = self.look_at_invitation(workspace, link).await;
        if let Err(Error::Refused(refusal @ Refusal::InvitationVoid)) = &found {
            self.void_invitation(workspace, link, client, refusal).await?;
        }
        found
    }

    async fn void_invitation(
        self,
        workspace: &WorkspaceId,
        link: &Token,
        client: &Client,
        why: &Refusal,
    ) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let (_, member) = self.0.links().joins(&mut tx, workspace, link).await?;
            tx.lock_member(&member.id).await?;
            if tx.use_link(&link.hash(), LinkPurpose::Invitation.name(), self.0.now().0).await?.is_some() {
                let entry = Entry::new(Channel::Members, "Refused an invitation", Actor::Nobody)
                    .from_address(client.address.as_deref())
                    .about(&member.email)
                    .with("role", member.role.name())
                    .with("reason", why.code());
                self.0.audit().record(&mut tx, workspace, entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Makes whoever was invited a member with a name and a password, and uses the link up, which has proved that the
    /// address is theirs.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `name` and `password`, and then the link stays live;
    /// as [`Self::open_invitation`] else.
    pub async fn accept_invitation(
        self,
        workspace: &WorkspaceId,
        link: &Token,
        name: &str,
        password: &SecretString,
        client: &Client,
    ) -> Result<()> {
        // Before the work of hashing is done for a stranger.
        let Invited { email, .. } = self.open_invitation(workspace, link, client).await?;
        let (name, mut wrong) = judge_name(name).map_or_else(
            |words| (String::new(), BTreeMap::from([("name".to_owned(), words)])),
            |name| (name, BTreeMap::new()),
        );
        let policy = self.0.policies().now(workspace).await?;
        let owner = Owner { name: &name, email: &email };
        if let Err(problem) = self.0.passwords().judge_new(workspace, &policy.settings, password, owner).await? {
            wrong.insert("password".to_owned(), problem.in_words());
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let hash = self.0.hasher().hash(password).await?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let (purpose, found) = self.0.links().joins(&mut tx, workspace, link).await?;
            // Whoever has invited them and loses their role meanwhile is seen before or after, never in between.
            let by = tx.invitation(&found.id).await?.map(|invited| invited.invited_by);
            let mut held: Vec<_> = by.iter().chain([&found.id]).collect();
            held.sort();
            for id in held {
                tx.lock_member(id).await?;
            }
            let member = tx.member(&found.id).await?.ok_or(Refusal::LinkDead)?;
            self.judge_joining(&mut tx, purpose, &member).await?;
            let now = self.0.now();
            let used = tx.use_link(&link.hash(), purpose.name(), now.0).await?;
            if used.is_none() || !tx.join(&member.id, &name, &hash, now.0).await? {
                return Err(Refusal::LinkDead.into());
            }
            tx.delete_invitation(&member.id).await?;
            tx.delete_registration(&member.id).await?;
            tx.void_links_of(&member.id, now.0).await?;
            let action = if purpose == LinkPurpose::CompleteRegistration {
                "Joined by registration"
            } else {
                "Joined by invitation"
            };
            let entry = Entry::new(Channel::Members, action, Actor::Member(member.email.clone()))
                .from_address(client.address.as_deref())
                .with("role", member.role.name());
            self.0.audit().record(&mut tx, workspace, entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}
