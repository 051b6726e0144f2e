//! The groups of the entries of the navigation.

/// Where entries of the navigation stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// In the head of every page: what everybody comes for.
    Workspace,
    /// In the menu of whoever is signed in.
    Account,
    /// At the top of the admins' sidebar.
    Admin,
    /// In the sidebar: who takes part.
    People,
    /// In the sidebar: what holds.
    Policy,
    /// In the sidebar: what happened.
    Activity,
}

impl Group {
    /// Those of the admins' sidebar, from its top.
    pub const SIDEBAR: [Self; 4] = [Self::Admin, Self::People, Self::Policy, Self::Activity];

    /// Returns the heading above its entries; `None` where none stands there.
    pub const fn heading(self) -> Option<&'static str> {
        match self {
            Self::Workspace | Self::Account | Self::Admin => None,
            Self::People => Some("People"),
            Self::Policy => Some("Policy"),
            Self::Activity => Some("Activity"),
        }
    }

    /// Whether it belongs to the admins' sidebar.
    pub fn is_admin(self) -> bool {
        Self::SIDEBAR.contains(&self)
    }
}
