//! One-time links: a random token, a purpose, perhaps a member. Opening one changes nothing, since
//! mail scanners open links; only pressing its button does. What each is like stands in a file for its purpose.
mod account_verification;
mod asked;
mod assessment;
mod behaviour;
mod community;
mod complete_registration;
mod conversation_view;
mod email_change;
mod email_claim;
mod idea_view;
mod identity_verification;
mod invitation;
mod issue;
mod live;
mod member_approve;
mod member_profile;
mod member_reject;
mod password_grant;
mod password_reset;
mod set_up;
mod sign_in;

pub(crate) use asked::{AskedFor, AskedMail};
pub(crate) use assessment::AskedAssessment;
pub use behaviour::LinkUsed;
pub(crate) use conversation_view::ToldMessage;

use crate::{
    Client, Error, Result, Token, WorkspaceId, bailey::Links, mail::Mail, members::registration::Decision,
    platform::unit_of_work::unit_of_work,
};
use behaviour::{Behaviour, Opens, Press};
use policy::{
    EmailAddress, LinkPurpose, Refusal, Timestamp,
    decide::link::{self, OpenedBy},
};
use subtle::ConstantTimeEq;

/// What links of a purpose are like: its file says so.
const fn behaviour(purpose: LinkPurpose) -> Behaviour {
    match purpose {
        LinkPurpose::SetUp => set_up::BEHAVIOUR,
        LinkPurpose::SignIn => sign_in::BEHAVIOUR,
        LinkPurpose::IdentityVerification => identity_verification::BEHAVIOUR,
        LinkPurpose::PasswordReset => password_reset::BEHAVIOUR,
        LinkPurpose::EmailChange => email_change::BEHAVIOUR,
        LinkPurpose::EmailChangeUndo => email_change::UNDO_BEHAVIOUR,
        LinkPurpose::Invitation => invitation::BEHAVIOUR,
        LinkPurpose::AccountVerification => account_verification::BEHAVIOUR,
        LinkPurpose::CompleteRegistration => complete_registration::BEHAVIOUR,
        LinkPurpose::MemberApprove => member_approve::BEHAVIOUR,
        LinkPurpose::MemberReject => member_reject::BEHAVIOUR,
        LinkPurpose::MemberProfile => member_profile::BEHAVIOUR,
        LinkPurpose::EmailClaim => email_claim::BEHAVIOUR,
        LinkPurpose::PasswordGrant => password_grant::BEHAVIOUR,
        LinkPurpose::IdeaView => idea_view::BEHAVIOUR,
        LinkPurpose::ConversationView => conversation_view::BEHAVIOUR,
        LinkPurpose::RankAssessment => assessment::RANK_BEHAVIOUR,
        LinkPurpose::ReviewScale => assessment::REVIEW_BEHAVIOUR,
    }
}

/// What a live link shows to whoever opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkView {
    /// What will happen, and the words on the button that makes it happen.
    Asks {
        /// What, in a sentence.
        what: String,
        /// The words on the button.
        button: &'static str,
    },
    /// It leads straight on to this page.
    LeadsOn(String),
    /// It only leads somewhere, and was sent to somebody else than who is signed in.
    SomebodyElses {
        /// Whom it was sent to.
        sent_to: EmailAddress,
        /// The page that it leads to.
        leads_to: String,
    },
}

/// Whether links of a purpose are opened at `/link`.
fn is_opened(purpose: LinkPurpose) -> bool {
    !matches!(behaviour(purpose).opens, Opens::Elsewhere)
}

/// Every mail with a link, with made-up facts.
pub(crate) fn samples(now: Timestamp) -> Vec<Mail> {
    LinkPurpose::ALL.iter().flat_map(|purpose| (behaviour(*purpose).samples)(now)).collect()
}

impl Links<'_> {
    /// Says what a link will do for whoever looks at it, without using it.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was; to the member it was sent to
    /// [`Refusal::LinkUsed`] or [`Refusal::LinkExpired`].
    pub async fn look_at(self, workspace: &WorkspaceId, token: &Token, who: Option<&EmailAddress>) -> Result<LinkView> {
        let mut tx = self.0.store().read().await?;
        let live = match self.find_live(&mut tx, workspace, token, is_opened).await {
            Err(Error::Refused(Refusal::LinkDead)) => {
                return Err(self.why_dead(&mut tx, workspace, token, who).await?.into());
            }
            live => live?,
        };
        match behaviour(live.purpose).opens {
            Opens::Elsewhere => Err(Refusal::LinkDead.into()),
            Opens::Acts { offer, .. } => {
                let (what, button) = offer(&live.member);
                Ok(LinkView::Asks { what, button })
            }
            Opens::Joins { offer } => {
                self.0.members().judge_joining(&mut tx, live.purpose, &live.member).await?;
                let (what, button) = offer(&live.member);
                Ok(LinkView::Asks { what, button })
            }
            Opens::Decides { offer, .. } => {
                let about = live.about_member()?;
                let (what, button) = offer(&self.0.members().look_at_decision(&mut tx, &live.member, &about).await?);
                Ok(LinkView::Asks { what, button })
            }
            Opens::Leads { to, offer } => {
                let leads_to = live.subject.as_deref().and_then(to).ok_or(Refusal::LinkDead)?;
                let opened_by = match who {
                    None => OpenedBy::Nobody,
                    Some(email) if *email == live.member.email => OpenedBy::Recipient,
                    Some(_) => OpenedBy::SomebodyElse,
                };
                let policy = self.0.policies().within(&mut tx, workspace).await?;
                if link::leads_straight_on(&policy.settings, opened_by) {
                    return Ok(LinkView::LeadsOn(leads_to));
                }
                let (what, button) = offer(&live.member);
                Ok(match opened_by {
                    OpenedBy::SomebodyElse => LinkView::SomebodyElses { sent_to: live.member.email, leads_to },
                    OpenedBy::Nobody => LinkView::Asks { what: format!("{what} You have to sign in first."), button },
                    OpenedBy::Recipient => LinkView::Asks { what, button },
                })
            }
        }
    }

    /// What the page of a link holds that was asked to be pressed once more.
    pub fn mark(self, token: &Token) -> String {
        self.0.vault().hash("links pressed once more", &[token.expose().as_bytes()])
    }

    /// Whether this is what that page of a link holds.
    pub fn is_mark(self, token: &Token, text: &str) -> bool {
        self.mark(token).as_bytes().ct_eq(text.as_bytes()).into()
    }

    /// Does what a link is for, once; one that only leads somewhere goes on working, and so does one that leads to a form,
    /// until that is taken.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was; [`Refusal::InvitationVoid`].
    pub async fn redeem(self, workspace: &WorkspaceId, token: &Token, client: &Client) -> Result<LinkUsed> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let live = self.find_live(&mut tx, workspace, token, is_opened).await?;
            match behaviour(live.purpose).opens {
                Opens::Elsewhere => Err(Refusal::LinkDead.into()),
                Opens::Joins { .. } => {
                    drop(tx);
                    self.0.members().open_invitation(workspace, token, client).await?;
                    Ok(LinkUsed::Joins)
                }
                Opens::Leads { to, .. } => {
                    let leads_to = live.subject.as_deref().and_then(to).ok_or(Refusal::LinkDead)?;
                    Ok(LinkUsed::LeadsTo(leads_to))
                }
                Opens::Decides { approves, .. } => {
                    let about = live.about_member()?;
                    let mut held = [&live.member.id, &about];
                    held.sort();
                    for id in held {
                        tx.lock_member(id).await?;
                    }
                    let moderator = tx.member(&live.member.id).await?.ok_or(Refusal::LinkDead)?;
                    let decision = if approves { Decision::Approved } else { Decision::Rejected("") };
                    self.0.members().decide_by_link(&mut tx, &moderator, &about, decision, client).await?;
                    if tx.use_link(&token.hash(), live.purpose.name(), self.0.now().0).await?.is_none() {
                        return Err(Refusal::LinkDead.into());
                    }
                    tx.commit().await?;
                    Ok(LinkUsed::Decided { approved: approves })
                }
                Opens::Acts { act, .. } => {
                    // Whoever changes their credentials meanwhile voids it, and holds them first as well.
                    tx.lock_member(&live.member.id).await?;
                    let member = tx.member(&live.member.id).await?.ok_or(Refusal::LinkDead)?;
                    if tx.use_link(&token.hash(), live.purpose.name(), self.0.now().0).await?.is_none() {
                        return Err(Refusal::LinkDead.into());
                    }
                    let used =
                        act(Press { bailey: self.0, tx: &mut tx, member, client, subject: live.subject }).await?;
                    tx.commit().await?;
                    Ok(used)
                }
            }
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::SettingKey;

    /// Fails when a link leads somewhere and `links.auto_login` says nothing of it, or the other way round.
    #[test]
    fn links_that_lead_somewhere_are_those_that_may_do_so_at_once() {
        for purpose in LinkPurpose::ALL {
            let leads = matches!(behaviour(*purpose).opens, Opens::Leads { .. });
            assert_eq!(leads, purpose.settings().any(|key| key == SettingKey::LINKS_AUTO_LOGIN), "{purpose:?}");
        }
    }
}
