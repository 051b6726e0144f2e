//! Mail: queued in the unit of work that it tells of, handed over by a job that tries again.
mod letter;
mod mailer;
mod mailer_error;
pub(crate) mod messages;
mod queue;
mod render;
mod smtp;

pub use letter::{Letter, Mail};
pub(crate) use letter::{from, moment};
pub use mailer::{Mailbox, Mailer};
pub use mailer_error::MailerError;
pub(crate) use queue::AddressedLetter;
pub use queue::QueuedMail;
pub use render::{html, plain};
