//! Which part of Bailey a route belongs to. The gate is bound to this tag, never to a path prefix.
use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// The part of Bailey that a page, a server function or an API route belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Anybody may come in: sign-in, first set-up, static files, health.
    Public,
    /// The second step of a sign-in that has begun.
    SecondStep,
    /// What whoever is signed in can do, whatever is asked of them first: sign out, and stay.
    SignedIn,
    /// What a signed-in member who has to choose a new password can reach.
    Password,
    /// What a signed-in member who still has to enrol a second factor can reach.
    Enrolment,
    /// What every signed-in member can reach.
    Member,
    /// The admin panel, its server functions and its API.
    Admin,
    /// What only a super-admin may do.
    SuperAdmin,
}

impl Area {
    /// Whether it belongs to the admin panel, which is reached only from where the allowlist says.
    pub const fn is_admin(self) -> bool {
        matches!(self, Self::Admin | Self::SuperAdmin)
    }
}
