//! What a mail server's refusal means: it is final where it is about the recipient or about the mail, and a matter of
//! the server, or of how Bailey was told to reach it, everywhere else; those may be put right while the mail waits.

/// A step of handing a mail over (RFC 5321 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Connecting, the server's greeting, ours, and encryption.
    Greeting,
    /// Signing in at the server.
    Authentication,
    /// Who sends it.
    Sender,
    /// Whom it goes to.
    Recipient,
    /// The server makes ready for the mail itself.
    Data,
    /// The mail itself.
    Content,
}

/// Whether a reply of a mail server to a step says that this mail will never be taken. The reply is its code, and
/// subject and detail of its enhanced status code (RFC 3463) where it has one: 1 and 7 of `5.1.7`.
pub const fn is_final(step: Step, code: u16, enhanced: Option<(u16, u16)>) -> bool {
    // Who may send, not what is sent: no account, a wrong one (RFC 4954), or a sender that it may not use.
    let about_access = matches!(code, 530 | 534 | 535 | 538) || matches!(enhanced, Some((7, 8 | 57 | 60)));
    if code < 500 || code > 599 || about_access {
        return false;
    }
    match step {
        Step::Greeting | Step::Authentication | Step::Sender | Step::Data => false,
        Step::Recipient => match enhanced {
            // Addresses and mailboxes; a relay that is not open to us says 5.7.1.
            Some((subject, _)) => matches!(subject, 1 | 2),
            None => matches!(code, 550..=553 | 556),
        },
        Step::Content => code > 504,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when a mail is thrown away while a relay is misconfigured.
    #[test]
    fn what_is_said_about_the_server_or_its_configuration_is_not_final() {
        for (step, code, enhanced) in [
            (Step::Greeting, 554, None),
            (Step::Greeting, 550, Some((7, 1))),
            (Step::Greeting, 502, None),
            (Step::Authentication, 535, Some((7, 8))),
            (Step::Sender, 530, Some((7, 0))),
            (Step::Sender, 550, Some((1, 8))),
            (Step::Sender, 553, Some((7, 1))),
            (Step::Recipient, 450, Some((1, 1))),
            (Step::Recipient, 530, None),
            (Step::Recipient, 550, Some((7, 1))),
            (Step::Recipient, 554, Some((7, 1))),
            (Step::Recipient, 503, None),
            (Step::Data, 554, None),
            (Step::Content, 452, None),
            (Step::Content, 503, None),
            (Step::Content, 554, Some((7, 60))),
        ] {
            assert!(!is_final(step, code, enhanced), "{step:?} {code} {enhanced:?}");
        }
    }

    /// Fails when a mail to an address that does not exist is tried for a day.
    #[test]
    fn what_is_said_about_the_recipient_or_the_mail_is_final() {
        for (step, code, enhanced) in [
            (Step::Recipient, 550, None),
            (Step::Recipient, 550, Some((1, 1))),
            (Step::Recipient, 552, Some((2, 2))),
            (Step::Recipient, 556, None),
            (Step::Content, 550, None),
            (Step::Content, 552, Some((3, 4))),
            (Step::Content, 554, Some((7, 1))),
        ] {
            assert!(is_final(step, code, enhanced), "{step:?} {code} {enhanced:?}");
        }
    }
}
