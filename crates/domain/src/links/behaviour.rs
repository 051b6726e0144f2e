//! What the file of a purpose has to say.
use crate::{Bailey, Client, Result, Token, mail::Mail, sign_in::Progress};
use policy::Timestamp;
use std::pin::Pin;
use store::{IdeaRow, MemberRow, RegistrationRow, Tx};

/// What links of a purpose are like.
pub(super) struct Behaviour {
    /// What opening one at `/link` is good for.
    pub opens: Opens,
    /// The mails that bring one, with made-up facts.
    pub samples: fn(Timestamp) -> Vec<Mail>,
}

/// What opening a link is good for.
pub(super) enum Opens {
    /// Nothing: another page asks for its token.
    Elsewhere,
    /// The way to the form by which somebody joins, which uses it up once it is taken.
    Joins {
        /// What is said of it.
        offer: Offer,
    },
    /// The way to a page: it changes nothing, so it works as often as it is opened.
    Leads {
        /// The page, for what the link is about; `None` when that can't be read.
        to: fn(&str) -> Option<String>,
        /// What is said of it.
        offer: Offer,
    },
    /// A decision about somebody who has asked to join, once, when its button is pressed.
    Decides {
        /// What is said of it.
        offer: fn(&RegistrationRow) -> (String, &'static str),
        /// Whether they are let in.
        approves: bool,
    },
    /// A decision about an idea that waits, once, when its button is pressed; a rejection takes a reason.
    DecidesIdea {
        /// What is said of it.
        offer: fn(&IdeaRow) -> (String, &'static str),
        /// Whether it is approved.
        approves: bool,
    },
    /// The way to a page, from where many read it: it is nobody's own, changes nothing and gives no right.
    Posted {
        /// The page, for what the link is about; `None` when that can't be read.
        to: fn(&str) -> Option<String>,
        /// What is said of it.
        what: &'static str,
        /// The words on its button.
        button: &'static str,
    },
    /// An act, once, when its button is pressed.
    Acts {
        /// What is said of it.
        offer: Offer,
        /// The act, in the unit of work that uses the link up.
        act: for<'a> fn(Press<'a>) -> Acting<'a>,
    },
}

/// What a link of this member does, in a sentence, and the words on its button.
pub(super) type Offer = fn(&MemberRow) -> (String, &'static str);

/// What came of a link.
#[derive(Debug, Clone)]
pub enum LinkUsed {
    /// It took the place of the password.
    SignedIn(Progress),
    /// It lifted the lock.
    Unlocked,
    /// It gave the account another address.
    EmailChanged,
    /// It made the account active again.
    Reactivated,
    /// It proved that the address is theirs, whoever has asked to join.
    RegistrationConfirmed,
    /// Somebody who has asked to join was let in, or not.
    Decided {
        /// Whether they were.
        approved: bool,
    },
    /// An idea was approved or rejected.
    IdeaDecided {
        /// Whether it was approved.
        approved: bool,
    },
    /// It proved that the address is the member's.
    Confirmed,
    /// It gave the right to choose a new password: the token that stands for it.
    Granted(Token),
    /// It leads to the form by which somebody joins, and goes on working until that is taken.
    Joins,
    /// It leads to this page, and goes on working.
    LeadsTo(String),
}

/// What an act answers in time.
pub(super) type Acting<'a> = Pin<Box<dyn Future<Output = Result<LinkUsed>> + Send + 'a>>;

/// A button that was pressed.
pub(super) struct Press<'a> {
    pub bailey: &'a Bailey,
    pub tx: &'a mut Tx,
    pub member: MemberRow,
    pub client: &'a Client,
    /// What the link is about, where that is said.
    pub subject: Option<String>,
}

/// For links that no mail brings.
pub(super) const fn no_mail(_: Timestamp) -> Vec<Mail> {
    Vec::new()
}
