//! How many there are of what settings concern.
use crate::{Cut, Error, Tx, WorkspaceId, sql};

impl Tx {
    /// How many sessions of a workspace are live under what holds, and how many members have one.
    pub async fn count_live_sessions(&mut self, workspace: &WorkspaceId, cut: Cut) -> Result<(i64, i64), Error> {
        let sql = "SELECT COUNT(*), COUNT(DISTINCT s.member_id) FROM sessions s JOIN members m ON m.id = s.member_id \
                   WHERE m.workspace_id = $1 AND s.ended_why IS NULL \
                     AND s.started_at > $2 AND s.last_seen_at > $3 AND s.kept <= $4";
        let (seen, kept) = (cut.seen.unwrap_or(i64::MIN), i64::from(cut.may_be_kept));
        let row = sql::one!(self, (i64, i64), sql, workspace, cut.started, seen, kept)?;
        Ok(row.unwrap_or_default())
    }

    /// How many browsers of a workspace's members were trusted after an instant and still are.
    pub async fn count_trusted_browsers(&mut self, workspace: &WorkspaceId, after: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM known_browsers b JOIN members m ON m.id = b.member_id \
                   WHERE m.workspace_id = $1 AND b.trusted_at > $2";
        Ok(sql::one!(self, (i64,), sql, workspace, after)?.map_or(0, |(count,)| count))
    }

    /// How many links of a purpose were made after an instant, and are neither used nor lapsed.
    pub async fn count_live_links(
        &mut self,
        workspace: &WorkspaceId,
        purpose: &str,
        after: i64,
        now: i64,
    ) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM links WHERE workspace_id = $1 AND purpose = $2 AND created_at > $3 \
                   AND used_at IS NULL AND (expires_at IS NULL OR expires_at > $4)";
        Ok(sql::one!(self, (i64,), sql, workspace, purpose, after, now)?.map_or(0, |(count,)| count))
    }
}
