//! Segments of the members: each is listed, counted and named alike.
use super::{NOW, id, member, session, with_member, workspace};
use policy::{AccountStatus, MemberOrder, MemberSegment, Role, Timestamp, impact::Cutoffs};
use store::{
    AttemptCounterRow, AttemptKey, AuthenticatorRow, CommunityId, ListPosition, MemberId, MemberListFilter, MemberRow,
    MemberSummaryRow, PasskeyRow, SegmentFacts, SessionCounts, SessionRow, Store, WorkspaceId, on_both,
};

const HOUR: i64 = 3_600_000;

/// Sessions that began at this instant or before, or were not seen since the other one, are over.
const fn cutoffs(started: i64, seen: Option<i64>) -> Cutoffs {
    let seen = match seen {
        Some(seen) => Some(Timestamp(seen)),
        None => None,
    };
    Cutoffs { started: Timestamp(started), seen, may_persist: true }
}

const fn facts(cutoffs: Cutoffs, cutoffs_after: Cutoffs) -> SegmentFacts {
    SegmentFacts { now: Timestamp(NOW), codes_off_after: 100, cutoffs, cutoffs_after }
}

async fn lock(
    store: &Store,
    workspace: &WorkspaceId,
    who: &MemberId,
    guarded: &'static str,
    locked_until: Option<i64>,
) {
    let subject = who.to_string();
    let key = AttemptKey { workspace: workspace.clone(), guarded, subject, browser: String::new() };
    let row =
        AttemptCounterRow { in_window: 1, window_started: NOW, locked_until, delayed_until: None, consecutive: 100 };
    assert!(store.swap_attempts(&key, Some(who), None, &row).await.expect("it writes"));
}

/// Whoever is in a segment of the workspace that [`people`] fills.
const fn expected(segment: MemberSegment) -> &'static [&'static str] {
    match segment {
        MemberSegment::Everyone => &[
            "ada@example.org",
            "bob@example.org",
            "eve@example.org",
            "gil@example.org",
            "ida@example.org",
            "mal@example.org",
            "pat@example.org",
        ],
        MemberSegment::Pending => &["pat@example.org"],
        MemberSegment::Inactive => &["ida@example.org"],
        MemberSegment::Active => &["ada@example.org", "bob@example.org", "eve@example.org", "gil@example.org"],
        MemberSegment::NotEnrolled => &["bob@example.org", "gil@example.org"],
        MemberSegment::Admins => &["ada@example.org", "gil@example.org"],
        MemberSegment::AdminsNotEnrolled | MemberSegment::Promoted => &["gil@example.org"],
        MemberSegment::WithAuthenticator => &["ada@example.org"],
        MemberSegment::PasswordFallsShort => &["bob@example.org", "mal@example.org"],
        MemberSegment::WithPasskey | MemberSegment::SessionEnding => &["eve@example.org"],
        MemberSegment::OnlyEmailCodes | MemberSegment::LockedOutOfSignIn => &["bob@example.org"],
        MemberSegment::SignedIn | MemberSegment::LockedOutOfCodes => &["ada@example.org", "eve@example.org"],
        MemberSegment::Banned | MemberSegment::LockedOutOfClaims => &["mal@example.org"],
    }
}

/// Fills a workspace with at least one member for each segment.
async fn people(store: &Store) -> WorkspaceId {
    let (workspace, ada) = with_member(store).await;
    let [bob, eve, gil, ida, mal, pat] = ["bob", "eve", "gil", "ida", "mal", "pat"].map(|name| {
        let role = if name == "gil" { Role::SuperAdmin } else { Role::Member };
        member(&workspace, &format!("{name}@example.org"), role)
    });
    let mut tx = store.write().await.expect("it answers");
    for who in [&bob, &eve, &gil, &ida, &mal] {
        tx.insert_member(who).await.expect("they are new");
    }
    let pat = MemberRow { status: AccountStatus::Pending, ..pat };
    tx.insert_member(&pat).await.expect("they are new");
    let app = AuthenticatorRow { secret: "s".to_owned(), last_step: 0, added_at: Timestamp(NOW), last_used_at: None };
    tx.put_authenticator(&ada.id, &app).await.expect("it writes");
    let key = PasskeyRow {
        id: id(),
        member_id: eve.id.clone(),
        credential_id: "c".to_owned(),
        name: "Laptop".to_owned(),
        credential: "{}".to_owned(),
        counter: 0,
        added_at: Timestamp(NOW),
        last_used_at: None,
        rp_id: None,
    };
    tx.insert_passkey(&key).await.expect("it is new");
    for who in [&bob, &eve] {
        tx.set_email_codes(&who.id, true).await.expect("it writes");
    }
    for who in [&bob, &mal] {
        tx.note_password_judged(&who.id, "mark", true).await.expect("it writes");
    }
    tx.insert_promotion(&gil, NOW).await.expect("it writes");
    tx.insert_promotion(&eve, NOW).await.expect("it writes");
    tx.set_account_status(&mal.id, AccountStatus::Banned).await.expect("it writes");
    tx.set_account_status(&ida.id, AccountStatus::Inactive).await.expect("it writes");
    for (who, started_at) in [(&ada, NOW), (&eve, NOW - HOUR), (&bob, NOW - 24 * HOUR)] {
        let row = SessionRow { started_at: Timestamp(started_at), ..session(who) };
        tx.begin_session(&row, who.email.as_str(), None).await.expect("it is new");
    }
    tx.commit().await.expect("it keeps");
    lock(store, &workspace, &bob.id, "sign-in", Some(NOW + 1)).await;
    lock(store, &workspace, &ada.id, "sign-in", Some(NOW)).await;
    lock(store, &workspace, &ada.id, "two-factor", Some(NOW + 1)).await;
    lock(store, &workspace, &eve.id, "two-factor", None).await;
    lock(store, &workspace, &mal.id, "claim", Some(NOW + 1)).await;
    workspace
}

/// Whoever there is.
const fn everybody(facts: &SegmentFacts) -> MemberListFilter<'_> {
    MemberListFilter {
        segment: MemberSegment::Everyone,
        facts,
        words: &[],
        role: None,
        status: None,
        community: None,
        only: None,
    }
}

on_both! {
    /// Fails when a page begins where one ended by what it is ordered by alone, so that one of two who are alike is missed
    /// or comes twice; or when the pages backwards are others.
    async fn pages_of_the_list_meet_although_many_stand_under_the_same(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        let facts = facts(cutoffs(NOW, None), cutoffs(NOW, None));
        let mut tx = db.store.write().await.expect("it answers");
        for n in 0..23 {
            let row = member(&workspace, &format!("m{n:02}@example.org"), Role::Member);
            // Every name, every sign-in and every day of joining is that of several.
            let signed_in = (n % 5 != 0).then_some(Timestamp(NOW + n % 5));
            let row = MemberRow { name: format!("Name {}", n % 3), created_at: Timestamp(NOW + n % 2), last_sign_in_at: signed_in, ..row };
            tx.insert_member(&row).await.expect("they are new");
        }
        let filter = everybody(&facts);
        for order in MemberOrder::ALL.iter().copied() {
            let whole = tx.member_list(&workspace, &filter, order, None, 100).await.expect("it reads");
            assert_eq!(whole.len(), 23);
            let position = |row: &MemberSummaryRow, before| ListPosition {
                text: row.sorted_by_text.clone(),
                number: row.sorted_by_number,
                id: row.id.to_string(),
                before,
            };
            let (mut forwards, mut from) = (Vec::new(), None);
            loop {
                let page = tx.member_list(&workspace, &filter, order, from.as_ref(), 5).await.expect("it reads");
                let Some(last) = page.last() else { break };
                from = Some(position(last, false));
                forwards.extend(page);
            }
            assert_eq!(forwards, whole, "{order:?}");
            let (mut backwards, mut from) = (Vec::new(), whole.last().map(|last| position(last, true)));
            loop {
                let mut page = tx.member_list(&workspace, &filter, order, from.as_ref(), 5).await.expect("it reads");
                let Some(first) = page.first() else { break };
                from = Some(position(first, true));
                page.extend(backwards);
                backwards = page;
            }
            assert_eq!(backwards, whole[..22], "{order:?}");
        }
    }

    async fn the_list_is_narrowed_by_words_role_status_and_community(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let facts = facts(cutoffs(NOW, None), cutoffs(NOW, None));
        let community = id::<CommunityId>();
        let eve = MemberRow { name: "Eve 100%".to_owned(), status: AccountStatus::Banned, ..member(&workspace, "e_e@example.com", Role::Member) };
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_member(&eve).await.expect("she is new");
        tx.insert_community(&workspace, &community, "Research", NOW).await.expect("it is new");
        tx.add_community_member(&community, &eve.id).await.expect("it writes");
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (known, other) = (words("EVE example"), words("eve example.org"));
        let (percent, line) = (words("%"), words("_"));
        let all = everybody(&facts);
        for (filter, found) in [
            (all.clone(), 2),
            (MemberListFilter { words: &known, ..all.clone() }, 1),
            (MemberListFilter { words: &other, ..all.clone() }, 0),
            (MemberListFilter { words: &percent, ..all.clone() }, 1),
            (MemberListFilter { words: &line, ..all.clone() }, 1),
            (MemberListFilter { role: Some(Role::Admin), ..all.clone() }, 1),
            (MemberListFilter { status: Some(AccountStatus::Banned), words: &known, ..all.clone() }, 1),
            (MemberListFilter { status: Some(AccountStatus::Inactive), ..all.clone() }, 0),
            (MemberListFilter { community: Some(&community), ..all.clone() }, 1),
            (MemberListFilter { community: Some(&community), role: Some(Role::Admin), ..all.clone() }, 0),
            (MemberListFilter { only: Some(&ada.id), ..all }, 1),
        ] {
            let listed = tx.member_list(&workspace, &filter, MemberOrder::Name, None, 100).await.expect("it reads");
            assert_eq!(listed.len(), found, "{filter:?}");
            assert_eq!(tx.count_member_list(&workspace, &filter, 1).await.expect("it reads"), i64::from(found > 0));
        }
    }

    async fn a_segment_is_listed_counted_and_named_alike(db: TestDatabase) {
        let workspace = people(&db.store).await;
        let facts = facts(cutoffs(NOW - 12 * HOUR, None), cutoffs(NOW - HOUR, None));
        let mut tx = db.store.read().await.expect("it answers");
        let counts = tx.count_members(&workspace, MemberSegment::ALL, &facts).await.expect("it reads");
        for segment in MemberSegment::ALL.iter().copied() {
            let named = tx.members_in(&workspace, segment, &facts, 100).await.expect("it reads");
            assert_eq!(named, expected(segment), "{segment:?}");
            assert!(!named.is_empty(), "{segment:?} is tried on somebody");
            assert_eq!(usize::try_from(counts.of(segment)), Ok(named.len()), "{segment:?}");
            let filter = MemberListFilter { segment, ..everybody(&facts) };
            let listed = tx.member_list(&workspace, &filter, MemberOrder::Email, None, 100).await.expect("it reads");
            assert_eq!(tx.count_member_list(&workspace, &filter, 100).await.expect("it reads"), counts.of(segment), "{segment:?}");
            assert_eq!(listed.into_iter().map(|row| row.email).collect::<Vec<_>>(), named, "{segment:?}");
            assert_eq!(tx.members_in(&workspace, segment, &facts, 1).await.expect("it reads"), named[..1], "{segment:?}");
            assert!(tx.members_in(&id(), segment, &facts, 100).await.expect("it reads").is_empty(), "{segment:?} elsewhere");
        }
    }

    async fn sessions_that_a_change_ends_are_counted(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        for (hash, started_at, last_seen_at) in [("a", NOW, NOW), ("b", NOW - 100, NOW), ("c", NOW - 100, NOW - 50)] {
            let row = SessionRow { started_at: Timestamp(started_at), last_seen_at: Timestamp(last_seen_at), ..session(&ada) };
            tx.begin_session(&row, hash, None).await.expect("it is new");
        }
        let none = cutoffs(NOW - 1_000, None);
        let mut count = async |before, after| {
            let SessionCounts { live, ending, .. } = tx.count_sessions(&workspace, &facts(before, after)).await.expect("it reads");
            (live, ending)
        };
        assert_eq!(count(none, none).await, (3, 0));
        assert_eq!(count(none, cutoffs(NOW - 100, None)).await, (3, 2), "by their lifetime");
        assert_eq!(count(none, cutoffs(NOW - 1_000, Some(NOW - 50))).await, (3, 1), "by idling");
        assert_eq!(count(cutoffs(NOW - 100, None), cutoffs(NOW - 1, None)).await, (1, 0), "two were over before, one goes on");
        assert_eq!(count(cutoffs(NOW, None), cutoffs(NOW, None)).await, (0, 0));
    }

    async fn an_empty_workspace_has_nobody_in_any_segment(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        let none = cutoffs(NOW - 1_000, None);
        let counts = db.store.read().await.expect("it answers").count_members(&workspace, MemberSegment::ALL, &facts(none, none)).await.expect("it reads");
        assert!(MemberSegment::ALL.iter().all(|segment| counts.of(*segment) == 0));
    }
}
