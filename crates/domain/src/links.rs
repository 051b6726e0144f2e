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
mod help_cancel;
mod idea_approve;
mod idea_pending_auth;
mod idea_reject;
mod idea_view;
mod identity_verification;
mod invitation;
mod issue;
mod live;
mod member_approve;
mod member_profile;
mod member_reject;
mod outstanding;
mod password_grant;
mod password_reset;
mod resource_download;
mod second_step;
mod set_up;
mod sign_in;

pub(crate) use asked::{AskedFor, AskedMail};
pub(crate) use assessment::AskedAssessment;
pub use behaviour::LinkUsed;
pub(crate) use conversation_view::ToldMessage;
pub use outstanding::OutstandingLink;

use crate::{
    Client, Error, MemberId, Result, Token, WorkspaceId, bailey::Links, ideas::IdeaDecision, mail::Mail,
    members::registration::Decision, platform::unit_of_work::unit_of_work, sign_in::PendingSignIn,
};
use behaviour::{Behaviour, Opens, Press};
use live::PostedLink;
use policy::{
    EmailAddress, LinkPurpose, Refusal, Timestamp,
    decide::link::{self, OpenedBy},
};
use store::Tx;
use subtle::ConstantTimeEq;

/// What links of a purpose are like: its file says so.
const fn behaviour(purpose: LinkPurpose) -> Behaviour {
    match purpose {
        LinkPurpose::SetUp => set_up::BEHAVIOUR,
        LinkPurpose::SignIn => sign_in::BEHAVIOUR,
        LinkPurpose::SecondStep => second_step::BEHAVIOUR,
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
        LinkPurpose::HelpCancel => help_cancel::BEHAVIOUR,
        LinkPurpose::PasswordGrant => password_grant::BEHAVIOUR,
        LinkPurpose::ResourceDownload => resource_download::BEHAVIOUR,
        LinkPurpose::IdeaApprove => idea_approve::BEHAVIOUR,
        LinkPurpose::IdeaReject => idea_reject::BEHAVIOUR,
        LinkPurpose::IdeaPendingAuth => idea_pending_auth::BEHAVIOUR,
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
        /// Whether it asks for a reason beside the button.
        asks_why: bool,
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

/// Where a link is opened.
#[derive(Debug, Clone, Copy)]
pub struct OpenedIn<'a> {
    /// The address of whoever is signed in there.
    pub who: Option<&'a EmailAddress>,
    /// The sign-in between its two steps that began there.
    pub between: Option<&'a PendingSignIn>,
    /// The browser.
    pub client: &'a Client,
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
    /// [`Refusal::LinkUsed`] or [`Refusal::LinkExpired`]; what speaks against passing the second step by it.
    pub async fn look_at(self, workspace: &WorkspaceId, token: &Token, by: &OpenedIn<'_>) -> Result<LinkView> {
        let who = by.who;
        let mut tx = self.0.store().read().await?;
        if let Some(PostedLink { what, button, .. }) = self.find_posted(&mut tx, workspace, token).await? {
            return Ok(LinkView::Asks { what: what.to_owned(), button, asks_why: false });
        }
        let live = match self.find_live(&mut tx, workspace, token, is_opened).await {
            Err(Error::Refused(Refusal::LinkDead)) => {
                return Err(self.why_dead(&mut tx, workspace, token, who).await?.into());
            }
            live => live?,
        };
        match behaviour(live.purpose).opens {
            Opens::Elsewhere | Opens::Posted { .. } => Err(Refusal::LinkDead.into()),
            Opens::Acts { offer, .. } => {
                let (what, button) = offer(&live.member);
                Ok(LinkView::Asks { what, button, asks_why: false })
            }
            Opens::Joins { offer } => {
                self.0.members().judge_joining(&mut tx, live.purpose, &live.member).await?;
                let (what, button) = offer(&live.member);
                Ok(LinkView::Asks { what, button, asks_why: false })
            }
            Opens::Decides { offer, .. } => {
                let about = live.about_member()?;
                let (what, button) = offer(&self.0.members().look_at_decision(&mut tx, &live.member, &about).await?);
                Ok(LinkView::Asks { what, button, asks_why: false })
            }
            Opens::DecidesIdea { offer, approves } => {
                let about = live.about_idea()?;
                let (what, button) = offer(&self.0.ideas().look_at_decision(&mut tx, &live.member, &about).await?);
                Ok(LinkView::Asks { what, button, asks_why: !approves })
            }
            Opens::PassesSecondStep { offer } => {
                let pending = live.subject.as_deref().unwrap_or_default();
                self.0.two_factor().judge_link(&mut tx, pending, by.between, by.client).await?;
                let (what, button) = offer(&live.member);
                Ok(LinkView::Asks { what, button, asks_why: false })
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
                    OpenedBy::Nobody => {
                        LinkView::Asks { what: format!("{what} You have to sign in first."), button, asks_why: false }
                    }
                    OpenedBy::Recipient => LinkView::Asks { what, button, asks_why: false },
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
    /// until that is taken. A link that asks why is given a reason.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was; [`Refusal::InvitationVoid`];
    /// [`Error::Invalid`] with the words beside the field `reason`.
    pub async fn redeem(
        self,
        workspace: &WorkspaceId,
        token: &Token,
        reason: &str,
        by: &OpenedIn<'_>,
    ) -> Result<LinkUsed> {
        let client = by.client;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            if let Some(PostedLink { leads_to, .. }) = self.find_posted(&mut tx, workspace, token).await? {
                return Ok(LinkUsed::LeadsTo(leads_to));
            }
            let live = self.find_live(&mut tx, workspace, token, is_opened).await?;
            match behaviour(live.purpose).opens {
                Opens::Elsewhere | Opens::Posted { .. } => Err(Refusal::LinkDead.into()),
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
                    hold_both(&mut tx, &live.member.id, &about).await?;
                    let moderator = tx.member(&live.member.id).await?.ok_or(Refusal::LinkDead)?;
                    let decision = if approves { Decision::Approved } else { Decision::Rejected("") };
                    self.0.members().decide_by_link(&mut tx, &moderator, &about, decision, client).await?;
                    if tx.use_link(&token.hash(), live.purpose.name(), self.0.now().0).await?.is_none() {
                        return Err(Refusal::LinkDead.into());
                    }
                    tx.commit().await?;
                    Ok(LinkUsed::Decided { approved: approves })
                }
                Opens::DecidesIdea { approves, .. } => {
                    let about = live.about_idea()?;
                    let author = tx.idea(&about).await?.ok_or(Refusal::LinkDead)?.author_id;
                    hold_both(&mut tx, &live.member.id, &author).await?;
                    let moderator = tx.member(&live.member.id).await?.ok_or(Refusal::LinkDead)?;
                    let decision = if approves { IdeaDecision::Approved } else { IdeaDecision::Rejected(reason) };
                    self.0.ideas().decide_in(&mut tx, &moderator, &about, decision, client).await?;
                    if tx.use_link(&token.hash(), live.purpose.name(), self.0.now().0).await?.is_none() {
                        return Err(Refusal::LinkDead.into());
                    }
                    tx.commit().await?;
                    Ok(LinkUsed::IdeaDecided { approved: approves })
                }
                Opens::PassesSecondStep { .. } => {
                    tx.lock_member(&live.member.id).await?;
                    let pending = live.subject.as_deref().unwrap_or_default();
                    let between = self.0.two_factor().judge_link(&mut tx, pending, by.between, client).await?;
                    if tx.use_link(&token.hash(), live.purpose.name(), self.0.now().0).await?.is_none() {
                        return Err(Refusal::LinkDead.into());
                    }
                    let done = self.0.two_factor().second_step_by_link(tx, between, client).await?;
                    Ok(LinkUsed::SecondStepPassed(Box::new(between.clone()), done))
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

/// Holds two members until the end of the unit of work, the one with the lesser identifier first.
async fn hold_both(tx: &mut Tx, one: &MemberId, other: &MemberId) -> Result<()> {
    let mut held = [one, other];
    held.sort();
    for id in held {
        tx.lock_member(id).await?;
    }
    Ok(())
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
