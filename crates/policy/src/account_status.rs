//! Whether a member takes part in the workspace.
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether a member takes part in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountStatus {
    /// They sign in and take part.
    Active,
    /// They can't sign in until an admin activates them again.
    Inactive,
    /// They can't sign in, since they did harm.
    Banned,
}

impl AccountStatus {
    const ALL: [Self; 3] = [Self::Active, Self::Inactive, Self::Banned];

    /// The name that is stored and sent.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Banned => "banned",
        }
    }
}

/// The text names no status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStanding(pub String);

impl fmt::Display for UnknownStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no status; there are active, inactive and banned", self.0)
    }
}

impl std::error::Error for UnknownStanding {}

impl TryFrom<String> for AccountStatus {
    type Error = UnknownStanding;

    fn try_from(text: String) -> Result<Self, UnknownStanding> {
        Self::ALL.into_iter().find(|status| status.name() == text).ok_or(UnknownStanding(text))
    }
}
