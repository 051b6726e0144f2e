//! Communities, who belongs to them, and what they override.
use crate::{CommunityId, Error, MemberId, MemberRow, Tx, WorkspaceId, columns::Flag, members::member_columns, sql};
use policy::{AccountStatus, Role};

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CommunityRow {
    /// Its identifier.
    pub id: CommunityId,
    /// Its name, unique in the workspace.
    pub name: String,
    /// What it is for; empty where nobody has said so.
    pub description: String,
    /// How many members belong to it.
    pub members: i64,
}

/// A community that a member belongs to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MembershipRow {
    /// Its identifier.
    pub id: CommunityId,
    /// Its name.
    pub name: String,
    /// Whether the member was made its moderator.
    #[sqlx(try_from = "Flag")]
    pub moderator: bool,
}

/// A member of a community.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CommunityMemberRow {
    /// Their identifier.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Whether they take part.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// Whether they were made its moderator.
    #[sqlx(try_from = "Flag")]
    pub moderator: bool,
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
            "SELECT c.id, c.name, c.description, \
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

    /// Every community of a workspace and its name, by name.
    pub async fn community_names(&mut self, workspace: &WorkspaceId) -> Result<Vec<(CommunityId, String)>, Error> {
        let sql = "SELECT c.id, c.name FROM communities c WHERE c.workspace_id = $1 ORDER BY c.name";
        sql::fetch_all!(self, (CommunityId, String), sql, workspace)
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

    /// Gives a community another name and another description; `false` when it has both already.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when the name is taken in the workspace.
    pub async fn describe_community(&mut self, id: &CommunityId, name: &str, description: &str) -> Result<bool, Error> {
        let sql =
            "UPDATE communities SET name = $2, description = $3 WHERE id = $1 AND (name <> $2 OR description <> $3)";
        Ok(sql::execute!(self, sql, id, name, description)? == 1)
    }

    /// Takes a member out of a community; `false` when they did not belong to it.
    pub async fn remove_community_member(&mut self, community: &CommunityId, member: &MemberId) -> Result<bool, Error> {
        let sql = "DELETE FROM community_members WHERE community_id = $1 AND member_id = $2";
        Ok(sql::execute!(self, sql, community, member)? == 1)
    }

    /// The communities that a member belongs to, by name, and whether they moderate them.
    pub async fn memberships_of(&mut self, member: &MemberId) -> Result<Vec<MembershipRow>, Error> {
        let sql = "SELECT c.id, c.name, n.moderator FROM community_members n JOIN communities c ON c.id = n.community_id \
                   WHERE n.member_id = $1 ORDER BY c.name";
        sql::fetch_all!(self, MembershipRow, sql, member)
    }

    /// The members of a community, by address, those after an address, as many as asked for.
    pub async fn community_members(
        &mut self,
        community: &CommunityId,
        after: &str,
        most: i64,
    ) -> Result<Vec<CommunityMemberRow>, Error> {
        let sql = "SELECT m.id, m.name, m.email, m.role, m.standing, n.moderator FROM community_members n \
                   JOIN members m ON m.id = n.member_id WHERE n.community_id = $1 AND m.email > $2 ORDER BY m.email LIMIT $3";
        sql::fetch_all!(self, CommunityMemberRow, sql, community, after, most)
    }

    /// The members of a community who were made its moderators and take part, by name.
    pub async fn community_moderators(&mut self, community: &CommunityId) -> Result<Vec<CommunityMemberRow>, Error> {
        let sql = "SELECT m.id, m.name, m.email, m.role, m.standing, n.moderator FROM community_members n \
                   JOIN members m ON m.id = n.member_id \
                   WHERE n.community_id = $1 AND n.moderator = 1 AND m.standing = 'active' ORDER BY m.name, m.email";
        sql::fetch_all!(self, CommunityMemberRow, sql, community)
    }

    /// Whether a member was made a moderator of a community that somebody else belongs to.
    pub async fn moderates_one_of(&mut self, member: &MemberId, about: &MemberId) -> Result<bool, Error> {
        let sql = "SELECT COUNT(*) FROM community_members mine JOIN community_members theirs \
                     ON theirs.community_id = mine.community_id \
                   WHERE mine.member_id = $1 AND mine.moderator = 1 AND theirs.member_id = $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, about)?.is_some_and(|(count,)| count > 0))
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

    /// What communities of a workspace hold a setting to be, and whether a member belongs to them, as 1 or 0.
    pub async fn overrides_of(
        &mut self,
        workspace: &WorkspaceId,
        setting: &str,
        member: &MemberId,
    ) -> Result<Vec<(CommunityId, String, i64)>, Error> {
        let sql = "SELECT o.community_id, o.value, CAST(COUNT(m.member_id) AS BIGINT) FROM community_overrides o \
                   JOIN communities c ON c.id = o.community_id \
                   LEFT JOIN community_members m ON m.community_id = o.community_id AND m.member_id = $3 \
                   WHERE c.workspace_id = $1 AND o.setting = $2 GROUP BY o.community_id, o.value";
        sql::fetch_all!(self, (CommunityId, String, i64), sql, workspace, setting, member)
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
