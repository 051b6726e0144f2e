//! Segments of the members: each is listed, counted and named alike.
use super::{NOW, id, member, session, with_member, workspace};
use policy::{AccountStatus, MemberSegment, Role, Timestamp, impact::Cutoffs};
use store::{
    AttemptCounterRow, AttemptKey, AuthenticatorRow, MemberId, MemberRow, PasskeyRow, SegmentFacts, SessionCounts,
    SessionRow, Store, WorkspaceId, on_both,
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

on_both! {
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
            let listed = tx.member_list(&workspace, segment, &facts, "", 100).await.expect("it reads");
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
