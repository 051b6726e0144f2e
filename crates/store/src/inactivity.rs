//! Who uses their account, and since when they don't.
use crate::{Error, MemberId, Tx, WorkspaceId, columns::Flag, sql};

/// A member's use of their account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ActivityRow {
    /// Whose.
    pub id: MemberId,
    /// When they last did something, or else when the account began to count, in milliseconds.
    pub last_activity: i64,
    /// When they were told that it would be deactivated.
    pub warned_of_deactivation_at: Option<i64>,
    /// Whether it was deactivated since nobody used it.
    #[sqlx(try_from = "Flag")]
    pub unused: bool,
}

/// The last instant of which it is known that a member `m` used their account, or that it began to count anew.
macro_rules! last_activity {
    () => {
        "(SELECT MAX(a.at) FROM (SELECT m.created_at AS at UNION ALL SELECT m.last_sign_in_at UNION ALL \
          SELECT m.activated_at UNION ALL SELECT s.last_seen_at FROM sessions s WHERE s.member_id = m.id) a)"
    };
}

macro_rules! activity {
    ($rest:expr) => {
        concat!(
            "SELECT m.id, ",
            last_activity!(),
            " AS last_activity, m.warned_of_deactivation_at, m.unused FROM members m ",
            $rest
        )
    };
}

impl Tx {
    /// A member's use of their account.
    pub async fn activity(&mut self, member: &MemberId) -> Result<Option<ActivityRow>, Error> {
        sql::fetch_optional!(self, ActivityRow, activity!("WHERE m.id = $1"), member)
    }

    /// So many active members who last used their account before an instant, after one of them in the order of their
    /// identifiers.
    pub async fn inactive_since(
        &mut self,
        workspace: &WorkspaceId,
        before: i64,
        after: &str,
        at_most: i64,
    ) -> Result<Vec<ActivityRow>, Error> {
        let sql = activity!(concat!(
            "WHERE m.workspace_id = $1 AND m.standing = 'active' AND m.id > $3 AND ",
            last_activity!(),
            " <= $2 ORDER BY m.id LIMIT $4"
        ));
        sql::fetch_all!(self, ActivityRow, sql, workspace, before, after, at_most)
    }

    /// Notes that a member was told that their account would be deactivated.
    pub async fn note_warned_of_deactivation(&mut self, member: &MemberId, at: i64) -> Result<(), Error> {
        let sql = "UPDATE members SET warned_of_deactivation_at = $2 WHERE id = $1";
        sql::execute!(self, sql, member, at).map(drop)
    }

    /// Notes that a member's account was deactivated since nobody used it.
    pub async fn note_unused(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "UPDATE members SET unused = 1 WHERE id = $1", member).map(drop)
    }

    /// Lets a member's account count anew.
    pub async fn count_activity_anew(&mut self, member: &MemberId, now: i64) -> Result<(), Error> {
        let sql = "UPDATE members SET activated_at = $2, unused = 0, warned_of_deactivation_at = NULL WHERE id = $1";
        sql::execute!(self, sql, member, now).map(drop)
    }
}
