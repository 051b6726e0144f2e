//! What a member may do in the workspace.
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The role of a member in the workspace, in rising order of what it may do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownRole, parse_err_fn = UnknownRole::of)]
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
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether this role reaches the admin panel.
    pub const fn reaches_admin(self) -> bool {
        matches!(self, Self::Admin | Self::ItAdmin | Self::SuperAdmin)
    }

    /// Is the name that is stored, sent and typed on the command line.
    pub fn name(self) -> &'static str {
        self.into()
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

impl UnknownRole {
    fn of(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a role; the roles are member, moderator, admin, it-admin and super-admin", self.0)
    }
}

impl std::error::Error for UnknownRole {}

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
    fn every_role_is_found_by_the_name_under_which_it_is_stored_and_sent() {
        let names = ["member", "moderator", "admin", "it-admin", "super-admin"];
        for (role, name) in Role::VARIANTS.iter().zip(names) {
            assert_eq!((role.name(), name.parse()), (name, Ok(*role)));
            assert_eq!(serde_json::to_value(role).expect("a name"), name);
        }
        assert_eq!(Role::VARIANTS.len(), names.len());
        assert_eq!("root".parse::<Role>(), Err(UnknownRole("root".to_owned())));
    }

    #[test]
    fn only_the_three_admin_roles_reach_the_admin_panel() {
        let reaching: Vec<_> = Role::VARIANTS.iter().copied().filter(|role| role.reaches_admin()).collect();
        assert_eq!(reaching, [Role::Admin, Role::ItAdmin, Role::SuperAdmin]);
    }
}
