//! Asking the avatar server, by Gravatar's protocol: it is told the SHA-256 of an address, and answers with a picture of
//! the size that was asked for, or that there is none.
use super::media_type;
use crate::{
    MemberId, Result, WorkspaceId,
    bailey::Avatars,
    outbound::{Limits, OutboundError},
    platform::unit_of_work::unit_of_work,
};
use http::{HeaderValue, header::ACCEPT};
use policy::{
    EmailAddress,
    decide::avatar::{self, Answer, FETCHES_A_TURN},
};
use sha2::{Digest, Sha256};
use std::time::Duration;
use url::Url;

/// How long an answer may take and be.
const LIMITS: Limits = Limits { time: Duration::from_secs(3), bytes: 128 * 1_024 };
/// How many pixels a side of the picture has.
const SIZE: &str = "120";

impl Avatars<'_> {
    /// Fetches the pictures that were asked for, a few in a turn, until one can't be; returns how many answers there were.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn fetch_wanted(self) -> Result<usize> {
        let mut answers = 0;
        for (workspace, member) in self.0.wanted_avatars().take(FETCHES_A_TURN) {
            match self.fetch(&workspace, &member).await? {
                Some(Answer::Failed) => break,
                Some(Answer::Picture | Answer::Nothing) => answers += 1,
                None => {}
            }
        }
        Ok(answers)
    }

    /// Fetches the picture of a member and keeps it, or that there is none; `None` where nobody has to ask by now.
    async fn fetch(self, workspace: &WorkspaceId, member: &MemberId) -> Result<Option<Answer>> {
        let (row, policy) = {
            let mut tx = self.0.store().read().await?;
            let row = tx.avatar(workspace, member).await?;
            (row, self.0.policies().within(&mut tx, workspace).await?)
        };
        let Some(row) = row.filter(|row| avatar::is_asked_for(&policy.settings, row.status)) else { return Ok(None) };
        let (hash, now) = (self.hash_of(&row.email), self.0.now());
        let is_good = row.good_until.is_some_and(|until| until > now);
        if is_good && row.address_hash.as_deref() == Some(hash.as_str()) {
            return Ok(None);
        }
        let accepted = (ACCEPT, HeaderValue::from_static("image/png, image/jpeg, image/webp"));
        let (answer, picture) = match self.0.outbound().get_bytes(&self.url_of(&row.email), accepted, LIMITS).await {
            Ok(bytes) => match media_type::of(&bytes) {
                Some(kind) => (Answer::Picture, Some((kind, bytes))),
                None => (Answer::Nothing, None),
            },
            Err(OutboundError::Status { status: 404 }) => (Answer::Nothing, None),
            Err(why) => {
                tracing::warn!(%why, "the avatar server did not answer; patterns are shown meanwhile");
                (Answer::Failed, None)
            }
        };
        let until = avatar::good_until(answer, now).0;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(member).await?;
            // What was known goes on being shown while nothing else is.
            if answer != Answer::Failed || !tx.keep_avatar(member, &hash, until).await? {
                let picture = picture.as_ref().map(|(kind, bytes)| (*kind, &bytes[..]));
                tx.put_avatar(member, &hash, picture, until).await?;
            }
            Ok(tx.commit().await?)
        })
        .await?;
        Ok(Some(answer))
    }

    /// The address at which the avatar server answers for an e-mail address.
    fn url_of(self, email: &EmailAddress) -> Url {
        let mut url = self.0.avatar_server().clone();
        let hash = hex::encode(Sha256::digest(email.as_str().trim().to_lowercase()));
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(&hash);
        }
        url.query_pairs_mut().append_pair("s", SIZE).append_pair("d", "404").append_pair("r", "g");
        url
    }
}
