//! In which order members are listed.
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// An order of the list of members.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum MemberOrder {
    /// By address.
    #[default]
    Email,
    /// By address, backwards.
    EmailBackwards,
    /// By name.
    Name,
    /// By name, backwards.
    NameBackwards,
    /// Whoever signed in last comes first.
    LatestSignIn,
    /// Whoever signed in last comes last, and whoever never did comes first.
    EarliestSignIn,
    /// Whoever joined last comes first.
    LatestJoined,
    /// Whoever joined first comes first.
    EarliestJoined,
}

impl MemberOrder {
    /// Each of them, in the order in which they are offered.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What the list of members offers it as.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Email => "By address",
            Self::EmailBackwards => "By address, Z to A",
            Self::Name => "By name",
            Self::NameBackwards => "By name, Z to A",
            Self::LatestSignIn => "Last sign-in, latest first",
            Self::EarliestSignIn => "Last sign-in, longest ago first",
            Self::LatestJoined => "Joined, latest first",
            Self::EarliestJoined => "Joined, first ones first",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_order_is_found_by_the_name_under_which_it_travels() {
        for order in MemberOrder::ALL {
            assert_eq!(order.name().parse(), Ok(*order));
            assert!(!order.label().is_empty());
        }
        assert_eq!("size".parse::<MemberOrder>(), Err(strum::ParseError::VariantNotFound));
    }
}
