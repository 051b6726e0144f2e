//! May another try be made? One mechanism with a budget for each thing that can be guessed.
use super::address_bucket::AddressBucket;
use crate::{
    Lifespan, Settings, Timestamp,
    time::Span,
    value::{Attempts, Minutes, Seconds},
};
use strum::{IntoStaticStr, VariantArray};

/// Wrong codes in a row, over any time, after which codes no longer work at all, whatever the settings
/// say (NIST SP 800-63B-4 §3.2.2).
pub const MAX_CONSECUTIVE: u32 = 100;

/// Wrong codes of a member within a day after which none is taken for a day, whatever the settings say and whoever
/// lifts the other locks. A right code is none of them.
pub const CODES_A_DAY: u32 = 50;

/// What may be guessed at, each with a budget of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Guarded {
    /// A password at sign-in.
    SignIn,
    /// A code of the second step, of every kind together.
    TwoFactor,
    /// The same codes once more, by the day: a budget that no admin lifts.
    TwoFactorDay,
    /// A claim to an address that its holder has not confirmed.
    Claim,
    /// Passwords at all accounts together, from one network address: counted in each of its
    /// [`buckets`](super::address_bucket::buckets), whose budgets grow with their width.
    Address,
    /// Mails that anybody can ask for, to all accounts together, from one network address. They have a budget of
    /// their own, so that no failed sign-in keeps anybody from a forgotten password.
    AddressMails,
}

/// How many failed tries one network address may make for each that one account may: enough for an office
/// behind one address.
pub const ACCOUNTS_BEHIND_AN_ADDRESS: u32 = 20;

impl Guarded {
    /// What is counted under a name; `None` when nothing is.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|guarded| guarded.name() == name)
    }

    /// The stable name under which tries are counted.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// How many tries there may be, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    max: u32,
    window: Span,
    duration: Span,
    delay: Span,
    consecutive: Option<u32>,
}

/// The budget that settings give to something; to one party, where addresses are counted.
pub const fn budget(settings: &Settings, guarded: Guarded) -> Budget {
    let lockout = &settings.lockout;
    match guarded {
        Guarded::SignIn => {
            let (Attempts(max), Minutes(window), Minutes(duration)) =
                (lockout.sign_in_attempts, lockout.sign_in_window, lockout.sign_in_duration);
            let Seconds(delay) = lockout.prompt_delay;
            let (window, duration, delay) = (Span::minutes(window), Span::minutes(duration), Span::seconds(delay));
            Budget { max, window, duration, delay, consecutive: None }
        }
        Guarded::Address | Guarded::AddressMails => {
            let of_one = budget(settings, Guarded::SignIn);
            let max = of_one.max.saturating_mul(ACCOUNTS_BEHIND_AN_ADDRESS);
            Budget { max, delay: Span::seconds(0), ..of_one }
        }
        Guarded::Claim => {
            let (Attempts(max), Minutes(window), Minutes(duration)) =
                (lockout.claim_attempts, lockout.claim_window, lockout.claim_duration);
            let (window, duration) = (Span::minutes(window), Span::minutes(duration));
            Budget { max, window, duration, delay: Span::seconds(0), consecutive: None }
        }
        Guarded::TwoFactor => {
            let (Attempts(max), Minutes(window), Minutes(duration)) =
                (lockout.two_factor_attempts, lockout.two_factor_window, lockout.two_factor_duration);
            let (window, duration) = (Span::minutes(window), Span::minutes(duration));
            Budget { max, window, duration, delay: Span::seconds(0), consecutive: Some(MAX_CONSECUTIVE) }
        }
        Guarded::TwoFactorDay => {
            let day = Span::days(1);
            Budget { max: CODES_A_DAY, window: day, duration: day, delay: Span::seconds(0), consecutive: None }
        }
    }
}

impl Budget {
    /// Returns the budget of addresses that are counted together.
    #[must_use]
    pub const fn of(self, bucket: AddressBucket) -> Self {
        Self { max: bucket.budget(self.max), ..self }
    }
}

/// The tries so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptCounter {
    /// Attempts since the window opened.
    pub in_window: u32,
    /// When the window opened; while it is locked, when that began.
    pub window_started: Timestamp,
    /// Until when it is locked.
    pub locked_until: Option<Timestamp>,
    /// Until when the form waits after a try that was refused.
    pub delayed_until: Option<Timestamp>,
    /// Attempts since the last right one.
    pub consecutive: u32,
}

impl AttemptCounter {
    /// No try so far.
    pub const fn none(now: Timestamp) -> Self {
        Self { in_window: 0, window_started: now, locked_until: None, delayed_until: None, consecutive: 0 }
    }

    /// Until when tries are refused at this instant; `None` while they are taken.
    fn blocked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.locked_until.max(self.delayed_until).filter(|until| now < *until)
    }
}

/// Until when tries under a budget are refused at this instant; `None` while they are taken.
pub fn blocked_until(seen: AttemptCounter, budget: Budget, now: Timestamp) -> Option<Timestamp> {
    as_of(seen, budget, now).blocked_until(now)
}

/// The tries as they count under today's budget: a lock ends by the rule of every [`Lifespan`], and what began in the
/// future, as before a clock was set back, begins now.
pub fn as_of(seen: AttemptCounter, budget: Budget, now: Timestamp) -> AttemptCounter {
    let ahead = seen.window_started.is_ahead_of(now);
    let window_started = if ahead { now } else { seen.window_started };
    // A window begins anew with its lock.
    let lock = Lifespan { since: window_started, said_until: seen.locked_until };
    AttemptCounter {
        window_started,
        locked_until: seen.locked_until.and_then(|_| lock.until(Some(budget.duration))),
        delayed_until: seen.delayed_until.map(|until| until.min(now + budget.delay)),
        ..seen
    }
}

/// How long locks last from now on, of each kind whose locks are to last shorter: those that run follow.
pub fn shortened(before: &Settings, after: &Settings) -> Vec<(Guarded, Span)> {
    let lasts = |settings: &Settings, guarded: Guarded| budget(settings, guarded).duration;
    let kinds = Guarded::VARIANTS.iter().copied().map(|guarded| (guarded, lasts(after, guarded)));
    kinds.filter(|(guarded, now)| *now < lasts(before, *guarded)).collect()
}

/// The latest instant at which a lock of this budget can end.
pub fn ends_by(budget: Budget, now: Timestamp) -> Timestamp {
    now + budget.duration
}

/// How many tries count at this instant: those within the window.
pub fn failures(seen: AttemptCounter, budget: Budget, now: Timestamp) -> u32 {
    let seen = as_of(seen, budget, now);
    let over = now.since(seen.window_started) >= budget.window && seen.blocked_until(now).is_none();
    if over { 0 } else { seen.in_window }
}

/// What becomes of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// It may be looked at; these are the tries with it.
    Granted(AttemptCounter),
    /// It is refused until then; these are the tries, with the delay that follows a refused one.
    Refused(AttemptCounter, Timestamp),
    /// It can't be told yet: tries that are being looked at have the last places, and one that is right clears them.
    Busy,
    /// It is refused for good.
    Disabled,
}

/// Reserves one try before it is looked at, so that parallel guesses can't all pass the check first;
/// a right one clears the tries afterwards. A try that is refused is not a failed one, and neither is one of those
/// seen that are being looked at still: where they alone are in the way, nothing is locked yet.
pub fn reserve(seen: AttemptCounter, looked_at: u32, budget: Budget, now: Timestamp) -> Reserved {
    let seen = as_of(seen, budget, now);
    let disabled = budget.consecutive.is_some_and(|most| seen.consecutive >= most);
    if looked_at > 0 && (disabled || seen.locked_until.is_some_and(|until| now < until)) {
        return Reserved::Busy;
    }
    if disabled {
        return Reserved::Disabled;
    }
    if let Some(until) = seen.blocked_until(now) {
        // A wait that runs already is not drawn out: nobody is kept waiting by somebody else's tries.
        let waits = seen.delayed_until.is_some_and(|at| now < at);
        let delayed_until = if waits { seen.delayed_until } else { Some(now + budget.delay) };
        let tries = AttemptCounter { delayed_until, ..seen };
        return Reserved::Refused(tries, tries.blocked_until(now).unwrap_or(until));
    }
    let window_over = seen.locked_until.is_some() || now.since(seen.window_started) >= budget.window;
    let in_window = if window_over { 1 } else { seen.in_window + 1 };
    let locks = in_window >= budget.max;
    Reserved::Granted(AttemptCounter {
        in_window,
        window_started: if window_over || locks { now } else { seen.window_started },
        locked_until: locks.then(|| now + budget.duration),
        delayed_until: None,
        consecutive: seen.consecutive.saturating_add(1),
    })
}

#[cfg(test)]
mod tests;
