//! Members and what they may do.
use crate::{
    Error, MemberId, Tx, WorkspaceId,
    columns::{Flag, MaybeMillis, Millis, millis},
    segments::{active, admin},
    sql,
};
use policy::{AccountStatus, EmailAddress, Role, Timestamp};

/// A member of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    /// Their identifier.
    pub id: MemberId,
    /// Their workspace.
    pub workspace_id: WorkspaceId,
    /// Their address in canonical form, unique in the workspace.
    #[sqlx(try_from = "String")]
    pub email: EmailAddress,
    /// When the workspace verified that the mailbox is theirs.
    #[sqlx(try_from = "MaybeMillis")]
    pub email_verified_at: Option<Timestamp>,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Their password as an argon2id PHC string.
    pub password_hash: Option<String>,
    /// When they chose it.
    #[sqlx(try_from = "MaybeMillis")]
    pub password_set_at: Option<Timestamp>,
    /// Whether it was found to be less than the policy asks for.
    #[sqlx(try_from = "Flag")]
    pub password_falls_short: bool,
    /// What marks everything that decided this verdict; `None` before the first one.
    pub password_judged: Option<String>,
    /// Whether they take part.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// Whether they chose to get codes by e-mail.
    #[sqlx(try_from = "Flag")]
    pub email_codes: bool,
    /// When they joined.
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    /// When they last signed in.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_sign_in_at: Option<Timestamp>,
}

/// An admin, and from where they were last seen.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AdminLastSeenRow {
    /// Their address in canonical form.
    pub email: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// When they last signed in.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_sign_in_at: Option<Timestamp>,
    /// The network address of their newest session, live or not.
    pub address: Option<String>,
}

/// The columns of a [`MemberRow`] of the table that is called `m`.
macro_rules! member_columns {
    () => {
        "m.id, m.workspace_id, m.email, m.email_verified_at, m.name, m.role, m.password_hash, m.password_set_at, \
         m.password_falls_short, m.password_judged, m.standing, m.email_codes, m.created_at, m.last_sign_in_at"
    };
}

pub(crate) use member_columns;

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", member_columns!(), " FROM members m ", $rest)
    };
}

impl Tx {
    /// Adds a member.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when the address is taken in the workspace.
    pub async fn insert_member(&mut self, row: &MemberRow) -> Result<(), Error> {
        let sql = "INSERT INTO members \
                   (id, workspace_id, email, email_verified_at, name, role, password_hash, password_set_at, created_at, \
                    last_sign_in_at, standing) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            row.email.as_str(),
            millis(row.email_verified_at),
            &row.name,
            row.role.name(),
            &row.password_hash,
            millis(row.password_set_at),
            row.created_at.0,
            millis(row.last_sign_in_at),
            row.status.name()
        )
        .map(drop)
    }

    /// The member with this address.
    pub async fn member_by_email(
        &mut self,
        workspace: &WorkspaceId,
        email: &EmailAddress,
    ) -> Result<Option<MemberRow>, Error> {
        sql::fetch_optional!(
            self,
            MemberRow,
            select!("WHERE workspace_id = $1 AND email = $2"),
            workspace,
            email.as_str()
        )
    }

    /// The member with this identifier.
    pub async fn member(&mut self, id: &MemberId) -> Result<Option<MemberRow>, Error> {
        sql::fetch_optional!(self, MemberRow, select!("WHERE id = $1"), id)
    }

    /// Whether the workspace has any member.
    pub async fn has_members(&mut self, workspace: &WorkspaceId) -> Result<bool, Error> {
        let row =
            sql::fetch_optional!(self, (i64,), "SELECT COUNT(*) FROM members WHERE workspace_id = $1", workspace)?;
        Ok(row.is_some_and(|(count,)| count > 0))
    }

    /// Notes that enrolment was asked of a member, unless it was before.
    pub async fn note_enrolment_asked(&mut self, id: &MemberId, now: i64) -> Result<(), Error> {
        let sql = "UPDATE members SET enrolment_asked_at = $2 WHERE id = $1 AND enrolment_asked_at IS NULL";
        sql::execute!(self, sql, id, now).map(drop)
    }

    /// Forgets that enrolment was asked of the members with a role.
    pub async fn forget_enrolment_asked_of_role(&mut self, workspace: &WorkspaceId, role: Role) -> Result<(), Error> {
        let sql = "UPDATE members SET enrolment_asked_at = NULL WHERE workspace_id = $1 AND role = $2";
        sql::execute!(self, sql, workspace, role.name()).map(drop)
    }

    /// Forgets that enrolment was asked of a member.
    pub async fn forget_enrolment_asked(&mut self, id: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "UPDATE members SET enrolment_asked_at = NULL WHERE id = $1", id).map(drop)
    }

    /// Notes that the mailbox is proved to be the member's, unless it was before.
    pub async fn verify_email(&mut self, id: &MemberId, now: i64) -> Result<(), Error> {
        let sql = "UPDATE members SET email_verified_at = $2 WHERE id = $1 AND email_verified_at IS NULL";
        sql::execute!(self, sql, id, now).map(drop)
    }

    /// Gives a member another address, which is proved to be theirs.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when the address is taken in the workspace.
    pub async fn change_email(&mut self, id: &MemberId, email: &EmailAddress, now: i64) -> Result<(), Error> {
        let sql = "UPDATE members SET email = $2, email_verified_at = $3 WHERE id = $1";
        sql::execute!(self, sql, id, email.as_str(), now).map(drop)
    }

    /// Gives a member another standing; `false` when it is that already.
    pub async fn set_account_status(&mut self, id: &MemberId, status: AccountStatus) -> Result<bool, Error> {
        let sql = "UPDATE members SET standing = $2 WHERE id = $1 AND standing <> $2";
        Ok(sql::execute!(self, sql, id, status.name())? == 1)
    }

    /// Gives a member a role.
    pub async fn set_role(&mut self, id: &MemberId, role: Role) -> Result<(), Error> {
        sql::execute!(self, "UPDATE members SET role = $2 WHERE id = $1", id, role.name()).map(drop)
    }

    /// Holds a member until the end of the unit of work, so that two sign-ins of theirs come one after
    /// the other.
    pub async fn lock_member(&mut self, id: &MemberId) -> Result<(), Error> {
        sql::lock_row!(self, "members", id)
    }

    /// Holds every member of a workspace until the end of the unit of work, in the order of their identifiers.
    pub async fn lock_members(&mut self, workspace: &WorkspaceId) -> Result<(), Error> {
        if self.holds_everything() {
            return Ok(());
        }
        let sql =
            "SELECT COUNT(*) FROM (SELECT id FROM members WHERE workspace_id = $1 ORDER BY id FOR NO KEY UPDATE) held";
        sql::fetch_optional!(self, (i64,), sql, workspace).map(drop)
    }

    /// How many authenticator apps and how many passkeys a member has.
    pub async fn count_factors(&mut self, id: &MemberId) -> Result<(i64, i64), Error> {
        let sql = "SELECT (SELECT COUNT(*) FROM authenticators WHERE member_id = $1), \
                     (SELECT COUNT(*) FROM passkeys WHERE member_id = $1)";
        Ok(sql::fetch_optional!(self, (i64, i64), sql, id)?.unwrap_or_default())
    }

    /// Records that an address was promoted through the list; `false` when it was promoted before.
    pub async fn insert_promotion(&mut self, member: &MemberRow, now: i64) -> Result<bool, Error> {
        let sql = "INSERT INTO promotions (workspace_id, email, member_id, promoted_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (workspace_id, email) DO NOTHING";
        Ok(sql::execute!(self, sql, &member.workspace_id, member.email.as_str(), &member.id, now)? == 1)
    }

    /// Whether an address was promoted before.
    pub async fn was_promoted(&mut self, workspace: &WorkspaceId, email: &EmailAddress) -> Result<bool, Error> {
        let sql = "SELECT promoted_at FROM promotions WHERE workspace_id = $1 AND email = $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, workspace, email.as_str())?.is_some())
    }

    /// The active super-admins of a workspace, by address.
    pub async fn super_admins(&mut self, workspace: &WorkspaceId) -> Result<Vec<MemberRow>, Error> {
        let sql = select!("WHERE workspace_id = $1 AND role = 'super-admin' AND standing = 'active' ORDER BY email");
        sql::fetch_all!(self, MemberRow, sql, workspace)
    }

    /// Every active admin with the address of their newest session, in order; one of whom none is known comes
    /// without an address.
    pub async fn admins_last_seen(&mut self, workspace: &WorkspaceId) -> Result<Vec<AdminLastSeenRow>, Error> {
        let sql = concat!(
            "SELECT m.email, m.role, m.last_sign_in_at, (SELECT s.address FROM sessions s WHERE s.member_id = m.id \
               ORDER BY s.started_at DESC, s.id DESC LIMIT 1) AS address \
             FROM members m WHERE m.workspace_id = $1 AND ",
            admin!(),
            " ORDER BY m.email"
        );
        sql::fetch_all!(self, AdminLastSeenRow, sql, workspace)
    }
}
