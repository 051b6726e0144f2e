//! The way out: a mail server, or a folder of `.eml` files where none is configured.
use super::Letter;
use crate::mail::{html, plain};
pub use lettre::message::Mailbox;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use policy::Timestamp;
use std::{
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Hands mail over.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder { path: PathBuf, files: AsyncFileTransport<Tokio1Executor> },
}

/// Why a mail was not handed over.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub struct MailerError {
    words: String,
    /// Whether trying again is of no use.
    pub permanent: bool,
}

impl MailerError {
    fn permanent(cause: impl std::fmt::Display) -> Self {
        Self { words: cause.to_string(), permanent: true }
    }

    fn passing(cause: impl std::fmt::Display) -> Self {
        Self { words: cause.to_string(), permanent: false }
    }
}

/// Tells mail programs that nobody is there to read an automatic answer (RFC 3834 §5).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// A letter on its way to somebody.
pub(super) struct Outgoing<'a> {
    pub id: &'a str,
    pub to: Mailbox,
    pub name: &'a str,
    pub letter: &'a Letter,
    pub at: Timestamp,
}

impl Mailer {
    /// Hands mail over to a server: `smtp://host:port`, with STARTTLS by `?tls=required`, or
    /// `smtps://user:pass@host`.
    ///
    /// # Errors
    /// When the address is none of a mail server.
    pub fn smtp(url: &str, from: Mailbox) -> Result<Self, MailerError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(MailerError::permanent)?;
        Ok(Self { from, way: Way::Smtp(builder.timeout(Some(PATIENCE)).build()) })
    }

    /// Writes mail as `.eml` files into a folder.
    pub fn folder(path: &Path, from: Mailbox) -> Self {
        Self { from, way: Way::Folder { path: path.to_owned(), files: AsyncFileTransport::new(path) } }
    }

    /// Where mail goes, for people.
    pub fn in_words(&self) -> String {
        match &self.way {
            Way::Smtp(_) => "It is handed over to the mail server that the operator configured.".to_owned(),
            Way::Folder { path, .. } => {
                format!("No mail server is configured, so it is written as files to {}.", path.display())
            }
        }
    }

    pub(super) async fn hand_over(&self, mail: Outgoing<'_>) -> Result<(), MailerError> {
        let Outgoing { id, to, name, letter, at } = mail;
        let date = UNIX_EPOCH + Duration::from_secs(at.unix_seconds());
        let host = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .date(date)
            .message_id(Some(format!("<{id}@{host}>")))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(plain(letter, name), html(letter, name)))
            .map_err(MailerError::permanent)?;
        match &self.way {
            // The transport's own timeout ends with the connection; a server that falls silent must not
            // keep all other mail waiting.
            Way::Smtp(smtp) => match tokio::time::timeout(PATIENCE, smtp.send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) if error.is_permanent() => Err(MailerError::permanent(error)),
                Ok(Err(error)) => Err(MailerError::passing(error)),
                Err(_) => Err(MailerError::passing("The mail server did not answer in time.")),
            },
            Way::Folder { path, files } => {
                make_private(path).map_err(MailerError::passing)?;
                let name = files.send(message).await.map_err(MailerError::passing)?;
                tracing::info!(file = %path.join(format!("{name}.eml")).display(), "no mail server is configured: wrote a mail");
                Ok(())
            }
        }
    }
}

/// Makes a folder that only its owner can look into: mails hold links and codes.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
