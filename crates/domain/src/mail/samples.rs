//! Every mail once, for an admin to look at.
use super::{factor_news::FactorNews, letter::Mail};
use policy::Timestamp;

impl Mail {
    /// Every mail there is, with made-up facts, so that an admin can see what people get.
    pub fn samples(origin: &str, now: Timestamp) -> Vec<Self> {
        let address = Some("203.0.113.7".to_owned());
        vec![
            Self::NewBrowser { browser: "Firefox on Linux".to_owned(), address: address.clone(), at: now },
            Self::SessionCopied { browser: "Firefox on Linux".to_owned(), address: address.clone(), at: now },
            Self::PasswordChanged { address, at: now },
            Self::Promoted { who: "grace@example.org".to_owned(), at: now },
            Self::Factors { news: FactorNews::Added("an authenticator app".to_owned()), at: now },
            Self::Factors { news: FactorNews::Removed("the passkey “Work laptop”".to_owned()), at: now },
            Self::Factors { news: FactorNews::RecoveryCodeUsed(7), at: now },
            Self::Factors { news: FactorNews::RecoveryCodesReplaced, at: now },
            Self::Factors { news: FactorNews::CodesPaused, at: now },
            Self::Factors { news: FactorNews::CodesDisabled, at: now },
            Self::Factors { news: FactorNews::CopySuspected("Work laptop".to_owned()), at: now },
            Self::Factors { news: FactorNews::Reset("an admin"), at: now },
            Self::Locked {
                until: now + policy::time::Span::minutes(15),
                link: format!("{origin}/link/example"),
                link_until: Some(now + policy::time::Span::days(1)),
            },
            Self::Claim {
                link: format!("{origin}/link/example"),
                link_until: Some(now + policy::time::Span::minutes(60)),
            },
            Self::ConfirmAddress {
                link: format!("{origin}/link/example"),
                link_until: Some(now + policy::time::Span::days(1)),
            },
            Self::PasswordReset {
                link: format!("{origin}/link/example"),
                link_until: Some(now + policy::time::Span::minutes(60)),
                by_admin: false,
            },
            Self::IdeaShared {
                by: "Grace Hopper".to_owned(),
                title: "Plants in the stairwell".to_owned(),
                link: format!("{origin}/link/example"),
                link_until: Some(now + policy::time::Span::days(7)),
            },
            Self::SignInCode { code: "1234 5678".to_owned(), lasts: 600 },
            Self::Test { at: now },
        ]
    }
}
