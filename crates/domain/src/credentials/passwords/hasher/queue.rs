//! What waits to be hashed, and the threads that work it off: known browsers first.
use argon2::Block;
use policy::{
    Refusal,
    decide::hashing::{self, Load},
};
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

/// What a computation is thought to take before one was measured.
const FIRST_GUESS: Duration = Duration::from_millis(30);
/// How small a share of the processor the first hashing thread keeps, of 0 to 100, where others want it, too.
/// (A niceness of 15.)
#[cfg(target_os = "linux")]
const SHARE: u8 = 10;

/// The memory of a computation, kept for the next one: to ask the system for 19 MiB and give them back each
/// time takes a good part of the hashing itself.
pub(super) type Memory = Vec<Block>;

/// A computation that waits for its turn.
type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// Which computations come before others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// Of a browser that its member has signed in from, or of somebody who has waited already.
    First,
    /// Of anybody else.
    Usual,
}

/// The queue, shared by those who wait and those who work.
#[derive(Debug)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    more: Condvar,
    ahead: AtomicUsize,
    /// What a computation takes, in nanoseconds.
    pace: AtomicU64,
    slots: usize,
    longest_wait: Duration,
}

#[derive(Default)]
struct Waiting {
    first: VecDeque<Work>,
    usual: VecDeque<Work>,
    closed: bool,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} and {} wait", self.first.len(), self.usual.len())
    }
}

/// A place among those who wait, given back where its last copy is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Turn(Arc<Place>);

#[derive(Debug)]
struct Place {
    queue: Arc<Queue>,
    /// Whether it was given only because the browser may turn out to be known.
    provisional: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.queue.ahead.fetch_sub(1, Relaxed);
    }
}

impl Queue {
    /// A queue that so many threads work off, in which nobody who begins to wait is to wait longer than this.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(super) fn new(slots: usize, longest_wait: Duration) -> std::io::Result<Arc<Self>> {
        let queue = Arc::new(Self {
            waiting: Mutex::default(),
            more: Condvar::new(),
            ahead: AtomicUsize::new(0),
            pace: AtomicU64::new(nanos(FIRST_GUESS)),
            slots,
            longest_wait,
        });
        for slot in 0..slots {
            let queue = Arc::clone(&queue);
            let work = move || {
                step_back(slot == 0);
                queue.work_off();
            };
            thread::Builder::new().name("hasher".to_owned()).spawn(work)?;
        }
        Ok(queue)
    }

    /// How many computations could begin this very moment.
    pub(super) fn free_slots(&self) -> usize {
        self.slots.saturating_sub(self.ahead.load(Relaxed))
    }

    fn load(&self, ahead: usize) -> Load {
        Load { ahead, at_once: self.slots, pace: Duration::from_nanos(self.pace.load(Relaxed)) }
    }

    /// Takes a place; one whose browser may be known is let in beyond those of strangers until that is looked up.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when one would wait too long.
    pub(super) fn turn(self: &Arc<Self>, may_be_known: bool) -> Result<Turn, Refusal> {
        // Counted first, so that of many at once none overlooks the others.
        let ahead = self.ahead.fetch_add(1, Relaxed);
        let refused = hashing::admit(&self.load(ahead), self.longest_wait).err();
        let turn = Turn(Arc::new(Place { queue: Arc::clone(self), provisional: refused.is_some() }));
        match refused {
            Some(refusal) if !may_be_known || !hashing::may_be_looked_up(&self.load(ahead), self.longest_wait) => {
                Err(refusal)
            }
            _ => Ok(turn),
        }
    }

    /// Keeps a place for a browser that was looked up.
    ///
    /// # Errors
    /// [`Refusal::Busy`] for one that is not known, where the place was given only because it might be.
    pub(super) fn keep(&self, turn: &Turn, is_known: bool) -> Result<(), Refusal> {
        if turn.0.provisional && !is_known {
            return Err(hashing::busy(&self.load(self.ahead.load(Relaxed))));
        }
        Ok(())
    }

    /// Has a computation wait.
    pub(super) fn push(&self, urgency: Urgency, work: Work) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match urgency {
            Urgency::First => waiting.first.push_back(work),
            Urgency::Usual => waiting.usual.push_back(work),
        }
        drop(waiting);
        self.more.notify_one();
    }

    /// Lets the threads end once nothing waits any more.
    pub(super) fn close(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.more.notify_all();
    }

    /// Returns the next computation, or `None` when there will be none.
    fn next(&self) -> Option<Work> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let next = waiting.first.pop_front().or_else(|| waiting.usual.pop_front());
            if next.is_some() || waiting.closed {
                return next;
            }
            waiting = self.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work_off(&self) {
        let mut memory = Memory::new();
        while let Some(work) = self.next() {
            // One that breaks must not take the thread with it.
            if catch_unwind(AssertUnwindSafe(|| work(&mut memory))).is_err() {
                memory = Memory::new();
            }
        }
    }

    /// Runs the work of one hash and learns from it how long one takes.
    pub(super) fn measured<T>(&self, work: impl FnOnce() -> T) -> T {
        #[expect(clippy::disallowed_methods, reason = "it measures how long something takes, by no calendar")]
        let before_it = Instant::now();
        let done = work();
        let before = Duration::from_nanos(self.pace.load(Relaxed));
        self.pace.store(nanos(hashing::pace(before, before_it.elapsed())), Relaxed);
        done
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when `turn` no longer asks `hashing::admit`, when a place is not given back, or when a stranger keeps one
    /// that was given for a browser that might be known.
    #[test]
    fn a_stranger_who_would_wait_too_long_is_told_when_to_come_back_and_a_known_browser_waits() {
        let queue = Queue::new(1, FIRST_GUESS * 3).expect("threads");
        let mut turns: Vec<_> = (0..3).map(|_| queue.turn(false).expect("it does not wait long")).collect();
        assert!(matches!(queue.turn(false), Err(Refusal::Busy { .. })));
        let known = queue.turn(true).expect("it may be known");
        assert_eq!(queue.keep(&known, true), Ok(()));
        assert!(matches!(queue.keep(&known, false), Err(Refusal::Busy { .. })));
        assert_eq!(queue.keep(&turns[0], false), Ok(()), "it was let in as a stranger");
        turns.extend((0..2).map(|_| queue.turn(true).expect("it may be known")));
        assert!(queue.turn(true).is_err(), "not without an end");
        drop((turns, known));
        assert_eq!(queue.free_slots(), 1);
        assert!(queue.turn(false).is_ok());
        queue.close();
    }

    /// Fails when `next` takes what waits in the order in which it came, whoever waits.
    #[test]
    fn known_browsers_come_first() {
        let queue = Queue::new(1, Duration::from_secs(5)).expect("threads");
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let (done, order) = std::sync::mpsc::channel();
        queue.push(Urgency::Usual, Box::new(move |_: &mut Memory| gate.recv().unwrap_or_default()));
        for (urgency, name) in [(Urgency::Usual, "stranger"), (Urgency::First, "known"), (Urgency::First, "known, too")]
        {
            let done = done.clone();
            queue.push(urgency, Box::new(move |_: &mut Memory| done.send(name).unwrap_or_default()));
        }
        drop(done);
        open.send(()).expect("the thread waits");
        assert_eq!(order.iter().collect::<Vec<_>>(), ["known", "known, too", "stranger"]);
        queue.close();
    }
}
