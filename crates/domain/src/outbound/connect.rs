//! A connection to an address that was judged.
use super::{Outbound, OutboundError};
use policy::decide::outbound::may_connect;
use std::{io, net::IpAddr, sync::Arc, time::Duration};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, crypto::ring, pki_types::ServerName},
};
use url::Host;

/// How many addresses of a name are tried.
const TRIED: usize = 4;

impl Outbound {
    /// Connects to a host over TLS, and tries each of its addresses for no longer than its share of this time.
    pub(super) async fn connect(
        &self,
        host: Host<&str>,
        port: u16,
        within: Duration,
    ) -> Result<TlsStream<TcpStream>, OutboundError> {
        let addresses = self.judged(&host).await?;
        let share = within / u32::try_from(addresses.len()).unwrap_or(1).max(1);
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in addresses {
            match timeout(share, self.secure(address, port, &host)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = error,
                Err(_) => last = io::ErrorKind::TimedOut.into(),
            }
        }
        Err(OutboundError::NotConnected(last))
    }

    /// The addresses of a host. One that may not be connected to speaks against all of them: whoever answers for the
    /// name would choose.
    async fn judged(&self, host: &Host<&str>) -> Result<Vec<IpAddr>, OutboundError> {
        let mut addresses = match host {
            Host::Ipv4(address) => vec![IpAddr::V4(*address)],
            Host::Ipv6(address) => vec![IpAddr::V6(*address)],
            Host::Domain(name) => self.names.resolve(name).await.unwrap_or_default(),
        };
        if addresses.is_empty() {
            return Err(OutboundError::Unresolved { host: host.to_string() });
        }
        for address in &addresses {
            may_connect(*address, &self.allowed).map_err(|what| OutboundError::NotAllowed {
                host: host.to_string(),
                address: *address,
                what,
            })?;
        }
        addresses.truncate(TRIED);
        Ok(addresses)
    }

    async fn secure(&self, address: IpAddr, port: u16, host: &Host<&str>) -> io::Result<TlsStream<TcpStream>> {
        let name = match host {
            Host::Ipv4(address) => ServerName::from(IpAddr::V4(*address)),
            Host::Ipv6(address) => ServerName::from(IpAddr::V6(*address)),
            Host::Domain(name) => ServerName::try_from((*name).to_owned()).map_err(io::Error::other)?,
        };
        let stream = TcpStream::connect((address, port)).await?;
        TlsConnector::from(self.tls()?).connect(name, stream).await
    }

    /// The configuration of TLS, made when something is first fetched: the system's authorities are many.
    fn tls(&self) -> io::Result<Arc<ClientConfig>> {
        if let Some(made) = self.tls.get() {
            return Ok(Arc::clone(made));
        }
        let made = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(self.authorities.with_system())
            .with_no_client_auth();
        Ok(Arc::clone(self.tls.get_or_init(|| Arc::new(made))))
    }
}
