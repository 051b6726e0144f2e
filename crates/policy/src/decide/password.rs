//! What a new password has to be, when it may be changed, and when it must be.
//!
//! Every rule is judged on the whole password in its normal form (NFC), counted in code points (NIST
//! SP 800-63B-4 §3.1.1.2). How long an attacker would guess is a fact that `strength` supplies: its
//! word lists are too heavy for a page that does not ask for a new password.
#[cfg(feature = "strength")]
mod strength;

#[cfg(feature = "strength")]
pub use strength::estimate;

use crate::{
    Refusal, SettingKey, Settings, Timestamp,
    time::Span,
    value::{Days, Limit, PasswordPolicy},
    words,
};

/// The greatest length of a password, in code points.
pub const MAX_LENGTH: usize = 256;
/// How many earlier passwords somebody may choose by one grant before it is used up.
pub const CHOICES_OF_A_GRANT: u32 = 5;
/// The least length of a part of somebody's name or address that a password may not contain.
const OWN_PART: usize = 4;
/// Below so many guesses, as a power of ten, a password is one of the most used or as good as one:
/// zxcvbn's bound for what a throttled online attack finds.
const COMMON_BELOW: f64 = 6.0;
/// From so many guesses on, as a power of ten, a password has the greatest strength: zxcvbn's score 4.
const STRONG_FROM: f64 = 10.0;

/// Whose password it is: what an attacker would try first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owner<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
}

impl<'a> Owner<'a> {
    /// The parts of name and address that a password may not contain.
    pub fn parts(self) -> impl Iterator<Item = &'a str> {
        let of_name = self.name.split(|c: char| !c.is_alphanumeric());
        let local = self.email.split('@').next().unwrap_or_default();
        let of_email = local.split(|c: char| !c.is_alphanumeric()).chain([local]);
        of_name.chain(of_email).filter(|part| part.chars().count() >= OWN_PART)
    }
}

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

fn contains_own(password: &str, owner: Owner<'_>) -> bool {
    let password = password.to_lowercase();
    owner.parts().any(|part| password.contains(&part.to_lowercase()))
}

/// What a new password has to be under a policy, and whether this one is. `guesses` is how many an
/// attacker would need, as a power of ten; without it that part stays open.
pub fn requirements(
    policy: PasswordPolicy,
    password: &str,
    owner: Owner<'_>,
    guesses: Option<f64>,
) -> Vec<Requirement> {
    let length = password.chars().count();
    let typed = length > 0;
    let met = |words: String, met: bool| Requirement { words, met: Some(typed && met) };
    let min = min_length(policy);
    let mut all =
        vec![met(format!("At least {min} characters, and at most {MAX_LENGTH}"), (min..=MAX_LENGTH).contains(&length))];
    if policy != PasswordPolicy::Basic {
        all.push(met("Without your name or your address".to_owned(), !contains_own(password, owner)));
        let enough = if policy == PasswordPolicy::Strong { STRONG_FROM } else { COMMON_BELOW };
        let words = if policy == PasswordPolicy::Strong {
            "Hard to guess, even for a machine"
        } else {
            "Not one of the most used"
        };
        all.push(Requirement { words: words.to_owned(), met: guesses.map(|guesses| typed && guesses >= enough) });
    }
    all
}

/// Checks a new password in its normal form. How many guesses it takes is work to find out, so it is
/// asked only where that decides.
///
/// # Errors
/// What is missing, and what helps.
pub fn judge(
    policy: PasswordPolicy,
    password: &str,
    owner: Owner<'_>,
    guesses: impl FnOnce() -> f64,
) -> Result<(), String> {
    let (length, min) = (password.chars().count(), min_length(policy));
    if length < min {
        let missing = words::count(i64::try_from(min - length).unwrap_or_default(), "character");
        return Err(format!(
            "Use at least {min} characters; {missing} to go. A few words in a row are easy to remember."
        ));
    }
    if length > MAX_LENGTH {
        return Err(format!("Use at most {MAX_LENGTH} characters."));
    }
    if policy == PasswordPolicy::Basic {
        return Ok(());
    }
    if contains_own(password, owner) {
        return Err("Leave your name and your address out of it: they are what an attacker tries first.".to_owned());
    }
    let guesses = guesses();
    if guesses < COMMON_BELOW {
        return Err("This is one of the most used passwords, or as easy to guess. Use a few words that have nothing to do with each other.".to_owned());
    }
    if policy == PasswordPolicy::Strong && guesses < STRONG_FROM {
        return Err(
            "A machine would guess this in a few hours. Add another word or two that have nothing to do with the rest."
                .to_owned(),
        );
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
