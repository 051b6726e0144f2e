//! What the authentication pages show and ask.
use super::{TakesEffect, declare::section, weaker::Weaker};
use crate::SettingKey;
use crate::audience::Audience;
use crate::value::{Banner, Bounds};

section! {
    /// What the authentication pages show and ask.
    pub struct SignIn in "sign_in" titled "Sign-in" {
        /// The sign-in page and every other page on which people prove who they are begins with the banner.
        show_banner: bool = false, "Show the sign-in banner" {
            weaker: Weaker::Neither,
            active: true,
        } about {
            more: "Off: the text below is kept, and nobody sees it.",
            seed: "1.40",
            standards: &["NIST SP 800-53 AC-8"],
            synonyms: &["login message", "notice", "announcement", "legal", "terms", "consent"],
            audience: Audience::Guests,
        }
        /// The text of the banner, for example who may use this workspace and whom to ask for help.
        banner: Banner = Banner::default(), "Sign-in banner" {
            weaker: Weaker::Neither,
            active: true,
            bounds: Some(Bounds { min: 0, max: 2_000 }),
        } about {
            more: "Markdown: paragraphs, lists, bold, italics and links. HTML is shown as text.",
            seed: "1.40",
            standards: &["NIST SP 800-53 AC-8"],
            synonyms: &["login message", "notice", "announcement", "legal", "terms", "consent"],
            audience: Audience::Guests,
            only_with: Some(SettingKey::SIGN_IN_SHOW_BANNER),
        }
        /// Registration, sign-in after a failure, password reset and claims ask the browser to solve a small puzzle.
        captcha: bool = false, "Captcha" {
            weaker: Weaker::Off,
            safe: Some("true"),
            active: true,
            effect: TakesEffect::NextSignIn,
        } about {
            more: "A proof of work that the browser does in the background: no pictures, no third party, usable with a screen reader. It makes guessing dear, not impossible; the lockouts do the rest. A sign-in is asked after a failure at the account or from the network address; one from a browser that the member has used, after its own alone.",
            seed: "1.41",
            standards: &["ASVS 5.0 2.4.1"],
            synonyms: &["bot", "robot", "ALTCHA", "proof of work", "reCAPTCHA", "hCaptcha", "Turnstile", "spam"],
            audience: Audience::Guests,
        }
    }
}

impl SignIn {
    /// The banner that the authentication pages show; `None` where it is off or empty.
    pub fn shown_banner(&self) -> Option<&Banner> {
        Some(&self.banner).filter(|banner| self.show_banner && !banner.is_empty())
    }
}
