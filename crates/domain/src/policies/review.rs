//! What a save would do, before it is done.
use super::{
    Author, Wanted, admin_addresses,
    form::{judged, settled},
    load,
    save::{conflict, nothing_pending},
};
use crate::{Caller, Error, Result, WorkspaceId, bailey::Policies};
use policy::{
    Change, Policy, Refusal, Settings,
    decide::{rank, self_lockout, session},
    impact::{self, Affected, Consequence, Facts},
    review::{self, ReviewReason, SaveEffect},
    rules::{self, Scheme, Warning},
    value::{CidrList, Value},
};
use std::collections::BTreeMap;
use store::SegmentFacts;

/// How many people a list names before it only counts.
const NAMED: i64 = 100;

/// The people whom a consequence concerns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// Their addresses, in order; the first hundred.
    pub named: Vec<String>,
    /// Whether there are more.
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
    /// Everything in which the caller's own next request to the admin pages would end.
    pub yourself: Vec<Refusal>,
    /// The allowlist with the caller's own address on it, where that is what is missing.
    pub list_with_you: Option<String>,
    /// Why it is saved by nobody, whatever they say to being locked out and whether they confirm it or not; `None` where it
    /// may be saved.
    pub blocked: Option<String>,
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
    /// Whether it locks the caller out, so that saving it for good asks for their word.
    pub fn locks_you_out(&self) -> bool {
        self.yourself.iter().any(self_lockout::locks_out)
    }

    /// Why it is shown before it is saved; empty where it may be saved at once.
    pub fn reasons(&self) -> Vec<ReviewReason> {
        let effect = SaveEffect { on_people: !self.consequences.is_empty(), on_author: !self.yourself.is_empty() };
        review::reasons(&self.changes, effect)
    }

    /// What tells it from the review of other changes.
    pub fn fingerprint(&self) -> u64 {
        review::fingerprint(&self.changes)
    }

    /// Whether something in it can lock people out.
    pub fn is_risky(&self) -> bool {
        !self.yourself.is_empty() || self.changes.iter().any(|change| change.risk().is_some())
    }
}

impl Policies<'_> {
    /// Says what saving a form would do, without doing it.
    ///
    /// # Errors
    /// As [`Self::submit`], but for the guard against locking oneself out, which is part of
    /// the answer.
    pub async fn review(self, caller: &Caller, base: i64, form: &BTreeMap<String, String>) -> Result<Review> {
        self.review_settings(caller, base, self.read_form(caller, form).await?).await
    }

    /// Says what saving settings would do.
    ///
    /// # Errors
    /// As [`Self::review`].
    pub async fn review_settings(self, caller: &Caller, base: i64, wanted: Wanted) -> Result<Review> {
        let (workspace, before) = (caller.workspace(), &caller.policy().settings);
        let (wanted, author) = (wanted.map(judged)?, Author::of(caller));
        let mut review = self.review_for(workspace, base, &wanted, &author).await?;
        let after = Policy { revision: base + 1, settings: wanted.settings };
        let known = self.known(workspace, before, &after.settings, &author).await?;
        let facts = Facts {
            your_session_ends: session::ended(&after.settings, caller.times(), self.0.now()).is_some(),
            you_must_enrol: impact::must_enrol(&after.settings, caller.role(), caller.factors()),
            ..known.facts
        };
        let known = Known { facts, ..known };
        review.consequences = self.consequences(workspace, before, &after.settings, &known).await?;
        review.yourself = caller.self_impact(&after);
        let outside = |refusal: &Refusal| matches!(refusal, Refusal::AddressNotAllowed { .. });
        if let (true, Some(address)) = (review.yourself.iter().any(outside), caller.client().ip()) {
            review.list_with_you = Some(CidrList::with(&after.settings.network.admin_allowlist, address).print());
        }
        let mut tx = self.0.store().read().await?;
        match admin_addresses::keeps_a_super_admin(&mut tx, workspace, before, &after.settings, &author).await {
            // The review has the way out: the caller's own address.
            Err(Error::Invalid(words)) if review.locks_you_out() => review.blocked = words.into_values().next(),
            kept => kept?,
        }
        Ok(review)
    }

    /// What saving settings would do, seen from the server's console, which no setting can lock out.
    ///
    /// # Errors
    /// As [`Self::save_from_console`].
    pub async fn review_from_console(
        self,
        workspace: &WorkspaceId,
        wanted: impl Into<Wanted>,
        may_lock_out: bool,
    ) -> Result<Review> {
        let wanted = wanted.into().map(judged)?;
        let now = self.now(workspace).await?;
        let author = Author::console();
        let mut review = self.review_for(workspace, now.revision, &wanted, &author).await?;
        let wanted = wanted.settings;
        let known = self.known(workspace, &now.settings, &wanted, &author).await?;
        review.consequences = self.consequences(workspace, &now.settings, &wanted, &known).await?;
        if !may_lock_out {
            let mut tx = self.0.store().read().await?;
            admin_addresses::keeps_a_super_admin(&mut tx, workspace, &now.settings, &wanted, &author).await?;
        }
        Ok(review)
    }

    async fn review_for(self, workspace: &WorkspaceId, base: i64, wanted: &Wanted, author: &Author) -> Result<Review> {
        let mut tx = self.0.store().read().await?;
        let current = tx.revision(workspace).await?;
        let known = (0..=current).contains(&base);
        let before = load(&mut tx, workspace, if known { base } else { current }).await?;
        let changes = before.changes_to(&wanted.clone().into_reading());
        rank::may_change(author.authority, &changes)?;
        if current != base {
            return Err(conflict(
                &mut tx,
                workspace,
                current,
                known.then_some(before.settings),
                wanted.settings.clone(),
            )
            .await?);
        }
        nothing_pending(&mut tx, workspace).await?;
        settled(wanted, &before)?;
        let (before, wanted) = (&before.settings, &wanted.settings);
        admin_addresses::may_shut_out(&mut tx, workspace, before, wanted, author).await?;
        let scheme = Scheme::of(self.0.origin());
        let known = rules::warnings(before, scheme);
        let warnings = rules::warnings(wanted, scheme).into_iter().filter(|warning| !known.contains(warning)).collect();
        Ok(Review {
            revision: base,
            changes,
            consequences: Vec::new(),
            warnings,
            yourself: Vec::new(),
            list_with_you: None,
            blocked: None,
        })
    }

    /// Says what a change does to people, and names them.
    async fn consequences(
        self,
        workspace: &WorkspaceId,
        before: &Settings,
        after: &Settings,
        known: &Known,
    ) -> Result<Vec<(Consequence, People)>> {
        let mut tx = self.0.store().read().await?;
        let mut found = Vec::new();
        for consequence in impact::of(before, after, &known.facts) {
            let named = match consequence.affected {
                Affected::Members(segment) => tx.members_in(workspace, segment, &known.segments, NAMED + 1).await?,
                Affected::AdminsShutOut => known.shut_out.clone(),
            };
            found.push((consequence, People::of(named)));
        }
        Ok(found)
    }

    /// Counts the people whom a change can concern.
    async fn known(
        self,
        workspace: &WorkspaceId,
        before: &Settings,
        after: &Settings,
        author: &Author,
    ) -> Result<Known> {
        let segments = self.0.members().segment_facts(before, after);
        let mut tx = self.0.store().read().await?;
        let shut_out = admin_addresses::shut_out(&mut tx, workspace, before, after, author).await?;
        let facts = Facts {
            members: tx.count_members(workspace, &impact::segments(before, after), &segments).await?,
            admins_shut_out: i64::try_from(shut_out.len()).unwrap_or(i64::MAX),
            sessions_ending: tx.count_sessions(workspace, &segments).await?.ending,
            your_session_ends: false,
            you_must_enrol: false,
        };
        Ok(Known { facts, segments, shut_out })
    }
}

/// What is known of the people whom a change can concern.
struct Known {
    facts: Facts,
    /// What tells who is in a segment of them.
    segments: SegmentFacts,
    /// The admins whom the list shuts out.
    shut_out: Vec<String>,
}
