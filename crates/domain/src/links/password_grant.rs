//! The right to choose a new password, which pressing the button of some links gives: it stands in a cookie, and
//! `/choose-password` asks for it.
use super::behaviour::{Behaviour, Opens, no_mail};
use crate::{Error, Result, Token, WorkspaceId, bailey::Links};
use policy::{LinkPurpose, Refusal, SettingKey};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::PasswordGrant;

pub(super) const BEHAVIOUR: Behaviour = Behaviour { opens: Opens::Elsewhere, samples: no_mail };

impl Links<'_> {
    /// Gives a member the right to choose a new password.
    pub(super) async fn grant_password(self, tx: &mut Tx, member: &MemberRow) -> Result<Token> {
        Ok(self.issue(tx, &member.workspace_id, PURPOSE, Some(&member.id), None).await?.0)
    }

    /// Finds the member whose right to choose a new password this is.
    ///
    /// # Errors
    /// [`Refusal::LinkExpired`] when it has lapsed: whoever brings it has pressed the button themselves;
    /// [`Refusal::LinkDead`] when it was used or never was.
    pub(crate) async fn granted(self, tx: &mut Tx, workspace: &WorkspaceId, grant: &Token) -> Result<MemberRow> {
        match self.find_live(tx, workspace, grant, |purpose| purpose == PURPOSE).await {
            Ok(live) => Ok(live.member),
            Err(Error::Refused(Refusal::LinkDead)) => {
                let made = tx.made_link(&grant.hash()).await?.filter(|made| {
                    made.used_at.is_none()
                        && made.link.workspace_id == *workspace
                        && made.link.purpose == PURPOSE.name()
                });
                Err(made
                    .map_or(Refusal::LinkDead, |_| Refusal::LinkExpired { by: Some(SettingKey::LINKS_PASSWORDLESS) })
                    .into())
            }
            Err(error) => Err(error),
        }
    }
}
