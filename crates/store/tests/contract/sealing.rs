//! The key that seals, and texts that are sealed by another one.
use std::time::Duration;
use store::{Error, SealedIn, on_both};

on_both! {
    /// Fails when `hold_sealing_key` holds nothing: then something could be sealed by a key that has been let go.
    async fn another_key_takes_over_once_whatever_was_sealed_by_the_present_one_is_kept(db: TestDatabase) {
        let mut sealing = db.store.write().await.expect("it answers");
        assert_eq!(sealing.hold_sealing_key().await.expect("it reads"), None);
        let store = db.store.clone();
        let taking_over = tokio::spawn(async move {
            let mut tx = store.write().await?;
            let took = tx.replace_sealing_key(None, "bbbbbbbb").await?;
            tx.commit().await?;
            Ok::<_, Error>(took)
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!taking_over.is_finished(), "it waits");
        sealing.commit().await.expect("it keeps");
        assert!(taking_over.await.expect("no panic").expect("it writes"));
        let mut tx = db.store.write().await.expect("it answers");
        assert!(!tx.replace_sealing_key(None, "cccccccc").await.expect("it writes"), "it is no longer the one that was seen");
        assert_eq!(tx.hold_sealing_key().await.expect("it reads").as_deref(), Some("bbbbbbbb"));
    }

    /// Fails when a text of which nothing is left is counted, or one is replaced that changed meanwhile.
    async fn a_text_is_replaced_only_while_it_is_the_one_that_was_read(db: TestDatabase) {
        let (_, ada) = crate::with_member(&db.store).await;
        let mut tx = db.store.write().await.expect("it answers");
        let row = |secret: &str| store::PendingAuthenticatorRow { secret: secret.to_owned(), created_at: crate::AT };
        tx.put_pending_authenticator(&ada.id, &row("v1.old")).await.expect("it writes");
        let place = SealedIn::PendingAuthenticators;
        let found = tx.sealed_otherwise(place, "v2.b.", "", 9).await.expect("it reads");
        assert_eq!((found.len(), tx.count_sealed_otherwise("v2.b.").await.expect("it reads")), (1, 1));
        assert!(tx.sealed_otherwise(place, "v2.b.", &found[0].id, 9).await.expect("it reads").is_empty());
        tx.put_pending_authenticator(&ada.id, &row("v2.b.newer")).await.expect("it writes");
        assert!(!tx.replace_sealed(place, &found[0], "v2.b.older").await.expect("it writes"));
        assert_eq!(tx.count_sealed_otherwise("v2.b.").await.expect("it reads"), 0);
        assert_eq!(tx.count_sealed_otherwise("v2.c.").await.expect("it reads"), 1);
    }
}
