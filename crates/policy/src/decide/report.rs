//! Reports: who may have one, how often one is begun, and how a cell is written so that no spreadsheet runs it.
use crate::{Refusal, Role, time::Span};
use std::borrow::Cow;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How long a report that is ready is kept.
pub const KEPT: Span = Span::days(7);
/// The time within which the reports of an admin are counted.
pub const COUNTED: Span = Span::days(1);
/// How long whoever makes a report may say nothing, until another takes it over.
pub const LEASE: Span = Span::minutes(2);
/// How often one is begun before it is given up.
pub const BEGUN_AT_MOST: i64 = 3;

/// What a report tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum ReportKind {
    /// The members of the workspace.
    Members,
    /// The ideas of the communities that its owner belongs to.
    Ideas,
    /// Who signed in, or tried to.
    SignIns,
    /// The audit log.
    Audit,
}

impl ReportKind {
    /// Every kind.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The stable name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Members => "Members",
            Self::Ideas => "Ideas of my communities",
            Self::SignIns => "Sign-ins",
            Self::Audit => "Audit log",
        }
    }
}

/// May somebody in this role have a report? It is asked again when it is made, and whenever it is downloaded.
///
/// # Errors
/// [`Refusal::RoleRequired`].
pub fn may_have(role: Role) -> Result<(), Refusal> {
    if role.reaches_admin() { Ok(()) } else { Err(Refusal::RoleRequired { needed: Role::Admin }) }
}

/// A text as it stands in a cell: one that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV
/// injection).
pub fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_admins_have_reports() {
        for (role, may) in [
            (Role::Member, false),
            (Role::Moderator, false),
            (Role::Admin, true),
            (Role::ItAdmin, true),
            (Role::SuperAdmin, true),
        ] {
            assert_eq!(may_have(role).is_ok(), may, "{role:?}");
        }
    }

    #[test]
    fn a_name_that_is_stored_is_read_back() {
        for kind in ReportKind::ALL {
            assert_eq!(kind.name().parse(), Ok(*kind));
        }
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for (text, written) in [
            ("=HYPERLINK(\"//e\")", "'=HYPERLINK(\"//e\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("Ada", "Ada"),
            ("", ""),
            ("'=1", "'=1"),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula(text in "\\PC*") {
            prop_assert!(!cell(&text).starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
