//! What says how long a link works: the workspace's settings, and where it is about what belongs to a community, that
//! community's.
use crate::{AssessmentId, Result, WorkspaceId, bailey::Links, members::communities::settings_within};
use policy::{LinkPurpose, Settings};
use store::Tx;

impl Links<'_> {
    /// The settings that say how long a link works that is about something.
    pub(super) async fn settings_for(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        purpose: LinkPurpose,
        subject: Option<&str>,
    ) -> Result<Settings> {
        let policy = self.0.policies().within(tx, workspace).await?;
        let about = subject.filter(|_| purpose.is_of_communities()).and_then(AssessmentId::parse);
        let community = match about {
            Some(id) => tx.community_of_assessment(&id).await?,
            None => None,
        };
        match community {
            Some(community) => settings_within(tx, &policy.settings, workspace, &community).await,
            None => Ok(policy.settings.clone()),
        }
    }
}
