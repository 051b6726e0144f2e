//! One-time links: a hash of the token, a purpose, perhaps a member.
use crate::{Error, MemberId, Tx, WorkspaceId, sql};

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LinkRow {
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// What it is for.
    pub purpose: String,
    /// Whom it is for.
    pub member_id: Option<MemberId>,
    /// What it is about, where it is about something: an identifier.
    pub subject: Option<String>,
    /// When it was made, in milliseconds.
    pub created_at: i64,
    /// When it lapses, in milliseconds; `None` when it does not.
    pub expires_at: Option<i64>,
}

/// A link that was made, live or not.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MadeLinkRow {
    /// The link.
    #[sqlx(flatten)]
    pub link: LinkRow,
    /// When it was used or voided, in milliseconds.
    pub used_at: Option<i64>,
}

/// A link that was made and neither used nor voided.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnusedLinkRow {
    /// The hash of its token.
    pub token_hash: String,
    /// The link.
    #[sqlx(flatten)]
    pub link: LinkRow,
}

const COLUMNS: &str = "SELECT workspace_id, purpose, member_id, subject, created_at, expires_at FROM links \
                       WHERE token_hash = $1 AND used_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";

impl Tx {
    /// Adds a link under the hash of its token.
    pub async fn insert_link(&mut self, row: &LinkRow, token_hash: &str) -> Result<(), Error> {
        let sql = "INSERT INTO links (token_hash, workspace_id, purpose, member_id, subject, created_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sql::execute!(
            self,
            sql,
            token_hash,
            &row.workspace_id,
            &row.purpose,
            &row.member_id,
            &row.subject,
            row.created_at,
            row.expires_at
        )
        .map(drop)
    }

    /// A live link, without using it.
    pub async fn live_link(&mut self, token_hash: &str, now: i64) -> Result<Option<LinkRow>, Error> {
        sql::fetch_optional!(self, LinkRow, COLUMNS, token_hash, now)
    }

    /// A link that was made, live or not.
    pub async fn made_link(&mut self, token_hash: &str) -> Result<Option<MadeLinkRow>, Error> {
        let sql = "SELECT workspace_id, purpose, member_id, subject, created_at, expires_at, used_at FROM links \
                   WHERE token_hash = $1";
        sql::fetch_optional!(self, MadeLinkRow, sql, token_hash)
    }

    /// When the link was made that took the place of this one, in milliseconds; `None` where none did. Making it voided
    /// this one in that very moment.
    pub async fn superseded_at(&mut self, token_hash: &str) -> Result<Option<i64>, Error> {
        let sql = "SELECT newer.created_at FROM links link JOIN links newer ON newer.workspace_id = link.workspace_id \
                     AND newer.purpose = link.purpose AND newer.member_id = link.member_id \
                     AND COALESCE(newer.subject, '') = COALESCE(link.subject, '') \
                     AND newer.created_at = link.used_at AND newer.token_hash <> link.token_hash \
                   WHERE link.token_hash = $1 LIMIT 1";
        Ok(sql::fetch_optional!(self, (i64,), sql, token_hash)?.map(|(at,)| at))
    }

    /// Uses a link up; `None` when it is not live, or another request was quicker.
    pub async fn use_link(&mut self, token_hash: &str, purpose: &str, now: i64) -> Result<Option<LinkRow>, Error> {
        let sql = "UPDATE links SET used_at = $3 WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL \
                   AND (expires_at IS NULL OR expires_at > $3) \
                   RETURNING workspace_id, purpose, member_id, subject, created_at, expires_at";
        sql::fetch_optional!(self, LinkRow, sql, token_hash, purpose, now)
    }

    /// Counts one use of a live link that may come to nothing, before it is looked at; returns how many there were with
    /// it, or `None` when there were as many already, or the link is not live.
    pub async fn count_refused_use(&mut self, token_hash: &str, most: i64, now: i64) -> Result<Option<i64>, Error> {
        let sql = "UPDATE links SET refused = refused + 1 WHERE token_hash = $1 AND used_at IS NULL \
                   AND (expires_at IS NULL OR expires_at > $3) AND refused < $2 RETURNING refused";
        Ok(sql::fetch_optional!(self, (i64,), sql, token_hash, most, now)?.map(|(refused,)| refused))
    }

    /// Takes one such use back that was never looked at.
    pub async fn take_refused_use_back(&mut self, token_hash: &str) -> Result<(), Error> {
        let sql = "UPDATE links SET refused = refused - 1 WHERE token_hash = $1 AND refused > 0";
        sql::execute!(self, sql, token_hash).map(drop)
    }

    /// How many links of a purpose were made after an instant, and are neither used nor lapsed.
    pub async fn count_live_links(
        &mut self,
        workspace: &WorkspaceId,
        purpose: &str,
        after: i64,
        now: i64,
    ) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM links WHERE workspace_id = $1 AND purpose = $2 AND created_at > $3 \
                   AND used_at IS NULL AND (expires_at IS NULL OR expires_at > $4)";
        Ok(sql::fetch_optional!(self, (i64,), sql, workspace, purpose, after, now)?.map_or(0, |(count,)| count))
    }

    /// When links of a purpose were made for a member since an instant, and used up, the latest first, in milliseconds;
    /// those about one subject, or whatever they are about.
    pub async fn links_made_since(
        &mut self,
        workspace: &WorkspaceId,
        purpose: &str,
        member: &MemberId,
        subject: Option<&str>,
        since: i64,
    ) -> Result<Vec<(i64, Option<i64>)>, Error> {
        let sql = "SELECT created_at, used_at FROM links WHERE workspace_id = $1 AND purpose = $2 AND member_id = $3 \
                   AND ($4 IS NULL OR subject = $4) AND created_at > $5 ORDER BY created_at DESC";
        sql::fetch_all!(self, (i64, Option<i64>), sql, workspace, purpose, member, subject, since)
    }

    /// Deletes links that were made before an instant, and were used or have lapsed.
    pub async fn delete_links_before(&mut self, before: i64, now: i64) -> Result<u64, Error> {
        let sql = "DELETE FROM links WHERE created_at < $1 AND (used_at IS NOT NULL OR expires_at <= $2)";
        sql::execute!(self, sql, before, now)
    }

    /// The links of a member that were neither used nor voided and have not lapsed by what was said when they were made, the
    /// latest first, as many as asked for.
    pub async fn unused_links_of(
        &mut self,
        member: &MemberId,
        now: i64,
        most: i64,
    ) -> Result<Vec<UnusedLinkRow>, Error> {
        let sql = "SELECT token_hash, workspace_id, purpose, member_id, subject, created_at, expires_at FROM links \
                   WHERE member_id = $1 AND used_at IS NULL AND (expires_at IS NULL OR expires_at > $2) \
                   ORDER BY created_at DESC, token_hash LIMIT $3";
        sql::fetch_all!(self, UnusedLinkRow, sql, member, now, most)
    }

    /// Voids one link of a member; `false` when it was used or voided before, or is not theirs.
    pub async fn void_link(&mut self, member: &MemberId, token_hash: &str, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE links SET used_at = $3 WHERE token_hash = $2 AND member_id = $1 AND used_at IS NULL";
        Ok(sql::execute!(self, sql, member, token_hash, now)? == 1)
    }

    /// Voids every link and right of a member but those that only prove that a mailbox is theirs, and those by which whoever
    /// had the account takes its address back: whoever has it now must not void them.
    pub async fn void_links_of(&mut self, member: &MemberId, now: i64) -> Result<(), Error> {
        let sql = "UPDATE links SET used_at = $2 WHERE member_id = $1 AND used_at IS NULL \
                   AND purpose NOT IN ('identity-verification', 'email-change-undo')";
        sql::execute!(self, sql, member, now).map(drop)
    }

    /// Voids the links of a purpose in a workspace, for one member or for all, about one subject or about any.
    pub async fn void_links(
        &mut self,
        workspace: &WorkspaceId,
        purpose: &str,
        member: Option<&MemberId>,
        subject: Option<&str>,
        now: i64,
    ) -> Result<(), Error> {
        let sql = "UPDATE links SET used_at = $5 WHERE workspace_id = $1 AND purpose = $2 AND used_at IS NULL \
                   AND ($3 IS NULL OR member_id = $3) AND ($4 IS NULL OR subject = $4)";
        let member = member.map(MemberId::as_str);
        sql::execute!(self, sql, workspace, purpose, member, subject, now).map(drop)
    }
}
