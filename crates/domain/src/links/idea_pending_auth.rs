//! Leads to an idea that waits, from a chat. Whoever reads the channel has it, so it is nobody's own and gives no right: the
//! queue that it leads to asks who somebody is, and whether they may decide.
use super::behaviour::{Behaviour, Opens, no_mail};
use crate::{IdeaId, Result, bailey::Links};
use policy::{LinkPurpose, Timestamp};
use store::{IdeaRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::IdeaPendingAuth;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Posted {
        to: |subject| IdeaId::parse(subject).map(|id| format!("/moderation?idea={id}")),
        what: "This link leads to an idea that waits for a decision. Moderators decide about it, once they have signed in.",
        button: "Continue",
    },
    samples: no_mail,
};

impl Links<'_> {
    /// Makes the link to an idea for a chat, in the place of an earlier one; returns the page that it opens, and when it
    /// lapses.
    pub(crate) async fn for_chat(self, tx: &mut Tx, idea: &IdeaRow) -> Result<(String, Option<Timestamp>)> {
        let (token, until) = self.issue(tx, &idea.workspace_id, PURPOSE, None, Some(idea.id.as_str())).await?;
        Ok((format!("/link/{}", token.expose()), until))
    }
}
