//! Sealing in the unit of work that stores what is sealed.
use crate::{Result, bailey::Keys};
use store::Tx;

impl Keys<'_> {
    /// Encrypts a secret so that it opens only in the place it was sealed for, in the unit of work that stores it.
    pub(crate) async fn seal(self, tx: &mut Tx, place: &str, secret: &[u8]) -> Result<String> {
        let key = tx.hold_sealing_key().await?;
        self.0.vault().seal(key.as_deref(), place, secret)
    }
}
