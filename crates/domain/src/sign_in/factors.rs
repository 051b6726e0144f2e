//! The second factors that a member has confirmed.
use crate::{MemberId, Result};
use policy::decide::enrolment::Factors;
use store::Tx;

/// The confirmed factors of a member.
pub(crate) async fn factors_of(tx: &mut Tx, member: &MemberId) -> Result<Factors> {
    let (authenticators, passkeys) = tx.count_factors(member).await?;
    Ok(to_factors(authenticators, passkeys))
}

pub(super) fn to_factors(authenticators: i64, passkeys: i64) -> Factors {
    Factors { authenticator: authenticators > 0, passkeys: u32::try_from(passkeys).unwrap_or(u32::MAX) }
}
