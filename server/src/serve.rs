//! `bailey serve`: listens, serves, and finishes what is under way when it is told to stop.
mod connection_limit;
mod listen;

use crate::{
    config::Config,
    edge::Edge,
    failure::{Failure, say},
    files,
    front_end::{self, FrontEnd},
    jobs::{JOBS, Jobs},
    logging, metrics, open, routes,
    state::AppState,
};
use connection_limit::ConnectionLimit;
use listen::bind;
use std::sync::Arc;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Serves until it is told to stop.
///
/// # Errors
/// Says in one line why it can't.
pub async fn serve(config: Config, front_end: FrontEnd) -> Result<(), Failure> {
    logging::start(&config);
    let found = front_end.package();
    let lacking = front_end::before_serving(found, cfg!(debug_assertions)).map_err(Failure::Act)?;
    for words in config.trusted_proxies.warnings() {
        tracing::warn!("{words}");
    }
    for words in config.mail_warnings() {
        tracing::warn!("{words}");
    }
    for path in files::open_to_everybody(&config) {
        tracing::warn!(path = %path.display(), "every account of this machine can read this; take that away: chmod go-rwx");
    }
    let listener = bind(config.listen).await?;
    let (bailey, workspace) = open::bailey(&config).await?;
    if let Some(words) = bailey.two_factor().passkey_warning(&workspace.id).await? {
        tracing::warn!("{words}");
    }
    if let Some(words) = lacking {
        tracing::warn!("{words}");
    }
    // Files are served under the policy that is known.
    bailey.policies().now(&workspace.id).await?;
    let set_up = bailey.members().set_up_link(&workspace.id).await?;
    let leptos = front_end.options();
    let edge = Arc::new(Edge::new(&config, app::stylesheet(&leptos)));
    let cookies = config.public_url.cookies();
    let state = AppState { bailey: bailey.clone(), workspace, edge, cookies, front_end, leptos };
    let router = routes::router(&state)?;
    if let Some(address) = config.metrics_listen {
        let listener = bind(address).await?;
        tokio::spawn(metrics::serve(listener, bailey.clone()));
    }
    let jobs = Jobs::start(JOBS, &bailey);
    // Whoever reads that it is there may stop it.
    let stopped = told_to_stop();
    announce(&config, set_up)?;
    let stop = async {
        stopped.await;
        jobs.stop();
    };
    listen::run(listener, router, connections(&config), stop).await;
    jobs.finish().await;
    if let Err(error) = bailey.access().record_all_activity().await {
        tracing::warn!(%error, "the activity of the last minute was not recorded");
    }
    bailey.store().close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Returns how many connections there may be: as many as were configured, where the system has files for them.
fn connections(config: &Config) -> Arc<ConnectionLimit> {
    let (wanted, room) = (config.max_connections, connection_limit::make_room(config.max_connections));
    if room < wanted {
        tracing::warn!(
            wanted,
            room,
            "the system gives fewer files than max_connections asks for; raise the limit of open files"
        );
    }
    ConnectionLimit::new(room, config.trusted_proxies.clone())
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
        tracing::info!("stopping: requests and jobs under way are finished first");
    }
}
