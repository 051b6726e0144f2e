//! Writing an idea: as a draft, or to be decided about; and changing it.
use super::{entry, involvement, to_act_on};
use crate::{
    Caller, Error, IdeaId, Result,
    bailey::Ideas,
    members::{clean_name, clean_text, hold_caller},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    decide::{
        idea::{self, IdeaAct, IdeaState},
        quota::{self, Quota},
    },
    words,
};
use std::collections::BTreeMap;
use store::{CommunityId, NewIdeaRow, Tx};

/// The greatest length of a title, in characters.
const TITLE: usize = 120;
/// The greatest length of what an idea says, in characters.
const BODY: u16 = 5_000;

/// An idea as somebody types it.
#[derive(Debug, Clone, Copy)]
pub struct NewIdea<'a> {
    /// The community, as an identifier.
    pub community: &'a str,
    /// The title.
    pub title: &'a str,
    /// What it says.
    pub body: &'a str,
    /// Whether it is kept as a draft and not submitted.
    pub draft: bool,
}

/// The words of an idea, cleaned; and the words beside the fields that are wrong.
fn judge(title: &str, body: &str) -> (String, String, BTreeMap<String, String>) {
    let (title, body) = (clean_name(title), clean_text(body));
    let mut wrong = BTreeMap::new();
    if title.is_empty() || title.chars().count() > TITLE {
        wrong.insert("title".to_owned(), format!("Enter a title of 1 to {TITLE} characters."));
    }
    if body.is_empty() || body.chars().count() > BODY.into() {
        wrong.insert("body".to_owned(), format!("Describe it in 1 to {} characters.", words::number(BODY.into())));
    }
    (title, body, wrong)
}

impl Ideas<'_> {
    /// Writes an idea in a community that the caller belongs to; returns its state as well.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `community`, `title` and `body`;
    /// [`policy::Refusal::QuotaReached`] after too many within a day, or while too many wait.
    pub async fn post(self, caller: &Caller, new: NewIdea<'_>) -> Result<(IdeaId, IdeaState)> {
        let (title, body, wrong) = judge(new.title, new.body);
        let now = self.0.now();
        let id = IdeaId::from(random::id(now)?);
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            // Of two at once the second one is counted after the first.
            let author = hold_caller(&mut tx, caller).await?;
            let mut wrong = wrong.clone();
            let community = match CommunityId::parse(new.community) {
                Some(id) if tx.belongs_to(&id, caller.member()).await? => Some(id),
                _ => {
                    wrong.insert("community".to_owned(), "Choose a community that you belong to.".to_owned());
                    None
                }
            };
            let Some(community_id) = community.filter(|_| wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
            let posted = tx.ideas_posted_since(caller.member(), (now - quota::IDEAS_WITHIN).0).await?;
            Quota::Ideas.admits_another(posted)?;
            let involved = involvement(&mut tx, caller.member(), author.role, &community_id, caller.member()).await?;
            let state = if new.draft { IdeaState::Draft } else { idea::after_submission(involved.moderates) };
            let row = NewIdeaRow {
                id: id.clone(),
                workspace_id: caller.workspace().clone(),
                community_id,
                author_id: caller.member().clone(),
                title: title.clone(),
                body: body.clone(),
                posted_at: now,
                state,
            };
            one_more_waits(&mut tx, caller, state).await?;
            tx.insert_idea(&row).await?;
            tx.follow_idea(&id, caller.member()).await?;
            let action = if new.draft { "Saved the draft of an idea" } else { "Posted an idea" };
            let entry = entry(caller, action).with("idea", row.title);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            self.after_writing(&mut tx, caller, &id, state).await?;
            tx.commit().await?;
            Ok((row.id, state))
        })
        .await
    }

    /// Changes the words of an idea that the caller has written and nobody has approved, and keeps it as a draft or
    /// submits it; returns its state then.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`policy::Refusal::NotYourIdea`]; [`policy::Refusal::IdeaNotOpen`] once it was submitted;
    /// [`Error::Invalid`] and [`policy::Refusal::QuotaReached`] as [`Self::post`].
    pub async fn rewrite(
        self,
        caller: &Caller,
        id: &IdeaId,
        title: &str,
        body: &str,
        draft: bool,
    ) -> Result<IdeaState> {
        let (title, body, wrong) = judge(title, body);
        unit_of_work(|| async {
            let now = self.0.now();
            let mut tx = self.0.store().write().await?;
            let author = hold_caller(&mut tx, caller).await?;
            let act = if draft { IdeaAct::Edit } else { IdeaAct::Submit };
            let found = to_act_on(&mut tx, caller, &author, id, act).await?;
            if !wrong.is_empty() {
                return Err(Error::Invalid(wrong.clone()));
            }
            self.one_more_act(&mut tx, caller).await?;
            let involved =
                involvement(&mut tx, caller.member(), author.role, &found.community_id, caller.member()).await?;
            let state = if draft { IdeaState::Draft } else { idea::after_submission(involved.moderates) };
            one_more_waits(&mut tx, caller, state).await?;
            if !tx.rewrite_idea(id, &title, &body, state, now.0).await? {
                return Err(Error::NotFound);
            }
            let action = if draft { "Changed the draft of an idea" } else { "Submitted an idea" };
            let entry = entry(caller, action).with("idea", title.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            self.after_writing(&mut tx, caller, id, state).await?;
            tx.commit().await?;
            Ok(state)
        })
        .await
    }

    /// Forgets what was saved of the form, and tells whoever decides of an idea that waits.
    async fn after_writing(self, tx: &mut Tx, caller: &Caller, id: &IdeaId, state: IdeaState) -> Result<()> {
        self.0.saved_forms().forget_in(tx, caller).await?;
        if state != IdeaState::Pending {
            return Ok(());
        }
        let idea = tx.idea(id).await?.ok_or(Error::NotFound)?;
        self.tell_moderators(tx, &idea).await
    }
}

/// Refuses one more idea of the caller's that waits where too many do. They are held.
async fn one_more_waits(tx: &mut Tx, caller: &Caller, state: IdeaState) -> Result<()> {
    match state {
        IdeaState::Pending => {
            Ok(Quota::PendingIdeas.admits_another(tx.count_pending_ideas_of(caller.member()).await?)?)
        }
        IdeaState::Draft | IdeaState::Approved | IdeaState::Rejected => Ok(()),
    }
}
