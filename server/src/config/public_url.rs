//! The address under which people reach Bailey.
use url::{Host, Url};

/// The address under which people reach Bailey: scheme, host and perhaps a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    https: bool,
}

impl PublicUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// Says what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let right = || {
            "Give the address that people type, such as https://bailey.example.org, with nothing behind the host."
                .to_owned()
        };
        let url = Url::parse(text).map_err(|_| right())?;
        let https = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(right()),
        };
        let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err(right());
        }
        match url.host() {
            Some(Host::Domain(host)) if !https && host != "localhost" && !host.ends_with(".localhost") => {
                Err(format!("Use https://{host}: over plain HTTP, everybody on the way reads passwords and sessions. Plain HTTP is for localhost only."))
            }
            Some(Host::Domain(host)) => {
                Ok(Self { origin: url.origin().ascii_serialization(), host: host.to_owned(), https })
            }
            _ => Err("Give a host name: browsers refuse passkeys on an address in numbers. On this machine that is http://localhost:3000.".to_owned()),
        }
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> String {
        self.origin.clone()
    }

    /// Returns the host name in lower case, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether people reach it over HTTPS.
    pub const fn is_https(&self) -> bool {
        self.https
    }
}
