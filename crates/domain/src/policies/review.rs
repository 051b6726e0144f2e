//! What a save would do, before it is done.
use super::{
    load,
    save::{checked, conflict, judged, keeps_a_super_admin, may_change},
};
use crate::{Bailey, Caller, Result, WorkspaceId};
use policy::{
    Area, Change, Policy, Refusal, Role, Settings, change,
    decide::session,
    effect::{self, Concerned, Consequence, Cutoffs, Population, cutoffs},
    rules::{self, Warning},
    value::{CidrList, Value},
};
use std::collections::BTreeMap;
use store::{Cut, Who};

/// How many people a list names before it only counts.
const NAMED: i64 = 100;

/// The people whom a consequence concerns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// Their addresses, in order; the first hundred.
    pub named: Vec<String>,
    /// Tells whether there are more.
    pub more: bool,
}

/// What a save would do.
#[derive(Debug, Clone)]
pub struct Review {
    /// The revision on which it is based.
    pub revision: i64,
    /// What changes.
    pub changes: Vec<Change>,
    /// What that does to people, and to whom.
    pub consequences: Vec<(Consequence, People)>,
    /// What is allowed and probably not meant; only what the change brings about.
    pub warnings: Vec<Warning>,
    /// Why the caller's own next request to the admin pages would not go on.
    pub yourself: Option<Refusal>,
    /// The allowlist with the caller's own address on it, where that is what is missing.
    pub list_with_you: Option<String>,
}

impl People {
    fn of(mut named: Vec<String>) -> Self {
        let limit = usize::try_from(NAMED).unwrap_or(usize::MAX);
        let more = named.len() > limit;
        named.truncate(limit);
        Self { named, more }
    }
}

impl Review {
    /// Tells whether something in it can lock people out.
    pub fn is_risky(&self) -> bool {
        self.yourself.is_some() || self.changes.iter().any(|change| change.setting.risk.is_some())
    }
}

impl Bailey {
    /// Says what saving a form would do, without doing it.
    ///
    /// # Errors
    /// As [`Bailey::save_policy`], but for the guard against locking oneself out, which is part of
    /// the answer.
    pub async fn review_policy(&self, caller: &Caller, base: i64, form: &BTreeMap<String, String>) -> Result<Review> {
        self.review_settings(caller, base, checked(form)?).await
    }

    /// Says what saving settings would do.
    ///
    /// # Errors
    /// As [`Bailey::review_policy`].
    pub async fn review_settings(&self, caller: &Caller, base: i64, wanted: Settings) -> Result<Review> {
        let after = Policy { revision: base + 1, settings: judged(wanted)? };
        let mut review = self.review_for(caller.workspace(), base, &after.settings, caller.role()).await?;
        let people = self.population(caller.workspace(), &caller.policy().settings, &after.settings).await?;
        let people = Population {
            your_session_ends: session::ended(&after.settings, caller.times(), self.now()).is_some(),
            you_must_enrol: effect::must_enrol(&after.settings, caller.role(), caller.factors()),
            ..people
        };
        let before = &caller.policy().settings;
        review.consequences = self.consequences(caller.workspace(), before, &after.settings, &people).await?;
        review.yourself = caller.under(&after, Area::Admin).err();
        if let (Some(Refusal::AddressNotAllowed { .. }), Some(address)) = (&review.yourself, caller.client().ip()) {
            review.list_with_you = Some(CidrList::with(&after.settings.network.admin_allowlist, address).print());
        }
        if review.yourself.is_none() {
            let mut tx = self.store().read().await?;
            keeps_a_super_admin(&mut tx, caller.workspace(), before, &after.settings).await?;
        }
        Ok(review)
    }

    /// What saving settings would do, seen from the server's console, which no setting can lock out.
    ///
    /// # Errors
    /// As [`Bailey::save_from_console`].
    pub async fn review_from_console(
        &self,
        workspace: &WorkspaceId,
        wanted: Settings,
        may_lock_out: bool,
    ) -> Result<Review> {
        let wanted = judged(wanted)?;
        let now = self.policy_now(workspace).await?;
        let mut review = self.review_for(workspace, now.revision, &wanted, Role::SuperAdmin).await?;
        let people = self.population(workspace, &now.settings, &wanted).await?;
        review.consequences = self.consequences(workspace, &now.settings, &wanted, &people).await?;
        if !may_lock_out {
            keeps_a_super_admin(&mut self.store().read().await?, workspace, &now.settings, &wanted).await?;
        }
        Ok(review)
    }

    async fn review_for(&self, workspace: &WorkspaceId, base: i64, wanted: &Settings, role: Role) -> Result<Review> {
        let mut tx = self.store().read().await?;
        let current = tx.revision(workspace).await?;
        let known = if (0..=current).contains(&base) { base } else { current };
        let before = load(&mut tx, workspace, known).await?;
        let changes = change::between(&before, wanted);
        may_change(role, &changes)?;
        if current != base {
            return Err(conflict(&mut tx, workspace, current, before, wanted.clone()).await?);
        }
        let known = rules::warnings(&before);
        let warnings = rules::warnings(wanted).into_iter().filter(|warning| !known.contains(warning)).collect();
        Ok(Review { revision: base, changes, consequences: Vec::new(), warnings, yourself: None, list_with_you: None })
    }

    /// Says what a change does to people, and names them.
    async fn consequences(
        &self,
        workspace: &WorkspaceId,
        before: &Settings,
        after: &Settings,
        people: &Population,
    ) -> Result<Vec<(Consequence, People)>> {
        let mut tx = self.store().read().await?;
        let mut found = Vec::new();
        for consequence in effect::of(before, after, people) {
            let who = match consequence.concerned {
                Concerned::AdminsNotEnrolled => Some(Who::AdminsNotEnrolled),
                Concerned::MembersNotEnrolled => Some(Who::NotEnrolled),
                Concerned::WithAuthenticator => Some(Who::WithAuthenticator),
                Concerned::WithPasskey => Some(Who::WithPasskey),
                Concerned::OnlyEmailCodes => Some(Who::OnlyEmailCodes),
                Concerned::SessionsEnding => None,
            };
            let named = if let Some(who) = who {
                tx.members_who(workspace, who, NAMED + 1).await?
            } else {
                let (before, after) = (self.cut(before), self.cut(after));
                tx.members_with_ending_sessions(workspace, before, after, NAMED + 1).await?
            };
            found.push((consequence, People::of(named)));
        }
        Ok(found)
    }

    fn cut(&self, settings: &Settings) -> Cut {
        let Cutoffs { started, seen, may_be_kept } = cutoffs(settings, self.now());
        Cut { started: started.0, seen: seen.map(|seen| seen.0), may_be_kept }
    }

    /// Counts the people whom a change can concern.
    async fn population(&self, workspace: &WorkspaceId, before: &Settings, after: &Settings) -> Result<Population> {
        let mut tx = self.store().read().await?;
        let counted = tx.coverage(workspace).await?;
        Ok(Population {
            admins_not_enrolled: counted.admins - counted.admins_enrolled,
            members_not_enrolled: counted.members - counted.members_enrolled,
            with_authenticator: counted.with_authenticator,
            with_passkey: counted.with_passkey,
            only_email_codes: counted.only_email_codes,
            sessions_ending: tx.count_ending_sessions(workspace, self.cut(before), self.cut(after)).await?,
            your_session_ends: false,
            you_must_enrol: false,
        })
    }
}
