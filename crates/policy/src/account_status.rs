//! Whether a member takes part in the workspace.
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Whether a member takes part in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownStatus, parse_err_fn = UnknownStatus::of)]
pub enum AccountStatus {
    /// They were invited or have asked to join, and are no member yet.
    Pending,
    /// They sign in and take part.
    Active,
    /// They can't sign in until an admin activates them again.
    Inactive,
    /// They can't sign in, since they did harm.
    Banned,
}

impl AccountStatus {
    /// The name that is stored and sent.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The text names no status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStatus(pub String);

impl UnknownStatus {
    fn of(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for UnknownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no status; there are pending, active, inactive and banned", self.0)
    }
}

impl std::error::Error for UnknownStatus {}

impl TryFrom<String> for AccountStatus {
    type Error = UnknownStatus;

    fn try_from(text: String) -> Result<Self, UnknownStatus> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_found_by_the_name_under_which_it_is_stored_and_sent() {
        let names = ["pending", "active", "inactive", "banned"];
        for (status, name) in AccountStatus::VARIANTS.iter().zip(names) {
            assert_eq!((status.name(), name.parse()), (name, Ok(*status)));
            assert_eq!(serde_json::to_value(status).expect("a name"), name);
        }
        assert_eq!(AccountStatus::VARIANTS.len(), names.len());
        assert_eq!("gone".parse::<AccountStatus>(), Err(UnknownStatus("gone".to_owned())));
    }
}
