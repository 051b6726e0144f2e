//! Communities, who belongs to them, and what they override.
use crate::{CommunityId, Error, MemberId, MemberRow, Tx, WorkspaceId, members::member_columns, sql};

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CommunityRow {
    /// Its identifier.
    pub id: CommunityId,
    /// Its name, unique in the workspace.
    pub name: String,
    /// How many members belong to it.
    pub members: i64,
}

/// One setting that a community holds otherwise than its workspace.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OverrideRow {
    /// The community.
    pub community_id: CommunityId,
    /// The setting's key.
    pub setting: String,
    /// The canonical text.
    pub value: String,
}

macro_rules! communities {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.name, \
             (SELECT COUNT(*) FROM community_members n WHERE n.community_id = c.id) AS members FROM communities c ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a community.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when the name is taken in the workspace.
    pub async fn insert_community(
        &mut self,
        workspace: &WorkspaceId,
        id: &CommunityId,
        name: &str,
        now: i64,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO communities (id, workspace_id, name, created_at) VALUES ($1, $2, $3, $4)";
        sql::execute!(self, sql, id, workspace, name, now).map(drop)
    }

    /// How many communities a workspace has.
    pub async fn count_communities(&mut self, workspace: &WorkspaceId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM communities WHERE workspace_id = $1";
        Ok(sql::fetch_optional!(self, (i64,), sql, workspace)?.map_or(0, |(count,)| count))
    }

    /// Every community of a workspace, by name.
    pub async fn communities(&mut self, workspace: &WorkspaceId) -> Result<Vec<CommunityRow>, Error> {
        sql::fetch_all!(self, CommunityRow, communities!("WHERE c.workspace_id = $1 ORDER BY c.name"), workspace)
    }

    /// The communities that a member belongs to, by name.
    pub async fn communities_of(&mut self, member: &MemberId) -> Result<Vec<CommunityRow>, Error> {
        let sql =
            communities!("JOIN community_members m ON m.community_id = c.id WHERE m.member_id = $1 ORDER BY c.name");
        sql::fetch_all!(self, CommunityRow, sql, member)
    }

    /// One community of a workspace.
    pub async fn community(
        &mut self,
        workspace: &WorkspaceId,
        id: &CommunityId,
    ) -> Result<Option<CommunityRow>, Error> {
        let sql = communities!("WHERE c.workspace_id = $1 AND c.id = $2");
        sql::fetch_optional!(self, CommunityRow, sql, workspace, id)
    }

    /// Adds a member to a community; returns whether they were new in it.
    pub async fn add_community_member(&mut self, community: &CommunityId, member: &MemberId) -> Result<bool, Error> {
        let sql = "INSERT INTO community_members (community_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        sql::execute!(self, sql, community, member).map(|added| added > 0)
    }

    /// Makes a member of a community its moderator, or takes that back; `false` when nothing changed, as for somebody who
    /// does not belong to it.
    pub async fn set_community_moderator(
        &mut self,
        community: &CommunityId,
        member: &MemberId,
        moderator: bool,
    ) -> Result<bool, Error> {
        let sql = "UPDATE community_members SET moderator = $3 \
                   WHERE community_id = $1 AND member_id = $2 AND moderator <> $3";
        Ok(sql::execute!(self, sql, community, member, i64::from(moderator))? == 1)
    }

    /// Whether a member was made a moderator of a community. Their role and their status are another question.
    pub async fn moderates(&mut self, community: &CommunityId, member: &MemberId) -> Result<bool, Error> {
        let sql = "SELECT n.moderator FROM community_members n WHERE n.community_id = $1 AND n.member_id = $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, community, member)?.is_some_and(|(moderator,)| moderator == 1))
    }

    /// Every active member who may moderate a community, by their role or since they were made its moderator, by address.
    pub async fn moderators_of(&mut self, community: &CommunityId) -> Result<Vec<MemberRow>, Error> {
        let sql = concat!(
            "SELECT ",
            member_columns!(),
            " FROM members m JOIN communities c ON c.id = $1 AND c.workspace_id = m.workspace_id \
             WHERE m.standing = 'active' AND m.email_verified_at IS NOT NULL \
               AND (m.role IN ('moderator', 'admin', 'it-admin', 'super-admin') OR EXISTS \
                 (SELECT 1 FROM community_members n WHERE n.community_id = c.id AND n.member_id = m.id AND n.moderator = 1)) \
             ORDER BY m.email"
        );
        sql::fetch_all!(self, MemberRow, sql, community)
    }

    /// Everything that the communities of a workspace override.
    pub async fn overrides(&mut self, workspace: &WorkspaceId) -> Result<Vec<OverrideRow>, Error> {
        let sql = "SELECT o.community_id, o.setting, o.value FROM community_overrides o \
                   JOIN communities c ON c.id = o.community_id WHERE c.workspace_id = $1 ORDER BY o.setting";
        sql::fetch_all!(self, OverrideRow, sql, workspace)
    }

    /// Lets a community hold a setting otherwise.
    pub async fn put_override(&mut self, row: &OverrideRow) -> Result<(), Error> {
        let sql = "INSERT INTO community_overrides (community_id, setting, value) VALUES ($1, $2, $3) \
                   ON CONFLICT (community_id, setting) DO UPDATE SET value = excluded.value";
        sql::execute!(self, sql, &row.community_id, &row.setting, &row.value).map(drop)
    }

    /// Lets a community inherit a setting again; returns what it held.
    pub async fn take_override(
        &mut self,
        community: &CommunityId,
        setting: &str,
    ) -> Result<Option<OverrideRow>, Error> {
        let sql = "DELETE FROM community_overrides WHERE community_id = $1 AND setting = $2 \
                   RETURNING community_id, setting, value";
        sql::fetch_optional!(self, OverrideRow, sql, community, setting)
    }
}
