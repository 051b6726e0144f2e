//! Randomness from the operating system: the one place that draws it.
use crate::{Error, Result};
use uuid::Uuid;

/// Draws random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// Makes a UUID of version 7 for an instant, so that identifiers sort by age.
pub fn id(now: policy::Timestamp) -> Result<Uuid> {
    let random = bytes::<10>()?;
    Ok(uuid::Builder::from_unix_timestamp_millis(now.0.max(0).unsigned_abs(), &random).into_uuid())
}
