//! How a workspace presents itself: its name, the zone in which its mails tell the time, and the name that they are
//! sent under.
use crate::FileId;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The mark of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The picture; another one has another identifier.
    pub id: FileId,
    /// What it shows, for whoever does not see it.
    pub text: String,
}

/// How a workspace presents itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Its name: in titles, in mails, and as the issuer of authenticator codes.
    pub name: String,
    /// The name that its mails are sent under; empty for the operator's.
    pub from_name: String,
    /// The IANA name of the zone in which its mails tell the time.
    pub time_zone: String,
    /// The picture that stands before its name; changed by itself.
    pub mark: Option<Mark>,
}

impl Profile {
    /// Returns the zone; UTC where this machine does not know it.
    pub(crate) fn zone(&self) -> TimeZone {
        zone_named(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// The zone of a name in the IANA time zone database, in whatever case; `None` where it has none. A zone of an offset
/// alone has no name.
pub(super) fn zone_named(name: &str) -> Option<TimeZone> {
    if name.eq_ignore_ascii_case("UTC") {
        return Some(TimeZone::UTC);
    }
    TimeZoneDatabase::bundled().get(name).ok().filter(|zone| zone.iana_name().is_some())
}

impl From<store::WorkspaceRow> for Profile {
    fn from(row: store::WorkspaceRow) -> Self {
        let mark = row.mark_id.map(|id| Mark { id, text: row.mark_text });
        Self { name: row.name, from_name: row.from_name, time_zone: row.time_zone, mark }
    }
}
