//! Ideas that members post in their communities, and what was decided about them.
use crate::{
    CommunityId, Error, IdeaId, MemberId, Tx, WorkspaceId,
    columns::{MaybeMillis, Millis},
    sql,
};
use policy::{Timestamp, decide::idea::IdeaState};

/// An idea.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct IdeaRow {
    /// Its identifier.
    pub id: IdeaId,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// The community it was posted in.
    pub community_id: CommunityId,
    /// The name of that community.
    pub community: String,
    /// Who posted it.
    pub author_id: MemberId,
    /// Who posted it, by name.
    pub author: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: String,
    /// When it was posted: begun, while it is a draft, else submitted.
    #[sqlx(try_from = "Millis")]
    pub posted_at: Timestamp,
    /// Its state.
    #[sqlx(try_from = "String")]
    pub state: IdeaState,
    /// Why it was rejected; empty where it was not.
    pub reason: String,
    /// When it was decided about.
    #[sqlx(try_from = "MaybeMillis")]
    pub decided_at: Option<Timestamp>,
    /// The address of who decided; `None` where nobody had to.
    pub decided_by: Option<String>,
    /// How many members have voted for it.
    pub votes: i64,
    /// How many comments there are.
    pub comments: i64,
}

/// An idea that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIdeaRow {
    /// Its identifier.
    pub id: IdeaId,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// The community it is posted in.
    pub community_id: CommunityId,
    /// Who posts it.
    pub author_id: MemberId,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: String,
    /// When.
    pub posted_at: Timestamp,
    /// Its state.
    pub state: IdeaState,
}

/// Which ideas are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IdeaFilter {
    /// Only those in this state.
    pub state: Option<IdeaState>,
    /// Only those that come after this one in the list: when it was posted, and its identifier.
    pub after: Option<(Timestamp, IdeaId)>,
}

macro_rules! ideas {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.workspace_id, i.community_id, c.name AS community, i.author_id, a.name AS author, i.title, \
               i.body, i.posted_at, i.state, i.reason, i.decided_at, i.decided_by, \
               (SELECT COUNT(*) FROM idea_votes v WHERE v.idea_id = i.id) AS votes, \
               (SELECT COUNT(*) FROM idea_comments n WHERE n.idea_id = i.id) AS comments \
             FROM ideas i JOIN communities c ON c.id = i.community_id JOIN members a ON a.id = i.author_id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds an idea.
    pub async fn insert_idea(&mut self, row: &NewIdeaRow) -> Result<(), Error> {
        let sql = "INSERT INTO ideas (id, workspace_id, community_id, author_id, title, body, posted_at, state) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            &row.community_id,
            &row.author_id,
            &row.title,
            &row.body,
            row.posted_at.0,
            row.state.name()
        )
        .map(drop)
    }

    /// How many ideas a member has posted since an instant.
    pub async fn ideas_posted_since(&mut self, member: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM ideas WHERE author_id = $1 AND posted_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, since)?.map_or(0, |(count,)| count))
    }

    /// How many ideas of a member wait until somebody has decided.
    pub async fn count_pending_ideas_of(&mut self, member: &MemberId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM ideas WHERE author_id = $1 AND state = 'pending'";
        Ok(sql::fetch_optional!(self, (i64,), sql, member)?.map_or(0, |(count,)| count))
    }

    /// Writes an idea anew that nobody has decided about, or that was rejected: its words, its state and when it was
    /// posted; `false` when it is in another state meanwhile.
    pub async fn rewrite_idea(
        &mut self,
        id: &IdeaId,
        title: &str,
        body: &str,
        state: IdeaState,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE ideas SET title = $2, body = $3, state = $4, posted_at = $5, reason = '', decided_at = NULL, \
                   decided_by = NULL WHERE id = $1 AND state IN ('draft', 'rejected')";
        Ok(sql::execute!(self, sql, id, title, body, state.name(), now)? == 1)
    }

    /// Notes what was decided about an idea that waits, and by whom; `false` when it waits no longer.
    pub async fn decide_idea(
        &mut self,
        id: &IdeaId,
        state: IdeaState,
        reason: &str,
        by: &str,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE ideas SET state = $2, reason = $3, decided_by = $4, decided_at = $5 \
                   WHERE id = $1 AND state = 'pending'";
        Ok(sql::execute!(self, sql, id, state.name(), reason, by, now)? == 1)
    }

    /// The ideas of the communities that a member belongs to, and that they may see there, the latest first.
    pub async fn ideas_for(
        &mut self,
        member: &MemberId,
        filter: &IdeaFilter,
        most: i64,
    ) -> Result<Vec<IdeaRow>, Error> {
        let sql = ideas!(
            "JOIN community_members m ON m.community_id = i.community_id AND m.member_id = $1 \
             WHERE (i.state = 'approved' OR i.author_id = $1) AND ($2 IS NULL OR i.state = $2) \
               AND ($3 IS NULL OR i.posted_at < $3 OR (i.posted_at = $3 AND i.id < $4)) \
             ORDER BY i.posted_at DESC, i.id DESC LIMIT $5"
        );
        let (at, id) = filter.after.as_ref().map(|(at, id)| (at.0, id.as_str())).unzip();
        sql::fetch_all!(self, IdeaRow, sql, member, filter.state.map(IdeaState::name), at, id, most)
    }

    /// How many ideas a member sees in the communities that they belong to.
    pub async fn count_ideas_for(&mut self, member: &MemberId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM ideas i JOIN community_members m ON m.community_id = i.community_id \
                   AND m.member_id = $1 WHERE i.state = 'approved' OR i.author_id = $1";
        Ok(sql::fetch_optional!(self, (i64,), sql, member)?.map_or(0, |(count,)| count))
    }

    /// Those of them whose identifier follows one, as many as asked for.
    pub async fn ideas_after(&mut self, member: &MemberId, after: &str, most: i64) -> Result<Vec<IdeaRow>, Error> {
        let sql = ideas!(
            "JOIN community_members m ON m.community_id = i.community_id AND m.member_id = $1 \
             WHERE (i.state = 'approved' OR i.author_id = $1) AND i.id > $2 ORDER BY i.id LIMIT $3"
        );
        sql::fetch_all!(self, IdeaRow, sql, member, after, most)
    }

    /// An idea, whoever may see it.
    pub async fn idea(&mut self, id: &IdeaId) -> Result<Option<IdeaRow>, Error> {
        sql::fetch_optional!(self, IdeaRow, ideas!("WHERE i.id = $1"), id)
    }

    /// The ideas of a workspace that wait, the first one first, as many as asked for: those of every community, or of
    /// those whose moderator a member was made.
    pub async fn pending_ideas(
        &mut self,
        workspace: &WorkspaceId,
        member: &MemberId,
        everywhere: bool,
        most: i64,
    ) -> Result<Vec<IdeaRow>, Error> {
        let sql = ideas!(
            "WHERE i.workspace_id = $1 AND i.state = 'pending' AND (CAST($3 AS BIGINT) = 1 OR EXISTS \
               (SELECT 1 FROM community_members n WHERE n.community_id = i.community_id AND n.member_id = $2 \
                  AND n.moderator = 1)) \
             ORDER BY i.posted_at, i.id LIMIT $4"
        );
        sql::fetch_all!(self, IdeaRow, sql, workspace, member, i64::from(everywhere), most)
    }

    /// How many they are.
    pub async fn count_pending_ideas(
        &mut self,
        workspace: &WorkspaceId,
        member: &MemberId,
        everywhere: bool,
    ) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM ideas i WHERE i.workspace_id = $1 AND i.state = 'pending' \
                   AND (CAST($3 AS BIGINT) = 1 OR EXISTS (SELECT 1 FROM community_members n \
                     WHERE n.community_id = i.community_id AND n.member_id = $2 AND n.moderator = 1))";
        let found = sql::fetch_optional!(self, (i64,), sql, workspace, member, i64::from(everywhere))?;
        Ok(found.map_or(0, |(count,)| count))
    }

    /// Whether a member was made a moderator of any community.
    pub async fn moderates_any(&mut self, member: &MemberId) -> Result<bool, Error> {
        let sql = "SELECT COUNT(*) FROM community_members WHERE member_id = $1 AND moderator = 1";
        Ok(sql::fetch_optional!(self, (i64,), sql, member)?.is_some_and(|(count,)| count > 0))
    }

    /// Whether a member belongs to a community.
    pub async fn belongs_to(&mut self, community: &CommunityId, member: &MemberId) -> Result<bool, Error> {
        let sql = "SELECT COUNT(*) FROM community_members WHERE community_id = $1 AND member_id = $2";
        let found = sql::fetch_optional!(self, (i64,), sql, community, member)?;
        Ok(found.is_some_and(|(count,)| count > 0))
    }
}
