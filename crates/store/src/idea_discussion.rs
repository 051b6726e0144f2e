//! What people say about an idea, who votes for it, and who follows it.
use crate::{Error, IdeaId, MemberId, Tx, columns::Millis, sql};
use policy::Timestamp;

/// A comment on an idea.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CommentRow {
    /// Its identifier.
    pub id: String,
    /// Who wrote it, by name.
    pub author: String,
    /// What it says.
    pub body: String,
    /// When it was written.
    #[sqlx(try_from = "Millis")]
    pub posted_at: Timestamp,
}

impl Tx {
    /// Adds a comment.
    pub async fn insert_comment(
        &mut self,
        id: &str,
        idea: &IdeaId,
        author: &MemberId,
        body: &str,
        now: i64,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO idea_comments (id, idea_id, author_id, body, posted_at) VALUES ($1, $2, $3, $4, $5)";
        sql::execute!(self, sql, id, idea, author, body, now).map(drop)
    }

    /// The latest comments on an idea, as many as asked for, the latest first.
    pub async fn latest_comments(&mut self, idea: &IdeaId, most: i64) -> Result<Vec<CommentRow>, Error> {
        let sql = "SELECT n.id, a.name AS author, n.body, n.posted_at FROM idea_comments n \
                   JOIN members a ON a.id = n.author_id WHERE n.idea_id = $1 \
                   ORDER BY n.posted_at DESC, n.id DESC LIMIT $2";
        sql::fetch_all!(self, CommentRow, sql, idea, most)
    }

    /// How many comments a member has written since an instant.
    pub async fn comments_posted_since(&mut self, member: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM idea_comments WHERE author_id = $1 AND posted_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, since)?.map_or(0, |(count,)| count))
    }

    /// Lets a member vote for an idea; `false` when they have before.
    pub async fn insert_vote(&mut self, idea: &IdeaId, member: &MemberId, now: i64) -> Result<bool, Error> {
        let sql = "INSERT INTO idea_votes (idea_id, member_id, voted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        Ok(sql::execute!(self, sql, idea, member, now)? == 1)
    }

    /// Takes a member's vote for an idea back; `false` when there is none.
    pub async fn delete_vote(&mut self, idea: &IdeaId, member: &MemberId) -> Result<bool, Error> {
        let sql = "DELETE FROM idea_votes WHERE idea_id = $1 AND member_id = $2";
        Ok(sql::execute!(self, sql, idea, member)? == 1)
    }

    /// Whether a member has voted for an idea, and whether they follow it.
    pub async fn votes_and_follows(&mut self, idea: &IdeaId, member: &MemberId) -> Result<(bool, bool), Error> {
        let sql = "SELECT (SELECT COUNT(*) FROM idea_votes WHERE idea_id = $1 AND member_id = $2), \
                     (SELECT COUNT(*) FROM idea_followers WHERE idea_id = $1 AND member_id = $2)";
        let found = sql::fetch_optional!(self, (i64, i64), sql, idea, member)?.unwrap_or_default();
        Ok((found.0 > 0, found.1 > 0))
    }

    /// Lets a member follow an idea; `false` when they do already.
    pub async fn follow_idea(&mut self, idea: &IdeaId, member: &MemberId) -> Result<bool, Error> {
        let sql = "INSERT INTO idea_followers (idea_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        Ok(sql::execute!(self, sql, idea, member)? == 1)
    }

    /// Lets a member follow an idea no longer; `false` when they do not.
    pub async fn unfollow_idea(&mut self, idea: &IdeaId, member: &MemberId) -> Result<bool, Error> {
        let sql = "DELETE FROM idea_followers WHERE idea_id = $1 AND member_id = $2";
        Ok(sql::execute!(self, sql, idea, member)? == 1)
    }
}
