//! What a member may do in the workspace.
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The role of a member in the workspace, in rising order of what it may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes part in the workspace.
    Member,
    /// Also approves and rejects what members submit.
    Moderator,
    /// Reaches the admin panel.
    Admin,
    /// Reaches the admin panel, as the one who looks after the technology.
    ItAdmin,
    /// Reaches the admin panel and decides who else holds this role.
    SuperAdmin,
}

impl Role {
    /// Every role, in rising order.
    pub const ALL: [Self; 5] = [Self::Member, Self::Moderator, Self::Admin, Self::ItAdmin, Self::SuperAdmin];

    /// Whether this role reaches the admin panel.
    pub const fn reaches_admin(self) -> bool {
        matches!(self, Self::Admin | Self::ItAdmin | Self::SuperAdmin)
    }

    /// Is the name that is stored, sent and typed on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Moderator => "moderator",
            Self::Admin => "admin",
            Self::ItAdmin => "it-admin",
            Self::SuperAdmin => "super-admin",
        }
    }

    /// Is the name as a sentence shows it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::Moderator => "Moderator",
            Self::Admin => "Admin",
            Self::ItAdmin => "IT admin",
            Self::SuperAdmin => "Super-admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRole(pub String);

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a role; the roles are member, moderator, admin, it-admin and super-admin", self.0)
    }
}

impl std::error::Error for UnknownRole {}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl TryFrom<String> for Role {
    type Error = UnknownRole;

    fn try_from(text: String) -> Result<Self, UnknownRole> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_own_name() {
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(role));
        }
    }

    #[test]
    fn only_the_three_admin_roles_reach_the_admin_panel() {
        let reaching: Vec<_> = Role::ALL.into_iter().filter(|role| role.reaches_admin()).collect();
        assert_eq!(reaching, [Role::Admin, Role::ItAdmin, Role::SuperAdmin]);
    }
}
