//! The address under which people reach Bailey.
use super::urls;
use url::Host;
use web::Cookies;

/// The address under which people reach Bailey: scheme, host and perhaps a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    port: Option<u16>,
    https: bool,
}

impl PublicUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// Says what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = urls::parse(text, &["https", "http"], "https://bailey.example.org")?;
        let https = url.scheme() == "https";
        let beside = [
            (!url.username().is_empty() || url.password().is_some(), "a user name"),
            (!matches!(url.path(), "" | "/"), "a path"),
            (url.query().is_some(), "a question"),
        ];
        if let Some((_, part)) = beside.into_iter().find(|(found, _)| *found) {
            return Err(format!(
                "It has {part}. Give the address that people type, such as https://bailey.example.org, with nothing before or behind the host."
            ));
        }
        match url.host() {
            Some(Host::Domain(host)) if !https && host != "localhost" && !host.ends_with(".localhost") => {
                Err(format!("Use https://{host}: over plain HTTP, everybody on the way reads passwords and sessions. Plain HTTP is for localhost only."))
            }
            Some(Host::Domain(host)) => {
                Ok(Self { origin: url.origin().ascii_serialization(), host: host.to_owned(), port: url.port(), https })
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

    /// Returns the cookies of this site.
    pub const fn cookies(&self) -> Cookies {
        Cookies::new(self.https, self.port)
    }

    /// Whether people reach it over HTTPS.
    pub const fn is_https(&self) -> bool {
        self.https
    }
}
