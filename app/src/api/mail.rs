//! The mail that Bailey sends.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// What the admins see of the mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxView {
    /// Where mail goes, in a sentence.
    pub goes: String,
    /// The latest mails, newest first.
    pub mails: Vec<MailView>,
    /// Every mail there is, with made-up facts.
    pub samples: Vec<SampleView>,
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    /// Its identifier in addresses of forms.
    pub id: String,
    /// The address it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// Where it stands.
    pub state: MailState,
}

/// Where a mail stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailState {
    /// It waits; what kept it so far, and when it is tried next.
    Waiting(Option<String>, Timestamp),
    /// It was handed over.
    Delivered(Timestamp),
    /// It was given up, and why.
    GivenUp(String, Timestamp),
}

/// A mail with made-up facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleView {
    /// The name of its kind.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its plain part.
    pub plain: String,
}

server_function! {
    /// Loads Admin, Mail.
    "mail/load" in Admin as caller;
    pub async fn load_mail() -> Result<OutboxView, ApiError> {
        let bailey = context().bailey;
        let mails = bailey.mail().list(&caller).await.map_err(fail)?;
        let samples = bailey.mail().samples(&caller).await.map_err(fail)?;
        Ok(OutboxView {
            goes: bailey.mail().destination(),
            mails: mails.into_iter().map(MailView::from).collect(),
            samples: samples
                .into_iter()
                .map(|(kind, letter)| SampleView {
                    kind: kind.to_owned(),
                    plain: domain::mail::plain(&letter, &caller.who().name),
                    subject: letter.subject,
                })
                .collect(),
        })
    }
}

#[cfg(feature = "ssr")]
impl From<domain::mail::QueuedMail> for MailView {
    fn from(mail: domain::mail::QueuedMail) -> Self {
        use domain::outbox::DeliveryState as State;
        let state = match mail.state {
            State::Waiting(problem, at) => MailState::Waiting(problem, at),
            State::Delivered(at) => MailState::Delivered(at),
            State::GivenUp(problem, at) => MailState::GivenUp(problem, at),
        };
        let domain::mail::QueuedMail { id, recipient, subject, queued_at, tries, .. } = mail;
        Self { id, recipient, subject, queued_at, tries, state }
    }
}
