//! How many there are of what settings concern.
use crate::{Bailey, Result, WorkspaceId};
use policy::{
    LinkPurpose, Settings,
    audience::MemberCounts,
    decide::{
        link,
        lockout::{self, Guarded},
        trust,
    },
};

impl Bailey {
    /// Counts whom settings concern as things are in a workspace, under those settings.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn member_counts(&self, workspace: &WorkspaceId, settings: &Settings) -> Result<MemberCounts> {
        let now = self.now();
        let mut tx = self.store().read().await?;
        let counted = tx.coverage(workspace).await?;
        let (sessions, members_with_sessions, persistent_sessions) =
            tx.count_live_sessions(workspace, self.cut(settings)).await?;
        let trusted_browsers = match trust::over_before(settings, now) {
            Some(after) => tx.count_trusted_browsers(workspace, after.0).await?,
            None => 0,
        };
        let mut links = Vec::new();
        for purpose in LinkPurpose::ALL.iter().filter(|purpose| purpose.settings().next().is_some()) {
            let after = link::over_before(settings, *purpose, now).map_or(i64::MIN, |after| after.0);
            links.push((*purpose, tx.count_live_links(workspace, purpose.name(), after, now.0).await?));
        }
        let locked = tx.locked_members(workspace, lockout::MAX_CONSECUTIVE.into(), now.0).await?;
        let locked_out_of = |guarded: Guarded| {
            let found = locked.iter().filter(|locked| locked.guarded == guarded.name()).count();
            (guarded, i64::try_from(found).unwrap_or(i64::MAX))
        };
        Ok(MemberCounts {
            members: counted.members,
            members_not_enrolled: counted.members_not_enrolled(),
            admins: counted.admins,
            admins_not_enrolled: counted.admins_not_enrolled(),
            with_authenticator: counted.with_authenticator,
            with_passkey: counted.with_passkey,
            only_email_codes: counted.only_email_codes,
            passwords_falling_short: tx.count_passwords_falling_short(workspace).await?,
            sessions,
            members_with_sessions,
            persistent_sessions,
            trusted_browsers,
            locked: [Guarded::SignIn, Guarded::TwoFactor, Guarded::Claim].map(locked_out_of).into(),
            links,
            promoted: tx.promoted_super_admins(workspace).await?,
        })
    }
}
