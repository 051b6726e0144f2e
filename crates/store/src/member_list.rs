//! The list of the members, for the admins: whoever is looked for, in some order, a page at a time.
use crate::{
    CommunityId, Error, MemberId, Tx, WorkspaceId,
    columns::{Flag, MaybeMillis, Millis},
    segments::{SegmentFacts, condition, fetch_segment, live, locking},
};
use policy::{AccountStatus, MemberOrder, MemberSegment, Role, Timestamp};
use sqlx::AssertSqlSafe;

/// How many words are looked for at most.
pub const MOST_WORDS: usize = 3;

/// A member as the admins see them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberSummaryRow {
    /// Their identifier.
    pub id: MemberId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Whether they take part.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// When their address was verified.
    #[sqlx(try_from = "MaybeMillis")]
    pub email_verified_at: Option<Timestamp>,
    /// When they joined.
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    /// When they last signed in.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_sign_in_at: Option<Timestamp>,
    /// Whether they get codes by e-mail.
    #[sqlx(try_from = "Flag")]
    pub email_codes: bool,
    /// The number of their confirmed factors.
    pub factors: i64,
    /// Until when signing in is locked.
    #[sqlx(try_from = "MaybeMillis")]
    pub locked_until: Option<Timestamp>,
    /// How many locks they are under, whatever of.
    pub locks: i64,
    /// How many live sessions they have.
    pub sessions: i64,
    /// What they stand under in the order of the list: a text.
    pub sorted_by_text: String,
    /// The same, where it is a number.
    pub sorted_by_number: i64,
}

/// Where a page of the list begins: after somebody, or before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPosition {
    /// The text they stand under; what it is where the order is by a number does not count.
    pub text: String,
    /// The number they stand under; what it is where the order is by a text does not count.
    pub number: i64,
    /// Who they are, since several may stand under the same.
    pub id: String,
    /// Whether the page is that before them.
    pub before: bool,
}

/// Who is looked for.
#[derive(Debug, Clone)]
pub struct MemberListFilter<'a> {
    /// Only members in this segment.
    pub segment: MemberSegment,
    /// What its condition compares with.
    pub facts: &'a SegmentFacts,
    /// Only members whose name or address holds each of these; those beyond [`MOST_WORDS`] don't count.
    pub words: &'a [String],
    /// Only members with this role.
    pub role: Option<Role>,
    /// Only members of this status.
    pub status: Option<AccountStatus>,
    /// Only members of this community.
    pub community: Option<&'a CommunityId>,
    /// Only this one.
    pub only: Option<&'a MemberId>,
}

/// What the list is ordered by: the expression of an index, and whether it is a text.
const fn sorted_by(order: MemberOrder) -> (&'static str, bool) {
    match order {
        MemberOrder::Email | MemberOrder::EmailBackwards => ("m.email", true),
        MemberOrder::Name | MemberOrder::NameBackwards => ("LOWER(m.name)", true),
        MemberOrder::LatestSignIn | MemberOrder::EarliestSignIn => ("COALESCE(m.last_sign_in_at, 0)", false),
        MemberOrder::LatestJoined | MemberOrder::EarliestJoined => ("m.created_at", false),
    }
}

/// Whether the greatest comes first.
const fn falls(order: MemberOrder) -> bool {
    match order {
        MemberOrder::EmailBackwards
        | MemberOrder::NameBackwards
        | MemberOrder::LatestSignIn
        | MemberOrder::LatestJoined => true,
        MemberOrder::Email | MemberOrder::Name | MemberOrder::EarliestSignIn | MemberOrder::EarliestJoined => false,
    }
}

impl MemberListFilter<'_> {
    /// The condition under which a member `m` is looked for: of what is asked for alone, so that an engine sees what it is.
    fn condition(&self) -> String {
        let words = (10..10 + self.words.len().min(MOST_WORDS))
            .map(|at| format!("(LOWER(m.email) LIKE ${at} ESCAPE '!' OR LOWER(m.name) LIKE ${at} ESCAPE '!')"));
        let asked = [
            (self.role.is_some(), "m.role = $13"),
            (self.status.is_some(), "m.standing = $14"),
            (
                self.community.is_some(),
                "m.id IN (SELECT n.member_id FROM community_members n WHERE n.community_id = $15)",
            ),
            (self.only.is_some(), "m.id = $16"),
        ];
        let asked = asked.into_iter().filter(|(asked, _)| *asked).map(|(_, part)| part.to_owned());
        let first = format!("m.workspace_id = $1 AND ({})", condition(self.segment));
        std::iter::once(first).chain(words).chain(asked).collect::<Vec<_>>().join(" AND ")
    }

    fn pattern(&self, place: usize) -> String {
        let word = self.words.get(place).map(String::as_str).unwrap_or_default();
        format!("%{}%", word.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_"))
    }
}

/// Fetches rows by a statement about whoever is looked for, with what is bound from `$17` on.
macro_rules! fetch_listed {
    ($tx:expr, $row:ty, $sql:expr, $workspace:expr, $filter:expr $(, $bind:expr)* $(,)?) => {
        fetch_segment!(
            $tx,
            $row,
            AssertSqlSafe($sql),
            $workspace,
            $filter.facts,
            $filter.pattern(0),
            $filter.pattern(1),
            $filter.pattern(2),
            $filter.role.map_or("", Role::name),
            $filter.status.map_or("", AccountStatus::name),
            $filter.community.map_or("", CommunityId::as_str),
            $filter.only.map_or("", MemberId::as_str)
            $(, $bind)*
        )
    };
}

impl Tx {
    /// A page of whoever is looked for, in an order, as many as asked for: the first page, or that after or before
    /// somebody. However it is asked for, it comes in that order.
    pub async fn member_list(
        &mut self,
        workspace: &WorkspaceId,
        filter: &MemberListFilter<'_>,
        order: MemberOrder,
        from: Option<&ListPosition>,
        most: i64,
    ) -> Result<Vec<MemberSummaryRow>, Error> {
        let (by, is_text) = sorted_by(order);
        let backwards = from.is_some_and(|from| from.before);
        let falling = falls(order) != backwards;
        let (than, direction) = if falling { ("<", "DESC") } else { (">", "ASC") };
        let bound = if is_text { "$17" } else { "$18" };
        // The first comparison finds the place in the index, the second one tells apart those who stand under the same.
        let begins = match from {
            Some(_) => format!("AND {by} {than}= {bound} AND ({by} {than} {bound} OR m.id {than} $19)"),
            None => String::new(),
        };
        let (text, number) = if is_text { (by, "0") } else { ("''", by) };
        let sql = format!(
            "SELECT m.id, m.email, m.name, m.role, m.standing, m.email_verified_at, m.created_at, m.last_sign_in_at, \
               m.email_codes, \
               (SELECT COUNT(*) FROM authenticators a WHERE a.member_id = m.id) \
                 + (SELECT COUNT(*) FROM passkeys p WHERE p.member_id = m.id) AS factors, \
               (SELECT MAX(l.locked_until) FROM lockouts l WHERE l.member_id = m.id AND l.guarded = 'sign-in' \
                  AND l.locked_until > $2) AS locked_until, \
               (SELECT COUNT(*) FROM lockouts l WHERE l.member_id = m.id AND {locking}) AS locks, \
               (SELECT COUNT(*) FROM sessions s WHERE s.member_id = m.id AND {live}) AS sessions, \
               {text} AS sorted_by_text, CAST({number} AS BIGINT) AS sorted_by_number \
             FROM members m WHERE {condition} {begins} ORDER BY {by} {direction}, m.id {direction} LIMIT $20",
            locking = locking!(),
            live = live!(),
            condition = filter.condition(),
        );
        let (text, number, id) = from.map_or(("", 0, ""), |from| (from.text.as_str(), from.number, from.id.as_str()));
        let mut rows = fetch_listed!(self, MemberSummaryRow, sql, workspace, filter, text, number, id, most)?;
        if backwards {
            rows.reverse();
        }
        Ok(rows)
    }

    /// How many are looked for, and no more than asked for.
    pub async fn count_member_list(
        &mut self,
        workspace: &WorkspaceId,
        filter: &MemberListFilter<'_>,
        most: i64,
    ) -> Result<i64, Error> {
        let sql =
            format!("SELECT COUNT(*) FROM (SELECT 1 AS one FROM members m WHERE {} LIMIT $17) c", filter.condition());
        let rows = fetch_listed!(self, (i64,), sql, workspace, filter, most)?;
        Ok(rows.first().map_or(0, |(count,)| *count))
    }
}
