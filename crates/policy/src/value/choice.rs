//! Choices: a closed list of named values.
use super::{Bounds, Kind, Problem, Value};

/// Declares a choice: its variants, the canonical text of each, and its label.
macro_rules! choice {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident { $($(#[doc = $help:literal])+ $variant:ident = $text:literal, $label:literal;)+ }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $help])+ $variant,)+ }

        impl $name {
            /// The canonical text, which is also the value of the header where there is one.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl Value for $name {
            const KIND: Kind = Kind::Choice;
            const CHOICES: &'static [(&'static str, &'static str)] = &[$(($text, $label),)+];

            fn parse(typed: &str, _: Option<Bounds>) -> Result<Self, Problem> {
                match typed.trim() {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(Problem::NotAChoice(Self::CHOICES)),
                }
            }

            fn print(&self) -> String {
                self.as_str().to_owned()
            }

            fn in_words(&self) -> String {
                match self { $(Self::$variant => $label,)+ }.to_owned()
            }
        }
    };
}

choice! {
    /// What a new password has to be.
    pub enum PasswordPolicy {
        /// At least 8 characters.
        Basic = "basic", "Basic: 8 characters";
        /// At least 12 characters, not among the most used, without the member's own name or address.
        Standard = "standard", "Standard: 12 characters, not a common one";
        /// At least 15 characters and hard to guess.
        Strong = "strong", "Strong: 15 characters, hard to guess";
    }
}

choice! {
    /// Whether somebody else is asked if a new password stands in leaked data.
    pub enum BreachCheck {
        /// Nobody is.
        Off = "off", "Off: the built-in list alone";
        /// A service is, which gets five characters of the hash.
        Service = "service", "Service: ask one, by a part of the hash";
    }
}

choice! {
    /// Who may ask to join.
    pub enum Registration {
        /// Nobody: members are invited or added.
        Closed = "closed", "Closed: by invitation alone";
        /// Everybody, and somebody decides who joins.
        ByApproval = "by-approval", "By approval: somebody decides";
        /// Everybody joins who proves that an address is theirs.
        Open = "open", "Open: whoever confirms an address";
    }
}

choice! {
    /// Whether a list or a policy is only watched or also enforced.
    pub enum Mode {
        /// Neither watched nor enforced.
        Off = "off", "Off";
        /// What it would stop is counted and goes on.
        ReportOnly = "report-only", "Report only";
        /// What it does not allow is stopped.
        Enforce = "enforce", "Enforce";
    }
}

choice! {
    /// The values of `X-XSS-Protection`, a header that browsers have dropped.
    pub enum XssProtection {
        /// The header is not sent.
        Off = "off", "Not sent";
        /// Turns the filter off: the safe value.
        Zero = "0", "0: filter off (safe)";
        /// Turns the filter on.
        One = "1", "1: filter on";
        /// Turns the filter on and blocks the page.
        Block = "1; mode=block", "1; mode=block: filter on, page blocked";
    }
}

choice! {
    /// The values of `Referrer-Policy` (W3C Referrer Policy §3).
    pub enum ReferrerPolicy {
        /// Nothing is told.
        NoReferrer = "no-referrer", "no-referrer: tell nobody";
        /// Everything but to a less secure place.
        NoReferrerWhenDowngrade = "no-referrer-when-downgrade", "no-referrer-when-downgrade: the whole address, but not to plain http";
        /// The whole address to this site only.
        SameOrigin = "same-origin", "same-origin: the whole address, to this site only";
        /// The site only, to everybody.
        Origin = "origin", "origin: this site's name, to everybody";
        /// The site only, but not to a less secure place.
        StrictOrigin = "strict-origin", "strict-origin: this site's name, but not to plain http";
        /// The whole address here, the site elsewhere.
        OriginWhenCrossOrigin = "origin-when-cross-origin", "origin-when-cross-origin: the whole address here, this site's name elsewhere";
        /// The same, but nothing to a less secure place.
        StrictOriginWhenCrossOrigin = "strict-origin-when-cross-origin", "strict-origin-when-cross-origin: the same, but nothing to plain http";
        /// The whole address to everybody.
        UnsafeUrl = "unsafe-url", "unsafe-url: the whole address to everybody (unsafe)";
    }
}

choice! {
    /// The values of `Cross-Origin-Embedder-Policy` (HTML §7.1.4).
    pub enum Coep {
        /// The header is not sent.
        Off = "off", "Not sent";
        /// Anything may be embedded.
        UnsafeNone = "unsafe-none", "unsafe-none";
        /// Only what allows it may be embedded.
        RequireCorp = "require-corp", "require-corp";
        /// What does not allow it is asked for without cookies.
        Credentialless = "credentialless", "credentialless";
    }
}

choice! {
    /// The values of `Cross-Origin-Opener-Policy` (HTML §7.1.3).
    pub enum Coop {
        /// The header is not sent.
        Off = "off", "Not sent";
        /// Windows that opened each other stay connected.
        UnsafeNone = "unsafe-none", "unsafe-none";
        /// Pages of this site keep the windows they open.
        SameOriginAllowPopups = "same-origin-allow-popups", "same-origin-allow-popups";
        /// Only windows of this site stay connected.
        SameOrigin = "same-origin", "same-origin";
        /// Not even windows of this site stay connected.
        NoopenerAllowPopups = "noopener-allow-popups", "noopener-allow-popups";
    }
}

choice! {
    /// The values of `Cross-Origin-Resource-Policy` (Fetch §3.6).
    pub enum Corp {
        /// The header is not sent.
        Off = "off", "Not sent";
        /// Pages of the same site may load what is served here.
        SameSite = "same-site", "same-site";
        /// Only pages of this very origin may.
        SameOrigin = "same-origin", "same-origin";
        /// Any page may.
        CrossOrigin = "cross-origin", "cross-origin";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_reads_back_and_nothing_else_is_one() {
        for (text, _) in ReferrerPolicy::CHOICES {
            assert_eq!(ReferrerPolicy::parse(text, None).map(|choice| choice.print()), Ok((*text).to_owned()));
        }
        for typed in ["", "Same-Origin", "same-origin\r\nX: y", "none"] {
            let words = Corp::parse(typed, None).expect_err(typed).to_string();
            assert_eq!(words, "Choose one of off, same-site, same-origin, cross-origin.", "{typed:?}");
        }
    }
}
