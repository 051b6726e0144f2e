//! The list of the members: who there is, and whether they take part.
use crate::{
    Caller, CommunityId, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    members::changeable,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    AccountStatus, Ended, MemberOrder, MemberSegment, Refusal, Role,
    decide::{
        account_status,
        lockout::{self, Guarded},
        several,
    },
};
pub use store::MemberSummaryRow;
use store::{ListPosition, MOST_WORDS, MemberListFilter, SegmentFacts};

/// How many members a page of the list shows.
const SHOWN: i64 = 50;
/// As far as is counted how many there are.
const COUNTED: i64 = 10_000;
/// The longest text that is looked for, and the longest place of a page, in characters.
const LONGEST: usize = 400;

/// Who is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// What their name or address holds: each of its words, of which the first three count.
    pub holds: String,
    /// The segment that they are in.
    pub segment: MemberSegment,
    /// Their role.
    pub role: Option<Role>,
    /// Whether they take part.
    pub status: Option<AccountStatus>,
    /// The community that they belong to.
    pub community: Option<CommunityId>,
}

/// Where a page of the list begins: after somebody, or before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPlace(ListPosition);

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberListPage {
    /// The members, in the order that was asked for.
    pub members: Vec<MemberSummaryRow>,
    /// Where the page before begins, as an address tells it; `None` on the first one.
    pub before: Option<String>,
    /// Where the next page begins, as an address tells it; `None` on the last one.
    pub after: Option<String>,
    /// How many there are; `None` where counting them would cost much.
    pub count: Option<MemberCount>,
}

/// How many members there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberCount {
    /// So many.
    Of(i64),
    /// More than so many.
    MoreThan(i64),
}

impl ListPlace {
    /// Reads where a page begins from what an address tells; `None` when it tells no such thing.
    pub fn parse(text: &str, order: MemberOrder, before: bool) -> Option<Self> {
        let (id, sorted_by) = text.split_once('.')?;
        let id = MemberId::parse(id)?.to_string();
        if sorted_by.chars().count() > LONGEST || sorted_by.chars().any(char::is_control) {
            return None;
        }
        let number = if is_by_text(order) { 0 } else { sorted_by.parse().ok()? };
        Some(Self(ListPosition { text: sorted_by.to_owned(), number, id, before }))
    }

    fn told(row: &MemberSummaryRow, order: MemberOrder) -> String {
        let MemberSummaryRow { id, sorted_by_text, sorted_by_number, .. } = row;
        if is_by_text(order) { format!("{id}.{sorted_by_text}") } else { format!("{id}.{sorted_by_number}") }
    }
}

const fn is_by_text(order: MemberOrder) -> bool {
    match order {
        MemberOrder::Email | MemberOrder::EmailBackwards | MemberOrder::Name | MemberOrder::NameBackwards => true,
        MemberOrder::LatestSignIn
        | MemberOrder::EarliestSignIn
        | MemberOrder::LatestJoined
        | MemberOrder::EarliestJoined => false,
    }
}

impl MemberFilter {
    fn words(&self) -> Vec<String> {
        let holds: String = self.holds.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        holds.split_whitespace().take(MOST_WORDS).map(str::to_owned).collect()
    }

    pub(super) fn of_store<'a>(&'a self, facts: &'a SegmentFacts, words: &'a [String]) -> MemberListFilter<'a> {
        let Self { segment, role, status, community, .. } = self;
        MemberListFilter {
            segment: *segment,
            facts,
            words,
            role: *role,
            status: *status,
            community: community.as_ref(),
            only: None,
        }
    }

    /// Whether it takes no look at each member to count whom it is about.
    const fn is_counted(&self) -> bool {
        self.holds.is_empty()
            && matches!(
                self.segment,
                MemberSegment::Everyone
                    | MemberSegment::Active
                    | MemberSegment::Pending
                    | MemberSegment::Inactive
                    | MemberSegment::Banned
                    | MemberSegment::Admins
            )
    }
}

impl Members<'_> {
    /// A page of whoever is looked for, in an order: the first one, or that which begins at a place.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(
        self,
        caller: &Caller,
        filter: &MemberFilter,
        order: MemberOrder,
        from: Option<&ListPlace>,
    ) -> Result<MemberListPage> {
        let settings = &caller.policy().settings;
        let (facts, words) = (self.segment_facts(settings, settings), filter.words());
        let asked = filter.of_store(&facts, &words);
        let from = from.map(|ListPlace(from)| from);
        let mut tx = self.0.store().read().await?;
        let mut members = tx.member_list(caller.workspace(), &asked, order, from, SHOWN + 1).await?;
        let count = if filter.is_counted() {
            Some(tx.count_member_list(caller.workspace(), &asked, COUNTED + 1).await?)
        } else {
            None
        };
        self.judge_locks(caller, &mut members);
        let (shown, backwards) = (usize::try_from(SHOWN).unwrap_or(usize::MAX), from.is_some_and(|from| from.before));
        let more = members.len() > shown;
        if more && backwards {
            members.remove(0);
        }
        members.truncate(shown);
        let told = |row: Option<&MemberSummaryRow>| row.map(|row| ListPlace::told(row, order));
        // Whoever came here from another page gets back to it.
        let (is_before, is_after) = if backwards { (more, true) } else { (from.is_some(), more) };
        Ok(MemberListPage {
            before: told(members.first().filter(|_| is_before)),
            after: told(members.last().filter(|_| is_after)),
            count: count.map(|n| if n > COUNTED { MemberCount::MoreThan(COUNTED) } else { MemberCount::Of(n) }),
            members,
        })
    }

    /// Whoever is looked for, by address, as many as one act reaches and one more.
    pub(super) async fn all_listed(self, caller: &Caller, filter: &MemberFilter) -> Result<Vec<MemberSummaryRow>> {
        let settings = &caller.policy().settings;
        let (facts, words) = (self.segment_facts(settings, settings), filter.words());
        let (asked, most) = (filter.of_store(&facts, &words), i64::try_from(several::MOST).unwrap_or(i64::MAX));
        let mut tx = self.0.store().read().await?;
        Ok(tx.member_list(caller.workspace(), &asked, MemberOrder::Email, None, most.saturating_add(1)).await?)
    }

    /// What the list shows of these members, those who are there, in the order in which they are named.
    pub(super) async fn listed(self, caller: &Caller, ids: &[MemberId]) -> Result<Vec<MemberSummaryRow>> {
        let settings = &caller.policy().settings;
        let (facts, everybody) = (self.segment_facts(settings, settings), MemberFilter::default());
        let mut tx = self.0.store().read().await?;
        let mut found = Vec::new();
        for id in ids {
            let only = MemberListFilter { only: Some(id), ..everybody.of_store(&facts, &[]) };
            found.extend(tx.member_list(caller.workspace(), &only, MemberOrder::Email, None, 1).await?);
        }
        self.judge_locks(caller, &mut found);
        Ok(found)
    }

    /// A lock that was made under a longer duration, or before a clock was set back, ends no later than one of now.
    fn judge_locks(self, caller: &Caller, rows: &mut [MemberSummaryRow]) {
        let latest = lockout::ends_by(lockout::budget(&caller.policy().settings, Guarded::SignIn), self.0.now());
        for row in rows {
            row.locked_until = row.locked_until.map(|until| until.min(latest));
        }
    }

    /// Gives a member another standing. Whoever is no longer active is signed out everywhere at once.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`Refusal::NotOnYourself`]; [`Refusal::RoleRequired`] for a super-admin's; [`Refusal::StillPending`];
    /// [`Error::NotFound`](crate::Error::NotFound) when the workspace has no such member.
    pub async fn set_status(self, caller: &Caller, member: &MemberId, wanted: AccountStatus) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            account_status::may_be_changed(member.status)?;
            if !tx.set_account_status(&member.id, wanted).await? {
                return Ok(());
            }
            if wanted == AccountStatus::Active {
                tx.count_activity_anew(&member.id, self.0.now().0).await?;
            }
            if wanted != AccountStatus::Active {
                tx.end_sessions(&member.id, None, Ended::NotActive.name(), self.0.now().0).await?;
                tx.take_pendings_of(&member.id).await?;
                tx.void_links_of(&member.id, self.0.now().0).await?;
                self.0.two_factor().cancel_help(&mut tx, &member.id).await?;
            }
            let action = match wanted {
                AccountStatus::Pending => return Err(Refusal::StillPending.into()),
                AccountStatus::Active => "Activated a member",
                AccountStatus::Inactive => "Deactivated a member",
                AccountStatus::Banned => "Banned a member",
            };
            let entry = Entry::new(Channel::Members, action, Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .about(&member.email)
                .with("standing before", member.status.name());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01a1fc8a-d307-7768-993b-77ac04674933";

    #[test]
    fn a_place_in_the_list_is_read_as_it_was_told_and_nothing_else_is() {
        let place = |text: &str, order| ListPlace::parse(text, order, false);
        let by_name = place(&format!("{ID}.ada. lovelace"), MemberOrder::Name).expect("a place");
        assert_eq!((by_name.0.text.as_str(), by_name.0.id.as_str()), ("ada. lovelace", ID));
        let by_time = place(&format!("{ID}.-5"), MemberOrder::LatestJoined).expect("a place");
        assert_eq!(by_time.0.number, -5);
        assert!(place(&format!("{ID}."), MemberOrder::Name).is_some(), "nobody has to have a name");
        for wrong in ["", ".", ID, "x.ada", &format!("{ID}.a\0b"), &format!("{ID}.{}", "a".repeat(LONGEST + 1))] {
            assert_eq!(place(wrong, MemberOrder::Name), None, "{wrong:?}");
        }
        assert_eq!(place(&format!("{ID}.ada"), MemberOrder::LatestJoined), None);
        assert_eq!(place(&format!("{ID}.99999999999999999999"), MemberOrder::LatestJoined), None);
    }
}
