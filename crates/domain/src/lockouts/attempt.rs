//! What is tried.
use crate::{MemberId, WorkspaceId};
use policy::decide::lockout::Guarded;
use store::{AttemptKey, MemberRow};

/// What is tried, at whose credentials, and from which browser.
#[derive(Clone)]
pub(crate) struct Attempt {
    pub(super) key: AttemptKey,
    pub(super) guarded: Guarded,
    pub(super) member: Option<MemberId>,
    /// Whether the member has passkeys, at which nobody can guess; known only where a code is tried.
    pub(super) passkeys: bool,
}

impl Attempt {
    /// A try that counts for whichever browser it comes from.
    pub(super) fn new(workspace: &WorkspaceId, guarded: Guarded, subject: String, member: Option<MemberId>) -> Self {
        let key = AttemptKey { workspace: workspace.clone(), guarded: guarded.name(), subject, browser: String::new() };
        Self { key, guarded, member, passkeys: false }
    }

    /// Whether the browser is one that the member has signed in from.
    pub(crate) const fn is_from_known_browser(&self) -> bool {
        !self.key.browser.is_empty()
    }

    /// The same try as the day counts it, which only codes are.
    pub(super) fn of_the_day(&self) -> Option<Self> {
        let key = AttemptKey { guarded: Guarded::TwoFactorDay.name(), ..self.key.clone() };
        (self.guarded == Guarded::TwoFactor).then(|| Self { key, guarded: Guarded::TwoFactorDay, ..self.clone() })
    }

    /// What the tries are counted under.
    pub(crate) const fn key(&self) -> &AttemptKey {
        &self.key
    }

    /// Says who has the address, and from which browser of theirs it is tried: one that they have signed in from
    /// has a counter of its own.
    pub(crate) fn is_at(&mut self, member: Option<&MemberRow>, known_browser: Option<&str>) {
        self.member = member.map(|member| member.id.clone());
        known_browser.unwrap_or_default().clone_into(&mut self.key.browser);
    }
}
