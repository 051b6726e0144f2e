//! Whom admins have invited or added, until they have joined.
use crate::{
    Error, MemberId, Tx, WorkspaceId,
    columns::{MaybeMillis, Millis},
    sql,
};
use policy::{AccountStatus, Role, Timestamp};

/// Who invited a member, and when.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct InvitationRow {
    /// The member.
    pub member_id: MemberId,
    /// Their workspace.
    pub workspace_id: WorkspaceId,
    /// Who invited them.
    pub invited_by: MemberId,
    /// When they were invited.
    #[sqlx(try_from = "Millis")]
    pub invited_at: Timestamp,
    /// The latest mail that tells them.
    pub mail_id: String,
}

/// Somebody who was invited or added and has not joined yet, as the admins see them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct InvitedRow {
    /// Their identifier.
    pub id: MemberId,
    /// Their address.
    pub email: String,
    /// Their name; empty where none was given.
    pub name: String,
    /// The role that they get.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Whether they take part already.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// When they were invited.
    #[sqlx(try_from = "Millis")]
    pub invited_at: Timestamp,
    /// The address of who invited them.
    pub inviter_email: String,
    /// The role of who invited them.
    #[sqlx(try_from = "String")]
    pub inviter_role: Role,
    /// Whether who invited them takes part.
    #[sqlx(rename = "inviter_standing", try_from = "String")]
    pub inviter_status: AccountStatus,
    /// When the link was made that they have; `None` where they have none.
    #[sqlx(try_from = "MaybeMillis")]
    pub link_made_at: Option<Timestamp>,
    /// When it was said then to lapse.
    #[sqlx(try_from = "MaybeMillis")]
    pub link_expires_at: Option<Timestamp>,
    /// When the latest mail was queued; `None` once it is forgotten.
    pub mail_queued_at: Option<i64>,
    /// When it is tried next, in milliseconds; `None` once it is settled.
    pub mail_next_try_at: Option<i64>,
    /// When it was handed over or given up, in milliseconds.
    pub mail_settled_at: Option<i64>,
    /// What kept it from being handed over.
    pub mail_problem: Option<String>,
}

/// How many were invited and have not joined yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct InvitationCounts {
    /// All of them.
    pub all: i64,
    /// Those whose mail still waits to be handed over.
    pub unsent: i64,
}

/// What is outstanding: a member `m` who has not joined, or was added and has not confirmed their address.
macro_rules! outstanding {
    () => {
        "(m.standing = 'pending' OR (m.standing = 'active' AND m.email_verified_at IS NULL))"
    };
}

impl Tx {
    /// Notes who invited a member, in place of what was noted before.
    pub async fn put_invitation(&mut self, row: &InvitationRow) -> Result<(), Error> {
        let sql = "INSERT INTO invitations (member_id, workspace_id, invited_by, invited_at, mail_id) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (member_id) DO UPDATE \
                   SET invited_by = excluded.invited_by, invited_at = excluded.invited_at, mail_id = excluded.mail_id";
        sql::execute!(self, sql, &row.member_id, &row.workspace_id, &row.invited_by, row.invited_at.0, &row.mail_id)
            .map(drop)
    }

    /// Who invited a member, and when.
    pub async fn invitation(&mut self, member: &MemberId) -> Result<Option<InvitationRow>, Error> {
        let sql =
            "SELECT member_id, workspace_id, invited_by, invited_at, mail_id FROM invitations WHERE member_id = $1";
        sql::fetch_optional!(self, InvitationRow, sql, member)
    }

    /// Forgets that a member was invited.
    pub async fn delete_invitation(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "DELETE FROM invitations WHERE member_id = $1", member).map(drop)
    }

    /// How many are invited or added, and how many of their mails still wait.
    pub async fn count_invitations(&mut self, workspace: &WorkspaceId) -> Result<InvitationCounts, Error> {
        let sql = concat!(
            "SELECT COUNT(*) AS \"all\", COUNT(l.next_try_at) AS unsent FROM invitations i \
               JOIN members m ON m.id = i.member_id LEFT JOIN mails l ON l.id = i.mail_id \
             WHERE i.workspace_id = $1 AND ",
            outstanding!()
        );
        Ok(sql::fetch_optional!(self, InvitationCounts, sql, workspace)?.unwrap_or_default())
    }

    /// Whoever was invited or added and has not joined yet, the latest first, as many as asked for; with the link of the
    /// purpose for either.
    pub async fn invited(
        &mut self,
        workspace: &WorkspaceId,
        invited_by_link: &str,
        added_by_link: &str,
        most: i64,
    ) -> Result<Vec<InvitedRow>, Error> {
        let sql = concat!(
            "SELECT m.id, m.email, m.name, m.role, m.standing, i.invited_at, b.email AS inviter_email, \
               b.role AS inviter_role, b.standing AS inviter_standing, k.created_at AS link_made_at, \
               k.expires_at AS link_expires_at, l.queued_at AS mail_queued_at, l.next_try_at AS mail_next_try_at, \
               l.settled_at AS mail_settled_at, l.problem AS mail_problem \
             FROM invitations i JOIN members m ON m.id = i.member_id JOIN members b ON b.id = i.invited_by \
               LEFT JOIN mails l ON l.id = i.mail_id \
               LEFT JOIN links k ON k.member_id = m.id AND k.used_at IS NULL \
                 AND k.purpose = CASE WHEN m.standing = 'pending' THEN $2 ELSE $3 END \
             WHERE i.workspace_id = $1 AND ",
            outstanding!(),
            " ORDER BY i.invited_at DESC, m.email LIMIT $4"
        );
        sql::fetch_all!(self, InvitedRow, sql, workspace, invited_by_link, added_by_link, most)
    }

    /// Makes somebody a member who was invited: with their name, their password and an address that is theirs; `false`
    /// when they are one already.
    pub async fn join(&mut self, id: &MemberId, name: &str, password_hash: &str, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE members SET name = $2, password_hash = $3, password_set_at = $4, standing = 'active', \
                     email_verified_at = COALESCE(email_verified_at, $4) WHERE id = $1 AND standing = 'pending'";
        Ok(sql::execute!(self, sql, id, name, password_hash, now)? == 1)
    }

    /// Deletes somebody who has never joined, with whatever is theirs.
    pub async fn delete_unjoined(&mut self, id: &MemberId) -> Result<(), Error> {
        for sql in [
            "DELETE FROM invitations WHERE member_id = $1",
            "DELETE FROM links WHERE member_id = $1",
            "DELETE FROM lockouts WHERE member_id = $1",
            "DELETE FROM community_members WHERE member_id = $1",
            "DELETE FROM members WHERE id = $1",
        ] {
            sql::execute!(self, sql, id)?;
        }
        Ok(())
    }
}
