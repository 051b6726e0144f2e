//! Attempts at whatever can be guessed, counted per subject and browser.
use crate::{Error, MemberId, Store, Tx, WorkspaceId, columns::MaybeMillis, segments::locking, sql};
use policy::{Role, Timestamp};

/// What tries are counted under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttemptKey {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// What is guessed at.
    pub guarded: &'static str,
    /// Whose it is: a member's identifier, or the keyed hash of an address that may be nobody's.
    pub subject: String,
    /// The browser that has a counter of its own; empty for all others together.
    pub browser: String,
}

/// The tries so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptCounterRow {
    /// Attempts since the window opened.
    pub in_window: i64,
    /// When the window opened, in milliseconds.
    pub window_started: i64,
    /// Until when it is locked, in milliseconds.
    pub locked_until: Option<i64>,
    /// Until when the form waits, in milliseconds.
    pub delayed_until: Option<i64>,
    /// Attempts since the last right one.
    pub consecutive: i64,
}

/// A member who is locked out of something.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LockedRow {
    /// The member.
    pub member_id: MemberId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// What is locked.
    pub guarded: String,
    /// Until when; `None` where it is for good.
    #[sqlx(try_from = "MaybeMillis")]
    pub until: Option<Timestamp>,
}

macro_rules! attempts {
    ($rest:literal) => {
        concat!(
            "SELECT in_window, window_started, locked_until, delayed_until, consecutive FROM lockouts \
             WHERE workspace_id = $1 AND guarded = $2 AND subject = $3 AND browser = $4",
            $rest
        )
    };
}

impl Store {
    /// The tries so far, if there were any, read by themselves.
    pub async fn attempts(&self, key: &AttemptKey) -> Result<Option<AttemptCounterRow>, Error> {
        sql::fetch_alone!(
            self,
            AttemptCounterRow,
            attempts!(""),
            &key.workspace,
            key.guarded,
            &key.subject,
            &key.browser
        )
    }

    /// Stores the tries where they are still as they were seen; `false` when somebody else has tried meanwhile.
    pub async fn swap_attempts(
        &self,
        key: &AttemptKey,
        member: Option<&MemberId>,
        seen: Option<&AttemptCounterRow>,
        row: &AttemptCounterRow,
    ) -> Result<bool, Error> {
        let first = "INSERT INTO lockouts (workspace_id, guarded, subject, browser, member_id, in_window, \
                       window_started, locked_until, delayed_until, consecutive) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                     ON CONFLICT (workspace_id, guarded, subject, browser) DO NOTHING";
        let next = "UPDATE lockouts SET member_id = COALESCE(member_id, $5), in_window = $6, window_started = $7, \
                      locked_until = $8, delayed_until = $9, consecutive = $10 \
                    WHERE workspace_id = $1 AND guarded = $2 AND subject = $3 AND browser = $4 AND in_window = $11 \
                      AND window_started = $12 AND locked_until IS NOT DISTINCT FROM $13 \
                      AND delayed_until IS NOT DISTINCT FROM $14 AND consecutive = $15";
        macro_rules! swap {
            ($sql:expr $(, $bind:expr)*) => {
                sql::execute_alone!(
                    self, $sql, &key.workspace, key.guarded, &key.subject, &key.browser, member, row.in_window,
                    row.window_started, row.locked_until, row.delayed_until, row.consecutive $(, $bind)*
                )
            };
        }
        let touched = match seen {
            None => swap!(first),
            Some(seen) => swap!(
                next,
                seen.in_window,
                seen.window_started,
                seen.locked_until,
                seen.delayed_until,
                seen.consecutive
            ),
        };
        Ok(touched? == 1)
    }
}

impl Tx {
    /// The tries so far, locked until the end of the unit of work, so that of parallel guesses each
    /// sees the one before it.
    pub async fn lock_attempts(
        &mut self,
        key: &AttemptKey,
        member: Option<&MemberId>,
        now: i64,
    ) -> Result<AttemptCounterRow, Error> {
        let blank = "INSERT INTO lockouts \
                       (workspace_id, guarded, subject, browser, member_id, in_window, window_started, consecutive) \
                     VALUES ($1, $2, $3, $4, $5, 0, $6, 0) \
                     ON CONFLICT (workspace_id, guarded, subject, browser) \
                     DO UPDATE SET member_id = COALESCE(lockouts.member_id, excluded.member_id) \
                     RETURNING in_window, window_started, locked_until, delayed_until, consecutive";
        let found = sql::fetch_optional!(
            self,
            AttemptCounterRow,
            blank,
            &key.workspace,
            key.guarded,
            &key.subject,
            &key.browser,
            member,
            now
        )?;
        let blank = AttemptCounterRow {
            in_window: 0,
            window_started: now,
            locked_until: None,
            delayed_until: None,
            consecutive: 0,
        };
        Ok(found.unwrap_or(blank))
    }

    /// The tries so far, if there were any.
    pub async fn attempts(&mut self, key: &AttemptKey) -> Result<Option<AttemptCounterRow>, Error> {
        sql::fetch_optional!(
            self,
            AttemptCounterRow,
            attempts!(""),
            &key.workspace,
            key.guarded,
            &key.subject,
            &key.browser
        )
    }

    /// Stores the attempts.
    pub async fn put_attempts(&mut self, key: &AttemptKey, row: &AttemptCounterRow) -> Result<(), Error> {
        let sql = "UPDATE lockouts SET in_window = $5, window_started = $6, locked_until = $7, delayed_until = $8, \
                     consecutive = $9 \
                   WHERE workspace_id = $1 AND guarded = $2 AND subject = $3 AND browser = $4";
        sql::execute!(
            self,
            sql,
            &key.workspace,
            key.guarded,
            &key.subject,
            &key.browser,
            row.in_window,
            row.window_started,
            row.locked_until,
            row.delayed_until,
            row.consecutive
        )
        .map(drop)
    }

    /// Forgets the tries under a key, after a right one.
    pub async fn clear_attempts(&mut self, key: &AttemptKey) -> Result<(), Error> {
        let sql = "DELETE FROM lockouts WHERE workspace_id = $1 AND guarded = $2 AND subject = $3 AND browser = $4";
        sql::execute!(self, sql, &key.workspace, key.guarded, &key.subject, &key.browser).map(drop)
    }

    /// Takes back one try under a key that was right, and the lock that it would have been the last one before.
    pub async fn take_attempt_back(&mut self, key: &AttemptKey) -> Result<(), Error> {
        let sql = "UPDATE lockouts SET in_window = in_window - 1, locked_until = NULL \
                   WHERE workspace_id = $1 AND guarded = $2 AND subject = $3 AND browser = $4 AND in_window > 0";
        sql::execute!(self, sql, &key.workspace, key.guarded, &key.subject, &key.browser).map(drop)
    }

    /// Forgets every try at a member's credentials, whoever made it, but what the day's codes count; returns how many
    /// counters there were.
    pub async fn clear_attempts_of(&mut self, member: &MemberId) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM lockouts WHERE member_id = $1 AND guarded <> 'two-factor-day'", member)
    }

    /// Lifts every lock of a member but the day's; how many tries failed in a row stays.
    pub async fn lift_locks_of(&mut self, member: &MemberId) -> Result<u64, Error> {
        let sql = "UPDATE lockouts SET in_window = 0, locked_until = NULL, delayed_until = NULL \
                   WHERE member_id = $1 AND guarded <> 'two-factor-day'";
        sql::execute!(self, sql, member)
    }

    /// Lets the locks of a kind that run in a workspace last no longer than so many milliseconds from when each began.
    pub async fn shorten_locks(&mut self, workspace: &WorkspaceId, guarded: &str, lasts: i64) -> Result<u64, Error> {
        let sql = "UPDATE lockouts SET locked_until = window_started + $3 \
                   WHERE workspace_id = $1 AND guarded = $2 AND locked_until > window_started + $3";
        sql::execute!(self, sql, workspace, guarded, lasts)
    }

    /// Forgets every try at one kind of a member's credentials.
    pub async fn clear_attempts_at(&mut self, member: &MemberId, guarded: &str) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM lockouts WHERE member_id = $1 AND guarded = $2", member, guarded)
    }

    /// The members of a workspace who are locked out of something, the longest lock first; those first whose
    /// codes no longer work after so many wrong ones in a row.
    pub async fn locked_members(
        &mut self,
        workspace: &WorkspaceId,
        disabled_from: i64,
        now: i64,
    ) -> Result<Vec<LockedRow>, Error> {
        let sql = concat!(
            "SELECT l.member_id, m.email, m.name, m.role, l.guarded, \
                     CASE WHEN l.guarded = 'two-factor' AND MAX(l.consecutive) >= $3 THEN NULL \
                       ELSE MAX(l.locked_until) END AS until \
                   FROM lockouts l JOIN members m ON m.id = l.member_id \
                   WHERE l.workspace_id = $1 AND ",
            locking!(),
            " GROUP BY l.member_id, m.email, m.name, m.role, l.guarded \
                   ORDER BY CASE WHEN l.guarded = 'two-factor' AND MAX(l.consecutive) >= $3 THEN 0 ELSE 1 END, \
                     MAX(l.locked_until) DESC, m.email"
        );
        sql::fetch_all!(self, LockedRow, sql, workspace, now, disabled_from)
    }

    /// What a member is locked out of, and until when; `None` where it is for good.
    pub async fn locks_of(
        &mut self,
        member: &MemberId,
        disabled_from: i64,
        now: i64,
    ) -> Result<Vec<(String, Option<i64>)>, Error> {
        let sql = concat!(
            "SELECT l.guarded, CASE WHEN l.guarded = 'two-factor' AND MAX(l.consecutive) >= $3 THEN NULL \
               ELSE MAX(l.locked_until) END AS until FROM lockouts l WHERE l.member_id = $1 AND ",
            locking!(),
            " GROUP BY l.guarded ORDER BY l.guarded"
        );
        sql::fetch_all!(self, (String, Option<i64>), sql, member, now, disabled_from)
    }

    /// Deletes tries at passwords, and claims, whose window opened before an instant and that lock nothing now.
    pub async fn delete_attempts_before(&mut self, before: i64, now: i64) -> Result<u64, Error> {
        let sql = "DELETE FROM lockouts WHERE guarded <> 'two-factor' AND window_started < $1 \
                     AND (locked_until IS NULL OR locked_until < $2) AND (delayed_until IS NULL OR delayed_until < $2)";
        sql::execute!(self, sql, before, now)
    }
}
