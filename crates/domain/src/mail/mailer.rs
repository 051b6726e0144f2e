//! The way out: a mail server, or a folder of `.eml` files where none is configured.
use super::{
    Letter,
    mailer_error::MailerError,
    smtp::{PATIENCE, Server},
};
use crate::mail::{html, plain};
pub use lettre::message::Mailbox;
use lettre::{
    AsyncFileTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Body, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
};
use policy::Timestamp;
use std::{
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

/// Hands mail over.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Box<Server>),
    Folder { path: PathBuf, files: AsyncFileTransport<Tokio1Executor> },
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

/// Tells mail programs by which address somebody gets no more such mails (RFC 2369 §3.2).
#[derive(Debug, Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// Tells them that they may post to it themselves, when somebody asks for it (RFC 8058 §3.1).
#[derive(Debug, Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// A letter on its way to somebody.
pub(super) struct Outgoing<'a> {
    pub id: &'a str,
    pub to: Mailbox,
    pub name: &'a str,
    pub from_name: &'a str,
    pub letter: &'a Letter,
    pub at: Timestamp,
}

impl Mailer {
    /// Hands mail over to a server: `smtp://host:port`, with STARTTLS by `?tls=required`, or
    /// `smtps://user:pass@host`. It is greeted by a name, which strict servers look up.
    ///
    /// # Errors
    /// When the address is none of a mail server.
    pub fn smtp(url: &str, hello: &str, from: Mailbox) -> Result<Self, MailerError> {
        Ok(Self { from, way: Way::Smtp(Box::new(Server::parse(url, hello)?)) })
    }

    /// Writes mail as `.eml` files into a folder.
    pub fn folder(path: &Path, from: Mailbox) -> Self {
        Self { from, way: Way::Folder { path: path.to_owned(), files: AsyncFileTransport::new(path) } }
    }

    /// Whether mail is handed over to a server.
    pub const fn has_server(&self) -> bool {
        match self.way {
            Way::Smtp(_) => true,
            Way::Folder { .. } => false,
        }
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

    /// Writes a mail out, in lines of eight bits where they are taken and needed.
    fn write(&self, mail: &Outgoing<'_>, eight_bits: bool) -> Result<Message, MailerError> {
        let Outgoing { id, to, name, from_name, letter, at } = mail;
        let mut from = self.from.clone();
        if !from_name.is_empty() {
            from.name = Some((*from_name).to_owned());
        }
        let date = UNIX_EPOCH + Duration::from_secs(at.unix_seconds());
        let host = self.from.email.domain();
        let plain = plain_part(plain(letter, name), eight_bits);
        let parts = MultiPart::alternative();
        let is_eight = plain.headers().get::<ContentTransferEncoding>() == Some(ContentTransferEncoding::EightBit);
        let parts = if is_eight { parts.header(ContentTransferEncoding::EightBit) } else { parts };
        let builder = Message::builder()
            .from(from)
            .to(to.clone())
            .subject(letter.subject.clone())
            .date(date)
            .message_id(Some(format!("<{id}@{host}>")))
            .header(AutoSubmitted);
        let builder = match &letter.unsubscribe {
            Some(link) => builder.header(ListUnsubscribe(format!("<{link}>"))).header(ListUnsubscribePost),
            None => builder,
        };
        builder
            .multipart(parts.singlepart(plain).singlepart(html_part(html(letter, name))))
            .map_err(MailerError::permanent)
    }

    pub(super) async fn hand_over(&self, mail: Outgoing<'_>) -> Result<(), MailerError> {
        match &self.way {
            // A server that falls silent must not keep all other mail waiting.
            Way::Smtp(server) => {
                match tokio::time::timeout(PATIENCE, server.send(|eight| self.write(&mail, eight))).await {
                    Ok(said) => said,
                    Err(_) => Err(MailerError::passing("The mail server did not answer in time.")),
                }
            }
            Way::Folder { path, files } => {
                make_private(path).map_err(MailerError::passing)?;
                let message = self.write(&mail, true)?;
                let name = files.send(message).await.map_err(MailerError::passing)?;
                tracing::info!(file = %path.join(format!("{name}.eml")).display(), "no mail server is configured: wrote a mail");
                Ok(())
            }
        }
    }
}

/// The longest line that a mail may have, in bytes (RFC 5322 §2.1.1).
const LONGEST_LINE: usize = 998;

/// The plain part as it is, so that its links are whole for whoever reads the mail as it is sent; quoted where it can't be.
fn plain_part(text: String, eight_bits: bool) -> SinglePart {
    let is_plain = text.split('\n').all(|line| line.len() <= LONGEST_LINE) && !text.contains(['\r', '\0']);
    let encoding = match (is_plain, text.is_ascii(), eight_bits) {
        (true, true, _) => Some(ContentTransferEncoding::SevenBit),
        (true, false, true) => Some(ContentTransferEncoding::EightBit),
        _ => None,
    };
    let body = match encoding {
        Some(encoding) => Body::dangerous_pre_encoded(text.replace('\n', "\r\n").into_bytes(), encoding),
        None => Body::new(text),
    };
    SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body)
}

/// The HTML part, in which a link is cut by nothing that is not undone as a whole.
fn html_part(text: String) -> SinglePart {
    let body =
        Body::new_with_encoding(text.clone(), ContentTransferEncoding::Base64).unwrap_or_else(|_| Body::new(text));
    SinglePart::builder().header(ContentType::TEXT_HTML).body(body)
}

/// Makes a folder that only its owner can look into: mails hold links and codes.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
