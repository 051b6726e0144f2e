//! Acts on several members at once: what may be done to each of them, and to whom it would do nothing?
use super::{
    account_status,
    rank::{self, Authority},
};
use crate::{AccountStatus, Refusal, Role};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How many members one act reaches at most.
pub const MOST: usize = 500;

/// What can be done to several members at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ActOnMembers {
    /// Lifting their locks.
    Unlock,
    /// Signing them out everywhere.
    EndSessions,
    /// Sending them a link to choose a new password.
    SendReset,
    /// Deactivating them.
    Deactivate,
    /// Letting them take part again.
    Activate,
}

/// What is known of somebody to whom something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Their role.
    pub role: Role,
    /// Whether they take part.
    pub status: AccountStatus,
    /// Whether it is whoever acts.
    pub is_self: bool,
    /// Whether something of theirs is locked.
    pub locked: bool,
    /// Whether they have a live session.
    pub signed_in: bool,
}

/// Why nothing is done to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDone {
    /// It may not be.
    Refused(Refusal),
    /// It is so already, in words.
    Needless(&'static str),
}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl NotDone {
    /// Why not, for whoever acts.
    pub fn in_words(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.detail(),
            Self::Needless(words) => (*words).to_owned(),
        }
    }
}

impl ActOnMembers {
    /// Each of them, in the order in which they are offered.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Its name in addresses and forms.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What it is offered as.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unlock => "Unlock",
            Self::EndSessions => "End all sessions",
            Self::SendReset => "Send a password reset",
            Self::Deactivate => "Deactivate",
            Self::Activate => "Activate",
        }
    }

    /// What it does to each of them, in a sentence.
    pub const fn does(self) -> &'static str {
        match self {
            Self::Unlock => {
                "They can try again at once. Codes that were disabled after a hundred wrong ones stay so, and so does what the day counts."
            }
            Self::EndSessions => "They are signed out everywhere at once, and are told why. They can sign in again.",
            Self::SendReset => "They get a mail with a link to choose a new password. Their password works until then.",
            Self::Deactivate => {
                "They are signed out at once and can't sign in, links that were sent to them are void, and they are told why."
            }
            Self::Activate => "They can sign in again, with the password and the second factors that they had.",
        }
    }
}

/// May this be done to somebody, and would it change anything?
///
/// # Errors
/// Why not.
pub fn may_do(act: ActOnMembers, by: Authority, target: Target) -> Result<(), NotDone> {
    rank::may_act_on(by, target.role, target.is_self)?;
    account_status::may_be_changed(target.status)?;
    let active = target.status == AccountStatus::Active;
    let needless = match act {
        ActOnMembers::Unlock if !target.locked => "Nothing of theirs is locked.",
        ActOnMembers::EndSessions if !target.signed_in => "They are signed in nowhere.",
        ActOnMembers::SendReset if !active => "They take no part: a new password would let them in nowhere.",
        ActOnMembers::Deactivate if !active => "They take no part already.",
        ActOnMembers::Activate if active => "They take part already.",
        ActOnMembers::Unlock
        | ActOnMembers::EndSessions
        | ActOnMembers::SendReset
        | ActOnMembers::Deactivate
        | ActOnMembers::Activate => return Ok(()),
    };
    Err(NotDone::Needless(needless))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: Target =
        Target { role: Role::Member, status: AccountStatus::Active, is_self: false, locked: true, signed_in: true };
    const ADMIN: Authority = Authority::Member(Role::Admin);

    #[test]
    fn rank_comes_first_whatever_is_done() {
        for act in ActOnMembers::ALL.iter().copied() {
            let boss = Target { role: Role::SuperAdmin, ..TARGET };
            let refused = NotDone::Refused(Refusal::RoleRequired { needed: Role::SuperAdmin });
            assert_eq!(may_do(act, ADMIN, boss), Err(refused), "{act:?}");
            let own = NotDone::Refused(Refusal::NotOnYourself);
            assert_eq!(may_do(act, ADMIN, Target { is_self: true, ..TARGET }), Err(own), "{act:?}");
            let pending = Target { status: AccountStatus::Pending, ..TARGET };
            assert_eq!(may_do(act, ADMIN, pending), Err(NotDone::Refused(Refusal::StillPending)), "{act:?}");
            assert_eq!(act.name().parse(), Ok(act));
        }
    }

    #[test]
    fn what_would_change_nothing_is_told_apart_from_what_may_not_be_done() {
        let inactive = Target { status: AccountStatus::Inactive, ..TARGET };
        let done = |act, target| match may_do(act, ADMIN, target) {
            Ok(()) => true,
            Err(NotDone::Needless(_)) => false,
            Err(NotDone::Refused(refusal)) => panic!("{refusal:?}"),
        };
        for (act, target, wanted) in [
            (ActOnMembers::Unlock, TARGET, true),
            (ActOnMembers::Unlock, Target { locked: false, ..TARGET }, false),
            (ActOnMembers::EndSessions, TARGET, true),
            (ActOnMembers::EndSessions, Target { signed_in: false, ..TARGET }, false),
            (ActOnMembers::SendReset, TARGET, true),
            (ActOnMembers::SendReset, inactive, false),
            (ActOnMembers::Deactivate, TARGET, true),
            (ActOnMembers::Deactivate, inactive, false),
            (ActOnMembers::Activate, TARGET, false),
            (ActOnMembers::Activate, inactive, true),
        ] {
            assert_eq!(done(act, target), wanted, "{act:?} {target:?}");
        }
    }
}
