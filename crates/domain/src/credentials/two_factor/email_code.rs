//! Codes sent by e-mail: for one sign-in, the last few of which are good until one of them is used.
use super::{
    attempts::{Attempt, read},
    by,
};
use crate::{
    Caller, Client, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    mail::messages::factor_news::{FactorNews, factor_news},
    members::hold_caller,
    platform::{random, unit_of_work::unit_of_work},
    sign_in::{PendingSignIn, Proof, SignInDone},
};
use policy::{
    Lifespan, Refusal, Settings, Timestamp,
    decide::{code::Code, email_code, mailbox, second_step},
    value::Seconds,
};
use store::{EmailedCodeRow, MemberRow, PendingId, Tx};
use subtle::ConstantTimeEq;

/// Draws a code of eight digits, each equally likely.
fn draw() -> Result<String> {
    let all = 10_u32.pow(email_code::DIGITS);
    // Numbers above the last whole multiple would make small codes likelier.
    let fair = u32::MAX - u32::MAX % all;
    loop {
        let drawn = u32::from_le_bytes(random::bytes::<4>()?);
        if drawn < fair {
            return Ok(format!("{:08}", drawn % all));
        }
    }
}

/// Writes a code in two groups, which are easier to read across.
fn grouped(code: &str) -> String {
    let (first, second) = code.split_at(code.len() / 2);
    format!("{first} {second}")
}

/// May another code be sent to a member now?
async fn may_send(tx: &mut Tx, member: &MemberRow, now: Timestamp) -> Result<()> {
    let sent = tx.codes_sent_since(&member.id, (now - mailbox::COUNTED).0).await?;
    let sent: Vec<_> = sent.into_iter().map(Timestamp).collect();
    Ok(email_code::may_send(&sent, now)?)
}

impl TwoFactor<'_> {
    fn emailed_code_hash(self, pending: &PendingId, code: &str) -> String {
        self.0.vault().hash("e-mailed codes", &[pending.as_str().as_bytes(), code.as_bytes()])
    }

    /// Sends a code for a sign-in, in the unit of work that begins it.
    ///
    /// # Errors
    /// [`policy::Refusal::CodeSentLately`] when one was sent too short a time ago.
    pub(crate) async fn send_code(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        pending: &PendingId,
        settings: &Settings,
    ) -> Result<()> {
        let now = self.0.now();
        tx.lock_member(&member.id).await?;
        may_send(tx, member, now).await?;
        let code = draw()?;
        let works_until = email_code::works_until(settings, now);
        let row = EmailedCodeRow {
            id: random::id(now)?.to_string(),
            code_hash: self.emailed_code_hash(pending, &code),
            sent_at: now,
            works_until: Some(works_until),
        };
        tx.insert_emailed_code(&row, &member.id, pending).await?;
        // The sign-in is there for as long as the mail says that its code works.
        tx.keep_pending(pending, second_step::lapses_at(now, None, Some(works_until)).0).await?;
        let Seconds(lasts) = settings.two_factor.email_code_lifetime;
        self.0.links().mail_code(tx, member, pending, &grouped(&code), lasts).await
    }

    /// Why no code can be sent yet for a sign-in that has got none: one was sent for another try.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn code_has_to_wait(self, between: &PendingSignIn) -> Result<Option<Refusal>> {
        if between.code_was_sent() || !between.takes_emailed_code() {
            return Ok(None);
        }
        match may_send(&mut self.0.store().read().await?, &between.member, self.0.now()).await {
            Err(Error::Refused(Refusal::CodeSentLately { seconds })) => {
                Ok(Some(Refusal::CodeSentElsewhere { seconds }))
            }
            may => may.map(|()| None),
        }
    }

    /// Sends a code, or another one, for a sign-in between its steps.
    ///
    /// # Errors
    /// [`Refusal::CodeSentLately`] when one was sent too short a time ago, and [`Refusal::CodeSentElsewhere`] when
    /// that was for another try; [`Error::NotFound`] when codes by e-mail do not serve this member.
    pub async fn send_emailed_code(self, between: &PendingSignIn, client: &Client) -> Result<()> {
        if !between.takes_emailed_code() {
            return Err(Error::NotFound);
        }
        let policy = self.0.policies().now(&between.member.workspace_id).await?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            match self.send_code(&mut tx, &between.member, &between.id, &policy.settings).await {
                Err(Error::Refused(Refusal::CodeSentLately { seconds })) if !between.code_was_sent() => {
                    return Err(Refusal::CodeSentElsewhere { seconds }.into());
                }
                sent => sent?,
            }
            self.note_code_sent(&mut tx, &between.member, client).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Passes the second step by a code that was sent by e-mail.
    ///
    /// # Errors
    /// [`policy::Refusal::WrongCode`], also for a code that has lapsed, was used or belongs to another sign-in;
    /// [`Error::Invalid`] for what can't be a code, which is no try; [`policy::Refusal::CodesPaused`] after too many
    /// wrong ones.
    pub async fn second_step_by_emailed_code(
        self,
        between: &PendingSignIn,
        code: &str,
        client: &Client,
    ) -> Result<SignInDone> {
        let code = read(Code::Emailed, code)?;
        let attempt = Attempt::between(between, client);
        let slot = self.reserve_attempt(&attempt).await?;
        let policy = self.0.policies().now(attempt.workspace).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&between.member.id).await?;
            let right = self.takes_emailed_code(&mut tx, between, &code, &policy.settings).await?;
            if !(between.takes_emailed_code() && right) {
                return Ok(None);
            }
            // The code reached them, so the mailbox is theirs.
            tx.verify_email(&between.member.id, self.0.now().0).await?;
            self.second_step_done(tx, between, client, Proof::PasswordAndEmailedCode).await.map(Some)
        });
        self.or_wrong_code(done.await?, &attempt, &slot, Code::Emailed).await
    }

    async fn takes_emailed_code(
        self,
        tx: &mut Tx,
        between: &PendingSignIn,
        code: &str,
        settings: &Settings,
    ) -> Result<bool> {
        let now = self.0.now();
        let hash = self.emailed_code_hash(&between.id, code);
        let works = |row: &EmailedCodeRow| {
            email_code::works(settings, Lifespan { since: row.sent_at, said_until: row.works_until }, now)
        };
        let is_right = |row: &EmailedCodeRow| bool::from(row.code_hash.as_bytes().ct_eq(hash.as_bytes()));
        let good = tx.emailed_codes(&between.id, email_code::GOOD_AT_ONCE).await?;
        match good.iter().find(|row| is_right(row) && works(row)) {
            Some(row) => Ok(tx.use_emailed_code(&row.id, now.0).await?),
            None => Ok(false),
        }
    }

    /// Turns codes by e-mail on or off for the caller.
    ///
    /// # Errors
    /// [`policy::Refusal::FactorOff`] when the policy has turned them off; [`policy::Refusal::StepUpRequired`].
    pub async fn choose_emailed_codes(self, caller: &Caller, on: bool) -> Result<()> {
        caller.is_fresh()?;
        if on {
            email_code::may_choose(&caller.policy().settings)?;
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            if tx.set_email_codes(caller.member(), on).await? {
                let (what, at) = ("codes by e-mail".to_owned(), self.0.now());
                let (action, mail) = if on {
                    ("Turned codes by e-mail on", factor_news(&FactorNews::Added(what), at))
                } else {
                    self.0.sessions().credentials_changed(&mut tx, caller).await?;
                    ("Turned codes by e-mail off", factor_news(&FactorNews::Removed(what), at))
                };
                tx.end_all_trust(caller.member()).await?;
                self.0.audit().record(&mut tx, caller.workspace(), by(caller, action)).await?;
                self.0.mail().queue_to_caller(&mut tx, caller, &mail).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Writes down that a code was asked for.
    pub(crate) async fn note_code_sent(self, tx: &mut Tx, member: &MemberRow, client: &Client) -> Result<()> {
        let entry = Entry::new(Channel::TwoFactor, "Sent a code by e-mail", Actor::Nobody)
            .from_address(client.address.as_deref())
            .about(&member.email);
        self.0.audit().record(tx, &member.workspace_id, entry).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eight_digits_in_two_groups() {
        let code = draw().expect("the system has randomness");
        assert!(code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        assert_eq!(grouped("12345678"), "1234 5678");
    }
}
