//! Members by what they are and what protects their accounts, as a list of them is narrowed down.
use serde::{Deserialize, Serialize};

/// Some of the members of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberSegment {
    /// Whoever there is, deactivated and banned members included.
    #[default]
    Everyone,
    /// Whoever takes part.
    Active,
    /// Active members without a second factor that satisfies the policy.
    NotEnrolled,
    /// Active members with an admin role.
    Admins,
    /// Those of them without a second factor that satisfies the policy.
    AdminsNotEnrolled,
    /// Active members with an authenticator app.
    WithAuthenticator,
    /// Active members with a passkey.
    WithPasskey,
    /// Active members who get codes by e-mail and have no other second factor.
    OnlyEmailCodes,
}

impl MemberSegment {
    /// Each of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Everyone,
        Self::Active,
        Self::NotEnrolled,
        Self::Admins,
        Self::AdminsNotEnrolled,
        Self::WithAuthenticator,
        Self::WithPasskey,
        Self::OnlyEmailCodes,
    ];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Active => "active",
            Self::NotEnrolled => "not-enrolled",
            Self::Admins => "admins",
            Self::AdminsNotEnrolled => "admins-not-enrolled",
            Self::WithAuthenticator => "with-authenticator",
            Self::WithPasskey => "with-passkey",
            Self::OnlyEmailCodes => "only-email-codes",
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Active => "Active members",
            Self::NotEnrolled => "Not enrolled in two-factor",
            Self::Admins => "Admins",
            Self::AdminsNotEnrolled => "Admins not enrolled",
            Self::WithAuthenticator => "With an authenticator app",
            Self::WithPasskey => "With a passkey",
            Self::OnlyEmailCodes => "Only codes by e-mail",
        }
    }

    /// The group of this name; everyone under a name that none has.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|group| group.name() == name).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_is_found_by_the_name_under_which_it_travels() {
        for group in MemberSegment::ALL {
            assert_eq!(MemberSegment::from_name(group.name()), group);
            assert_eq!(serde_json::to_string(&group).expect("a name"), format!("\"{}\"", group.name()));
        }
        assert_eq!(MemberSegment::from_name("nobody"), MemberSegment::Everyone);
    }
}
