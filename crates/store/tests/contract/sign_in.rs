//! Attempts, earlier passwords and known browsers.
use crate::{AT, NOW, id, session, with_member};
use policy::Timestamp;
use store::{AttemptCounterRow, AttemptKey, SavedFormRow, SessionRow, Tx, WorkspaceId, on_both};
use uuid::Uuid;

fn attempts_at(workspace: &WorkspaceId, browser: &str) -> AttemptKey {
    AttemptKey {
        workspace: workspace.clone(),
        guarded: "sign-in",
        subject: "ada".to_owned(),
        browser: browser.to_owned(),
    }
}

on_both! {
    async fn attempts_are_counted_per_browser_and_forgotten(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let key = |browser: &str| attempts_at(&workspace, browser);
        let row = AttemptCounterRow {
            in_window: 2,
            window_started: NOW,
            locked_until: Some(NOW + 1),
            delayed_until: Some(NOW + 2),
            consecutive: 9,
        };
        let mut tx = db.store.write().await.expect("it answers");
        assert_eq!(tx.lock_attempts(&key(""), Some(&ada.id), NOW).await.expect("it reads").consecutive, 0);
        tx.put_attempts(&key(""), &row).await.expect("it writes");
        assert_eq!(tx.lock_attempts(&key(""), Some(&ada.id), NOW).await.expect("it reads"), row);
        assert_eq!(tx.lock_attempts(&key("hers"), Some(&ada.id), NOW).await.expect("it reads").in_window, 0);
        let locked = tx.locked_members(&workspace, 100, NOW).await.expect("it reads");
        assert_eq!(locked.iter().map(|l| (l.email.as_str(), l.until)).collect::<Vec<_>>(), [("ada@example.org", Some(Timestamp(NOW + 1)))]);
        assert!(tx.locked_members(&workspace, 100, NOW + 1).await.expect("it reads").is_empty());
        assert_eq!(tx.delete_attempts_before(NOW + 1, NOW).await.expect("it writes"), 1, "what locks nothing");
        assert_eq!(tx.clear_attempts_of(&ada.id).await.expect("it writes"), 1);
        assert_eq!(tx.lock_attempts(&key(""), None, NOW).await.expect("it reads").consecutive, 0);
    }

    async fn of_the_forms_of_a_member_the_latest_are_kept(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        for n in 0..7 {
            let row = SavedFormRow {
                token_hash: format!("t{n}"),
                member_id: ada.id.clone(),
                page: "/ideas".to_owned(),
                fields: "{}".to_owned(),
                saved_at: Timestamp(NOW + n),
            };
            tx.insert_saved_form(&row, 5).await.expect("it writes");
        }
        let mut kept = Vec::new();
        for n in 0..7 {
            kept.push(tx.saved_form(&format!("t{n}"), &ada.id, "/ideas").await.expect("it reads").is_some());
        }
        assert_eq!(kept, [false, false, true, true, true, true, true]);
        tx.delete_saved_form("t6", &id()).await.expect("it writes");
        assert!(tx.saved_form("t6", &ada.id, "/ideas").await.expect("it reads").is_some(), "it is not somebody else's");
        assert!(tx.saved_form("t6", &ada.id, "/admin/settings").await.expect("it reads").is_none());
    }

    async fn earlier_passwords_are_kept_newest_first(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        for (at, hash) in [(NOW, "a"), (NOW + 2, "c"), (NOW + 1, "b")] {
            tx.insert_earlier_password(&Uuid::new_v4().to_string(), &ada.id, hash, at).await.expect("it writes");
        }
        assert_eq!(tx.earlier_passwords(&ada.id, 2).await.expect("it reads"), ["c", "b"]);
        tx.keep_earlier_passwords(&ada.id, 1).await.expect("it writes");
        assert_eq!(tx.earlier_passwords(&ada.id, 9).await.expect("it reads"), ["c"]);
    }

    async fn of_two_tries_that_saw_the_same_one_is_stored(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let key = attempts_at(&workspace, "");
        let first = AttemptCounterRow {
            in_window: 1,
            window_started: NOW,
            locked_until: None,
            delayed_until: Some(NOW + 2),
            consecutive: 1,
        };
        let second = AttemptCounterRow { in_window: 2, locked_until: Some(NOW + 9), ..first };
        let swap = async |seen: Option<&AttemptCounterRow>, row: &AttemptCounterRow| {
            db.store.swap_attempts(&key, Some(&ada.id), seen, row).await.expect("it writes")
        };
        assert!(swap(None, &first).await);
        assert!(!swap(None, &first).await, "somebody has tried meanwhile");
        assert!(swap(Some(&first), &second).await);
        assert!(!swap(Some(&first), &second).await, "somebody has tried meanwhile");
        assert_eq!(db.store.attempts(&key).await.expect("it reads"), Some(second));
        let locked = db.store.read().await.expect("it answers").locked_members(&key.workspace, 100, NOW).await;
        assert_eq!(locked.expect("it reads").len(), 1, "it is known whose they are");
    }

    async fn the_first_step_finds_member_browser_and_tries_at_once(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let key = |browser: &str| attempts_at(&workspace, browser);
        let look = async |email: Option<&str>, browser: Option<&str>| {
            db.store.first_step(email, browser, &key("")).await.expect("it reads")
        };
        let nobody = look(Some("nobody@example.org"), Some("hers")).await;
        assert_eq!((nobody.revision, nobody.member.0, nobody.known_since, nobody.attempts.0), (0, None, None, None));
        assert_eq!(look(None, None).await.member.0, None, "what is typed is no address");

        let attempts = |n| AttemptCounterRow {
            in_window: n,
            window_started: NOW,
            locked_until: None,
            delayed_until: None,
            consecutive: n,
        };
        for (browser, n) in [("", 5), ("hers", 1)] {
            assert!(db.store.swap_attempts(&key(browser), None, None, &attempts(n)).await.expect("it writes"));
        }
        let mut tx = db.store.write().await.expect("it answers");
        tx.begin_session(&session(&ada), "hash", Some("hers")).await.expect("it writes");
        tx.commit().await.expect("it keeps");
        let hers = look(Some("ada@example.org"), Some("hers")).await;
        assert_eq!((hers.known_since, hers.attempts.0), (Some(AT), Some(attempts(1))));
        assert_eq!(hers.member.0.and_then(|member| member.last_sign_in_at), Some(AT));
        let other = look(Some("ada@example.org"), Some("other")).await;
        assert_eq!((other.known_since, other.attempts.0), (None, Some(attempts(5))));
        let theirs = look(Some("nobody@example.org"), Some("hers")).await;
        assert_eq!((theirs.known_since, theirs.attempts.0), (None, Some(attempts(5))), "known to its member alone");
    }

    async fn a_browser_is_known_to_the_member_who_used_it(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        let look = async |tx: &mut Tx| {
            let row = tx.member_signing_in(&ada.id, Some("hers")).await.expect("it reads").expect("it is there");
            (row.known_since, row.trusted_at, row.member.last_sign_in_at)
        };
        assert_eq!(look(&mut tx).await, (None, None, None));
        assert_eq!(tx.member_signing_in(&id(), Some("hers")).await.expect("it reads"), None);
        for (hash, started_at) in [("a", NOW), ("b", NOW + 1)] {
            let row = SessionRow { started_at: Timestamp(started_at), ..session(&ada) };
            tx.begin_session(&row, hash, Some("hers")).await.expect("it writes");
        }
        assert_eq!(look(&mut tx).await, (Some(AT), None, Some(Timestamp(NOW + 1))));
        tx.trust_browser("hers", &ada.id, NOW, NOW + 9).await.expect("it writes");
        assert_eq!(look(&mut tx).await.1, Some(AT));
        assert_eq!(tx.trusted_browsers(&ada.id).await.expect("it reads").len(), 1);
        assert!(!tx.end_trust("hers", &id()).await.expect("it writes"), "not theirs");
        assert!(tx.end_trust("hers", &ada.id).await.expect("it writes"));
        tx.trust_browser("hers", &ada.id, NOW, NOW + 9).await.expect("it writes");
        tx.end_all_trust(&ada.id).await.expect("it writes");
        assert!(tx.trusted_browsers(&ada.id).await.expect("it reads").is_empty());
        assert_eq!(tx.delete_browsers_before(NOW + 1).await.expect("it writes"), 0);
    }
}
