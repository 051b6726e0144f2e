//! Ideas that members post in their communities.
use crate::{CommunityId, Error, IdeaId, MemberId, Tx, WorkspaceId, columns::Millis, sql};
use policy::Timestamp;

/// An idea.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct IdeaRow {
    /// Its identifier.
    pub id: IdeaId,
    /// The community it was posted in.
    pub community_id: CommunityId,
    /// The name of that community.
    pub community: String,
    /// Who posted it, by name.
    pub author: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: String,
    /// When it was posted.
    #[sqlx(try_from = "Millis")]
    pub posted_at: Timestamp,
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
}

macro_rules! ideas {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.community_id, c.name AS community, a.name AS author, i.title, i.body, i.posted_at FROM ideas i \
             JOIN communities c ON c.id = i.community_id JOIN members a ON a.id = i.author_id \
             JOIN community_members m ON m.community_id = i.community_id AND m.member_id = $1 ",
            $rest
        )
    };
}

impl Tx {
    /// Adds an idea.
    pub async fn insert_idea(&mut self, row: &NewIdeaRow) -> Result<(), Error> {
        let sql = "INSERT INTO ideas (id, workspace_id, community_id, author_id, title, body, posted_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            &row.community_id,
            &row.author_id,
            &row.title,
            &row.body,
            row.posted_at.0
        )
        .map(drop)
    }

    /// How many ideas a member has posted since an instant.
    pub async fn ideas_posted_since(&mut self, member: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM ideas WHERE author_id = $1 AND posted_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, since)?.map_or(0, |(count,)| count))
    }

    /// The ideas of the communities that a member belongs to, the latest first.
    pub async fn ideas_for(&mut self, member: &MemberId, most: i64) -> Result<Vec<IdeaRow>, Error> {
        sql::fetch_all!(self, IdeaRow, ideas!("ORDER BY i.posted_at DESC, i.id DESC LIMIT $2"), member, most)
    }

    /// An idea, if the member belongs to its community.
    pub async fn idea_for(&mut self, member: &MemberId, id: &IdeaId) -> Result<Option<IdeaRow>, Error> {
        sql::fetch_optional!(self, IdeaRow, ideas!("WHERE i.id = $2"), member, id)
    }

    /// Whether a member belongs to a community.
    pub async fn belongs_to(&mut self, community: &CommunityId, member: &MemberId) -> Result<bool, Error> {
        let sql = "SELECT COUNT(*) FROM community_members WHERE community_id = $1 AND member_id = $2";
        let found = sql::fetch_optional!(self, (i64,), sql, community, member)?;
        Ok(found.is_some_and(|(count,)| count > 0))
    }
}
