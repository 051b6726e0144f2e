//! Recovery codes: ten of 80 random bits, hashed under a key that is not in the database, single use.
use super::{
    attempts::{Attempt, read},
    by,
};
use crate::{
    Caller, Client, Error, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    mail::messages::factor_news::{FactorNews, factor_news},
    members::hold_caller,
    platform::{random, unit_of_work::unit_of_work},
    sign_in::{PendingSignIn, Proof, SignInDone, factors_of},
};
use policy::decide::code::Code;
use store::{MemberRow, Tx};
use totp_rs::Secret;

/// How many codes a member is given.
const COUNT: usize = 10;

/// Writes a code in groups of four: `abcd-efgh-ijkl-mnop`.
fn grouped(code: &str) -> String {
    code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

impl TwoFactor<'_> {
    fn code_hash(self, member: &MemberId, code: &str) -> String {
        self.0.vault().hash("recovery codes", &[member.as_str().as_bytes(), code.as_bytes()])
    }

    /// Draws codes in place of those that the member had, who is held.
    async fn fresh_codes(self, tx: &mut Tx, member: &MemberId) -> Result<Vec<String>> {
        let now = self.0.now();
        let mut shown = Vec::with_capacity(COUNT);
        let mut stored = Vec::with_capacity(COUNT);
        for _ in 0..COUNT {
            let code = Secret::from(random::bytes::<10>()?.to_vec()).to_base32().to_lowercase();
            stored.push((random::id(now)?.to_string(), self.code_hash(member, &code)));
            shown.push(grouped(&code));
        }
        tx.put_recovery_codes(member, &stored, now.0).await?;
        Ok(shown)
    }

    pub(super) async fn codes_if_none_left(self, tx: &mut Tx, member: &MemberId) -> Result<Vec<String>> {
        if tx.recovery_codes_left(member).await? > 0 { Ok(Vec::new()) } else { self.fresh_codes(tx, member).await }
    }

    /// Makes new codes; the old ones stop working.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a member without a factor, who has nothing to recover from;
    /// [`policy::Refusal::StepUpRequired`].
    pub async fn new_recovery_codes(self, caller: &Caller) -> Result<Vec<String>> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            if !factors_of(&mut tx, caller.member()).await?.enrolled() {
                return Err(Error::NotFound);
            }
            let codes = self.fresh_codes(&mut tx, caller.member()).await?;
            self.0.audit().record(&mut tx, caller.workspace(), by(caller, "Made new recovery codes")).await?;
            self.0
                .mail()
                .queue_to_caller(&mut tx, caller, &factor_news(&FactorNews::RecoveryCodesReplaced, self.0.now()))
                .await?;
            tx.commit().await?;
            Ok(codes)
        })
        .await
    }

    /// Uses up a recovery code of a member, if it is one.
    pub(super) async fn takes_recovery_code(self, tx: &mut Tx, member: &MemberId, code: &str) -> Result<bool> {
        Ok(tx.use_recovery_code(member, &self.code_hash(member, code), self.0.now().0).await?)
    }

    /// Writes down that a recovery code was used, and tells the member by mail.
    pub(super) async fn recovery_code_used(self, tx: &mut Tx, member: &MemberRow, address: Option<&str>) -> Result<()> {
        let left = tx.recovery_codes_left(&member.id).await?;
        let entry = Entry::new(Channel::TwoFactor, "Used a recovery code", Actor::Member(member.email.clone()))
            .from_address(address)
            .with("codes left", left.to_string());
        self.0.audit().record(tx, &member.workspace_id, entry).await?;
        self.0.mail().queue(tx, member, &factor_news(&FactorNews::RecoveryCodeUsed(left), self.0.now())).await
    }

    /// Passes the second step by a recovery code, which is used up.
    ///
    /// # Errors
    /// [`policy::Refusal::WrongCode`], also for a code that was used before; [`Error::Invalid`] for what can't
    /// be a code, which is no try; [`policy::Refusal::CodesPaused`] after too many wrong ones.
    pub async fn second_step_by_recovery_code(
        self,
        between: &PendingSignIn,
        code: &str,
        client: &Client,
    ) -> Result<SignInDone> {
        let code = read(Code::Recovery, code)?;
        let attempt = Attempt::between(between, client);
        let slot = self.reserve_attempt(&attempt).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&between.member.id).await?;
            if !self.takes_recovery_code(&mut tx, &between.member.id, &code).await? {
                return Ok(None);
            }
            self.recovery_code_used(&mut tx, &between.member, client.address.as_deref()).await?;
            self.second_step_done(tx, between, client, Proof::PasswordAndRecoveryCode).await.map(Some)
        });
        self.or_wrong_code(done.await?, &attempt, &slot, Code::Recovery).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_drawn_is_read_back_from_how_it_is_shown() {
        let drawn = Secret::from(vec![0xa5; 10]).to_base32().to_lowercase();
        assert_eq!(Code::Recovery.read(&grouped(&drawn)), Ok(drawn));
        assert_eq!(grouped("abcdefghijklmnop"), "abcd-efgh-ijkl-mnop");
    }
}
