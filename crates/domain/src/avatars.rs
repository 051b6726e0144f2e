//! Pictures of members: from the avatar server, where the settings have it asked, or a pattern that is drawn here. A
//! browser gets either from Bailey alone; what is looked for elsewhere is fetched by a job, and never while somebody waits.
mod fetch;
mod identicon;
mod media_type;
pub(crate) mod path;
mod wanted;

pub use path::path_of;
pub(crate) use wanted::Wanted;

use crate::{MemberId, Result, WorkspaceId, bailey::Avatars};
use policy::{EmailAddress, decide::avatar};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What kind of picture it is.
    pub media_type: &'static str,
    /// The picture itself.
    pub bytes: Vec<u8>,
}

/// The pattern of a member.
fn pattern(member: &MemberId) -> Picture {
    Picture { media_type: "image/png", bytes: identicon::draw(member.as_str()) }
}

impl Avatars<'_> {
    /// The picture of a member. Whoever is no member has a pattern as well, so that nobody learns who is one.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn of(self, workspace: &WorkspaceId, member: &MemberId) -> Result<Picture> {
        let mut tx = self.0.store().read().await?;
        let Some(row) = tx.avatar(workspace, member).await? else { return Ok(pattern(member)) };
        let policy = self.0.policies().within(&mut tx, workspace).await?;
        if !avatar::is_asked_for(&policy.settings, row.status) {
            return Ok(pattern(member));
        }
        let is_of_address = row.address_hash.as_deref() == Some(self.hash_of(&row.email).as_str());
        if !is_of_address || row.good_until.is_none_or(|until| until <= self.0.now()) {
            self.0.wanted_avatars().add(workspace, member);
        }
        let kept = row.picture.filter(|_| is_of_address).and_then(|bytes| {
            let media_type = media_type::of(&bytes)?;
            Some(Picture { media_type, bytes })
        });
        Ok(kept.unwrap_or_else(|| pattern(member)))
    }

    /// By what it is known again for which address a picture was looked for.
    fn hash_of(self, email: &EmailAddress) -> String {
        self.0.vault().hash("addresses of avatars", &[email.as_str().as_bytes()])
    }
}
