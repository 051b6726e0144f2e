//! Ideas: in which state one is, who may see it, and who may do what with it?
use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The state of an idea. The names are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownIdeaState, parse_err_fn = UnknownIdeaState::of)]
pub enum IdeaState {
    /// Its author has not submitted it.
    Draft,
    /// It waits until a moderator has decided.
    Pending,
    /// Everybody in its community sees it.
    Approved,
    /// A moderator has said no, and why.
    Rejected,
}

impl IdeaState {
    /// Every state, in the order of an idea's life.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name that is stored and sent.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Pending => "Pending",
            Self::Approved => "Approved",
            Self::Rejected => "Rejected",
        }
    }
}

/// The text names no state of an idea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownIdeaState(pub String);

impl UnknownIdeaState {
    fn of(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for UnknownIdeaState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no state of an idea; there are draft, pending, approved and rejected", self.0)
    }
}

impl std::error::Error for UnknownIdeaState {}

impl TryFrom<String> for IdeaState {
    type Error = UnknownIdeaState;

    fn try_from(text: String) -> Result<Self, UnknownIdeaState> {
        text.parse()
    }
}

/// What a member has to do with an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Involvement {
    /// Whether they have written it.
    pub is_author: bool,
    /// Whether they belong to its community.
    pub belongs: bool,
    /// Whether they may moderate what belongs to its community.
    pub moderates: bool,
}

/// What can be done with an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum IdeaAct {
    /// Changing its words.
    Edit,
    /// Handing it in.
    Submit,
    /// Approving or rejecting it.
    Decide,
    /// Saying something about it.
    Comment,
    /// Voting for it, or taking that back.
    Vote,
    /// Being told what happens on it.
    Follow,
    /// Telling another member of it by mail.
    Share,
}

/// The state of an idea once it was submitted: what a moderator posts needs nobody's approval.
pub const fn after_submission(moderates: bool) -> IdeaState {
    if moderates { IdeaState::Approved } else { IdeaState::Pending }
}

/// Whether a member sees an idea: its author in every state, while they belong to the community; moderators whatever was
/// submitted; everybody else in the community what was approved.
pub const fn may_see(state: IdeaState, involved: Involvement) -> bool {
    let Involvement { is_author, belongs, moderates } = involved;
    match state {
        IdeaState::Draft => is_author && (belongs || moderates),
        IdeaState::Pending | IdeaState::Rejected => moderates || is_author && belongs,
        IdeaState::Approved => belongs || moderates,
    }
}

/// May a member who sees an idea do this with it?
///
/// # Errors
/// [`Refusal::NotYourIdea`] and [`Refusal::ModeratorRequired`] where it is for others; [`Refusal::IdeaNotOpen`] where the
/// idea is in another state.
pub const fn may(act: IdeaAct, state: IdeaState, involved: Involvement) -> Result<(), Refusal> {
    let fits = match act {
        IdeaAct::Edit | IdeaAct::Submit if !involved.is_author => return Err(Refusal::NotYourIdea),
        IdeaAct::Decide if !involved.moderates => return Err(Refusal::ModeratorRequired),
        IdeaAct::Edit | IdeaAct::Submit => matches!(state, IdeaState::Draft | IdeaState::Rejected),
        IdeaAct::Decide => matches!(state, IdeaState::Pending),
        IdeaAct::Comment | IdeaAct::Vote | IdeaAct::Follow | IdeaAct::Share => matches!(state, IdeaState::Approved),
    };
    if fits { Ok(()) } else { Err(Refusal::IdeaNotOpen { state }) }
}

#[cfg(test)]
mod tests;
