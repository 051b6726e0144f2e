//! What every method of the store promises, on both engines.
mod communities;
mod ideas;
mod readiness;
mod sealing;
mod segments;
mod sign_in;
mod units_of_work;

use policy::{AccountStatus, EmailAddress, Role, Timestamp};
use sqlx::{Connection, Executor};
use store::{
    AuditRow, AuthenticatorRow, ChallengeId, ChallengeRow, ConfirmationRow, Error, LinkRow, MemberId, MemberRow,
    PasskeyId, PasskeyRow, PendingId, PendingRow, Pooling, Readiness, RevisionRow, SessionId, SessionRow, Store,
    WorkspaceId, on_both, testing::TestDatabase,
};
use uuid::Uuid;

const NOW: i64 = 1_800_000_000_000;
/// The same instant, as rows have it.
const AT: Timestamp = Timestamp(NOW);

fn id<T: From<Uuid>>() -> T {
    T::from(Uuid::new_v4())
}

async fn workspace(store: &Store) -> WorkspaceId {
    let workspace: WorkspaceId = id();
    let mut tx = store.write().await.expect("it answers");
    tx.insert_workspace(&workspace, "localhost", "Bailey", NOW).await.expect("the host is free");
    tx.commit().await.expect("it keeps");
    workspace
}

fn member(workspace: &WorkspaceId, email: &str, role: Role) -> MemberRow {
    MemberRow {
        id: id(),
        workspace_id: workspace.clone(),
        email: EmailAddress::parse(email).expect("an address"),
        email_verified_at: Some(AT),
        name: "Ada".to_owned(),
        role,
        password_hash: None,
        password_set_at: None,
        password_falls_short: false,
        password_judged: None,
        email_codes: false,
        status: AccountStatus::Active,
        created_at: AT,
        last_sign_in_at: None,
    }
}

async fn with_member(store: &Store) -> (WorkspaceId, MemberRow) {
    let workspace = workspace(store).await;
    let ada = member(&workspace, "ada@example.org", Role::Admin);
    let mut tx = store.write().await.expect("it answers");
    tx.insert_member(&ada).await.expect("she is new");
    tx.commit().await.expect("it keeps");
    (workspace, ada)
}

fn session(of: &MemberRow) -> SessionRow {
    SessionRow {
        id: id::<SessionId>(),
        member_id: of.id.clone(),
        started_at: AT,
        last_seen_at: AT,
        address: Some("203.0.113.7".to_owned()),
        user_agent: "Firefox".to_owned(),
        persistent: false,
        proved_at: Some(AT),
    }
}

async fn with_pending_audit_entry(store: &Store, workspace: &WorkspaceId) -> Result<(), Error> {
    let mut tx = store.write().await?;
    let head = tx.next_audit_entry(workspace).await?;
    let row = AuditRow {
        seq: head.seq,
        at: AT,
        channel: if head.seq % 2 == 0 { "session" } else { "sign-in" }.to_owned(),
        actor: "console".to_owned(),
        subject: (head.seq % 2 == 0).then(|| "ada@example.org".to_owned()),
        body: "{}".to_owned(),
        hash: format!("hash {}", head.seq),
        previous: head.previous,
    };
    tx.append_audit_entry(workspace, &row).await?;
    tx.commit().await
}

/// Runs SQL past the store, as somebody with access to the database would.
async fn past_the_store(db: &TestDatabase, sql: &'static str) -> Result<(), sqlx::Error> {
    if db.url.starts_with("sqlite") {
        sqlx::SqliteConnection::connect(&db.url).await?.execute(sql).await.map(drop)
    } else {
        sqlx::PgConnection::connect(&db.url).await?.execute(sql).await.map(drop)
    }
}

on_both! {
    async fn an_address_is_taken_once_in_a_workspace(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        let again = member(&workspace, "ada@example.org", Role::Member);
        assert!(matches!(tx.insert_member(&again).await, Err(Error::AlreadyExists)));
        drop(tx);
        let mut tx = db.store.read().await.expect("it answers");
        assert_eq!(tx.member_by_email(&workspace, &ada.email).await.expect("it reads"), Some(ada.clone()));
        assert_eq!(tx.member(&ada.id).await.expect("it reads"), Some(ada));
        assert!(tx.has_members(&workspace).await.expect("it reads"));
    }

    async fn what_is_not_committed_was_never_there(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        let ada = member(&workspace, "ada@example.org", Role::Admin);
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_member(&ada).await.expect("she is new");
        drop(tx);
        assert!(db.store.read().await.expect("it answers").member(&ada.id).await.expect("it reads").is_none());
    }

    async fn a_revision_is_moved_on_once(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        let row = RevisionRow { revision: 1, document: "{}".to_owned(), actor: "console".to_owned(), address: None, created_at: AT, origin: "form".to_owned() };
        let mut tx = db.store.write().await.expect("it answers");
        assert!(tx.advance_revision(&workspace, 0, 1).await.expect("it writes"));
        assert!(!tx.advance_revision(&workspace, 0, 1).await.expect("it writes"));
        tx.insert_revision(&workspace, &row).await.expect("it is new");
        tx.commit().await.expect("it keeps");
        let mut tx = db.store.read().await.expect("it answers");
        assert_eq!(tx.revision(&workspace).await.expect("it reads"), 1);
        assert_eq!(tx.policy_revision(&workspace, 1).await.expect("it reads"), Some(row));
        assert_eq!(tx.policy_revision(&workspace, 2).await.expect("it reads"), None);
    }

    async fn revisions_are_listed_newest_first_and_in_pages(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        for revision in 1..=3 {
            let row = RevisionRow { revision, document: "{}".to_owned(), actor: "console".to_owned(), address: None, created_at: AT, origin: "form".to_owned() };
            tx.insert_revision(&workspace, &row).await.expect("it is new");
        }
        tx.commit().await.expect("it keeps");
        let mut tx = db.store.read().await.expect("it answers");
        let mut numbers = async |before, most| {
            let rows = tx.policy_revisions(&workspace, before, most).await.expect("it reads");
            rows.iter().map(|row| row.revision).collect::<Vec<_>>()
        };
        assert_eq!(numbers(i64::MAX, 2).await, [3, 2]);
        assert_eq!(numbers(2, 10).await, [1]);
    }

    async fn a_change_waits_until_it_is_taken_once(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        let row = ConfirmationRow { workspace_id: workspace.clone(), revision: 2, deadline: Timestamp(NOW + 10), saved_by: "console".to_owned() };
        let mut tx = db.store.write().await.expect("it answers");
        tx.put_confirmation(&ConfirmationRow { revision: 1, ..row.clone() }).await.expect("it writes");
        tx.put_confirmation(&row).await.expect("it replaces");
        assert_eq!(tx.confirmation(&workspace).await.expect("it reads"), Some(row.clone()));
        assert!(!tx.overdue_confirmations(NOW + 9, i64::MAX).await.expect("it reads"));
        assert_eq!(tx.take_overdue_confirmation(NOW + 9, i64::MAX).await.expect("it writes"), None, "its time has not come");
        assert!(tx.overdue_confirmations(NOW + 10, i64::MAX).await.expect("it reads"));
        assert_eq!(tx.take_confirmation(&workspace, 1).await.expect("it writes"), None, "another one waits");
        assert_eq!(tx.take_overdue_confirmation(NOW + 10, i64::MAX).await.expect("it writes"), Some(row));
        assert_eq!(tx.take_overdue_confirmation(NOW + 10, i64::MAX).await.expect("it writes"), None, "it was taken");
    }

    async fn one_query_knows_session_member_factors_and_revision(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let session = session(&ada);
        let mut tx = db.store.write().await.expect("it answers");
        tx.begin_session(&session, "hash", None).await.expect("it is new");
        let app = AuthenticatorRow { secret: "s".to_owned(), last_step: 7, added_at: AT, last_used_at: None };
        tx.put_authenticator(&ada.id, &app).await.expect("it writes");
        tx.commit().await.expect("it keeps");
        db.store.touch_session(&session.id, NOW + 5).await.expect("it writes");
        db.store.touch_session(&session.id, NOW + 3).await.expect("it writes");
        let row = db.store.authenticate("hash").await.expect("it reads").expect("it is there");
        assert_eq!((row.session_id, row.member_id, row.workspace_id), (session.id, ada.id, workspace));
        assert_eq!((row.authenticators, row.passkeys, row.revision, row.last_seen_at), (1, 0, 0, Timestamp(NOW + 5)));
        assert!(db.store.authenticate("other").await.expect("it reads").is_none());
    }

    async fn a_token_that_was_replaced_is_known_and_replaced_once(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let session = session(&ada);
        let mut tx = db.store.write().await.expect("it answers");
        tx.begin_session(&session, "first", None).await.expect("it is new");
        assert!(tx.spend_token(&session.id, None, "second", NOW + 1).await.expect("it writes"));
        assert!(!tx.spend_token(&session.id, None, "third", NOW + 2).await.expect("it writes"), "another was quicker");
        tx.commit().await.expect("it keeps");
        assert!(db.store.authenticate("first").await.expect("it reads").is_none());
        let spent = db.store.authenticate_spent("first").await.expect("it reads").expect("it is known");
        assert_eq!((spent.token_since, spent.token_seen_at), (Some(Timestamp(NOW + 1)), None));
        db.store.note_token_seen(&session.id, NOW + 3).await.expect("it writes");
        db.store.note_token_seen(&session.id, NOW + 4).await.expect("it writes");
        let present = db.store.authenticate("second").await.expect("it reads").expect("it is there");
        assert_eq!((present.session_id, present.token_seen_at), (session.id.clone(), Some(Timestamp(NOW + 3))));
        let mut tx = db.store.write().await.expect("it answers");
        assert!(tx.end_session(&ada.id, &session.id, "by-member", NOW + 5).await.expect("it writes"));
        assert!(!tx.spend_token(&session.id, Some(Timestamp(NOW + 1)), "third", NOW + 6).await.expect("it writes"), "it is over");
        assert_eq!(tx.delete_sessions_before(NOW + 6).await.expect("it writes"), 1);
        tx.commit().await.expect("it keeps");
        assert!(db.store.authenticate_spent("first").await.expect("it reads").is_none(), "forgotten with its session");
    }

    async fn an_ended_session_stays_known_with_its_reason(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let (here, there) = (session(&ada), session(&ada));
        let mut tx = db.store.write().await.expect("it answers");
        tx.begin_session(&here, "here", None).await.expect("it is new");
        tx.begin_session(&there, "there", None).await.expect("it is new");
        assert_eq!(tx.end_sessions(&ada.id, Some(&here.id), "by-member", NOW).await.expect("it writes"), 1);
        assert!(!tx.end_session(&ada.id, &there.id, "by-member", NOW).await.expect("it writes"), "it is over already");
        assert!(!tx.rotate_session(&there.id, "new").await.expect("it writes"), "it can't be revived");
        assert!(!tx.end_session(&id::<MemberId>(), &here.id, "by-member", NOW).await.expect("it writes"), "not theirs");
        assert_eq!(tx.sessions_of(&ada.id).await.expect("it reads"), vec![here]);
        tx.commit().await.expect("it keeps");
        let row = db.store.authenticate("there").await.expect("it reads").expect("it is known");
        assert_eq!(row.ended_why.as_deref(), Some("by-member"));
        let mut tx = db.store.write().await.expect("it answers");
        assert_eq!(tx.end_sessions(&ada.id, None, "by-console", NOW).await.expect("it writes"), 1);
    }

    async fn of_too_many_sessions_those_end_that_were_unused_for_the_longest_time(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let seen = |at: i64| store::SessionRow { last_seen_at: Timestamp(at), ..session(&ada) };
        let rows = [seen(NOW + 2), seen(NOW), seen(NOW + 3), seen(NOW + 1)];
        let mut tx = db.store.write().await.expect("it answers");
        for (row, token) in rows.iter().zip(["a", "b", "c", "d"]) {
            tx.begin_session(row, token, None).await.expect("it is new");
        }
        assert_eq!(tx.end_sessions_beyond(&id::<MemberId>(), 0, "crowded", NOW).await.expect("it writes"), 0, "not theirs");
        assert_eq!(tx.end_sessions_beyond(&ada.id, 4, "crowded", NOW).await.expect("it writes"), 0, "as many as there may be");
        assert_eq!(tx.end_sessions_beyond(&ada.id, 2, "crowded", NOW).await.expect("it writes"), 2);
        let [first, _, second, _] = rows;
        assert_eq!(tx.sessions_of(&ada.id).await.expect("it reads"), [second, first]);
    }

    async fn what_works_once_is_taken_once(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let link = LinkRow { workspace_id: workspace.clone(), purpose: "sign-in".to_owned(), member_id: Some(ada.id.clone()), subject: None, created_at: NOW, expires_at: Some(NOW + 10) };
        let pending = PendingRow { id: id::<PendingId>(), member_id: ada.id.clone(), next_path: None, stay: false, created_at: AT, expires_at: Timestamp(NOW + 10) };
        let challenge = ChallengeRow { id: id::<ChallengeId>(), purpose: "enrolment".to_owned(), member_id: None, state: "{}".to_owned(), expires_at: NOW + 10 };
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_link(&link, "hash").await.expect("it is new");
        tx.insert_pending(&pending, "hash").await.expect("it is new");
        tx.insert_challenge(&challenge).await.expect("it is new");
        tx.put_recovery_codes(&ada.id, &[("1".to_owned(), "a".to_owned()), ("2".to_owned(), "b".to_owned())], NOW).await.expect("it writes");

        assert!(tx.use_link("hash", "set-up", NOW).await.expect("it writes").is_none(), "another purpose");
        assert!(tx.use_link("hash", "sign-in", NOW + 10).await.expect("it writes").is_none(), "it has lapsed");
        assert_eq!(tx.live_link("hash", NOW).await.expect("it reads"), Some(link.clone()));
        assert_eq!(tx.use_link("hash", "sign-in", NOW).await.expect("it writes"), Some(link));
        assert!(tx.use_link("hash", "sign-in", NOW).await.expect("it writes").is_none(), "it was used");

        assert!(tx.pending("hash", NOW + 10).await.expect("it reads").is_none(), "it has lapsed");
        assert!(tx.pending("hash", NOW).await.expect("it reads").is_some());
        assert!(tx.take_pending(&pending.id).await.expect("it writes"));
        assert!(!tx.take_pending(&pending.id).await.expect("it writes"));

        assert!(tx.take_challenge(&challenge.id, "sign-in", NOW).await.expect("it writes").is_none(), "another purpose");
        assert_eq!(tx.take_challenge(&challenge.id, "enrolment", NOW).await.expect("it writes"), Some(challenge.clone()));
        assert!(tx.take_challenge(&challenge.id, "enrolment", NOW).await.expect("it writes").is_none());

        assert!(tx.spend_challenge("carried", NOW + 10).await.expect("it writes"));
        assert!(!tx.spend_challenge("carried", NOW + 10).await.expect("it writes"));
        assert_eq!(tx.delete_spent_challenges(NOW + 11).await.expect("it writes"), 1);

        assert!(tx.use_recovery_code(&ada.id, "a", NOW).await.expect("it writes"));
        assert!(!tx.use_recovery_code(&ada.id, "a", NOW).await.expect("it writes"));
        assert!(!tx.use_recovery_code(&id::<MemberId>(), "b", NOW).await.expect("it writes"), "not theirs");
        assert_eq!(tx.recovery_codes_left(&ada.id).await.expect("it reads"), 1);
    }

    async fn voided_links_are_dead(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let link = LinkRow { workspace_id: workspace.clone(), purpose: "sign-in".to_owned(), member_id: Some(ada.id.clone()), subject: None, created_at: NOW, expires_at: None };
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_link(&link, "hash").await.expect("it is new");
        tx.void_links(&workspace, "sign-in", Some(&id::<MemberId>()), None, NOW).await.expect("it writes");
        assert!(tx.live_link("hash", NOW).await.expect("it reads").is_some(), "another member's");
        tx.void_links(&workspace, "sign-in", None, None, NOW).await.expect("it writes");
        assert!(tx.live_link("hash", NOW).await.expect("it reads").is_none());
    }

    async fn a_step_is_accepted_only_upwards(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        let row = AuthenticatorRow { secret: "s".to_owned(), last_step: 10, added_at: AT, last_used_at: None };
        tx.put_authenticator(&ada.id, &row).await.expect("it writes");
        assert!(!tx.accept_step(&ada.id, 10, 13, NOW).await.expect("it writes"));
        assert!(tx.accept_step(&ada.id, 11, 14, NOW).await.expect("it writes"));
        assert!(!tx.accept_step(&ada.id, 11, 14, NOW).await.expect("it writes"));
        assert!(!tx.accept_step(&ada.id, 9, 12, NOW).await.expect("it writes"));
        assert!(tx.accept_step(&ada.id, 5, 8, NOW).await.expect("it writes"), "the clock was set back");
        assert!(tx.delete_authenticator(&ada.id).await.expect("it writes"));
        assert!(!tx.delete_authenticator(&ada.id).await.expect("it writes"));
    }

    async fn a_counter_that_does_not_rise_is_refused(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let key = PasskeyRow { id: id::<PasskeyId>(), member_id: ada.id.clone(), credential_id: "c".to_owned(), name: "Laptop".to_owned(), credential: "{}".to_owned(), counter: 0, added_at: AT, last_used_at: None, rp_id: None };
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_passkey(&key).await.expect("it is new");
        assert!(tx.use_passkey(&key.id, "{}", 0, true, NOW).await.expect("it writes"), "some authenticators do not count");
        assert!(tx.use_passkey(&key.id, "{}", 5, true, NOW).await.expect("it writes"));
        for counter in [5, 3, 0] {
            assert!(!tx.use_passkey(&key.id, "{}", counter, true, NOW).await.expect("it writes"), "{counter}");
        }
        assert!(!tx.rename_passkey(&id::<MemberId>(), &key.id, "Mine").await.expect("it writes"), "not theirs");
        assert!(!tx.delete_passkey(&id::<MemberId>(), &key.id).await.expect("it writes"), "not theirs");
        assert!(tx.rename_passkey(&ada.id, &key.id, "Phone").await.expect("it writes"));
        tx.commit().await.expect("it keeps");
        let mut tx = db.store.write().await.expect("it answers");
        assert!(matches!(tx.insert_passkey(&PasskeyRow { id: id(), ..key }).await, Err(Error::AlreadyExists)));
    }

    async fn an_address_is_promoted_once(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        assert!(!tx.was_promoted(&workspace, &ada.email).await.expect("it reads"));
        assert!(tx.insert_promotion(&ada, NOW).await.expect("it writes"));
        assert!(!tx.insert_promotion(&ada, NOW).await.expect("it writes"));
        assert!(tx.was_promoted(&workspace, &ada.email).await.expect("it reads"));
    }

    async fn fifty_writers_leave_a_chain_without_a_gap(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        let writers: Vec<_> = (0..50)
            .map(|_| {
                let (store, workspace) = (db.store.clone(), workspace.clone());
                tokio::spawn(async move { with_pending_audit_entry(&store, &workspace).await })
            })
            .collect();
        for writer in writers {
            writer.await.expect("no panic").expect("it writes");
        }
        let rows = db.store.read().await.expect("it answers").audit_entries_from(&workspace, 1, 100).await.expect("it reads");
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), (1..=50).collect::<Vec<_>>());
        assert!(rows.windows(2).all(|pair| pair[1].previous == pair[0].hash));
        let about = store::AuditFilter { about: Some("ada@example.org".to_owned()), before: Some(6), ..store::AuditFilter::default() };
        let found = db.store.read().await.expect("it answers").audit_entries(&workspace, &about, None, 9).await.expect("it reads");
        assert_eq!(found.iter().map(|row| row.seq).collect::<Vec<_>>(), [4, 2]);
        let filter = store::AuditFilter { channel: Some("session".to_owned()), before: Some(10), about: None };
        let found = db.store.read().await.expect("it answers").audit_entries(&workspace, &filter, None, 2).await.expect("it reads");
        assert_eq!(found.iter().map(|row| row.seq).collect::<Vec<_>>(), [8, 6]);
    }

    async fn the_audit_log_is_append_only_even_past_the_store(db: TestDatabase) {
        let workspace = workspace(&db.store).await;
        with_pending_audit_entry(&db.store, &workspace).await.expect("it writes");
        for sql in ["UPDATE audit_entries SET body = 'x'", "DELETE FROM audit_entries"] {
            let refused = past_the_store(&db, sql).await.expect_err(sql);
            assert!(refused.to_string().contains("the audit log is append-only"), "{refused}");
        }
    }

    async fn a_newer_schema_is_left_alone(db: TestDatabase) {
        assert_eq!(db.store.readiness().await.expect("it answers"), Readiness::Ready);
        let newer = if db.url.starts_with("sqlite") {
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'x', TRUE, x'00', 0)"
        } else {
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'x', TRUE, '\\x00', 0)"
        };
        past_the_store(&db, newer).await.expect("the table is there");
        assert!(matches!(db.store.migrate().await, Err(Error::NewerSchema(9999))));
        assert_eq!(db.store.readiness().await.expect("it answers"), Readiness::OtherSchema);
    }
}

#[tokio::test]
async fn a_url_of_another_kind_is_refused() {
    assert!(matches!(Store::open("mysql://localhost/bailey", Pooling::Session).await, Err(Error::UnknownScheme)));
}
