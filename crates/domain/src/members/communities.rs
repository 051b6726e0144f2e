//! Communities, and the settings that they hold otherwise than their workspace.
pub use super::community_members::{CommunityMemberRow, CommunityPage, CommunityRow, CommunityView};
use crate::{
    Caller, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::Communities,
    members::{community_members::judged, hold_caller_and},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    Change, EmailAddress, Setting, Settings,
    community::{self, Overrides},
    decide::{
        quota::Quota,
        rank::{self, Authority},
    },
};
use store::{CommunityId, MemberId, OverrideRow, Tx, WorkspaceId};

/// A community, with what it overrides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    /// Its identifier.
    pub id: CommunityId,
    /// Its name.
    pub name: String,
    /// How many members belong to it.
    pub members: i64,
    /// What it holds otherwise than the workspace.
    pub overrides: Overrides,
}

impl Communities<'_> {
    /// Every community of the workspace, by name.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<Community>> {
        let mut tx = self.0.store().read().await?;
        let rows = tx.communities(caller.workspace()).await?;
        with_overrides(&mut tx, caller.workspace(), rows).await
    }

    /// Every community of the workspace as such, by name.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn all(self, caller: &Caller) -> Result<Vec<CommunityRow>> {
        Ok(self.0.store().read().await?.communities(caller.workspace()).await?)
    }

    /// The communities that the caller belongs to, by name.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn mine(self, caller: &Caller) -> Result<Vec<Community>> {
        communities_of(&mut self.0.store().read().await?, caller.workspace(), caller.member()).await
    }

    /// Adds a community.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `name` and `description`; [`policy::Refusal::StepUpRequired`];
    /// [`policy::Refusal::QuotaReached`] where there are too many.
    pub async fn create(self, caller: &Caller, name: &str, description: &str) -> Result<()> {
        caller.is_fresh()?;
        let (name, description) = judged(name, description)?;
        let now = self.0.now();
        let id = CommunityId::from(random::id(now)?);
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            match tx.insert_community(caller.workspace(), &id, &name, now.0).await {
                Err(store::Error::AlreadyExists) => {
                    return Err(Error::field("name", "A community with this name is already there."));
                }
                done => done?,
            }
            tx.describe_community(&id, &name, &description).await?;
            let entry = entry(caller, Channel::Members, "Created a community").with("community", name.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            // Counted while the end of the log is held, which only one of several at once holds: this one is among them.
            Quota::Communities.admits_another(tx.count_communities(caller.workspace()).await? - 1)?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Adds a member to a community.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the field `email`; [`Error::NotFound`] when there is no
    /// such community; [`policy::Refusal::RoleRequired`] for a super-admin, of whom other settings would hold;
    /// [`policy::Refusal::StepUpRequired`].
    pub async fn add_member(self, caller: &Caller, id: &CommunityId, email: &str) -> Result<()> {
        caller.is_fresh()?;
        let email = EmailAddress::parse(email).map_err(|problem| Error::field("email", problem.to_string()))?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let community = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
            let Some(found) = tx.member_by_email(caller.workspace(), &email).await? else {
                return Err(Error::field("email", "No member has this address."));
            };
            let own = hold_caller_and(&mut tx, caller, &found.id).await?;
            rank::may_administer(own.role)?;
            let member = tx.member(&found.id).await?.ok_or(Error::NotFound)?;
            rank::may_reach(Authority::Member(own.role), member.role)?;
            if tx.add_community_member(id, &member.id).await? {
                let entry = entry(caller, Channel::Members, "Added a member to a community");
                let entry = entry.about(&email).with("community", community.name);
                self.0.members().ask_moderators_of(&mut tx, id, &member).await?;
                self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Lets a community hold a setting otherwise than its workspace.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the setting; [`Error::NotFound`] when there is no such
    /// community, or no such setting that it may override; [`policy::Refusal::StepUpRequired`].
    pub async fn override_setting(self, caller: &Caller, id: &CommunityId, key: &str, typed: &str) -> Result<()> {
        let setting = may_override(key)?;
        caller.is_fresh()?;
        let value = setting.canonical(typed).map_err(|problem| Error::field(setting.key, problem.to_string()))?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let community = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
            let before = tx.take_override(id, setting.key).await?.map(|row| row.value);
            let row = OverrideRow { community_id: id.clone(), setting: setting.key.to_owned(), value: value.clone() };
            tx.put_override(&row).await?;
            if before.as_deref() != Some(&row.value) {
                let change = change(caller, setting, before, Some(row.value));
                rank::may_change(Authority::Member(caller.role()), std::slice::from_ref(&change))?;
                let entry = entry(caller, Channel::Settings, "Overrode a setting for a community");
                let entry = entry.with_changes(&[change]).with("community", community.name);
                self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Lets a community inherit a setting again.
    ///
    /// # Errors
    /// As [`Self::override_setting`].
    pub async fn reset_override(self, caller: &Caller, id: &CommunityId, key: &str) -> Result<()> {
        let setting = may_override(key)?;
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let community = tx.community(caller.workspace(), id).await?.ok_or(Error::NotFound)?;
            if let Some(row) = tx.take_override(id, setting.key).await? {
                let change = change(caller, setting, Some(row.value), None);
                rank::may_change(Authority::Member(caller.role()), std::slice::from_ref(&change))?;
                let entry = entry(caller, Channel::Settings, "Reset a setting of a community");
                let entry = entry.with_changes(&[change]).with("community", community.name);
                self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}

fn entry(caller: &Caller, channel: Channel, action: &'static str) -> Entry {
    Entry::new(channel, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}

fn may_override(key: &str) -> Result<&'static Setting> {
    Settings::find(key).filter(|setting| setting.per_community.is_some()).ok_or(Error::NotFound)
}

/// A change of what holds in a community; what is not overridden is inherited.
fn change(caller: &Caller, setting: &'static Setting, from: Option<String>, to: Option<String>) -> Change {
    let inherited = caller.policy().settings.print(setting);
    let words = |value: &Option<String>| match value {
        Some(value) => setting.words_of(value),
        None => format!("inherited ({})", setting.words_of(&inherited)),
    };
    let (from_words, to_words) = (words(&from), words(&to));
    let (from, to) = (from.unwrap_or_else(|| inherited.clone()), to.unwrap_or_else(|| inherited.clone()));
    let (weakens, tightens) = (setting.weaker.weakens(&from, &to), setting.weaker.weakens(&to, &from));
    Change { setting, from, to, from_words, to_words, weakens, tightens }
}

/// The communities that a member belongs to, by name.
pub(crate) async fn communities_of(tx: &mut Tx, workspace: &WorkspaceId, member: &MemberId) -> Result<Vec<Community>> {
    let rows = tx.communities_of(member).await?;
    with_overrides(tx, workspace, rows).await
}

/// What holds of a setting for a member: the strictest of what their communities say, as its canonical text.
pub(crate) async fn effective_for(
    tx: &mut Tx,
    settings: &Settings,
    workspace: &WorkspaceId,
    member: &MemberId,
    setting: &Setting,
) -> Result<String> {
    let communities = communities_of(tx, workspace, member).await?;
    let overrides: Vec<Overrides> = communities.into_iter().map(|community| community.overrides).collect();
    Ok(community::effective(settings, &overrides, setting).value)
}

/// What holds within one community: what it overrides, and the workspace's for all else.
pub(crate) async fn settings_within(
    tx: &mut Tx,
    settings: &Settings,
    workspace: &WorkspaceId,
    community: &CommunityId,
) -> Result<Settings> {
    let held = tx.overrides(workspace).await?.into_iter().filter(|row| row.community_id == *community);
    Ok(community::within(settings, &held.map(|row| (row.setting, row.value)).collect()))
}

async fn with_overrides(tx: &mut Tx, workspace: &WorkspaceId, rows: Vec<CommunityRow>) -> Result<Vec<Community>> {
    let overrides = tx.overrides(workspace).await?;
    let of = |row: CommunityRow| {
        let mine = overrides.iter().filter(|held| held.community_id == row.id);
        let overrides = mine.map(|held| (held.setting.clone(), held.value.clone())).collect();
        Community { id: row.id, name: row.name, members: row.members, overrides }
    };
    Ok(rows.into_iter().map(of).collect())
}
