//! What a new password has to be, when it may be changed, and when it must be.
//!
//! Every rule is judged on the whole password in its normal form (NFC), counted in code points (NIST
//! SP 800-63B-4 §3.1.1.2). How long an attacker would guess is a fact that `strength` supplies: its
//! word lists are too heavy for a page that does not ask for a new password.
mod own;
mod problem;
#[cfg(feature = "strength")]
mod strength;

pub use own::Owner;
pub use problem::PasswordProblem;
#[cfg(feature = "strength")]
pub use strength::estimate;

use crate::{
    Refusal, SettingKey, Settings, Timestamp,
    time::Span,
    value::{Days, Limit, PasswordPolicy},
};

/// The greatest length of a password, in code points.
pub const MAX_LENGTH: usize = 256;
/// How many earlier passwords somebody may choose by one grant before it is used up.
pub const CHOICES_OF_A_GRANT: u32 = 5;
/// Below so many guesses, as a power of ten, a password is one of the most used or as good as one:
/// zxcvbn's bound for what a throttled online attack finds.
const COMMON_BELOW: f64 = 6.0;
/// From so many guesses on, as a power of ten, a password has the greatest strength: zxcvbn's score 4.
const STRONG_FROM: f64 = 10.0;

/// One thing that a new password has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What it has to be, in words.
    pub words: String,
    /// Whether it is; `None` while that can't be told here.
    pub met: Option<bool>,
}

const fn min_length(policy: PasswordPolicy) -> usize {
    match policy {
        PasswordPolicy::Basic => 8,
        PasswordPolicy::Standard => 12,
        PasswordPolicy::Strong => 15,
    }
}

/// Whether a policy asks for less than the one before it.
pub const fn loosens(before: PasswordPolicy, after: PasswordPolicy) -> bool {
    min_length(after) < min_length(before)
}

/// What was found out about a password beyond its text; what is `None` is not known here.
#[derive(Debug, Clone, Copy, Default)]
pub struct Findings {
    /// How many guesses an attacker would need, as a power of ten.
    pub guesses: Option<f64>,
    /// Whether it stands on the blocklist.
    pub blocked: Option<bool>,
}

/// What a new password has to be under a policy, and whether this one is. What was not found out stays open.
pub fn requirements(
    policy: PasswordPolicy,
    password: &str,
    owner: Owner<'_>,
    Findings { guesses, blocked }: Findings,
) -> Vec<Requirement> {
    let length = password.chars().count();
    let typed = length > 0;
    let line =
        |words: &str, met: Option<bool>| Requirement { words: words.to_owned(), met: met.map(|met| typed && met) };
    let min = min_length(policy);
    let fits = (min..=MAX_LENGTH).contains(&length);
    let mut all = vec![line(&format!("At least {min} characters, and at most {MAX_LENGTH}"), Some(fits))];
    if policy != PasswordPolicy::Basic {
        all.push(line("Without your name or your address", Some(owner.part_in(password).is_none())));
    }
    all.push(line("Not on the list of used passwords", blocked.map(|blocked| !blocked)));
    match policy {
        PasswordPolicy::Basic => {}
        PasswordPolicy::Standard => all.push(line("Not easy to guess", guesses.map(|guesses| guesses >= COMMON_BELOW))),
        PasswordPolicy::Strong => {
            all.push(line("Hard to guess, even for a machine", guesses.map(|guesses| guesses >= STRONG_FROM)));
        }
    }
    all
}

/// Checks a new password in its normal form. Whether it is on the blocklist and how many guesses it takes is work to
/// find out, so each is asked only where that decides.
///
/// # Errors
/// What is wrong with it.
pub fn judge(
    policy: PasswordPolicy,
    password: &str,
    owner: Owner<'_>,
    blocked: impl FnOnce() -> bool,
    guesses: impl FnOnce() -> f64,
) -> Result<(), PasswordProblem> {
    let (length, min) = (password.chars().count(), min_length(policy));
    if length < min {
        return Err(PasswordProblem::TooShort { min, missing: min - length });
    }
    if length > MAX_LENGTH {
        return Err(PasswordProblem::TooLong);
    }
    if policy != PasswordPolicy::Basic
        && let Some(part) = owner.part_in(password)
    {
        return Err(PasswordProblem::HoldsOwn(part.to_owned()));
    }
    if blocked() {
        return Err(PasswordProblem::Blocked);
    }
    if policy == PasswordPolicy::Basic {
        return Ok(());
    }
    let guesses = guesses();
    if guesses < COMMON_BELOW {
        return Err(PasswordProblem::MostUsed);
    }
    if policy == PasswordPolicy::Strong && guesses < STRONG_FROM {
        return Err(PasswordProblem::Guessable);
    }
    Ok(())
}

/// What is known of somebody's password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordFacts {
    /// When it was chosen; `None` for a member without one.
    pub set_at: Option<Timestamp>,
    /// When its owner last changed it of their own accord; `None` while it is their first one.
    pub changed_at: Option<Timestamp>,
    /// Whether it was found, at a sign-in, to be less than the policy asks for.
    pub falls_short: bool,
    /// When *Force password reset* was turned on, which starts the clock for everybody.
    pub clock_since: Option<Timestamp>,
}

/// When the password is to be replaced; `None` when it never is. One that was set in the future, as before a clock was
/// set back, is of an unknown age, and is to be replaced now; the clock for everybody counts from the past alone.
pub fn expires(settings: &Settings, facts: PasswordFacts, now: Timestamp) -> Option<Timestamp> {
    let Limit::Of(Days(days)) = settings.passwords.max_age else { return None };
    let (set, since) = (facts.set_at?, facts.clock_since?);
    if set.is_ahead_of(now) {
        return Some(now);
    }
    let since = if since.is_ahead_of(now) { set } else { since };
    Some(set.max(since) + Span::days(days))
}

/// How long before its end somebody is told that their password is to be replaced.
const WARNED_BEFORE: Span = Span::days(7);

/// How near the end of a password is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// So far away that nobody has to be told.
    Later,
    /// Near: somebody is told, and may choose when.
    Soon,
    /// It has come.
    Now,
}

/// How near the end of a password is that is to be replaced then.
pub fn due(end: Timestamp, now: Timestamp) -> Due {
    if now >= end {
        Due::Now
    } else if now + WARNED_BEFORE > end {
        Due::Soon
    } else {
        Due::Later
    }
}

/// May somebody go on with this password?
///
/// # Errors
/// [`Refusal::NewPasswordRequired`] with the setting that asks for a new one.
pub fn serves(settings: &Settings, facts: PasswordFacts, now: Timestamp) -> Result<(), Refusal> {
    if facts.falls_short {
        return Err(Refusal::NewPasswordRequired { by: SettingKey::PASSWORDS_POLICY });
    }
    match expires(settings, facts, now) {
        Some(end) if due(end, now) == Due::Now => {
            Err(Refusal::NewPasswordRequired { by: SettingKey::PASSWORDS_MAX_AGE })
        }
        _ => Ok(()),
    }
}

/// How many of somebody's latest passwords a new one is held against under a limit of reuse: the present one always, or
/// whoever has to choose a new one could go on with it.
pub const fn compared(reuse_limit: u32) -> u32 {
    if reuse_limit > 1 { reuse_limit } else { 1 }
}

/// When somebody may change their password of their own accord; `None` when they may now.
pub fn may_change_from(settings: &Settings, facts: PasswordFacts, now: Timestamp) -> Option<Timestamp> {
    let Limit::Of(Days(days)) = settings.passwords.change_interval else { return None };
    // A first password is not a change: whoever was given one may replace it at once.
    // Whoever must change it is never held up.
    serves(settings, facts, now).ok()?;
    // A change in the future was before a clock was set back.
    Some(facts.changed_at.filter(|at| !at.is_ahead_of(now))? + Span::days(days)).filter(|from| now < *from)
}

/// May somebody change their password now?
///
/// # Errors
/// [`Refusal::PasswordChangedLately`] with the time that is left.
pub fn may_change(settings: &Settings, facts: PasswordFacts, now: Timestamp) -> Result<(), Refusal> {
    match may_change_from(settings, facts, now) {
        Some(from) => Err(Refusal::PasswordChangedLately {
            by: SettingKey::PASSWORDS_CHANGE_INTERVAL,
            seconds: from.since(now).whole_seconds(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
