//! What a sign-in looks at, each in one statement.
use super::factors::to_factors;
use crate::{
    Client, Result, WorkspaceId,
    bailey::SignIn,
    credentials::passwords::Hasher,
    lockouts::{self, Attempt},
    members::may_sign_in,
};
use policy::{
    EmailAddress, Lifespan, Policy, Refusal,
    decide::{enrolment::Factors, lockout::AttemptCounter},
};
use std::sync::Arc;
use store::{MemberRow, Tx};

/// What the first step of a sign-in finds before the password is looked at.
pub(crate) struct SignInLookup {
    pub policy: Arc<Policy>,
    pub member: Option<MemberRow>,
    pub attempt: Attempt,
    /// The tries before this one.
    pub seen: Option<AttemptCounter>,
}

/// A member within the unit of work that signs them in.
pub(super) struct SigningIn {
    pub member: MemberRow,
    pub policy: Arc<Policy>,
    pub factors: Factors,
    pub from_known_browser: bool,
    /// Since when they trust this browser, and until when that was said to be.
    pub trusted: Option<Lifespan>,
}

impl SignIn<'_> {
    /// Looks at everything that the first step needs, in one statement: handing statements over costs about as
    /// much as anything beside the hashing.
    pub(crate) async fn look_up(self, workspace: &WorkspaceId, typed: &str, client: &Client) -> Result<SignInLookup> {
        let email = EmailAddress::parse(typed).ok();
        let browser = client.browser.as_deref();
        let mut attempt = self.0.lockouts().password_attempt(workspace, typed);
        let row = self.0.store().first_step(email.as_ref().map(EmailAddress::as_str), browser, attempt.key()).await?;
        let member = row.member.0;
        attempt.is_at(member.as_ref(), browser.filter(|_| row.known_since.is_some()));
        let policy = self.0.policies().at(workspace, row.revision).await?;
        Ok(SignInLookup { policy, member, attempt, seen: row.attempts.0.map(lockouts::attempts) })
    }

    /// Looks at a member again, within the unit of work that signs them in: they may have been banned, or
    /// their password replaced, while theirs was looked at.
    pub(super) async fn reload_member(self, tx: &mut Tx, seen: &MemberRow, client: &Client) -> Result<SigningIn> {
        let row = tx.member_signing_in(&seen.id, client.browser.as_deref()).await?.ok_or(Refusal::WrongCredentials)?;
        if row.member.password_hash != seen.password_hash && !was_upgraded(seen, &row.member) {
            return Err(Refusal::WrongCredentials.into());
        }
        may_sign_in(&row.member)?;
        Ok(SigningIn {
            policy: self.0.policies().at_within(tx, &row.member.workspace_id, row.revision).await?,
            factors: to_factors(row.authenticators, row.passkeys),
            from_known_browser: row.known_since.is_some(),
            trusted: row.trusted_at.map(|since| Lifespan { since, said_until: row.trusted_until }),
            member: row.member,
        })
    }
}

/// Whether another sign-in of the same moment has only hashed the same password with more work.
fn was_upgraded(seen: &MemberRow, now: &MemberRow) -> bool {
    let outdated = |row: &MemberRow| row.password_hash.as_deref().map(Hasher::is_outdated);
    seen.password_set_at == now.password_set_at && outdated(seen) == Some(true) && outdated(now) == Some(false)
}
