use super::*;
use domain::Error;
use std::{
    io::Write,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};
use tokio::time::sleep;

const SECOND: Duration = Duration::from_secs(1);

/// What the jobs of these tests have done.
#[derive(Clone, Default)]
struct Done {
    begun: Arc<AtomicUsize>,
    finished: Arc<AtomicUsize>,
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn lines_with(&self, words: &str) -> usize {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).lines().filter(|line| line.contains(words)).count()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Fails when a failure or a panic ends a job, when each one is logged, or when nobody learns that it is over.
#[tokio::test(start_paused = true)]
async fn a_job_that_fails_goes_on_and_says_so_once() {
    static FAILING: [Job<Done>; 1] = [Job {
        name: "fails at first",
        every: SECOND,
        act: |done| {
            Box::pin(async move {
                match done.begun.fetch_add(1, SeqCst) {
                    0 | 1 => Err(Error::NotFound),
                    2 => panic!("a fault"),
                    _ => Ok(()),
                }
            })
        },
    }];
    let (done, log) = (Done::default(), Log::default());
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let jobs = Jobs::start(&FAILING, &done);
    sleep(SECOND * 5 / 2).await;
    assert_eq!(done.begun.load(SeqCst), 3, "neither a failure nor a panic ends it");
    assert_eq!((log.lines_with("WARN"), log.lines_with("done again")), (1, 0));
    sleep(SECOND * 3).await;
    assert_eq!(done.begun.load(SeqCst), 6);
    assert_eq!((log.lines_with("job=\"fails at first\""), log.lines_with("WARN")), (2, 1));
    assert_eq!(log.lines_with("a job that had failed is done again"), 1);
    jobs.finish().await;
}

static SLOW: [Job<Done>; 1] = [Job {
    name: "is slow",
    every: SECOND,
    act: |done| {
        Box::pin(async move {
            done.begun.fetch_add(1, SeqCst);
            sleep(SECOND * 5).await;
            done.finished.fetch_add(1, SeqCst);
            Ok(())
        })
    },
}];

/// Fails when `finish` does not wait, or when a turn is done that was due meanwhile.
#[tokio::test(start_paused = true)]
async fn a_job_that_is_under_way_is_finished_and_none_is_begun_after_the_stop() {
    let done = Done::default();
    let jobs = Jobs::start(&SLOW, &done);
    sleep(SECOND).await;
    assert_eq!((done.begun.load(SeqCst), done.finished.load(SeqCst)), (1, 0));
    jobs.finish().await;
    assert_eq!((done.begun.load(SeqCst), done.finished.load(SeqCst)), (1, 1));
    sleep(SECOND * 60).await;
    assert_eq!(done.begun.load(SeqCst), 1);
}

/// Fails when only `finish` stops the jobs: requests under way may take long after the stop.
#[tokio::test(start_paused = true)]
async fn no_job_is_begun_while_requests_are_finished() {
    let done = Done::default();
    let jobs = Jobs::start(&SLOW, &done);
    sleep(SECOND).await;
    jobs.stop();
    sleep(SECOND * 20).await;
    assert_eq!((done.begun.load(SeqCst), done.finished.load(SeqCst)), (1, 1));
    jobs.finish().await;
}

/// Fails when a job that hangs keeps Bailey from stopping.
#[tokio::test(start_paused = true)]
async fn a_job_that_hangs_is_cut_off() {
    static HANGING: [Job<Done>; 1] = [Job { name: "hangs", every: SECOND, act: |_| Box::pin(std::future::pending()) }];
    let jobs = Jobs::start(&HANGING, &Done::default());
    sleep(SECOND).await;
    let told = tokio::time::Instant::now();
    jobs.finish().await;
    assert_eq!(told.elapsed(), FINISH_WITHIN);
}
