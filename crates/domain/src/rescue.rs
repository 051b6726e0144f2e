//! What the operator can do at the server's console when the way in through the browser is barred.
use crate::{
    Error, Result, Token, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Rescue,
    platform::unit_of_work::unit_of_work,
    policies::{Author, Plan, Wanted, load},
};
use policy::{Change, EmailAddress, Ended, LinkPurpose, SettingKey, Settings, value::Mode};
use store::{MemberRow, Tx};

/// What a rescue did to the settings.
#[derive(Debug, Clone, Default)]
pub struct Rescued {
    /// The revision that waited to be confirmed and was put back first, if one did.
    pub reverted: Option<i64>,
    /// What changed besides.
    pub changes: Vec<Change>,
}

impl Rescue<'_> {
    /// Turns both *require* switches off; returns what changed.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn mfa_off(self, workspace: &WorkspaceId) -> Result<Rescued> {
        let turn_off = |settings: &mut Settings| {
            settings.two_factor.require_admins = false;
            settings.two_factor.require_everyone = false;
        };
        let named = [SettingKey::TWO_FACTOR_REQUIRE_ADMINS, SettingKey::TWO_FACTOR_REQUIRE_EVERYONE];
        self.change_settings(workspace, &named, turn_off).await
    }

    /// Turns the admin allowlist off; its entries stay. Returns what changed.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn allowlist_off(self, workspace: &WorkspaceId) -> Result<Rescued> {
        let turn_off = |settings: &mut Settings| settings.network.admin_allowlist_mode = Mode::Off;
        self.change_settings(workspace, &[SettingKey::NETWORK_ADMIN_ALLOWLIST_MODE], turn_off).await
    }

    /// Changes these settings whatever waits: an operator who needs this does not confirm it, so it is put back first.
    /// What else can't be read stays as it is stored.
    async fn change_settings(
        self,
        workspace: &WorkspaceId,
        named: &[SettingKey],
        change: impl Fn(&mut Settings),
    ) -> Result<Rescued> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let reverted = self.0.policies().revert_pending_in(&mut tx, workspace).await?;
            let base = tx.revision(workspace).await?;
            let mut wanted = load(&mut tx, workspace, base).await?;
            change(&mut wanted.settings);
            wanted.unreadable.retain(|found| !named.iter().any(|key| key.as_str() == found.key));
            let wanted = Wanted::keeping(wanted);
            let plan = Plan { base, wanted, origin: "console".to_owned(), waits: false, may_lock_out: true };
            let saved = self.0.policies().save_in(&mut tx, workspace, plan, &Author::console()).await?;
            tx.commit().await?;
            Ok(Rescued { reverted, changes: saved.changes })
        })
        .await
    }

    /// Removes every second factor of a member and ends their sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn reset_two_factor(self, workspace: &WorkspaceId, email: &EmailAddress) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = find(&mut tx, workspace, email).await?;
            self.0.two_factor().remove_all(&mut tx, &member, Ended::ByConsole, "the operator of the server").await?;
            let entry = Entry::new(Channel::Console, "Reset two-factor authentication", Actor::Console).about(email);
            self.0.audit().record(&mut tx, workspace, entry).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Makes a one-time sign-in link for a member, in place of their password.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn sign_in_link(self, workspace: &WorkspaceId, email: &EmailAddress) -> Result<Token> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = find(&mut tx, workspace, email).await?;
            let (token, _) =
                self.0.links().issue(&mut tx, workspace, LinkPurpose::SignIn, Some(&member.id), None).await?;
            let entry = Entry::new(Channel::Console, "Made a sign-in link", Actor::Console).about(email);
            self.0.audit().record(&mut tx, workspace, entry).await?;
            tx.commit().await?;
            Ok(token)
        })
        .await
    }
}

/// The member with an address, held until the end of the unit of work.
async fn find(tx: &mut Tx, workspace: &WorkspaceId, email: &EmailAddress) -> Result<MemberRow> {
    let member = tx.member_by_email(workspace, email).await?.ok_or(Error::NotFound)?;
    tx.lock_member(&member.id).await?;
    Ok(member)
}
