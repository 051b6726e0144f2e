//! Mail: queued in the unit of work that it tells of, handed over by a job that tries again.
mod factor_news;
mod letter;
mod mailer;
mod outbox;
mod render;
mod samples;

pub use factor_news::FactorNews;
pub use letter::{Letter, Mail};
pub use mailer::{Mailbox, Mailer, MailerError};
pub(crate) use outbox::place_of_letter;
pub use outbox::{MailState, QueuedMail};
pub use render::{html, plain};
