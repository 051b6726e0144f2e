//! Tries, earlier passwords and known browsers.
use crate::{NOW, id, with_member};
use store::{TriesKey, TriesRow, on_both};
use uuid::Uuid;

on_both! {
    async fn tries_are_counted_per_browser_and_forgotten(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let key = |browser: &str| TriesKey {
            workspace: workspace.clone(),
            guarded: "sign-in",
            subject: "ada".to_owned(),
            browser: browser.to_owned(),
        };
        let row = TriesRow {
            in_window: 2,
            window_started: NOW,
            locked_until: Some(NOW + 1),
            delayed_until: Some(NOW + 2),
            consecutive: 9,
        };
        let mut tx = db.store.write().await.expect("it answers");
        assert_eq!(tx.lock_tries(&key(""), Some(&ada.id), NOW).await.expect("it reads").consecutive, 0);
        tx.put_tries(&key(""), &row).await.expect("it writes");
        assert_eq!(tx.lock_tries(&key(""), Some(&ada.id), NOW).await.expect("it reads"), row);
        assert_eq!(tx.lock_tries(&key("hers"), Some(&ada.id), NOW).await.expect("it reads").in_window, 0);
        let locked = tx.locked_members(&workspace, 100, NOW).await.expect("it reads");
        assert_eq!(locked.iter().map(|l| (l.email.as_str(), l.until)).collect::<Vec<_>>(), [("ada@example.org", Some(NOW + 1))]);
        assert!(tx.locked_members(&workspace, 100, NOW + 1).await.expect("it reads").is_empty());
        assert_eq!(tx.delete_tries_before(NOW + 1, NOW).await.expect("it writes"), 1, "what locks nothing");
        assert_eq!(tx.clear_tries_of(&ada.id).await.expect("it writes"), 1);
        assert_eq!(tx.lock_tries(&key(""), None, NOW).await.expect("it reads").consecutive, 0);
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

    async fn a_browser_is_known_to_the_member_who_used_it(db: TestDatabase) {
        let (_, ada) = with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        assert!(!tx.is_known_browser("hers", &ada.id).await.expect("it reads"));
        tx.put_known_browser("hers", &ada.id, "Firefox", NOW).await.expect("it writes");
        tx.put_known_browser("hers", &ada.id, "Firefox", NOW + 1).await.expect("it writes");
        assert!(tx.is_known_browser("hers", &ada.id).await.expect("it reads"));
        assert!(!tx.is_known_browser("hers", &id()).await.expect("it reads"));
        assert_eq!(tx.browser_trusted_at("hers", &ada.id).await.expect("it reads"), None);
        tx.trust_browser("hers", &ada.id, NOW).await.expect("it writes");
        assert_eq!(tx.browser_trusted_at("hers", &ada.id).await.expect("it reads"), Some(NOW));
        assert_eq!(tx.trusted_browsers(&ada.id).await.expect("it reads").len(), 1);
        assert!(!tx.end_trust("hers", &id()).await.expect("it writes"), "not theirs");
        assert!(tx.end_trust("hers", &ada.id).await.expect("it writes"));
        tx.trust_browser("hers", &ada.id, NOW).await.expect("it writes");
        tx.end_all_trust(&ada.id).await.expect("it writes");
        assert!(tx.trusted_browsers(&ada.id).await.expect("it reads").is_empty());
        assert_eq!(tx.delete_browsers_before(NOW + 1).await.expect("it writes"), 0);
    }
}
