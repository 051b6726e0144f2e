//! `bailey serve`: listens, serves, and drains what is under way when it is told to stop.
mod listen;

use crate::{
    commands::{Failure, open, say},
    config::Config,
    edge::Edge,
    front_end::{self, FrontEnd},
    logging, metrics, routes,
    state::AppState,
};
use app::api::cookies::Cookies;
use domain::Bailey;
use listen::bind;
use std::{sync::Arc, time::Duration};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How often what has lapsed is deleted.
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// How often mail that is due is handed over.
const MAIL_EVERY: Duration = Duration::from_secs(1);
/// How often the clock is compared with the database's.
const CLOCK_EVERY: Duration = Duration::from_hours(1);
/// How often changes that wait for their confirmation are looked at.
const REVERT_EVERY: Duration = Duration::from_secs(1);

/// Serves until it is told to stop.
///
/// # Errors
/// Says in one line why it can't.
pub async fn serve(config: Config, front_end: FrontEnd) -> Result<(), Failure> {
    logging::start(&config);
    let found = front_end.package();
    let lacking = front_end::before_serving(found, cfg!(debug_assertions)).map_err(Failure::Act)?;
    let listener = bind(config.listen).await?;
    let (bailey, workspace) = open::bailey(&config).await?;
    if let Some(words) = bailey.passkey_warning(&workspace.id).await? {
        tracing::warn!("{words}");
    }
    if let Some(words) = lacking {
        tracing::warn!("{words}");
    }
    let set_up = bailey.set_up_link(&workspace.id).await?;
    let leptos = front_end.options();
    let edge = Arc::new(Edge::new(&config, app::stylesheet(&leptos)));
    let cookies = Cookies::new(config.public_url.is_https());
    let state = AppState { bailey: bailey.clone(), workspace, edge, cookies, front_end, leptos };
    let router = routes::router(&state)?;
    if let Some(address) = config.metrics_listen {
        let listener = bind(address).await?;
        tokio::spawn(metrics::serve(listener, bailey.clone()));
    }
    tokio::spawn(tidy_up(bailey.clone()));
    tokio::spawn(watch_clock(bailey.clone()));
    tokio::spawn(revert_overdue(bailey.clone()));
    tokio::spawn(deliver_mail(bailey.clone()));
    // Whoever reads that it is there may stop it.
    let stopped = told_to_stop();
    announce(&config, set_up)?;
    listen::run(listener, router, stopped).await;
    bailey.store().close().await;
    tracing::info!("stopped");
    Ok(())
}

fn announce(config: &Config, set_up: Option<domain::Token>) -> Result<(), Failure> {
    let origin = config.public_url.origin();
    say!("Bailey is at {origin}")?;
    if let Some(token) = set_up {
        say!("Nobody is here yet. Create the first super-admin: {origin}/set-up?token={}", token.expose())?;
    }
    Ok(())
}

/// Listens for SIGINT and SIGTERM from now on; what it answers waits for the first of them.
fn told_to_stop() -> impl Future<Output = ()> {
    let [interrupted, terminated] = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    let first = async |signal: std::io::Result<Signal>| match signal {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    };
    async move {
        tokio::select! {
            () = first(interrupted) => {}
            () = first(terminated) => {}
        }
        tracing::info!("stopping: requests under way are finished first");
    }
}

async fn tidy_up(bailey: Bailey) {
    let mut ticks = tokio::time::interval(TIDY_EVERY);
    loop {
        ticks.tick().await;
        match bailey.tidy_up().await {
            Ok(deleted) => tracing::debug!(deleted, "deleted what has lapsed"),
            Err(error) => tracing::warn!(%error, "what has lapsed could not be deleted; tried again in an hour"),
        }
    }
}

async fn watch_clock(bailey: Bailey) {
    let mut ticks = tokio::time::interval(CLOCK_EVERY);
    loop {
        ticks.tick().await;
        match bailey.clock_warning().await {
            Ok(Some(words)) => tracing::warn!("{words}"),
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%error, "the clock could not be compared with the database's; tried again in an hour");
            }
        }
    }
}

async fn revert_overdue(bailey: Bailey) {
    let mut ticks = tokio::time::interval(REVERT_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut away = false;
    loop {
        ticks.tick().await;
        match bailey.revert_overdue().await {
            Ok(0) => away = false,
            Ok(reverted) => tracing::info!(reverted, "settings that nobody confirmed were put back"),
            Err(error) if !away => {
                away = true;
                tracing::warn!(%error, "settings that wait to be confirmed could not be looked at; tried again every second");
            }
            Err(_) => {}
        }
    }
}

async fn deliver_mail(bailey: Bailey) {
    let mut ticks = tokio::time::interval(MAIL_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut away = false;
    loop {
        ticks.tick().await;
        match bailey.deliver_mail().await {
            Ok(_) => away = false,
            Err(error) if !away => {
                away = true;
                tracing::warn!(%error, "mail that waits could not be looked at; tried again every second");
            }
            Err(_) => {}
        }
    }
}
