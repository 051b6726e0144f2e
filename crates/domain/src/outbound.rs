//! Whatever Bailey fetches of its own accord goes through here: an address in a setting must not reach what only this
//! machine or its network can. A name is resolved once, and the connection goes to the very address that was judged.
mod authorities;
mod connect;
mod error;
mod fetch;
mod names;
mod post;

pub use authorities::Authorities;
pub use error::OutboundError;
pub use fetch::Limits;
pub use names::Names;

use ipnet::IpNet;
use std::sync::{Arc, OnceLock};
use tokio_rustls::rustls::ClientConfig;

/// The way out.
#[derive(Debug)]
pub struct Outbound {
    allowed: Vec<IpNet>,
    authorities: Authorities,
    names: Names,
    tls: OnceLock<Arc<ClientConfig>>,
}

impl Outbound {
    /// A way out to the public network and to these blocks besides, which trusts the system's authorities and these.
    pub const fn new(allowed: Vec<IpNet>, authorities: Authorities) -> Self {
        Self { allowed, authorities, names: Names::System, tls: OnceLock::new() }
    }

    /// The same, with names that are resolved otherwise.
    #[must_use]
    pub fn resolving(self, names: Names) -> Self {
        Self { names, ..self }
    }
}
