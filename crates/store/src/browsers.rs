//! Browsers that a member has signed in from, known by the hash of a cookie.
use crate::{
    Error, MemberId, Tx, WorkspaceId,
    columns::{MaybeMillis, Millis},
    sql,
};
use policy::Timestamp;

/// A browser that may skip the second step.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TrustedRow {
    /// The hash of its cookie.
    pub browser: String,
    /// What it calls itself.
    pub user_agent: String,
    /// When it was trusted.
    #[sqlx(try_from = "Millis")]
    pub trusted_at: Timestamp,
    /// Until when it was said to be.
    #[sqlx(try_from = "MaybeMillis")]
    pub trusted_until: Option<Timestamp>,
    /// When it was last signed in from.
    #[sqlx(try_from = "Millis")]
    pub last_seen_at: Timestamp,
}

impl Tx {
    /// Lets a browser that is known skip the second step from now on, and no longer than until then.
    pub async fn trust_browser(&mut self, browser: &str, member: &MemberId, now: i64, until: i64) -> Result<(), Error> {
        let sql = "UPDATE known_browsers SET trusted_at = $3, trusted_until = $4 WHERE browser = $1 AND member_id = $2";
        sql::execute!(self, sql, browser, member, now, until).map(drop)
    }

    /// Gives a member's browser another token.
    pub async fn rename_browser(&mut self, from: &str, to: &str, member: &MemberId) -> Result<(), Error> {
        let sql = "UPDATE known_browsers SET browser = $2 WHERE browser = $1 AND member_id = $3";
        sql::execute!(self, sql, from, to, member).map(drop)
    }

    /// The browsers that a member trusts, the latest first.
    pub async fn trusted_browsers(&mut self, member: &MemberId) -> Result<Vec<TrustedRow>, Error> {
        let sql = "SELECT browser, user_agent, trusted_at, trusted_until, last_seen_at FROM known_browsers \
                   WHERE member_id = $1 AND trusted_at IS NOT NULL ORDER BY trusted_at DESC, browser";
        sql::fetch_all!(self, TrustedRow, sql, member)
    }

    /// How many browsers of a workspace's members were trusted after an instant and still are.
    pub async fn count_trusted_browsers(
        &mut self,
        workspace: &WorkspaceId,
        after: i64,
        now: i64,
    ) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM known_browsers b JOIN members m ON m.id = b.member_id \
                   WHERE m.workspace_id = $1 AND b.trusted_at > $2 AND (b.trusted_until IS NULL OR b.trusted_until > $3)";
        Ok(sql::fetch_optional!(self, (i64,), sql, workspace, after, now)?.map_or(0, |(count,)| count))
    }

    /// Ends the trust in one browser of a member; `false` when there was none.
    pub async fn end_trust(&mut self, browser: &str, member: &MemberId) -> Result<bool, Error> {
        let sql = "UPDATE known_browsers SET trusted_at = NULL \
                   WHERE browser = $1 AND member_id = $2 AND trusted_at IS NOT NULL";
        Ok(sql::execute!(self, sql, browser, member)? == 1)
    }

    /// Ends the trust in every browser of a member.
    pub async fn end_all_trust(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "UPDATE known_browsers SET trusted_at = NULL WHERE member_id = $1", member).map(drop)
    }

    /// Deletes browsers that were last seen before an instant.
    pub async fn delete_browsers_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM known_browsers WHERE last_seen_at < $1", before)
    }
}
