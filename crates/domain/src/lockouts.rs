//! Attempts at whatever can be guessed: counted before they are looked at, so that of parallel guesses no
//! more than the budget is evaluated.
mod address;
mod attempt;
mod in_flight;

pub(crate) use attempt::Attempt;
pub(crate) use in_flight::{AttemptSlot, InFlightAttempts};

use crate::{
    Caller, Error, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Lockouts,
    credentials::passwords::{Turn, Urgency},
    members::changeable,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    EmailAddress, Refusal, SettingKey, Settings, Timestamp,
    decide::{
        enrolment::Factors,
        lockout::{self, AttemptCounter, Guarded, Reserved},
    },
    time::Span,
};
use secrecy::SecretString;
pub use store::LockedRow;
use store::{AttemptCounterRow, MemberRow};

/// When to come back to where tries of the same moment decide, in seconds.
const RETRY_AFTER: u32 = 2;
/// How long tries that lock nothing any more are kept.
const RETENTION: Span = Span::days(2);

impl Lockouts<'_> {
    /// A try at a password, before it is known who has the address: it counts for the address as typed, whether
    /// somebody has it or not.
    pub(crate) fn password_attempt(self, workspace: &WorkspaceId, typed: &str) -> Attempt {
        let subject = self.0.vault().hash("tries at a password", &[subject_of(typed).as_bytes()]);
        Attempt::new(workspace, Guarded::SignIn, subject, None)
    }

    /// A claim to an address, whether somebody has it or not.
    pub(crate) fn claim_attempt(self, workspace: &WorkspaceId, typed: &str, member: Option<&MemberRow>) -> Attempt {
        let subject = self.0.vault().hash("claims to an address", &[subject_of(typed).as_bytes()]);
        Attempt::new(workspace, Guarded::Claim, subject, member.map(|member| member.id.clone()))
    }

    /// Reserves a try: its place is held until what came of it is written down.
    ///
    /// # Errors
    /// [`Refusal::Locked`], [`Refusal::CodesPaused`] or [`Refusal::CodesUsedUp`] while tries are refused;
    /// [`Refusal::FactorDisabled`] when they are for good; [`Refusal::Busy`] while those that are being looked at
    /// decide.
    pub(crate) async fn reserve(self, attempt: &Attempt, settings: &Settings) -> Result<AttemptSlot> {
        let now = self.0.now();
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let seen = attempts(tx.lock_attempts(&attempt.key, attempt.member.as_ref(), now.0).await?);
            // Whatever would clear these tries waits for the end of this unit of work, and holds its place meanwhile.
            let looked_at = self.0.in_flight().taken(&attempt.key);
            match lockout::reserve(seen, looked_at, lockout::budget(settings, attempt.guarded), now) {
                Reserved::Granted(counted) => {
                    let locks = self.count_for_the_day(&mut tx, attempt, looked_at, settings).await?;
                    let until = counted.locked_until.max(locks);
                    let slot = AttemptSlot::new(
                        &AttemptCounter { locked_until: until, ..counted },
                        self.0.in_flight().take(&attempt.key),
                    );
                    tx.put_attempts(&attempt.key, &to_row(counted)).await?;
                    tx.commit().await?;
                    Ok(slot)
                }
                Reserved::Refused(attempts, until) => {
                    tx.put_attempts(&attempt.key, &to_row(attempts)).await?;
                    tx.commit().await?;
                    Err(refused(attempt, settings, until, now).into())
                }
                Reserved::Busy => Err(Refusal::Busy { retry_after: RETRY_AFTER }.into()),
                Reserved::Disabled => Err(Refusal::FactorDisabled { passkeys: attempt.passkeys }.into()),
            }
        })
        .await
    }

    /// Counts a code for the day as well; returns until when that locks if this one is wrong, too.
    ///
    /// # Errors
    /// [`Refusal::CodesUsedUp`] when the day has had its codes; [`Refusal::Busy`] while those that are being looked at
    /// decide.
    async fn count_for_the_day(
        self,
        tx: &mut store::Tx,
        attempt: &Attempt,
        looked_at: u32,
        settings: &Settings,
    ) -> Result<Option<Timestamp>> {
        let Some(attempt) = attempt.of_the_day() else { return Ok(None) };
        let now = self.0.now();
        let seen = attempts(tx.lock_attempts(&attempt.key, attempt.member.as_ref(), now.0).await?);
        match lockout::reserve(seen, looked_at, lockout::budget(settings, attempt.guarded), now) {
            Reserved::Granted(counted) => {
                tx.put_attempts(&attempt.key, &to_row(counted)).await?;
                Ok(counted.locked_until)
            }
            Reserved::Refused(_, until) => Err(refused(&attempt, settings, until, now).into()),
            Reserved::Busy => Err(Refusal::Busy { retry_after: RETRY_AFTER }.into()),
            Reserved::Disabled => Err(Refusal::FactorDisabled { passkeys: attempt.passkeys }.into()),
        }
    }

    /// Why a code would be refused at present, if it would be; looking counts for nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub(crate) async fn code_refused(
        self,
        tx: &mut store::Tx,
        attempt: &Attempt,
        settings: &Settings,
    ) -> Result<Option<Refusal>> {
        for attempt in [Some(attempt.clone()), attempt.of_the_day()].into_iter().flatten() {
            let seen = attempts_under(tx, &attempt).await?;
            if let Some(refusal) = seen.and_then(|seen| self.would_refuse(&attempt, seen, settings)) {
                return Ok(Some(refusal));
            }
        }
        Ok(None)
    }

    /// Why a try would be refused at present, if it would be; looking counts for nothing.
    pub(crate) fn would_refuse(self, attempt: &Attempt, seen: AttemptCounter, settings: &Settings) -> Option<Refusal> {
        let now = self.0.now();
        let looked_at = self.0.in_flight().taken(&attempt.key);
        match lockout::reserve(seen, looked_at, lockout::budget(settings, attempt.guarded), now) {
            Reserved::Granted(_) | Reserved::Busy => None,
            Reserved::Refused(_, until) => Some(refused(attempt, settings, until, now)),
            Reserved::Disabled => Some(Refusal::FactorDisabled { passkeys: attempt.passkeys }),
        }
    }

    /// Reserves a try in one statement where nobody else tries at the same moment.
    ///
    /// # Errors
    /// As [`Self::reserve`].
    async fn reserve_seen(
        self,
        attempt: &Attempt,
        seen: Option<AttemptCounter>,
        settings: &Settings,
    ) -> Result<AttemptSlot> {
        let now = self.0.now();
        let before = seen.unwrap_or_else(|| AttemptCounter::none(now));
        if let Reserved::Granted(counted) = lockout::reserve(before, 0, lockout::budget(settings, attempt.guarded), now)
        {
            let (seen, row) = (seen.map(to_row), to_row(counted));
            let slot = AttemptSlot::new(&counted, self.0.in_flight().take(&attempt.key));
            if self.0.store().swap_attempts(&attempt.key, attempt.member.as_ref(), seen.as_ref(), &row).await? {
                return Ok(slot);
            }
        }
        self.reserve(attempt, settings).await
    }

    /// Looks at a password within its budget: whether it is right, and the place of the try, which says until when
    /// everything is locked if it is not. A try that the server was too busy for does not count. The tries that were `seen` are
    /// looked at again where somebody else has tried since. A browser that the member has signed in from comes first.
    ///
    /// # Errors
    /// [`Refusal::Locked`] while tries are refused.
    pub(crate) async fn try_password(
        self,
        turn: Turn,
        attempt: &Attempt,
        seen: Option<AttemptCounter>,
        settings: &Settings,
        password: &SecretString,
        hash: Option<&str>,
    ) -> Result<(bool, AttemptSlot)> {
        let slot = self.reserve_seen(attempt, seen, settings).await?;
        let (bailey, unseen, runtime) = (self.0.clone(), attempt.clone(), tokio::runtime::Handle::current());
        // Somebody who is impatient, and sends the form again and again, has not failed as often.
        let skipped = move || {
            runtime.spawn(async move {
                if let Err(error) = bailey.lockouts().give_back(&unseen).await {
                    tracing::error!(%error, "a try that nobody looked at went on counting");
                }
            });
        };
        let urgency = if attempt.is_from_known_browser() { Urgency::First } else { Urgency::Usual };
        match self.0.hasher().verify_in(turn, urgency, password, hash, skipped).await {
            Ok(right) => Ok((right, slot)),
            Err(error) => {
                self.give_back(attempt).await?;
                Err(error)
            }
        }
    }

    /// How many failures count now of those that were seen under an attempt.
    pub(crate) fn failures(self, attempt: &Attempt, seen: Option<AttemptCounter>, settings: &Settings) -> u32 {
        let budget = lockout::budget(settings, attempt.guarded);
        seen.map_or(0, |seen| lockout::failures(seen, budget, self.0.now()))
    }

    /// Takes a try back that was never looked at.
    async fn give_back(self, attempt: &Attempt) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let seen = attempts(tx.lock_attempts(&attempt.key, attempt.member.as_ref(), self.0.now().0).await?);
            let back = AttemptCounter {
                in_window: seen.in_window.saturating_sub(1),
                consecutive: seen.consecutive.saturating_sub(1),
                locked_until: None,
                ..seen
            };
            tx.put_attempts(&attempt.key, &to_row(back)).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Forgets the tries after a right one. Of the day only that one is taken back: its owner's right codes give
    /// nobody more guesses.
    pub(crate) async fn clear(self, tx: &mut store::Tx, attempt: &Attempt) -> Result<()> {
        // In the order in which a try holds them, or two of them would wait for each other.
        self.forget(tx, attempt).await?;
        if let Some(attempt) = attempt.of_the_day() {
            tx.take_attempt_back(&attempt.key).await?;
        }
        Ok(())
    }

    /// Forgets the tries where what was guessed at is gone.
    pub(crate) async fn forget(self, tx: &mut store::Tx, attempt: &Attempt) -> Result<()> {
        Ok(tx.clear_attempts(&attempt.key).await?)
    }

    /// Says that this very try was wrong and was the last of its budget.
    pub(crate) fn refusal(self, attempt: &Attempt, settings: &Settings, until: Timestamp) -> Refusal {
        refused(attempt, settings, until, self.0.now())
    }

    /// The members who are locked out of something.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<LockedRow>> {
        let (disabled_from, now, settings) = (lockout::MAX_CONSECUTIVE.into(), self.0.now(), &caller.policy().settings);
        let mut rows = self.0.store().read().await?.locked_members(caller.workspace(), disabled_from, now.0).await?;
        for row in &mut rows {
            if let Some(guarded) = Guarded::from_name(&row.guarded) {
                let latest = lockout::ends_by(lockout::budget(settings, guarded), now);
                row.until = row.until.map(|until| until.min(latest));
            }
        }
        Ok(rows)
    }

    /// Lifts every lock of a member but the day's.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`Refusal::NotOnYourself`]; [`Refusal::RoleRequired`] for a super-admin's;
    /// [`Error::NotFound`] when the workspace has no such member.
    pub async fn unlock(self, caller: &Caller, member: &MemberId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            let actor = Actor::Member(caller.email().clone());
            let entry = Entry::new(Channel::SignIn, "Unlocked a member", actor).from_address(caller.address());
            self.lift(&mut tx, &member, entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Lifts every lock of a member from the server's console, the day's as well.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn unlock_from_console(self, workspace: &WorkspaceId, email: &EmailAddress) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = tx.member_by_email(workspace, email).await?.ok_or(Error::NotFound)?;
            tx.lock_member(&member.id).await?;
            let entry = Entry::new(Channel::Console, "Unlocked a member", Actor::Console);
            self.lift(&mut tx, &member, entry).await?;
            tx.clear_attempts_at(&member.id, Guarded::TwoFactorDay.name()).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    async fn lift(self, tx: &mut store::Tx, member: &MemberRow, entry: Entry) -> Result<()> {
        // How many codes were wrong in a row stays, or whoever lifts locks again and again would let somebody guess for
        // ever; after a hundred their factor is to be bound anew (NIST SP 800-63B-4 §3.2.2).
        tx.lift_locks_of(&member.id).await?;
        self.0.audit().record(tx, &member.workspace_id, entry.about(&member.email)).await
    }

    /// Deletes tries that lock nothing any more.
    pub(crate) async fn forget_old(self, tx: &mut store::Tx) -> Result<u64> {
        let now = self.0.now();
        Ok(tx.delete_attempts_before((now - RETENTION).0, now.0).await?)
    }
}

/// The address that tries count for, however it is spelt; a text that is none counts as it is typed.
fn subject_of(typed: &str) -> String {
    EmailAddress::parse(typed).map_or_else(|_| typed.trim().to_lowercase(), |email| email.to_string())
}

fn refused(attempt: &Attempt, settings: &Settings, until: Timestamp, now: Timestamp) -> Refusal {
    match attempt.guarded {
        Guarded::TwoFactor => Refusal::codes_paused(until, now, attempt.passkeys),
        Guarded::TwoFactorDay => {
            Refusal::CodesUsedUp { until, seconds: until.since(now).whole_seconds(), passkeys: attempt.passkeys }
        }
        Guarded::Claim => {
            Refusal::ClaimsPaused { by: SettingKey::LOCKOUT_CLAIM_ATTEMPTS, seconds: until.since(now).whole_seconds() }
        }
        Guarded::Address | Guarded::AddressMails => Refusal::AddressPaused {
            by: SettingKey::LOCKOUT_SIGN_IN_ATTEMPTS,
            seconds: until.since(now).whole_seconds(),
        },
        Guarded::SignIn => {
            let seconds = until.since(now).whole_seconds();
            let prompt = seconds.min(i64::from(settings.lockout.prompt_delay.0));
            let passkeys = settings.two_factor.passkeys;
            Refusal::Locked { by: SettingKey::LOCKOUT_SIGN_IN_ATTEMPTS, until, seconds, prompt, passkeys }
        }
    }
}

pub(crate) fn attempts(row: AttemptCounterRow) -> AttemptCounter {
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    AttemptCounter {
        in_window: count(row.in_window),
        window_started: Timestamp(row.window_started),
        locked_until: row.locked_until.map(Timestamp),
        delayed_until: row.delayed_until.map(Timestamp),
        consecutive: count(row.consecutive),
    }
}

fn to_row(attempts: AttemptCounter) -> AttemptCounterRow {
    AttemptCounterRow {
        in_window: attempts.in_window.into(),
        window_started: attempts.window_started.0,
        locked_until: attempts.locked_until.map(|at| at.0),
        delayed_until: attempts.delayed_until.map(|at| at.0),
        consecutive: attempts.consecutive.into(),
    }
}

/// The tries under an attempt so far; `None` where there were none.
pub(crate) async fn attempts_under(tx: &mut store::Tx, attempt: &Attempt) -> Result<Option<AttemptCounter>> {
    Ok(tx.attempts(&attempt.key).await?.map(attempts))
}

/// A try at a code of the second step, by a member who has these factors.
pub(crate) fn code_attempt(workspace: &WorkspaceId, member: &MemberId, factors: Factors) -> Attempt {
    let attempt = Attempt::new(workspace, Guarded::TwoFactor, member.to_string(), Some(member.clone()));
    Attempt { passkeys: factors.passkeys > 0, ..attempt }
}
