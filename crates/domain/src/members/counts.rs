//! How many there are of whatever settings have to do with.
use crate::{Caller, Result, WorkspaceId, bailey::Members};
use policy::{
    LinkPurpose, MemberCounts, MemberSegment, Settings,
    audience::{self, AudienceCounts},
    decide::{link, lockout, trust},
    impact::cutoffs,
};
use store::SegmentFacts;

impl Members<'_> {
    /// What tells who is in a segment of the members, now and once other settings are saved.
    pub(crate) fn segment_facts(self, before: &Settings, after: &Settings) -> SegmentFacts {
        let now = self.0.now();
        SegmentFacts {
            now,
            codes_off_after: lockout::MAX_CONSECUTIVE,
            cutoffs: cutoffs(before, now),
            cutoffs_after: cutoffs(after, now),
        }
    }

    /// Counts the members of the caller's workspace in each of these segments.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn counts(self, caller: &Caller, segments: &[MemberSegment]) -> Result<MemberCounts> {
        let settings = &caller.policy().settings;
        let facts = self.segment_facts(settings, settings);
        Ok(self.0.store().read().await?.count_members(caller.workspace(), segments, &facts).await?)
    }

    /// Counts whom settings concern as things are in a workspace, under those settings, and whose passwords fall
    /// short.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn audience_counts(self, workspace: &WorkspaceId, settings: &Settings) -> Result<AudienceCounts> {
        let facts = self.segment_facts(settings, settings);
        let now = facts.now;
        let mut tx = self.0.store().read().await?;
        let sessions = tx.count_sessions(workspace, &facts).await?;
        let trusted_browsers = match trust::over_before(settings, now) {
            Some(after) => tx.count_trusted_browsers(workspace, after.0, now.0).await?,
            None => 0,
        };
        let mut links = Vec::new();
        for purpose in LinkPurpose::ALL.iter().filter(|purpose| purpose.settings().next().is_some()) {
            let after = link::over_before(settings, *purpose, now).map_or(i64::MIN, |after| after.0);
            links.push((*purpose, tx.count_live_links(workspace, purpose.name(), after, now.0).await?));
        }
        let mut segments = audience::segments();
        segments.insert(MemberSegment::PasswordFallsShort);
        let segments = Vec::from_iter(segments);
        Ok(AudienceCounts {
            members: tx.count_members(workspace, &segments, &facts).await?,
            sessions: sessions.live,
            persistent_sessions: sessions.persistent,
            trusted_browsers,
            links,
        })
    }

    /// The addresses of the members of the caller's workspace who are in a segment, in order, as many as asked for.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn members_in(self, caller: &Caller, segment: MemberSegment, most: i64) -> Result<Vec<String>> {
        let settings = &caller.policy().settings;
        let facts = self.segment_facts(settings, settings);
        Ok(self.0.store().read().await?.members_in(caller.workspace(), segment, &facts, most).await?)
    }
}
