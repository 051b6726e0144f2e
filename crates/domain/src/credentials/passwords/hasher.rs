//! Hashing passwords behind a pool in which nobody waits for long, so that a flood of sign-ins can't take the machine
//! down.
mod queue;

pub(crate) use queue::{Turn, Urgency};

use super::{is_hashable, normalised};
use crate::{Error, Result};
use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        PasswordHasher,
        phc::{Output, PasswordHash},
    },
};
use queue::{Memory, Queue};
use secrecy::{ExposeSecret, SecretString};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;

/// A new password is one that must not be chosen again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known;

/// Hashes and verifies passwords, a few at once and the rest in a queue, on threads of its own. Whoever would wait
/// longer in it than is configured, at the pace that is measured, is told when to come back.
#[derive(Debug)]
pub struct Hasher {
    queue: Arc<Queue>,
}

/// argon2id with 19 MiB, 2 passes and 1 lane (OWASP Password Storage Cheat Sheet; RFC 9106).
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("these parameters are within argon2's ranges");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl Hasher {
    /// A pool that computes so many hashes at once, before which nobody waits longer than this.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(concurrency: usize, longest_wait: Duration) -> std::io::Result<Self> {
        Ok(Self { queue: Queue::new(concurrency.max(1), longest_wait)? })
    }

    /// How many hashes could begin this very moment.
    pub fn free_slots(&self) -> usize {
        self.queue.free_slots()
    }

    /// Takes a turn for a sign-in: a flood is turned away before the database is asked anything. One that brings the
    /// cookie of a browser is let in beyond the others until [`Hasher::keep`] is told whether that is known.
    ///
    /// # Errors
    /// [`policy::Refusal::Busy`] when it would wait too long.
    pub(crate) fn turn(&self, may_be_known: bool) -> Result<Turn> {
        Ok(self.queue.turn(may_be_known)?)
    }

    /// Keeps the turn of a browser that was looked up.
    ///
    /// # Errors
    /// [`policy::Refusal::Busy`] for one that is not known, where strangers would wait too long.
    pub(crate) fn keep(&self, turn: &Turn, is_known: bool) -> Result<()> {
        Ok(self.queue.keep(turn, is_known)?)
    }

    /// Hashes a password into a PHC string.
    ///
    /// # Errors
    /// [`policy::Refusal::Busy`] when it would wait too long.
    pub async fn hash(&self, password: &SecretString) -> Result<String> {
        let password = normalised(password);
        self.compute(move |_| {
            argon2()
                .hash_password(password.expose_secret().as_bytes())
                .map(|hash| hash.to_string())
                .map_err(Error::internal)
        })
        .await?
    }

    /// Hashes a new password, unless it fits one of these hashes: then it returns [`Known`]. One place in the queue, however
    /// many hashes there are.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the queue is full.
    pub(crate) async fn hash_unless_known(
        &self,
        password: &SecretString,
        known: Vec<String>,
    ) -> Result<std::result::Result<String, Known>> {
        let password = normalised(password);
        self.compute(move |memory| {
            let bytes = password.expose_secret().as_bytes();
            if known.iter().any(|hash| fits(bytes, hash, memory).unwrap_or(false)) {
                return Ok(Err(Known));
            }
            argon2().hash_password(bytes).map(|hash| Ok(hash.to_string())).map_err(Error::internal)
        })
        .await?
    }

    /// Verifies a password. Without a hash the same work is done and the answer is no, so that the
    /// time does not tell whether an account exists.
    ///
    /// # Errors
    /// [`policy::Refusal::Busy`] when it would wait too long.
    pub async fn verify(&self, password: &SecretString, hash: Option<&str>) -> Result<bool> {
        self.verify_in(self.turn(false)?, Urgency::Usual, password, hash, || ()).await
    }

    /// Verifies a password as [`Hasher::verify`] does, for whoever has a turn; calls `skipped` where they have hung up
    /// before it was looked at.
    ///
    /// # Errors
    /// When the threads have ended.
    pub(crate) async fn verify_in(
        &self,
        turn: Turn,
        urgency: Urgency,
        password: &SecretString,
        hash: Option<&str>,
        skipped: impl FnOnce() + Send + 'static,
    ) -> Result<bool> {
        if !is_hashable(password) {
            return Ok(false);
        }
        let password = normalised(password);
        let hash = hash.map(str::to_owned);
        let queue = Arc::clone(&self.queue);
        let verify = move |memory: &mut Memory| {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or_else(|| dummy_hash());
            let fits = || fits(password.expose_secret().as_bytes(), hash, memory).unwrap_or(false);
            queue.measured(fits) && known
        };
        self.compute_in(turn, urgency, verify, skipped).await
    }

    /// Does other and shorter work that an attacker could ask for without end, in the same queue: it follows what was
    /// waited for already, so that nobody waits twice.
    ///
    /// # Errors
    /// [`policy::Refusal::Busy`] when it would wait too long.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        self.compute_in(self.turn(false)?, Urgency::First, move |_| work(), || ()).await
    }

    /// Whether a hash was made with less work than today's.
    pub fn is_outdated(hash: &str) -> bool {
        let today = dummy_hash();
        let work = |hash: &str| {
            PasswordHash::new(hash).ok().map(|hash| (hash.algorithm.to_string(), hash.version, hash.params.to_string()))
        };
        work(hash) != work(today)
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce(&mut Memory) -> T + Send + 'static) -> Result<T> {
        let queue = Arc::clone(&self.queue);
        let measured = move |memory: &mut Memory| queue.measured(|| work(memory));
        self.compute_in(self.turn(false)?, Urgency::Usual, measured, || ()).await
    }

    async fn compute_in<T: Send + 'static>(
        &self,
        turn: Turn,
        urgency: Urgency,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
        skipped: impl FnOnce() + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let work = move |memory: &mut Memory| {
            // Whoever hung up while they waited is not worked for; while it runs, the place stays taken.
            if answer.is_closed() {
                skipped();
            } else {
                drop(answer.send(work(memory)));
            }
            drop(turn);
        };
        self.queue.push(urgency, Box::new(work));
        answered.await.map_err(Error::internal)
    }
}

impl Drop for Hasher {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// Whether a password fits a PHC string, made with whatever parameters; `None` when the string is none.
fn fits(password: &[u8], hash: &str, memory: &mut Memory) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let params = Params::try_from(&hash).ok()?;
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::default());
    }
    let mut buffer = [0; Output::MAX_LENGTH];
    let out = buffer.get_mut(..expected.len())?;
    Argon2::new(algorithm, version, params).hash_password_into_with_memory(password, salt, out, memory).ok()?;
    Some(out.ct_eq(expected.as_bytes()).into())
}

/// A hash of nothing that anybody knows, made with today's parameters.
fn dummy_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        argon2().hash_password(b"no password has this hash").map(|hash| hash.to_string()).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(5);

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[tokio::test]
    async fn a_password_is_verified_whole_and_in_either_normal_form() {
        let hasher = Hasher::new(1, LONGEST).expect("threads");
        let long = "ü".repeat(200);
        let hash = hasher.hash(&secret(&long)).await.expect("it hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(hasher.verify(&secret(&long), Some(&hash)).await.expect("it computes"));
        let decomposed = "u\u{308}".repeat(200);
        assert!(hasher.verify(&secret(&decomposed), Some(&hash)).await.expect("it computes"));
        let last_differs = format!("{}x", "ü".repeat(199));
        assert!(!hasher.verify(&secret(&last_differs), Some(&hash)).await.expect("it computes"));
    }

    #[tokio::test]
    async fn no_password_fits_a_member_without_one() {
        let hasher = Hasher::new(1, LONGEST).expect("threads");
        assert!(!hasher.verify(&secret("no password has this hash"), None).await.expect("it computes"));
    }

    /// Fails when `hash_unless_known` overlooks one.
    #[tokio::test]
    async fn a_new_password_is_held_against_each_that_is_known() {
        let hasher = Hasher::new(1, LONGEST).expect("threads");
        let mut known = Vec::new();
        for text in ["first of them all", "the second of them"] {
            known.push(hasher.hash(&secret(text)).await.expect("it hashes"));
        }
        for text in ["first of them all", "the second of them"] {
            assert_eq!(hasher.hash_unless_known(&secret(text), known.clone()).await.expect("one is free"), Err(Known));
        }
        let new = hasher.hash_unless_known(&secret("something else again"), known).await.expect("one is free");
        let new = new.expect("it is new");
        assert!(hasher.verify(&secret("something else again"), Some(&new)).await.expect("it computes"));
    }

    #[tokio::test]
    async fn whoever_would_wait_too_long_is_told_to_come_back() {
        let hasher = Hasher::new(1, Duration::ZERO).expect("threads");
        let taken = hasher.turn(false).expect("nobody waits");
        let refused = hasher.verify(&secret("x"), None).await;
        assert!(matches!(refused, Err(Error::Refused(policy::Refusal::Busy { .. }))));
        drop(taken);
        assert!(hasher.verify(&secret("x"), None).await.is_ok());
    }

    #[tokio::test]
    async fn a_hash_made_with_less_work_is_outdated() {
        let hash = Hasher::new(1, LONGEST)
            .expect("threads")
            .hash(&secret("correct horse battery staple"))
            .await
            .expect("it hashes");
        assert!(!Hasher::is_outdated(&hash));
        assert!(Hasher::is_outdated(&hash.replace("t=2", "t=1")));
        assert!(Hasher::is_outdated(&hash.replace("m=19456", "m=4096")));
        assert!(Hasher::is_outdated("nonsense"));
    }
}
