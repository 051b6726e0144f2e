//! Deciding about ideas that wait: in the queue, or by the links of a mail.
use super::{Happened, News, involvement};
use crate::{
    Caller, Client, Error, IdeaId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Ideas,
    members::{clean_text, hold_caller_and, may_sign_in},
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Refusal,
    decide::idea::{self, IdeaAct, IdeaState},
};
use store::{IdeaRow, MemberRow, Tx};

/// The longest reason that is told, in characters.
const REASON: usize = 500;
/// How many moderators are told of an idea by mail.
const TOLD: usize = 50;

/// What is decided about an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdeaDecision<'a> {
    /// Everybody in its community sees it.
    Approved,
    /// Its author is told why not.
    Rejected(&'a str),
}

impl IdeaDecision<'_> {
    /// The state that the idea has then, and the reason, cleaned.
    fn judge(self) -> Result<(IdeaState, String)> {
        let Self::Rejected(reason) = self else { return Ok((IdeaState::Approved, String::new())) };
        let reason = clean_text(reason);
        if reason.is_empty() || reason.chars().count() > REASON {
            return Err(Error::field("reason", format!("Say why, in 1 to {REASON} characters.")));
        }
        Ok((IdeaState::Rejected, reason))
    }
}

impl Ideas<'_> {
    /// Decides about an idea that waits.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Refusal::ModeratorRequired`]; [`Refusal::IdeaDecided`] says what somebody else has decided;
    /// [`Error::Invalid`] with the words beside the field `reason`.
    pub async fn decide(self, caller: &Caller, id: &IdeaId, decision: IdeaDecision<'_>) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let (idea, _) = super::seen(&mut tx, caller, caller.role(), id).await?;
            let moderator = hold_caller_and(&mut tx, caller, &idea.author_id).await?;
            self.decide_in(&mut tx, &moderator, id, decision, caller.client()).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// What is known of an idea about which a moderator decides by a link.
    ///
    /// # Errors
    /// [`Refusal::ModeratorRequired`] when they may no longer; [`Refusal::IdeaDecided`]; [`Refusal::LinkDead`].
    pub(crate) async fn look_at_decision(self, tx: &mut Tx, moderator: &MemberRow, id: &IdeaId) -> Result<IdeaRow> {
        let idea = tx.idea(id).await?.filter(|idea| idea.workspace_id == moderator.workspace_id);
        let idea = idea.ok_or(Refusal::LinkDead)?;
        may_sign_in(moderator).map_err(|_| Refusal::ModeratorRequired)?;
        let involved = involvement(tx, &moderator.id, moderator.role, &idea.community_id, &idea.author_id).await?;
        match idea::may(IdeaAct::Decide, idea.state, involved) {
            Err(Refusal::IdeaNotOpen { .. }) if idea.decided_by.is_some() => Err(decided(&idea).into()),
            // Of a draft nobody but its author knows.
            Err(Refusal::IdeaNotOpen { state: IdeaState::Draft }) => Err(Refusal::LinkDead.into()),
            judged => Ok(judged.map(|()| idea)?),
        }
    }

    /// Decides on behalf of a moderator; both they and the author are held.
    ///
    /// # Errors
    /// As [`Self::look_at_decision`]; [`Error::Invalid`] with the words beside the field `reason`.
    pub(crate) async fn decide_in(
        self,
        tx: &mut Tx,
        moderator: &MemberRow,
        id: &IdeaId,
        decision: IdeaDecision<'_>,
        client: &Client,
    ) -> Result<()> {
        let idea = self.look_at_decision(tx, moderator, id).await?;
        let (state, reason) = decision.judge()?;
        let (email, now) = (&moderator.email, self.0.now());
        if !tx.decide_idea(id, state, &reason, email.as_str(), now.0).await? {
            let now = tx.idea(id).await?.ok_or(Error::NotFound)?;
            return Err(decided(&now).into());
        }
        let action = match state {
            IdeaState::Approved => "Approved an idea",
            IdeaState::Draft | IdeaState::Pending | IdeaState::Rejected => "Rejected an idea",
        };
        let mut entry = Entry::new(Channel::Ideas, action, Actor::Member(email.clone()))
            .from_address(client.address.as_deref())
            .with("idea", idea.title.as_str());
        if !reason.is_empty() {
            entry = entry.with("reason", reason.as_str());
        }
        self.0.audit().record(tx, &idea.workspace_id, entry).await?;
        let what = match state {
            IdeaState::Approved => Happened::Approved,
            IdeaState::Draft | IdeaState::Pending | IdeaState::Rejected => Happened::Rejected(&reason),
        };
        self.notify_followers(tx, &idea, News { by: &moderator.id, by_name: &moderator.name, what }).await
    }

    /// Tells those who may decide about an idea that it waits: each by a mail, and a chat where one was set.
    pub(super) async fn tell_moderators(self, tx: &mut Tx, idea: &IdeaRow) -> Result<()> {
        for moderator in tx.moderators_of(&idea.community_id).await?.iter().take(TOLD) {
            self.0.links().mail_idea_decision(tx, moderator, idea).await?;
        }
        self.0.chat().tell_of(tx, idea).await
    }
}

/// What is said of an idea about which somebody has decided.
fn decided(idea: &IdeaRow) -> Refusal {
    let by = idea.decided_by.clone().unwrap_or_default();
    Refusal::IdeaDecided { approved: idea.state == IdeaState::Approved, by }
}
