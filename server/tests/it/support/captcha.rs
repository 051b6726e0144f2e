//! The captcha, solved as the widget solves it.
use super::Page;
use altcha::{Challenge, Payload, SolveChallengeOptions, solve_challenge};
use base64::{Engine, prelude::BASE64_STANDARD};

impl Page {
    /// The challenge of the captcha on the page.
    pub fn challenge(&self) -> Challenge {
        serde_json::from_str(&self.attribute("altcha-widget", "challenge")).expect("a challenge")
    }

    /// What the widget on the page sends once it is solved.
    pub fn solved_captcha(&self) -> String {
        solve(&self.challenge())
    }
}

/// What the widget sends for a challenge.
pub fn solve(challenge: &Challenge) -> String {
    let solution = solve_challenge(SolveChallengeOptions::new(challenge)).expect("it is well-formed").expect("in time");
    let payload = Payload { challenge: challenge.clone(), solution };
    BASE64_STANDARD.encode(serde_json::to_vec(&payload).expect("plain data"))
}
