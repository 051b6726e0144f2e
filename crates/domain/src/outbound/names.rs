//! The addresses behind names.
use std::{collections::BTreeMap, io, net::IpAddr};
use tokio::net::lookup_host;

/// How names are resolved.
#[derive(Debug, Clone, Default)]
pub enum Names {
    /// As this machine does.
    #[default]
    System,
    /// By this table alone.
    Table(BTreeMap<String, Vec<IpAddr>>),
}

impl Names {
    /// The addresses of a name; none where there is no such name.
    pub(super) async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        match self {
            Self::System => Ok(lookup_host((name, 0)).await?.map(|found| found.ip()).collect()),
            Self::Table(table) => Ok(table.get(name).cloned().unwrap_or_default()),
        }
    }
}
