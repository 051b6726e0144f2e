//! How many members there are.
use crate::MemberSegment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many members of a workspace are in each of the segments that were counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MemberCounts(BTreeMap<MemberSegment, i64>);

impl MemberCounts {
    /// How many there are in a segment; 0 where nobody has counted.
    pub fn of(&self, segment: MemberSegment) -> i64 {
        self.0.get(&segment).copied().unwrap_or_default()
    }

    /// So many in words: `3 members with a passkey`.
    pub fn in_words(&self, segment: MemberSegment) -> String {
        segment.in_words(self.of(segment))
    }
}

impl FromIterator<(MemberSegment, i64)> for MemberCounts {
    fn from_iter<T: IntoIterator<Item = (MemberSegment, i64)>>(counts: T) -> Self {
        Self(counts.into_iter().collect())
    }
}

impl<const N: usize> From<[(MemberSegment, i64); N]> for MemberCounts {
    fn from(counts: [(MemberSegment, i64); N]) -> Self {
        counts.into_iter().collect()
    }
}
