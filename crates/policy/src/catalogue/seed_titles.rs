//! What the first seed calls its settings, so that whoever knows them by these names finds them.

/// The titles, in the order of the seed.
const TITLES: [&str; 54] = [
    "Password Policy",
    "Allow Concurrent Login",
    "Remember me",
    "Global Session Timeout (in minutes)",
    "Email Verification Link Expire Time (in minutes)",
    "Member Passwordless Authorization Expire Time (in minutes)",
    "Password Reset Link Expire Time (in minutes)",
    "Password Reuse Limit (0: to disable check)",
    "Email Claim Link Expire Time (in minutes)",
    "Rank Assessment Link Expire Time (in minutes)",
    "Rank Reviewscale Link Expire Time (in minutes)",
    "Resource Download Link Expire Time (in minutes)",
    "Member Approve Link Expire Time (in minutes)",
    "Member Reject Link Expire Time (in minutes)",
    "Member Profile Link Expire Time (in minutes)",
    "Idea View Link Expire Time (in minutes)",
    "Idea Approve Link Expire Time (in minutes)",
    "Idea Reject Link Expire Time (in minutes)",
    "Idea Pending Auth Link Expire Time (in minutes)",
    "Conversation View Link Expire Time (in minutes)",
    "Identity Verification Link Expire Time (in minutes)",
    "Maximum number failed login attempt before locked down",
    "Maximum number failed login attempt within (in minutes)",
    "Locked down period after maximum number failed login attempt (in minutes)",
    "Locked user login prompt duration (in second)",
    "Maximum number failed claim attempt before locked down",
    "Maximum number of failed claim attempt within (in minutes)",
    "Locked down period after maximum number failed claim attempt (in minutes)",
    "Maximum number failed Two Factor Authentication attempt before locked down",
    "Maximum number failed Two Factor Authentication attempt within (in minutes)",
    "Locked down period after maximum number failed Two Factor Authentication login attempt (in minutes)",
    "Maximum allowed inactive days",
    "Force password reset",
    "Password change interval",
    "Enable Two Step Authentication by Email",
    "Email based OTP Expire Time (in seconds)",
    "Enable Two Step Authentication by Authenticator App",
    "Allow Auto-Login for Actions by Email Token",
    "Gravatar Enabled",
    "Authentication Page Banner",
    "Captcha Enabled",
    "Strict Transport Security",
    "XSS Protection",
    "Content Type Option",
    "Referrer Policy",
    "Content Security Policy",
    "Public Key Pins",
    "Google Analytics",
    "Permission Policy",
    "Cross Origin Embedder Policy",
    "Cross Origin Opener Policy",
    "Cross Origin Resource Policy",
    "Expect Ct",
    "Allowed File Extensions",
];

/// Returns the title of a setting that comes from an item of the first seed, such as `1.4`; `None` for any other.
pub fn title(seed: &str) -> Option<&'static str> {
    let item: usize = seed.strip_prefix("1.")?.parse().ok()?;
    TITLES.get(item.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::title;
    use crate::Settings;

    #[test]
    fn every_item_of_the_first_seed_is_a_setting() {
        assert_eq!(title("1.4"), Some("Global Session Timeout (in minutes)"));
        assert!([title("2"), title("+"), title("1.0"), title("1.55")].iter().all(Option::is_none));
        let seeds: std::collections::BTreeSet<_> =
            Settings::all().filter_map(|setting| title(setting.about().seed)).collect();
        assert_eq!(seeds.len(), 54);
    }
}
