//! Leads to joining the workspace: its button opens a form that asks for a name and a password, which uses it up.
use super::{
    behaviour,
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{Result, Token, WorkspaceId, bailey::Links, mail::Mail};
use policy::{LinkPurpose, Role, Timestamp, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::Invitation;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Joins {
        offer: |member| {
            let (email, role) = (&member.email, member.role.label());
            let what = format!(
                "You are invited to this workspace with the address {email}, in the role {role}. The next page asks for your name and a password; you join once you have sent it."
            );
            (what, "Join")
        },
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(1)));
        vec![letter("Grace Hopper", "Acme", Role::Member, &link)]
    },
};

impl Links<'_> {
    /// Sends somebody the invitation to join, not before an instant; returns the identifier of the mail.
    pub(crate) async fn mail_invitation(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        by: &str,
        due: Timestamp,
    ) -> Result<String> {
        let workspace = tx.workspace(&member.workspace_id).await?.map(|row| row.name).unwrap_or_default();
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue_for(tx, member, &letter(by, &workspace, member.role, &link), due).await
    }

    /// Finds who joins by a link, and what it is for.
    ///
    /// # Errors
    /// [`policy::Refusal::LinkDead`] when it was used, withdrawn, has lapsed or never was.
    pub(crate) async fn joins(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        link: &Token,
    ) -> Result<(LinkPurpose, MemberRow)> {
        let joins = |purpose: LinkPurpose| matches!(behaviour(purpose).opens, Opens::Joins { .. });
        let live = self.find_live(tx, workspace, link, joins).await?;
        Ok((live.purpose, live.member))
    }
}

fn letter(by: &str, workspace: &str, role: Role, link: &MailedLink) -> Mail {
    let words = vec![
        format!("{by} invites you to {workspace}, in the role {}.", role.label()),
        link.works_once("The link below leads to the page where you choose your name and a password."),
    ];
    Mail::new("invitation", "You are invited to join", words)
        .with_button("Join", &link.path)
        .with_warning("If you do not know what this is about, do nothing: nobody joins without this link.")
        .because("Sent by Bailey, because somebody has invited your address.")
}
