//! The log.
use crate::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging to standard error; a filter that can't be read falls back to `info` and says so.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log);
    let unreadable = filter.is_err();
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, as in tests, leaves the first one in place.
    drop(match config.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    });
    if unreadable {
        tracing::warn!("the log filter can't be read; `info` holds instead");
    }
}
