//! Mail: queued in the unit of work that it tells of, handed over by a job that tries again.
mod letter;
mod mailer;
mod outbox;
mod render;

pub use letter::{FactorNews, Letter, Mail};
pub use mailer::{Mailbox, Mailer, MailerError};
pub use outbox::{MailState, QueuedMail};
pub use render::{html, plain};
