//! Which members: one name for each part of them, by which they are listed, counted and named alike.
use crate::words;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Some of the members of a workspace.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum MemberSegment {
    /// Whoever there is, those who have not joined yet, and deactivated and banned members included.
    #[default]
    Everyone,
    /// Whoever takes part.
    Active,
    /// Whoever was invited or has asked to join, and is no member yet.
    Pending,
    /// Deactivated members.
    Inactive,
    /// Banned members.
    Banned,
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
    /// Members whose last sign-in showed that their password is less than the policy asks for.
    PasswordFallsShort,
    /// Members with a live session.
    SignedIn,
    /// Members with a live session that is over once a change is saved; nobody while none is in view.
    SessionEnding,
    /// Members whose password is not looked at for a while.
    LockedOutOfSignIn,
    /// Members whose codes of the second step are not looked at for a while, or never again.
    LockedOutOfCodes,
    /// Members whose address nobody can claim for a while.
    LockedOutOfClaims,
    /// Super-admins who hold the role through the list of addresses.
    Promoted,
}

impl MemberSegment {
    /// Each of them, in the order in which they are offered.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Its name in addresses, and wherever it is stored or sent.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What the list of members offers it as; `None` where it doesn't.
    pub const fn label(self) -> Option<&'static str> {
        Some(match self {
            Self::Everyone => "Everyone",
            Self::Active => "Active members",
            Self::Pending => "Not joined yet",
            Self::Inactive => "Inactive members",
            Self::Banned => "Banned members",
            Self::NotEnrolled => "Not enrolled in two-factor",
            Self::Admins => "Admins",
            Self::AdminsNotEnrolled => "Admins not enrolled",
            Self::WithAuthenticator => "With an authenticator app",
            Self::WithPasskey => "With a passkey",
            Self::OnlyEmailCodes => "Only codes by e-mail",
            Self::PasswordFallsShort
            | Self::SignedIn
            | Self::SessionEnding
            | Self::LockedOutOfSignIn
            | Self::LockedOutOfCodes
            | Self::LockedOutOfClaims
            | Self::Promoted => return None,
        })
    }

    /// What one of them is called, and what sets them apart from others who are called the same.
    const fn noun(self) -> (&'static str, &'static str) {
        match self {
            Self::Everyone | Self::Active => ("member", ""),
            Self::Pending => ("member", "not joined yet"),
            Self::Inactive => ("member", "inactive"),
            Self::Banned => ("member", "banned"),
            Self::NotEnrolled => ("member", "not enrolled"),
            Self::Admins => ("admin", ""),
            Self::AdminsNotEnrolled => ("admin", "not enrolled"),
            Self::WithAuthenticator => ("member", "with an authenticator app"),
            Self::WithPasskey => ("member", "with a passkey"),
            Self::OnlyEmailCodes => ("member", "without another second step"),
            Self::PasswordFallsShort => ("member", "with a password that falls short"),
            Self::SignedIn => ("member", "signed in"),
            Self::SessionEnding => ("member", "with a session that ends"),
            Self::LockedOutOfSignIn | Self::LockedOutOfCodes | Self::LockedOutOfClaims => ("member", "locked out"),
            Self::Promoted => ("super-admin", "through this list"),
        }
    }

    /// So many of them, in words: `3 members with a passkey`.
    pub fn in_words(self, n: i64) -> String {
        let (one, apart) = self.noun();
        format!("{} {apart}", words::count(n, one)).trim_end().to_owned()
    }

    /// All of them, and how many of those are in a segment of theirs: `3 members, 2 of them not enrolled`.
    pub fn in_words_with(self, all: i64, part: Self, some: i64) -> String {
        let whom = self.in_words(all);
        let (_, apart) = part.noun();
        match (all, some) {
            (_, 0) => whom,
            (1, _) => format!("{whom}, {apart}"),
            _ => format!("{whom}, {} of them {apart}", words::number(some)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_segment_is_found_by_the_name_under_which_it_travels() {
        for segment in MemberSegment::VARIANTS {
            assert_eq!(segment.name().parse(), Ok(*segment));
            assert_eq!(serde_json::to_string(segment).expect("a name"), format!("\"{}\"", segment.name()));
        }
        assert_eq!("nobody".parse::<MemberSegment>(), Err(strum::ParseError::VariantNotFound));
    }

    #[test]
    fn the_list_offers_each_under_a_label_of_its_own() {
        let mut labels: Vec<_> = MemberSegment::VARIANTS.iter().filter_map(|segment| segment.label()).collect();
        labels.sort_unstable();
        let all = labels.len();
        labels.dedup();
        assert_eq!(labels.len(), all);
    }
}
