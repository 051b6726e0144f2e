//! Challenges that the browser carries until they are answered: to begin a ceremony writes nothing, however often
//! somebody does. One is spent as its answer comes, whatever comes of that.
use super::passkey::{CHALLENGE_LASTS, PasskeyChallenge};
use crate::{
    Error, MemberId, Result,
    bailey::TwoFactor,
    platform::{unit_of_work::unit_of_work, vault::Carried},
};
use policy::{Refusal, Timestamp};
use serde::{Serialize, de::DeserializeOwned};

/// A challenge that a browser has brought back and that was not spent yet.
pub(super) struct OpenedChallenge<T> {
    state: T,
    /// What it is known by once it is spent: not the text, which could be spelt in another way.
    hash: String,
    until: Timestamp,
}

/// What a challenge is sealed for: it serves for nothing else, and for nobody else.
fn place(purpose: &str, member: Option<&MemberId>) -> String {
    format!("passkey challenges/{purpose}/{}", member.map(ToString::to_string).unwrap_or_default())
}

impl TwoFactor<'_> {
    /// Makes a challenge for a purpose and, where that is known, for the member who is to answer it.
    pub(super) fn carried_challenge(
        self,
        purpose: &str,
        member: Option<&MemberId>,
        options: &impl Serialize,
        state: &impl Serialize,
    ) -> Result<PasskeyChallenge> {
        let until = self.0.now() + CHALLENGE_LASTS;
        let state = serde_json::to_vec(state).map_err(Error::internal)?;
        let id = self.0.vault().seal_for_browser(&place(purpose, member), until, &state)?;
        Ok(PasskeyChallenge { id, options: serde_json::to_string(options).map_err(Error::internal)? })
    }

    /// Opens a challenge that was made for this purpose and this member.
    ///
    /// # Errors
    /// [`Refusal::ChallengeExpired`] for one that has lapsed, and for any other text.
    pub(super) fn open_challenge<T: DeserializeOwned>(
        self,
        purpose: &str,
        member: Option<&MemberId>,
        id: &str,
    ) -> Result<OpenedChallenge<T>> {
        let place = place(purpose, member);
        let carried = self.0.vault().open_from_browser(&place, id);
        let Carried { until, state } = carried
            .filter(|carried| carried.until.is_end_of_what_serves(CHALLENGE_LASTS, self.0.now()))
            .ok_or(Refusal::ChallengeExpired)?;
        let hash = self.0.vault().hash("passkey challenges", &[place.as_bytes(), &state]);
        // One that another version has made is begun anew.
        let state = serde_json::from_slice(&state).map_err(|_| Refusal::ChallengeExpired)?;
        Ok(OpenedChallenge { state, hash, until })
    }

    /// Spends a challenge; returns what its answer is checked against.
    ///
    /// # Errors
    /// [`Refusal::ChallengeExpired`] when it was spent before.
    pub(super) async fn spend_challenge<T>(self, challenge: OpenedChallenge<T>) -> Result<T> {
        let OpenedChallenge { state, hash, until } = challenge;
        let first = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let first = tx.spend_challenge(&hash, until.0).await?;
            tx.commit().await?;
            Ok(first)
        });
        if first.await? { Ok(state) } else { Err(Refusal::ChallengeExpired.into()) }
    }
}
