//! What a community is called and is for, who belongs to it, and who moderates it.
use crate::{
    Caller, CommunityId, Error, MemberId, Result,
    audit::{Actor, Channel, Difference, Entry},
    bailey::Communities,
    members::{changeable, clean_name, clean_text, hold_caller},
    platform::unit_of_work::unit_of_work,
};
use policy::{
    AccountStatus, Refusal,
    decide::{moderation, rank},
};
use std::collections::BTreeMap;
pub use store::{CommunityMemberRow, CommunityRow, RegistrationRow};

/// The greatest length of a name, in characters.
const NAME: usize = 60;
/// The greatest length of a description, in characters.
const DESCRIPTION: usize = 1_000;
/// How many members of a community a page shows, and how many who wait.
const SHOWN: i64 = 50;

/// A community with a page of its members, for the admins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunityPage {
    /// The community.
    pub community: CommunityRow,
    /// Who was made its moderator, by name.
    pub moderators: Vec<CommunityMemberRow>,
    /// A page of its members, by address.
    pub members: Vec<CommunityMemberRow>,
    /// After which address the next page begins; `None` on the last one.
    pub after: Option<String>,
}

/// A community, for those who belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunityView {
    /// The community.
    pub community: CommunityRow,
    /// Who was made its moderator, by name.
    pub moderators: Vec<CommunityMemberRow>,
    /// Whether the caller belongs to it.
    pub belongs: bool,
    /// Whether the caller may moderate it.
    pub moderates: bool,
    /// Whoever waits to be let in and was put into it; nobody for one who does not moderate it.
    pub waiting: Vec<RegistrationRow>,
}

impl Communities<'_> {
    /// The communities of the workspace, by name.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn names(self, caller: &Caller) -> Result<Vec<(CommunityId, String)>> {
        let rows = self.0.store().read().await?.community_names(caller.workspace()).await?;
        Ok(rows)
    }

    /// A community with the page of its members that begins after an address.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such community.
    pub async fn page(self, caller: &Caller, id: &CommunityId, after: &str) -> Result<CommunityPage> {
        let after: String = after.chars().filter(|c| !c.is_control()).take(400).collect();
        let mut tx = self.0.store().read().await?;
        let community = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
        let mut members = tx.community_members(id, &after, SHOWN + 1).await?;
        let shown = usize::try_from(SHOWN).unwrap_or(usize::MAX);
        let more = members.len() > shown;
        members.truncate(shown);
        let after = members.last().filter(|_| more).map(|last| last.email.clone());
        Ok(CommunityPage { community, moderators: tx.community_moderators(id).await?, members, after })
    }

    /// A community that the caller belongs to, or may moderate.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else, as when there is no such community.
    pub async fn look_at(self, caller: &Caller, id: &CommunityId) -> Result<CommunityView> {
        let mut tx = self.0.store().read().await?;
        let community = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
        let belongs = tx.belongs_to(id, caller.member()).await?;
        let moderates = moderation::may_moderate(caller.role(), tx.moderates(id, caller.member()).await?);
        if !belongs && !moderates {
            return Err(Error::NotFound);
        }
        let waiting = if moderates { tx.waiting_registrations_in(id, SHOWN).await? } else { Vec::new() };
        Ok(CommunityView { community, moderators: tx.community_moderators(id).await?, belongs, moderates, waiting })
    }

    /// Gives a community a name and a description.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `name` and `description`; [`Error::NotFound`];
    /// [`Refusal::StepUpRequired`].
    pub async fn describe(self, caller: &Caller, id: &CommunityId, name: &str, description: &str) -> Result<()> {
        caller.is_fresh()?;
        let (name, description) = judged(name, description)?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let caller_now = hold_caller(&mut tx, caller).await?;
            rank::may_administer(caller_now.role)?;
            let before = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
            match tx.describe_community(id, &name, &description).await {
                Err(store::Error::AlreadyExists) => {
                    return Err(Error::field("name", "A community with this name is already there."));
                }
                Ok(false) => return Ok(()),
                done => drop(done?),
            }
            let differences = [
                ("name", "Name", before.name, &name),
                ("description", "Description", before.description, &description),
            ];
            let differences =
                differences.into_iter().filter(|(_, _, from, to)| from != *to).map(|(key, label, from, to)| {
                    Difference { key: key.to_owned(), label: label.to_owned(), from, to: to.clone(), weakens: false }
                });
            let entry = Entry::new(Channel::Members, "Described a community", Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .with_differences(differences.collect())
                .with("community", name.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Puts a member into a community who is known by their identifier.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such community or no such member; [`Refusal::RoleRequired`] for a super-admin;
    /// [`Refusal::StepUpRequired`].
    pub async fn admit(self, caller: &Caller, id: &CommunityId, member: &MemberId) -> Result<()> {
        let mut tx = self.0.store().read().await?;
        let member = tx.member(member).await?.filter(|member| member.workspace_id == *caller.workspace());
        let email = member.ok_or(Error::NotFound)?.email;
        drop(tx);
        self.add_member(caller, id, email.as_str()).await
    }

    /// Takes a member out of a community.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such community, or they don't belong to it; [`Refusal::NotOnYourself`];
    /// [`Refusal::RoleRequired`] for a super-admin; [`Refusal::StepUpRequired`].
    pub async fn remove_member(self, caller: &Caller, id: &CommunityId, member: &MemberId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            let community = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
            if !tx.remove_community_member(id, &member.id).await? {
                return Err(Error::NotFound);
            }
            let entry = entry(caller, "Removed a member from a community").about(&member.email);
            self.0.audit().record(&mut tx, caller.workspace(), entry.with("community", community.name)).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Makes a member of a community its moderator, or takes that back.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such community, or they don't belong to it; [`Refusal::StillPending`] of
    /// somebody who has not joined yet; [`Refusal::NotOnYourself`], [`Refusal::RoleRequired`] and
    /// [`Refusal::StepUpRequired`].
    pub async fn set_moderator(
        self,
        caller: &Caller,
        id: &CommunityId,
        member: &MemberId,
        moderator: bool,
    ) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            let community = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
            if !tx.belongs_to(id, &member.id).await? {
                return Err(Error::NotFound);
            }
            if moderator && member.status == AccountStatus::Pending {
                return Err(Refusal::StillPending.into());
            }
            if !tx.set_community_moderator(id, &member.id, moderator).await? {
                return Ok(());
            }
            let action = if moderator {
                "Made a member a moderator of a community"
            } else {
                "Took the moderation of a community back"
            };
            let entry = entry(caller, action).about(&member.email).with("community", community.name);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

/// A name and a description as they are kept.
///
/// # Errors
/// [`Error::Invalid`] with the words beside either field.
pub(super) fn judged(name: &str, description: &str) -> Result<(String, String)> {
    let (name, description) = (clean_name(name), clean_text(description));
    let mut wrong = BTreeMap::new();
    if name.is_empty() || name.chars().count() > NAME {
        wrong.insert("name".to_owned(), format!("Enter a name of 1 to {NAME} characters."));
    }
    if description.chars().count() > DESCRIPTION {
        wrong.insert("description".to_owned(), format!("A description has at most {DESCRIPTION} characters."));
    }
    if wrong.is_empty() { Ok((name, description)) } else { Err(Error::Invalid(wrong)) }
}

fn entry(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Members, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}
