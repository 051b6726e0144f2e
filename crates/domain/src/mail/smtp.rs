//! A mail server, and what is said to it step by step: which step a refusal belongs to decides whether it is final.
use super::mailer_error::MailerError;
use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Tls, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
    },
};
use percent_encoding::percent_decode_str;
use policy::decide::delivery::{Step, is_final};
use std::{borrow::Cow, time::Duration};
use webauthn_rs::prelude::Url;

/// How long a mail server may take, to be reached and for all of a mail.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server, as its URL names it.
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    hello: ClientId,
}

impl Server {
    /// Reads `smtp://HOST:PORT`, with STARTTLS by `?tls=required`, or `smtps://USER:PASS@HOST`; it is greeted by a name.
    pub fn parse(url: &str, hello: &str) -> Result<Self, MailerError> {
        let url = Url::parse(url).map_err(MailerError::permanent)?;
        let host = url.host_str().ok_or_else(|| MailerError::permanent("its host is missing"))?;
        let parameters = || TlsParameters::new(host.to_owned()).map_err(MailerError::permanent);
        let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (tls, port) = match (url.scheme(), asked.as_deref()) {
            ("smtp", None) => (Tls::None, 25),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(parameters()?), 587),
            ("smtp", Some("required")) => (Tls::Required(parameters()?), 587),
            ("smtps", _) => (Tls::Wrapper(parameters()?), 465),
            _ => return Err(MailerError::permanent("tls is required or opportunistic, and only behind smtp://")),
        };
        let decoded =
            |text: &str| percent_decode_str(text).decode_utf8().map(Cow::into_owned).map_err(MailerError::permanent);
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        Ok(Self {
            host: host.to_owned(),
            port: url.port().unwrap_or(port),
            tls,
            credentials,
            hello: ClientId::Domain(hello.to_owned()),
        })
    }

    /// Hands a mail over. It is written once the server is known: whether it takes lines of eight bits.
    pub async fn send(&self, write: impl Fn(bool) -> Result<Message, MailerError>) -> Result<(), MailerError> {
        let mut connection = self.connect().await.map_err(|error| refused(Step::Greeting, &error))?;
        let said = self.converse(&mut connection, write).await;
        match said {
            // What is handed over is: whoever hangs up now loses nothing.
            Ok(()) => drop(connection.quit().await),
            Err(_) => connection.abort().await,
        }
        said
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let at_once = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let server = (self.host.trim_matches(['[', ']']), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &self.hello, at_once, None).await?;
        let upgraded = match &self.tls {
            Tls::Required(parameters) => Some(parameters),
            Tls::Opportunistic(parameters) if connection.can_starttls() => Some(parameters),
            _ => None,
        };
        if let Some(parameters) = upgraded {
            connection.starttls(parameters.clone(), &self.hello).await?;
        }
        Ok(connection)
    }

    async fn converse(
        &self,
        connection: &mut AsyncSmtpConnection,
        write: impl Fn(bool) -> Result<Message, MailerError>,
    ) -> Result<(), MailerError> {
        if let Some(credentials) = &self.credentials {
            let signed_in = connection.auth(DEFAULT_MECHANISMS, credentials).await;
            signed_in.map_err(|error| refused(Step::Authentication, &error))?;
        }
        let takes = |extension| connection.server_info().supports_feature(extension);
        let message = write(takes(Extension::EightBitMime))?;
        let (envelope, content) = (message.envelope(), message.formatted());
        let mut options = Vec::new();
        if !envelope.from().into_iter().chain(envelope.to()).all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
            if !takes(Extension::SmtpUtfEight) {
                return Err(MailerError::passing("The mail server takes no addresses beyond ASCII."));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !content.is_ascii() {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let sent = connection.command(Mail::new(envelope.from().cloned(), options)).await;
        sent.map_err(|error| refused(Step::Sender, &error))?;
        for recipient in envelope.to() {
            let known = connection.command(Rcpt::new(recipient.clone(), Vec::new())).await;
            known.map_err(|error| refused(Step::Recipient, &error))?;
        }
        connection.command(Data).await.map_err(|error| refused(Step::Data, &error))?;
        connection.message(&content).await.map_err(|error| refused(Step::Content, &error))?;
        Ok(())
    }
}

/// What a failed step means for the mail, and where it failed.
fn refused(step: Step, error: &Error) -> MailerError {
    let at = match step {
        Step::Greeting => "The mail server was not reached, or lets nobody in",
        Step::Authentication => "The mail server does not let Bailey sign in",
        Step::Sender => "The mail server does not take mail from Bailey",
        Step::Recipient => "The mail server does not take mail for this address",
        Step::Data => "The mail server takes no mail now",
        Step::Content => "The mail server does not take this mail",
    };
    let code = error.status().map_or(0, u16::from);
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let words = format!("{at}: {error}");
    if is_final(step, code, enhanced(&said), &said) {
        MailerError::permanent(words)
    } else {
        MailerError::passing(words)
    }
}

/// Reads subject and detail of the enhanced status code that a reply begins with.
fn enhanced(reply: &str) -> Option<(u16, u16)> {
    let mut parts = reply.split_whitespace().next()?.splitn(3, '.').map(|part| part.parse::<u16>().ok());
    match (parts.next()??, parts.next()??, parts.next()??) {
        (2 | 4 | 5, subject, detail) => Some((subject, detail)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enhanced_status_code_is_read_where_a_reply_begins_with_one() {
        assert_eq!(enhanced("5.1.1 No such user"), Some((1, 1)));
        assert_eq!(enhanced("5.7.60 SMTP; Client does not have permissions"), Some((7, 60)));
        for reply in ["", "No such user", "127.0.0.1 is blocked", "5.1 No", "1.2.3"] {
            assert_eq!(enhanced(reply), None, "{reply}");
        }
    }
}
