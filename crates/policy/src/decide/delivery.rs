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

/// What replies without a code of their own say where they mean Bailey, its host or its account: neither the recipient nor
/// the mail is wrong then.
const ABOUT_US: [&str; 9] = [
    "relay",
    "sender",
    "authenticat",
    "rcpthosts",
    "black list",
    "blacklist",
    "blocklist",
    "block list",
    "local config",
];

/// Whether a reply of a mail server to a step says that this mail will never be taken. The reply is its code, subject and
/// detail of its enhanced status code (RFC 3463, RFC 7372) where it has one, 1 and 7 of `5.1.7`, and its words.
pub fn is_final(step: Step, code: u16, enhanced: Option<(u16, u16)>, words: &str) -> bool {
    // Who may send, not what is sent: no account, a wrong one (RFC 4954), or a sender that it may not use.
    let about_access = matches!(code, 530 | 534 | 535 | 538) || matches!(enhanced, Some((7, 8 | 20..=29 | 57 | 60)));
    let about_us = || {
        let words = words.to_lowercase();
        ABOUT_US.iter().any(|said| words.contains(said))
    };
    if !(500..=599).contains(&code) || about_access {
        return false;
    }
    match (step, enhanced) {
        // 5.1.7 and 5.1.8 are about the sender's address and domain.
        (Step::Greeting | Step::Authentication | Step::Sender | Step::Data, _) | (_, Some((1, 7 | 8))) => false,
        // Addresses and mailboxes; a relay that is not open to us says 5.7.1.
        (Step::Recipient, Some((subject, _))) => matches!(subject, 1 | 2),
        (Step::Recipient, None) => matches!(code, 550..=553 | 556) && !about_us(),
        // The server's own state, but for a mail that is too large.
        (Step::Content, Some((3, detail))) => detail == 4,
        (Step::Content, Some((7, _)) | None) => code > 504 && !about_us(),
        (Step::Content, Some(_)) => code > 504,
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
            (Step::Recipient, 550, Some((1, 8))),
            (Step::Content, 554, Some((3, 0))),
            (Step::Content, 550, Some((7, 26))),
        ] {
            assert!(!is_final(step, code, enhanced, ""), "{step:?} {code} {enhanced:?}");
        }
        for (step, code, enhanced, words) in [
            (Step::Recipient, 550, None, "550 relay not permitted"),
            (Step::Recipient, 550, None, "550 Relaying denied. Proper authentication required."),
            (Step::Recipient, 553, None, "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
            (Step::Recipient, 550, None, "550 Sender verify failed"),
            (Step::Content, 550, Some((7, 1)), "550 5.7.1 Relay access denied: sign in first"),
            (Step::Content, 550, None, "550 rejected because 192.0.2.7 is in a black list"),
        ] {
            assert!(!is_final(step, code, enhanced, words), "{words}");
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
            assert!(is_final(step, code, enhanced, "no such user"), "{step:?} {code} {enhanced:?}");
        }
    }
}
