//! Which members a segment is: a condition each, by which they are listed, counted and named alike.
//!
//! A statement about a segment is put together of parts that never change, is one text for both engines, and binds
//! the workspace as `$1`, a [`SegmentFacts`] as `$2` to `$9`, and whatever is its own from `$10` on, used or not.
use crate::{Error, MemberId, Tx, WorkspaceId, sessions::listed};
use policy::{MemberCounts, MemberSegment, Role, Timestamp, impact::Cutoffs};
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, Type};

/// What the conditions of segments compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentFacts {
    /// Now: `$2`.
    pub now: Timestamp,
    /// How many wrong codes in a row turn codes off for good: `$3`.
    pub codes_off_after: u32,
    /// When sessions are over as things are: `$4`, `$5` and `$6`.
    pub cutoffs: Cutoffs,
    /// When they are over once a change is saved, the same while none is in view: `$7`, `$8` and `$9`.
    pub cutoffs_after: Cutoffs,
}

/// How many live sessions there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct SessionCounts {
    /// All of them.
    pub live: i64,
    /// Those that were to outlive the browser.
    pub persistent: i64,
    /// Those that are over once a change is saved.
    pub ending: i64,
}

macro_rules! active {
    () => {
        "m.standing = 'active'"
    };
}

macro_rules! admin {
    () => {
        concat!(active!(), " AND m.role IN ('admin', 'it-admin', 'super-admin')")
    };
}

macro_rules! has {
    ($table:literal) => {
        concat!("EXISTS (SELECT 1 FROM ", $table, " f WHERE f.member_id = m.id)")
    };
}

macro_rules! not_enrolled {
    () => {
        concat!(" AND NOT (", has!("authenticators"), " OR ", has!("passkeys"), ")")
    };
}

/// That a session `s` is live as things are.
macro_rules! live {
    () => {
        "s.ended_why IS NULL AND s.started_at > $4 AND s.last_seen_at > $5 AND s.kept <= $6"
    };
}

/// That a live session `s` is over once a change is saved.
macro_rules! ending {
    () => {
        "(s.started_at <= $7 OR s.last_seen_at <= $8 OR s.kept > $9)"
    };
}

macro_rules! has_session {
    ($($condition:expr),+) => {
        concat!("EXISTS (SELECT 1 FROM sessions s WHERE s.member_id = m.id AND ", $($condition),+, ")")
    };
}

/// That attempts `l` lock something: until an instant, or for good.
macro_rules! locking {
    () => {
        "(l.locked_until > $2 OR (l.guarded = 'two-factor' AND l.consecutive >= $3))"
    };
}

macro_rules! locked_out {
    ($($guarded:literal),+) => {
        concat!(
            "EXISTS (SELECT 1 FROM lockouts l WHERE l.member_id = m.id AND l.guarded IN (''",
            $(", '", $guarded, "'",)+
            ") AND ",
            locking!(),
            ")"
        )
    };
}

/// Fetches the rows of a statement about a segment: `fetch_segment!(tx, Row, sql, workspace, facts, bound from $10 on, …)`.
macro_rules! fetch_segment {
    ($tx:expr, $row:ty, $sql:expr, $workspace:expr, $facts:expr $(, $bind:expr)* $(,)?) => {
        $crate::sql::fetch_all!(
            $tx,
            $row,
            $sql,
            $workspace,
            $facts.now.0,
            i64::from($facts.codes_off_after),
            $facts.cutoffs.started.0,
            $facts.cutoffs.seen.map_or(i64::MIN, |seen| seen.0),
            i64::from($facts.cutoffs.may_persist),
            $facts.cutoffs_after.started.0,
            $facts.cutoffs_after.seen.map_or(i64::MIN, |seen| seen.0),
            i64::from($facts.cutoffs_after.may_persist)
            $(, $bind)*
        )
    };
}

pub(crate) use {active, admin, fetch_segment, live, locking};

/// The condition under which a member `m` is in a segment.
pub(crate) const fn condition(segment: MemberSegment) -> &'static str {
    match segment {
        MemberSegment::Everyone => "m.erased_at IS NULL",
        MemberSegment::Active => active!(),
        MemberSegment::Pending => "m.standing = 'pending'",
        MemberSegment::Inactive => "m.standing = 'inactive'",
        MemberSegment::Banned => "m.standing = 'banned' AND m.erased_at IS NULL",
        MemberSegment::NotEnrolled => concat!(active!(), not_enrolled!()),
        MemberSegment::Admins => admin!(),
        MemberSegment::AdminsNotEnrolled => concat!(admin!(), not_enrolled!()),
        MemberSegment::WithAuthenticator => concat!(active!(), " AND ", has!("authenticators")),
        MemberSegment::WithPasskey => concat!(active!(), " AND ", has!("passkeys")),
        MemberSegment::OnlyEmailCodes => concat!(active!(), " AND m.email_codes = 1", not_enrolled!()),
        MemberSegment::PasswordFallsShort => "m.password_falls_short = 1",
        MemberSegment::SignedIn => has_session!(live!()),
        MemberSegment::SessionEnding => has_session!(live!(), " AND ", ending!()),
        MemberSegment::LockedOutOfSignIn => locked_out!("sign-in"),
        MemberSegment::LockedOutOfCodes => locked_out!("two-factor", "two-factor-day"),
        MemberSegment::LockedOutOfClaims => locked_out!("claim"),
        MemberSegment::Promoted => {
            "m.role = 'super-admin' AND EXISTS (SELECT 1 FROM promotions p WHERE p.member_id = m.id)"
        }
    }
}

/// What was counted, a column each.
struct Counts(Vec<i64>);

impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for Counts
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        (0..row.len()).map(|column| row.try_get(column)).collect::<Result<_, _>>().map(Self)
    }
}

impl Tx {
    /// How many members of a workspace are in each of these segments.
    pub async fn count_members(
        &mut self,
        workspace: &WorkspaceId,
        segments: &[MemberSegment],
        facts: &SegmentFacts,
    ) -> Result<MemberCounts, Error> {
        if segments.is_empty() {
            return Ok(MemberCounts::default());
        }
        let count = |segment: &MemberSegment| format!("COUNT(CASE WHEN {} THEN 1 END)", condition(*segment));
        let counts: Vec<_> = segments.iter().map(count).collect();
        let sql = format!("SELECT {} FROM members m WHERE m.workspace_id = $1", counts.join(", "));
        let rows = fetch_segment!(self, Counts, AssertSqlSafe(sql), workspace, facts)?;
        Ok(segments.iter().copied().zip(rows.into_iter().flat_map(|row| row.0)).collect())
    }

    /// The addresses of the members in a segment, in order, as many as asked for.
    pub async fn members_in(
        &mut self,
        workspace: &WorkspaceId,
        segment: MemberSegment,
        facts: &SegmentFacts,
        most: i64,
    ) -> Result<Vec<String>, Error> {
        let sql = format!(
            "SELECT m.email FROM members m WHERE m.workspace_id = $1 AND ({}) ORDER BY m.email LIMIT $10",
            condition(segment)
        );
        let found = fetch_segment!(self, (String,), AssertSqlSafe(sql), workspace, facts, most)?;
        Ok(found.into_iter().map(|(email,)| email).collect())
    }

    /// How many members of these roles but one have live sessions, and how many those are.
    pub async fn count_others_sessions(
        &mut self,
        workspace: &WorkspaceId,
        facts: &SegmentFacts,
        but: &MemberId,
        roles: &[Role],
    ) -> Result<(i64, i64), Error> {
        let sql = concat!(
            "SELECT COUNT(DISTINCT s.member_id), COUNT(*) FROM sessions s JOIN members m ON m.id = s.member_id \
             WHERE m.workspace_id = $1 AND m.id <> $10 AND $11 LIKE '%,' || m.role || ',%' AND ",
            live!()
        );
        let rows = fetch_segment!(self, (i64, i64), sql, workspace, facts, but, listed(roles))?;
        Ok(rows.into_iter().next().unwrap_or_default())
    }

    /// How many sessions of a workspace are live.
    pub async fn count_sessions(
        &mut self,
        workspace: &WorkspaceId,
        facts: &SegmentFacts,
    ) -> Result<SessionCounts, Error> {
        let sql = concat!(
            "SELECT COUNT(*) AS live, COUNT(CASE WHEN s.kept = 1 THEN 1 END) AS persistent, COUNT(CASE WHEN ",
            ending!(),
            " THEN 1 END) AS ending FROM sessions s JOIN members m ON m.id = s.member_id WHERE m.workspace_id = $1 AND ",
            live!()
        );
        let rows = fetch_segment!(self, SessionCounts, sql, workspace, facts)?;
        Ok(rows.into_iter().next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn whoever_reaches_the_admin_pages_is_counted_as_an_admin() {
        for role in Role::VARIANTS.iter().copied() {
            let named = condition(MemberSegment::Admins).contains(&format!("'{}'", role.name()));
            assert_eq!(named, role.reaches_admin(), "{role}");
        }
    }
}
