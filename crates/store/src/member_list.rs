//! The roll of the members, for the admins.
use crate::{
    Error, MemberId, Tx, WorkspaceId,
    members::{enrolled, has, is_admin},
    sql,
};
use policy::{AccountStatus, MemberSegment, Role};

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
    #[sqlx(try_from = "String")]
    #[sqlx(rename = "standing")]
    pub status: AccountStatus,
    /// When their address was verified, in milliseconds.
    pub email_verified_at: Option<i64>,
    /// When they last signed in, in milliseconds.
    pub last_sign_in_at: Option<i64>,
    /// 1 when they get codes by e-mail, else 0.
    pub email_codes: i64,
    /// The number of their confirmed factors.
    pub factors: i64,
    /// Until when signing in is locked, in milliseconds.
    pub locked_until: Option<i64>,
}

impl Tx {
    /// The members of a group whose name or address holds a text, by address, as many as asked for.
    pub async fn member_list(
        &mut self,
        workspace: &WorkspaceId,
        group: MemberSegment,
        holds: &str,
        now: i64,
        most: i64,
    ) -> Result<Vec<MemberSummaryRow>, Error> {
        let pattern = format!("%{}%", holds.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        let sql = concat!(
            "SELECT m.id, m.email, m.name, m.role, m.standing, m.email_verified_at, m.last_sign_in_at, m.email_codes, \
               (SELECT COUNT(*) FROM authenticators a WHERE a.member_id = m.id) \
                 + (SELECT COUNT(*) FROM passkeys p WHERE p.member_id = m.id) AS factors, \
               (SELECT MAX(l.locked_until) FROM lockouts l WHERE l.member_id = m.id AND l.guarded = 'sign-in' \
                  AND l.locked_until > $3) AS locked_until \
             FROM members m WHERE m.workspace_id = $1 AND (LOWER(m.email) LIKE $2 ESCAPE '!' OR LOWER(m.name) LIKE $2 ESCAPE '!') \
               AND ($5 = 'everyone' OR m.standing = 'active' AND ($5 = 'active'",
            " OR $5 = 'admins' AND ",
            is_admin!(),
            " OR $5 = 'not-enrolled' AND NOT ",
            enrolled!(),
            " OR $5 = 'admins-not-enrolled' AND ",
            is_admin!(),
            " AND NOT ",
            enrolled!(),
            " OR $5 = 'with-authenticator' AND ",
            has!("authenticators"),
            " OR $5 = 'with-passkey' AND ",
            has!("passkeys"),
            " OR $5 = 'only-email-codes' AND m.email_codes <> 0 AND NOT ",
            enrolled!(),
            ")) ORDER BY m.email LIMIT $4"
        );
        sql::fetch_all!(self, MemberSummaryRow, sql, workspace, &pattern, now, most, group.name())
    }
}
