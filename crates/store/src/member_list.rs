//! The list of the members, for the admins.
use crate::{
    Error, MemberId, Tx, WorkspaceId,
    columns::{Flag, MaybeMillis},
    segments::{SegmentFacts, condition, fetch_segment},
};
use policy::{AccountStatus, MemberSegment, Role, Timestamp};
use sqlx::AssertSqlSafe;

/// A member as the admins see them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberSummaryRow {
    /// Their identifier.
    pub id: MemberId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Whether they take part.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// When their address was verified.
    #[sqlx(try_from = "MaybeMillis")]
    pub email_verified_at: Option<Timestamp>,
    /// When they last signed in.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_sign_in_at: Option<Timestamp>,
    /// Whether they get codes by e-mail.
    #[sqlx(try_from = "Flag")]
    pub email_codes: bool,
    /// The number of their confirmed factors.
    pub factors: i64,
    /// Until when signing in is locked.
    #[sqlx(try_from = "MaybeMillis")]
    pub locked_until: Option<Timestamp>,
}

impl Tx {
    /// The members in a segment whose name or address holds a text, by address, as many as asked for.
    pub async fn member_list(
        &mut self,
        workspace: &WorkspaceId,
        segment: MemberSegment,
        facts: &SegmentFacts,
        holds: &str,
        most: i64,
    ) -> Result<Vec<MemberSummaryRow>, Error> {
        let pattern = format!("%{}%", holds.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        let sql = format!(
            "SELECT m.id, m.email, m.name, m.role, m.standing, m.email_verified_at, m.last_sign_in_at, m.email_codes, \
               (SELECT COUNT(*) FROM authenticators a WHERE a.member_id = m.id) \
                 + (SELECT COUNT(*) FROM passkeys p WHERE p.member_id = m.id) AS factors, \
               (SELECT MAX(l.locked_until) FROM lockouts l WHERE l.member_id = m.id AND l.guarded = 'sign-in' \
                  AND l.locked_until > $2) AS locked_until \
             FROM members m WHERE m.workspace_id = $1 AND ({}) \
               AND (LOWER(m.email) LIKE $10 ESCAPE '!' OR LOWER(m.name) LIKE $10 ESCAPE '!') \
             ORDER BY m.email LIMIT $11",
            condition(segment)
        );
        fetch_segment!(self, MemberSummaryRow, AssertSqlSafe(sql), workspace, facts, &pattern, most)
    }
}
