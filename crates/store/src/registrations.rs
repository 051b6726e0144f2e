//! Whoever has asked to join, and what was decided.
use crate::{
    CommunityId, Error, MemberId, MemberRow, Tx, WorkspaceId,
    columns::{Flag, MaybeMillis, Millis},
    members::member_columns,
    sql,
};
use policy::Timestamp;

/// Somebody who has asked to join.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RegistrationRow {
    /// Whoever they are while they wait; gone once they were refused.
    pub member_id: MemberId,
    /// The workspace.
    pub workspace_id: WorkspaceId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// When they asked.
    #[sqlx(try_from = "Millis")]
    pub asked_at: Timestamp,
    /// When they proved that the address is theirs.
    #[sqlx(try_from = "MaybeMillis")]
    pub confirmed_at: Option<Timestamp>,
    /// When it was decided.
    #[sqlx(try_from = "MaybeMillis")]
    pub decided_at: Option<Timestamp>,
    /// The address of who decided.
    pub decided_by: Option<String>,
    /// Whether they were let in.
    #[sqlx(try_from = "Flag")]
    pub approved: bool,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.member_id, r.workspace_id, r.email, r.name, r.asked_at, r.confirmed_at, r.decided_at, \
               r.decided_by, r.approved FROM registrations r ",
            $rest
        )
    };
}

impl Tx {
    /// Notes that somebody has asked to join.
    pub async fn insert_registration(&mut self, member: &MemberRow) -> Result<(), Error> {
        let sql =
            "INSERT INTO registrations (member_id, workspace_id, email, name, asked_at) VALUES ($1, $2, $3, $4, $5)";
        let MemberRow { id, workspace_id, email, name, created_at, .. } = member;
        sql::execute!(self, sql, id, workspace_id, email.as_str(), name, created_at.0).map(drop)
    }

    /// What is known of somebody who has asked to join.
    pub async fn registration(&mut self, member: &MemberId) -> Result<Option<RegistrationRow>, Error> {
        sql::fetch_optional!(self, RegistrationRow, select!("WHERE r.member_id = $1"), member)
    }

    /// Notes that somebody who has asked to join proved that the address is theirs; `false` when they did before.
    pub async fn confirm_registration(&mut self, member: &MemberId, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE registrations SET confirmed_at = $2 WHERE member_id = $1 AND confirmed_at IS NULL";
        Ok(sql::execute!(self, sql, member, now)? == 1)
    }

    /// Notes what was decided, and by whom; `false` when it was decided before.
    pub async fn decide_registration(
        &mut self,
        member: &MemberId,
        by: &str,
        approved: bool,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE registrations SET decided_at = $4, decided_by = $2, approved = $3 \
                   WHERE member_id = $1 AND decided_at IS NULL";
        Ok(sql::execute!(self, sql, member, by, i64::from(approved), now)? == 1)
    }

    /// Whoever waits to be let in, the first one first, as many as asked for.
    pub async fn waiting_registrations(
        &mut self,
        workspace: &WorkspaceId,
        most: i64,
    ) -> Result<Vec<RegistrationRow>, Error> {
        let sql = select!(
            "JOIN members m ON m.id = r.member_id WHERE r.workspace_id = $1 AND m.standing = 'pending' \
               AND r.confirmed_at IS NOT NULL AND r.decided_at IS NULL ORDER BY r.asked_at, r.email LIMIT $2"
        );
        sql::fetch_all!(self, RegistrationRow, sql, workspace, most)
    }

    /// Forgets that somebody has asked to join.
    pub async fn delete_registration(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "DELETE FROM registrations WHERE member_id = $1", member).map(drop)
    }

    /// Whoever asked to join before an instant and never proved that the address is theirs, as many as asked for.
    pub async fn unconfirmed_registrations(&mut self, before: i64, most: i64) -> Result<Vec<RegistrationRow>, Error> {
        let sql = select!("WHERE r.confirmed_at IS NULL AND r.decided_at IS NULL AND r.asked_at < $1 LIMIT $2");
        sql::fetch_all!(self, RegistrationRow, sql, before, most)
    }

    /// Deletes what was decided before an instant about people who are no longer there.
    pub async fn delete_registrations_decided_before(&mut self, before: i64) -> Result<u64, Error> {
        let sql = "DELETE FROM registrations WHERE decided_at < $1 \
                   AND NOT EXISTS (SELECT 1 FROM members m WHERE m.id = registrations.member_id)";
        sql::execute!(self, sql, before)
    }

    /// Whoever waits to be let in and was put into a community, the first one first, as many as asked for.
    pub async fn waiting_registrations_in(
        &mut self,
        community: &CommunityId,
        most: i64,
    ) -> Result<Vec<RegistrationRow>, Error> {
        let sql = select!(
            "JOIN members m ON m.id = r.member_id JOIN community_members n ON n.member_id = r.member_id \
             WHERE n.community_id = $1 AND m.standing = 'pending' AND r.confirmed_at IS NOT NULL \
               AND r.decided_at IS NULL ORDER BY r.asked_at, r.email LIMIT $2"
        );
        sql::fetch_all!(self, RegistrationRow, sql, community, most)
    }

    /// Every active member of a workspace who may decide whether somebody joins, by address: by their role, or since they
    /// moderate a community that an admin has put that person into.
    pub async fn moderators_about(
        &mut self,
        workspace: &WorkspaceId,
        about: &MemberId,
    ) -> Result<Vec<MemberRow>, Error> {
        let sql = concat!(
            "SELECT ",
            member_columns!(),
            " FROM members m WHERE m.workspace_id = $1 AND m.standing = 'active' AND m.email_verified_at IS NOT NULL \
               AND (m.role IN ('moderator', 'admin', 'it-admin', 'super-admin') OR EXISTS \
                 (SELECT 1 FROM community_members mine JOIN community_members theirs \
                    ON theirs.community_id = mine.community_id \
                  WHERE mine.member_id = m.id AND mine.moderator = 1 AND theirs.member_id = $2)) ORDER BY m.email"
        );
        sql::fetch_all!(self, MemberRow, sql, workspace, about)
    }
}
