//! What the authentication pages show and ask.
use super::{Effect, declare::section};
use crate::value::{Banner, Bounds};

section! {
    /// What the authentication pages show and ask.
    pub struct SignIn in "sign_in" titled "Sign-in" {
        /// A text above every sign-in page, for example who may use this workspace and whom to ask for help.
        banner: Banner = Banner::default(), "Sign-in banner" {
            active: true,
            bounds: Some(Bounds { min: 0, max: 2_000 }),
        } about {
            more: "Markdown: paragraphs, lists, bold, italics and links. HTML is shown as text. Leave it empty for no banner.",
            seed: "1.40",
            standards: &["NIST SP 800-53 AC-8"],
            synonyms: &["message", "notice", "announcement", "legal", "consent"],
        }
        /// Registration, sign-in after a failure, password reset and claims ask the browser to solve a small puzzle.
        captcha: bool = false, "Captcha" {
            active: true,
            effect: Effect::NextSignIn,
        } about {
            more: "A proof of work that the browser does in the background: no pictures, no third party, usable with a screen reader. It makes guessing dear, not impossible; the lockouts do the rest.",
            seed: "1.41",
            standards: &["ASVS 5.0 2.4.1"],
            synonyms: &["bot", "robot", "ALTCHA", "proof of work", "recaptcha", "spam"],
        }
    }
}
