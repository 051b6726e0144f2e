//! What Bailey does by itself while it serves: a row per job. A job that is under way when Bailey is told to stop is
//! finished, and none is begun after that.
#[cfg(test)]
mod tests;

use domain::{Bailey, Readiness};
use std::{pin::Pin, time::Duration};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long jobs that are under way may take after Bailey was told to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(30);

/// A turn of a job, as it is done.
type Turn = Pin<Box<dyn Future<Output = domain::Result<()>> + Send>>;

/// A job: its name in the log, how often it is done, and what it does.
pub struct Job<C = Bailey> {
    /// Its name in the log.
    pub name: &'static str,
    /// How long it pauses between two turns; the first is done at once.
    pub every: Duration,
    /// What it does.
    pub act: fn(C) -> Turn,
}

/// Every job.
pub static JOBS: &[Job] = &[
    Job { name: "deliver mail", every: Duration::from_secs(1), act: |bailey| Box::pin(deliver_mail(bailey)) },
    Job { name: "revert unconfirmed", every: Duration::from_secs(1), act: |bailey| Box::pin(revert_overdue(bailey)) },
    Job {
        name: "look at the database",
        every: Duration::from_secs(1),
        act: |bailey| Box::pin(look_at_database(bailey)),
    },
    Job { name: "fetch pictures", every: Duration::from_secs(1), act: |bailey| Box::pin(fetch_avatars(bailey)) },
    Job { name: "delete what has lapsed", every: Duration::from_hours(1), act: |bailey| Box::pin(tidy_up(bailey)) },
    Job {
        name: "deactivate unused accounts",
        every: Duration::from_hours(1),
        act: |bailey| Box::pin(deactivate_inactive(bailey)),
    },
    Job { name: "make reports", every: Duration::from_secs(1), act: |bailey| Box::pin(make_reports(bailey)) },
    Job { name: "clean up files", every: Duration::from_hours(1), act: |bailey| Box::pin(clean_up_files(bailey)) },
    Job { name: "post to chats", every: Duration::from_secs(1), act: |bailey| Box::pin(post_to_chats(bailey)) },
    Job { name: "send digests", every: Duration::from_mins(10), act: |bailey| Box::pin(send_digests(bailey)) },
    Job {
        name: "mail what waits in conversations",
        every: Duration::from_secs(30),
        act: |bailey| Box::pin(mail_conversations(bailey)),
    },
    Job { name: "remind assessors", every: Duration::from_mins(10), act: |bailey| Box::pin(remind_assessors(bailey)) },
    Job { name: "record activity", every: Duration::from_mins(1), act: |bailey| Box::pin(record_activity(bailey)) },
    Job { name: "compare clocks", every: Duration::from_hours(1), act: |bailey| Box::pin(compare_clocks(bailey)) },
];

async fn deliver_mail(bailey: Bailey) -> domain::Result<()> {
    bailey.mail().deliver_due().await.map(drop)
}

async fn revert_overdue(bailey: Bailey) -> domain::Result<()> {
    let reverted = bailey.policies().revert_overdue().await?;
    if reverted > 0 {
        tracing::info!(reverted, "settings that nobody confirmed were put back");
    }
    Ok(())
}

/// Notices that the server takes no writes any more, so that the one in its place is found before anybody needs it.
async fn look_at_database(bailey: Bailey) -> domain::Result<()> {
    match bailey.store().readiness().await? {
        Readiness::ReadOnly => Err(domain::Error::Internal("the database takes no writes".to_owned())),
        Readiness::Ready | Readiness::OtherSchema => Ok(()),
    }
}

async fn record_activity(bailey: Bailey) -> domain::Result<()> {
    bailey.access().record_activity().await
}

async fn fetch_avatars(bailey: Bailey) -> domain::Result<()> {
    bailey.avatars().fetch_wanted().await.map(drop)
}

async fn tidy_up(bailey: Bailey) -> domain::Result<()> {
    let deleted = bailey.tidy_up().await?;
    tracing::debug!(deleted, "deleted what has lapsed");
    Ok(())
}

async fn deactivate_inactive(bailey: Bailey) -> domain::Result<()> {
    let turn = bailey.members().deactivate_inactive().await?;
    if turn != domain::members::InactivityTurn::default() {
        tracing::info!(told = turn.told, deactivated = turn.deactivated, "looked for accounts that nobody uses");
    }
    Ok(())
}

async fn make_reports(bailey: Bailey) -> domain::Result<()> {
    bailey.reports().make_due().await.map(drop)
}

async fn clean_up_files(bailey: Bailey) -> domain::Result<()> {
    bailey.reports().forget_old().await?;
    let removed = bailey.files().clean_up().await?;
    if removed > 0 {
        tracing::info!(removed, "removed files that nothing needs");
    }
    Ok(())
}

async fn post_to_chats(bailey: Bailey) -> domain::Result<()> {
    bailey.chat().deliver_due().await.map(drop)
}

async fn send_digests(bailey: Bailey) -> domain::Result<()> {
    let sent = bailey.ideas().send_digests().await?;
    if sent > 0 {
        tracing::debug!(sent, "told people what happened on ideas");
    }
    Ok(())
}

async fn mail_conversations(bailey: Bailey) -> domain::Result<()> {
    bailey.conversations().mail_what_waits().await.map(drop)
}

async fn remind_assessors(bailey: Bailey) -> domain::Result<()> {
    let reminded = bailey.assessments().remind_who_is_late().await?;
    if reminded > 0 {
        tracing::info!(reminded, "reminded assessors who have not finished");
    }
    Ok(())
}

async fn compare_clocks(bailey: Bailey) -> domain::Result<()> {
    if let Some(words) = bailey.clock_warning().await? {
        tracing::warn!("{words}");
    }
    Ok(())
}

/// The jobs while they are done.
#[derive(Debug)]
pub struct Jobs {
    stop: CancellationToken,
    under_way: TaskTracker,
}

impl Jobs {
    /// Begins to do these jobs.
    pub fn start<C: Clone + Send + 'static>(jobs: &'static [Job<C>], context: &C) -> Self {
        let (stop, under_way) = (CancellationToken::new(), TaskTracker::new());
        for job in jobs {
            under_way.spawn(repeat(job, context.clone(), stop.clone()));
        }
        under_way.close();
        Self { stop, under_way }
    }

    /// Begins no job any more.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Waits for the jobs that are under way, and begins no other.
    pub async fn finish(self) {
        self.stop();
        if timeout(FINISH_WITHIN, self.under_way.wait()).await.is_err() {
            tracing::warn!("jobs that took too long were cut off");
        }
    }
}

async fn repeat<C: Clone + Send + 'static>(job: &Job<C>, context: C, stop: CancellationToken) {
    let mut ticks = interval(job.every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let failure = turn(job, context.clone()).await.err();
        match (&failure, failing) {
            (Some(error), false) => tracing::warn!(job = job.name, error, "a job failed; it is tried again"),
            (None, true) => tracing::info!(job = job.name, "a job that had failed is done again"),
            _ => {}
        }
        failing = failure.is_some();
    }
}

/// Does a job once, in a task of its own: a panic ends it and nothing else.
async fn turn<C>(job: &Job<C>, context: C) -> Result<(), String> {
    match tokio::spawn((job.act)(context)).await {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(panic) => Err(panic.to_string()),
    }
}
