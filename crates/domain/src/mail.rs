//! Mail: queued in the unit of work that it tells of, handed over by a job that tries again.
mod letter;
mod mailer;
pub(crate) mod messages;
mod outbox;
mod render;

pub(crate) use letter::moment;
pub use letter::{Letter, Mail};
pub use mailer::{Mailbox, Mailer, MailerError};
pub(crate) use outbox::place_of_letter;
pub use outbox::{MailState, QueuedMail};
pub use render::{html, plain};
