//! What a mail tells about second factors.
use policy::words;

/// What happened to a member's second factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorNews {
    /// This one was added: `an authenticator app`.
    Added(String),
    /// This one was removed.
    Removed(String),
    /// A recovery code was used, and so many are left.
    RecoveryCodeUsed(i64),
    /// The recovery codes were replaced.
    RecoveryCodesReplaced,
    /// Too many wrong codes were typed by somebody who knows the password.
    CodesPaused,
    /// After a hundred wrong ones in a row, codes no longer work.
    CodesDisabled,
    /// A passkey was refused since there may be a copy of it.
    CopySuspected(String),
    /// All of them were removed for the member: `an admin`.
    Reset(&'static str),
}

impl FactorNews {
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Added(_) => "factor-added",
            Self::Removed(_) => "factor-removed",
            Self::RecoveryCodeUsed(_) => "recovery-code-used",
            Self::RecoveryCodesReplaced => "recovery-codes-replaced",
            Self::CodesPaused => "codes-paused",
            Self::CodesDisabled => "codes-disabled",
            Self::CopySuspected(_) => "passkey-copy",
            Self::Reset(_) => "two-factor-reset",
        }
    }

    /// Says it: the subject, the words, and those on the button.
    pub(super) fn in_words(&self, at: &str) -> (&'static str, String, &'static str) {
        match self {
            Self::Added(what) => {
                ("A way to sign in was added", format!("You added {what} to your account on {at}."), "See your factors")
            }
            Self::Removed(what) => (
                "A way to sign in was removed",
                format!("You removed {what} from your account on {at}. Your other sessions were ended."),
                "See your factors",
            ),
            Self::RecoveryCodeUsed(left) => (
                "A recovery code was used",
                format!("One of your recovery codes was used on {at}. {} left.", words::count(*left, "code")),
                "Make new recovery codes",
            ),
            Self::CodesDisabled => (
                "Codes no longer work for your account",
                format!(
                    "After a hundred wrong codes in a row, until {at}, no code signs you in any more. A passkey does, if you have one, and an admin can reset your two-factor authentication."
                ),
                "See your factors",
            ),
            Self::CodesPaused => (
                "Wrong codes were typed for your account",
                format!(
                    "Too many wrong codes were typed on {at}, so codes are refused for a while. Whoever typed them knows your password."
                ),
                "See your factors",
            ),
            Self::CopySuspected(name) => (
                "A passkey of yours may have been copied",
                format!(
                    "The passkey “{name}” was refused on {at}: it has counted fewer uses than we have. Remove it unless you know why."
                ),
                "See your factors",
            ),
            Self::Reset(by) => (
                "Your second factors were removed",
                format!("On {at}, {by} removed every second factor of your account, and signed you out everywhere."),
                "Set up a second factor",
            ),
            Self::RecoveryCodesReplaced => (
                "Your recovery codes were replaced",
                format!("New recovery codes were made for your account on {at}. The earlier ones no longer work."),
                "See your factors",
            ),
        }
    }
}
