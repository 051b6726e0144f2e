//! Hashing passwords behind a bounded pool, so that a flood of sign-ins can't take the machine down.
use super::{is_hashable, normalised};
use crate::{Error, Result};
use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        PasswordHasher,
        phc::{Output, PasswordHash},
    },
};
use policy::Refusal;
use secrecy::{ExposeSecret, SecretString};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, OnceLock, PoisonError, mpsc},
    thread,
};
use subtle::ConstantTimeEq;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

/// Waiting places for each computation that may run at once.
const QUEUE_PER_SLOT: usize = 32;
/// What a refused sign-in is told to wait, in seconds.
pub(crate) const RETRY_AFTER: u32 = 2;
/// How small a share of the processor the first hashing thread keeps, of 0 to 100, where others want it, too.
/// (A niceness of 15.)
#[cfg(target_os = "linux")]
const SHARE: u8 = 10;

/// The memory of a computation, kept for the next one: to ask the system for 19 MiB and give them back each
/// time takes a good part of the hashing itself.
type Memory = Vec<Block>;

/// A computation that waits for its turn.
type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// A new password is one that must not be chosen again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known;

/// Hashes and verifies passwords, a few at once and the rest in a bounded queue, on threads of its own.
#[derive(Debug)]
pub struct Hasher {
    queue: mpsc::Sender<Work>,
    places: Arc<Semaphore>,
    turns: Semaphore,
    slots: usize,
}

/// argon2id with 19 MiB, 2 passes and 1 lane (OWASP Password Storage Cheat Sheet; RFC 9106).
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("these parameters are within argon2's ranges");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl Hasher {
    /// A pool that computes so many hashes at once.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(concurrency: usize) -> std::io::Result<Self> {
        let slots = concurrency.max(1);
        let (queue, waiting) = mpsc::channel::<Work>();
        let waiting = Arc::new(Mutex::new(waiting));
        for slot in 0..slots {
            let waiting = Arc::clone(&waiting);
            let work = move || {
                step_back(slot == 0);
                work_off(&waiting);
            };
            thread::Builder::new().name("hasher".to_owned()).spawn(work)?;
        }
        let all = slots * (QUEUE_PER_SLOT + 1);
        Ok(Self { queue, places: Arc::new(Semaphore::new(all)), turns: Semaphore::new(all), slots })
    }

    /// How many hashes could begin this very moment.
    pub fn free_slots(&self) -> usize {
        let taken = self.slots * (QUEUE_PER_SLOT + 1) - self.places.available_permits();
        self.slots.saturating_sub(taken)
    }

    /// Takes a turn for a sign-in, as many of which are under way as the queue has places: a flood is turned
    /// away before the database is asked anything.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when there is none left.
    pub(crate) fn turn(&self) -> Result<SemaphorePermit<'_>> {
        self.turns.try_acquire().map_err(|_| Refusal::Busy { retry_after: RETRY_AFTER }.into())
    }

    /// Hashes a password into a PHC string.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the queue is full.
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
    /// [`Refusal::Busy`] when the queue is full.
    pub async fn verify(&self, password: &SecretString, hash: Option<&str>) -> Result<bool> {
        self.verify_or(password, hash, || ()).await
    }

    /// Verifies a password as [`Hasher::verify`] does; calls `skipped` where whoever waited has hung up before
    /// it was looked at.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the queue is full.
    pub(crate) async fn verify_or(
        &self,
        password: &SecretString,
        hash: Option<&str>,
        skipped: impl FnOnce() + Send + 'static,
    ) -> Result<bool> {
        if !is_hashable(password) {
            return Ok(false);
        }
        let password = normalised(password);
        let hash = hash.map(str::to_owned);
        let verify = move |memory: &mut Memory| {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or_else(|| dummy_hash());
            let matches = fits(password.expose_secret().as_bytes(), hash, memory).unwrap_or(false);
            known && matches
        };
        self.compute_or(verify, skipped).await
    }

    /// Does other work that an attacker could ask for without end, in the same bounded queue.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the queue is full.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        self.compute(move |_| work()).await
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
        self.compute_or(work, || ()).await
    }

    async fn compute_or<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
        skipped: impl FnOnce() + Send + 'static,
    ) -> Result<T> {
        let place =
            Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refusal::Busy { retry_after: RETRY_AFTER })?;
        let (answer, answered) = oneshot::channel();
        let work = move |memory: &mut Memory| {
            // Whoever hung up while they waited is not worked for; while it runs, the place stays taken.
            if answer.is_closed() {
                skipped();
            } else {
                drop(answer.send(work(memory)));
            }
            drop(place);
        };
        self.queue.send(Box::new(work)).map_err(|_| Error::Internal("the hashing threads have ended".to_owned()))?;
        answered.await.map_err(Error::internal)
    }
}

/// Works the queue off until the pool is gone.
fn work_off(waiting: &Mutex<mpsc::Receiver<Work>>) {
    let mut memory = Memory::new();
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // One that breaks must not take the thread with it.
        if catch_unwind(AssertUnwindSafe(|| work(&mut memory))).is_err() {
            memory = Memory::new();
        }
    }
}

/// Lets every other thread go first: requests that hash nothing are answered at once, however many people sign
/// in. The first hashing thread keeps a small share whatever else runs, so that a flood of other requests stops
/// nobody from signing in. Where the system does not allow it, hashing competes with everything else.
fn step_back(is_first: bool) {
    // On Linux this sets the thread, elsewhere the whole program.
    #[cfg(target_os = "linux")]
    {
        use thread_priority::{
            NormalThreadSchedulePolicy::{Idle, Other},
            ThreadPriority,
            ThreadSchedulePolicy::Normal,
        };
        let share = SHARE.try_into().map_or(ThreadPriority::Min, ThreadPriority::Crossplatform);
        let (priority, policy) = if is_first { (share, Normal(Other)) } else { (ThreadPriority::Min, Normal(Idle)) };
        let own = thread_priority::thread_native_id();
        if let Err(error) = thread_priority::set_thread_priority_and_policy(own, priority, policy) {
            tracing::debug!(%error, "hashing keeps its priority");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = is_first;
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

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[tokio::test]
    async fn a_password_is_verified_whole_and_in_either_normal_form() {
        let hasher = Hasher::new(1).expect("threads");
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
        let hasher = Hasher::new(1).expect("threads");
        assert!(!hasher.verify(&secret("no password has this hash"), None).await.expect("it computes"));
    }

    /// Fails when `hash_unless_known` takes a place for each hash, or overlooks one.
    #[tokio::test]
    async fn a_new_password_is_held_against_many_in_one_turn() {
        let hasher = Hasher::new(1).expect("threads");
        let mut known = Vec::new();
        for text in ["first of them all", "the second of them"] {
            known.push(hasher.hash(&secret(text)).await.expect("it hashes"));
        }
        let all = u32::try_from(QUEUE_PER_SLOT).expect("a small number");
        let taken = hasher.places.acquire_many(all).await.expect("the pool is open");
        let again = hasher.hash_unless_known(&secret("the second of them"), known.clone()).await.expect("one is free");
        assert_eq!(again, Err(Known));
        drop(hasher.places.acquire().await.expect("it is given back"));
        let new = hasher.hash_unless_known(&secret("something else again"), known).await.expect("one is free");
        drop(taken);
        let new = new.expect("it is new");
        assert!(hasher.verify(&secret("something else again"), Some(&new)).await.expect("it computes"));
    }

    #[tokio::test]
    async fn beyond_the_queue_one_is_told_to_come_back() {
        let hasher = Hasher::new(1).expect("threads");
        let all = u32::try_from(QUEUE_PER_SLOT + 1).expect("a small number");
        let taken = hasher.places.acquire_many(all).await.expect("the pool is open");
        let refused = hasher.verify(&secret("x"), None).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Busy { .. }))));
        drop(taken);
        assert!(hasher.verify(&secret("x"), None).await.is_ok());
    }

    #[tokio::test]
    async fn a_hash_made_with_less_work_is_outdated() {
        let hash =
            Hasher::new(1).expect("threads").hash(&secret("correct horse battery staple")).await.expect("it hashes");
        assert!(!Hasher::is_outdated(&hash));
        assert!(Hasher::is_outdated(&hash.replace("t=2", "t=1")));
        assert!(Hasher::is_outdated(&hash.replace("m=19456", "m=4096")));
        assert!(Hasher::is_outdated("nonsense"));
    }
}
