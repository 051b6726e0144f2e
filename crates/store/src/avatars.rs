//! The pictures that were found for members at the avatar server.
use crate::{Error, MemberId, Tx, WorkspaceId, columns::MaybeMillis, sql};
use policy::{AccountStatus, EmailAddress, Timestamp};

/// A member, as far as their picture goes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AvatarRow {
    /// Their address.
    #[sqlx(try_from = "String")]
    pub email: EmailAddress,
    /// Whether they take part.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// The keyed hash of the address that the picture was looked for with; `None` where nobody has looked.
    pub address_hash: Option<String>,
    /// What kind of picture it is; `None` where there was none.
    pub media_type: Option<String>,
    /// The picture.
    pub picture: Option<Vec<u8>>,
    /// Until when nobody has to look again.
    #[sqlx(try_from = "MaybeMillis")]
    pub good_until: Option<Timestamp>,
}

impl Tx {
    /// What is known of the picture of a member; `None` where the workspace has no such member.
    pub async fn avatar(&mut self, workspace: &WorkspaceId, member: &MemberId) -> Result<Option<AvatarRow>, Error> {
        let sql = "SELECT m.email, m.standing, a.address_hash, a.media_type, a.picture, a.good_until FROM members m \
                   LEFT JOIN avatars a ON a.member_id = m.id WHERE m.workspace_id = $1 AND m.id = $2";
        sql::fetch_optional!(self, AvatarRow, sql, workspace, member)
    }

    /// Keeps what was found for a member, in place of what was known.
    pub async fn put_avatar(
        &mut self,
        member: &MemberId,
        address_hash: &str,
        picture: Option<(&str, &[u8])>,
        good_until: i64,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO avatars (member_id, address_hash, media_type, picture, good_until) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (member_id) DO UPDATE SET address_hash = $2, \
                   media_type = $3, picture = $4, good_until = $5";
        let (media_type, picture) = picture.unzip();
        sql::execute!(self, sql, member, address_hash, media_type, picture, good_until).map(drop)
    }

    /// Lets what is known of the picture of a member be good until an instant, where an answer for this address was kept.
    pub async fn keep_avatar(&mut self, member: &MemberId, address_hash: &str, until: i64) -> Result<bool, Error> {
        let sql = "UPDATE avatars SET good_until = $3 WHERE member_id = $1 AND address_hash = $2";
        Ok(sql::execute!(self, sql, member, address_hash, until)? == 1)
    }

    /// Deletes what was good until an instant or earlier, and what is of nobody who takes part.
    pub async fn delete_avatars_before(&mut self, before: i64) -> Result<u64, Error> {
        let sql = "DELETE FROM avatars WHERE good_until <= $1 OR NOT EXISTS \
                   (SELECT 1 FROM members m WHERE m.id = avatars.member_id AND m.standing = 'active')";
        sql::execute!(self, sql, before)
    }
}
