//! The log.
use crate::config::{Config, LogFormat};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Whether standard error shows colours: a terminal does, unless `NO_COLOR` says otherwise; a file or a pipe never.
fn colours_are_shown() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Starts logging to standard error; a filter that can't be read falls back to `info` and says so.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log);
    let unreadable = filter.is_err();
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours_are_shown());
    // A second start, as in tests, leaves the first one in place.
    drop(match config.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    });
    if unreadable {
        tracing::warn!("the log filter can't be read; `info` holds instead");
    }
}
