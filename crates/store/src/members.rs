//! Members and what they may do.
use crate::{Error, MemberId, Tx, WorkspaceId, sql};
use policy::{AccountStatus, EmailAddress, Role};

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
    /// When the workspace verified that the mailbox is theirs, in milliseconds.
    pub email_verified_at: Option<i64>,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Their password as an argon2id PHC string.
    pub password_hash: Option<String>,
    /// When they chose it, in milliseconds.
    pub password_set_at: Option<i64>,
    /// 1 when it was found to be less than the policy asks for, else 0.
    pub password_falls_short: i64,
    /// What marks everything that decided this verdict; `None` before the first one.
    pub password_judged: Option<String>,
    /// Whether they take part.
    #[sqlx(try_from = "String")]
    #[sqlx(rename = "standing")]
    pub status: AccountStatus,
    /// 1 when they chose to get codes by e-mail, else 0.
    pub email_codes: i64,
    /// When they joined, in milliseconds.
    pub created_at: i64,
    /// When they last signed in, in milliseconds.
    pub last_sign_in_at: Option<i64>,
}

/// How many active members there are, and how many of them have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct CoverageRow {
    /// Members with an admin role.
    pub admins: i64,
    /// Those of them with a second factor.
    pub admins_enrolled: i64,
    /// All active members.
    pub members: i64,
    /// Those of them with a second factor.
    pub members_enrolled: i64,
    /// Members with an authenticator app.
    pub with_authenticator: i64,
    /// Members with a passkey.
    pub with_passkey: i64,
    /// Members who get codes by e-mail and have no other second factor.
    pub only_email_codes: i64,
}

impl CoverageRow {
    /// Members with an admin role and without a second factor.
    pub const fn admins_not_enrolled(&self) -> i64 {
        self.admins - self.admins_enrolled
    }

    /// Members without a second factor.
    pub const fn members_not_enrolled(&self) -> i64 {
        self.members - self.members_enrolled
    }
}

/// An admin, and one of the addresses from which they have signed in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AdminSeenRow {
    /// Their address in canonical form.
    pub email: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// When they last signed in, in milliseconds.
    pub last_sign_in_at: Option<i64>,
    /// The network address.
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

/// Active members of whom something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Those with an admin role and without a second factor.
    AdminsNotEnrolled,
    /// Those without a second factor.
    NotEnrolled,
    /// Those with an authenticator app.
    WithAuthenticator,
    /// Those with a passkey.
    WithPasskey,
    /// Those who get codes by e-mail and have no other second factor.
    OnlyEmailCodes,
}

macro_rules! members_where {
    () => {
        "SELECT m.email FROM members m WHERE m.workspace_id = $1 AND m.standing = 'active' AND "
    };
}

macro_rules! has {
    ($table:literal) => {
        concat!("EXISTS (SELECT 1 FROM ", $table, " f WHERE f.member_id = m.id)")
    };
}

macro_rules! enrolled {
    () => {
        concat!("(", has!("authenticators"), " OR ", has!("passkeys"), ")")
    };
}

macro_rules! is_admin {
    () => {
        "m.role IN ('admin', 'it-admin', 'super-admin')"
    };
}

/// A condition as a number that can be summed up on both engines.
macro_rules! counted {
    ($condition:expr) => {
        concat!("CAST(CASE WHEN ", $condition, " THEN 1 ELSE 0 END AS INTEGER)")
    };
}

pub(crate) use {enrolled, has, is_admin};

macro_rules! in_order {
    () => {
        " ORDER BY m.email LIMIT $2"
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
                    last_sign_in_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            row.email.as_str(),
            row.email_verified_at,
            &row.name,
            row.role.name(),
            &row.password_hash,
            row.password_set_at,
            row.created_at,
            row.last_sign_in_at
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

    /// Gives a member another standing; false when it is that already.
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

    /// How many authenticator apps and how many passkeys a member has.
    pub async fn count_factors(&mut self, id: &MemberId) -> Result<(i64, i64), Error> {
        let sql = "SELECT (SELECT COUNT(*) FROM authenticators WHERE member_id = $1), \
                     (SELECT COUNT(*) FROM passkeys WHERE member_id = $1)";
        Ok(sql::fetch_optional!(self, (i64, i64), sql, id)?.unwrap_or_default())
    }

    /// Records that an address was promoted through the list; false when it was promoted before.
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

    /// The addresses that hold the role super-admin through the list, in order.
    pub async fn promoted_super_admins(&mut self, workspace: &WorkspaceId) -> Result<Vec<String>, Error> {
        let sql = "SELECT m.email FROM promotions p JOIN members m ON m.id = p.member_id \
                   WHERE p.workspace_id = $1 AND m.role = 'super-admin' ORDER BY m.email";
        Ok(sql::fetch_all!(self, (String,), sql, workspace)?.into_iter().map(|(email,)| email).collect())
    }

    /// The active super-admins of a workspace, by address.
    pub async fn super_admins(&mut self, workspace: &WorkspaceId) -> Result<Vec<MemberRow>, Error> {
        let sql = select!("WHERE workspace_id = $1 AND role = 'super-admin' AND standing = 'active' ORDER BY email");
        sql::fetch_all!(self, MemberRow, sql, workspace)
    }

    /// Every active admin with an address from which they have signed in, a row for each, in order; one of whom
    /// none is known comes without an address.
    pub async fn admins_seen(&mut self, workspace: &WorkspaceId) -> Result<Vec<AdminSeenRow>, Error> {
        let sql = concat!(
            "SELECT DISTINCT m.email, m.role, m.last_sign_in_at, s.address \
             FROM members m LEFT JOIN sessions s ON s.member_id = m.id \
             WHERE m.workspace_id = $1 AND m.standing = 'active' AND ",
            is_admin!(),
            " ORDER BY m.email"
        );
        sql::fetch_all!(self, AdminSeenRow, sql, workspace)
    }

    /// The addresses of active members of whom this holds, in order, as many as asked for.
    pub async fn members_who(&mut self, workspace: &WorkspaceId, who: Who, limit: i64) -> Result<Vec<String>, Error> {
        let found = match who {
            Who::AdminsNotEnrolled => sql::fetch_all!(
                self,
                (String,),
                concat!(members_where!(), is_admin!(), " AND NOT ", enrolled!(), in_order!()),
                workspace,
                limit
            ),
            Who::NotEnrolled => {
                sql::fetch_all!(
                    self,
                    (String,),
                    concat!(members_where!(), "NOT ", enrolled!(), in_order!()),
                    workspace,
                    limit
                )
            }
            Who::WithAuthenticator => sql::fetch_all!(
                self,
                (String,),
                concat!(members_where!(), has!("authenticators"), in_order!()),
                workspace,
                limit
            ),
            Who::OnlyEmailCodes => sql::fetch_all!(
                self,
                (String,),
                concat!(members_where!(), "m.email_codes = 1 AND NOT ", enrolled!(), in_order!()),
                workspace,
                limit
            ),
            Who::WithPasskey => {
                sql::fetch_all!(
                    self,
                    (String,),
                    concat!(members_where!(), has!("passkeys"), in_order!()),
                    workspace,
                    limit
                )
            }
        };
        Ok(found?.into_iter().map(|(email,)| email).collect())
    }

    /// Counts active members and those of them with a confirmed second factor.
    pub async fn coverage(&mut self, workspace: &WorkspaceId) -> Result<CoverageRow, Error> {
        let sql = concat!(
            "SELECT \
                     COALESCE(SUM(admin), 0) AS admins, COALESCE(SUM(admin * enrolled), 0) AS admins_enrolled, \
                     COUNT(*) AS members, COALESCE(SUM(enrolled), 0) AS members_enrolled, \
                     COALESCE(SUM(has_app), 0) AS with_authenticator, COALESCE(SUM(has_key), 0) AS with_passkey, \
                     COALESCE(SUM(CASE WHEN enrolled = 0 THEN m_email_codes ELSE 0 END), 0) AS only_email_codes \
                   FROM (SELECT ",
            counted!(has!("authenticators")),
            " AS has_app, ",
            counted!(has!("passkeys")),
            " AS has_key, ",
            counted!(is_admin!()),
            " AS admin, ",
            counted!(enrolled!()),
            " AS enrolled, CAST(m.email_codes AS INTEGER) AS m_email_codes FROM members m \
             WHERE m.workspace_id = $1 AND m.standing = 'active') AS counted"
        );
        let row = sql::fetch_optional!(self, CoverageRow, sql, workspace)?;
        Ok(row.unwrap_or(CoverageRow {
            admins: 0,
            admins_enrolled: 0,
            members: 0,
            members_enrolled: 0,
            with_authenticator: 0,
            with_passkey: 0,
            only_email_codes: 0,
        }))
    }
}
