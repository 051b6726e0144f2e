//! Mail: queued in the unit of work that it tells of, handed over by a job that tries again.
mod letter;
mod mailer;
pub(crate) mod messages;
mod queue;
mod render;

pub(crate) use letter::moment;
pub use letter::{Letter, Mail};
pub use mailer::{Mailbox, Mailer, MailerError};
pub(crate) use queue::AddressedLetter;
pub use queue::QueuedMail;
pub use render::{html, plain};
