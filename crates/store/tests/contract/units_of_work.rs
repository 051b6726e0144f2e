//! What holds of units of work side by side.
use crate::{member, with_member};
use policy::Role;
use std::sync::Arc;
use store::{Error, on_both};
use tokio::sync::Barrier;

on_both! {
    /// Fails on PostgreSQL when `means_contention` no longer knows a deadlock. On SQLite one writes after the other.
    async fn of_two_that_wait_for_each_other_one_goes_on_and_the_other_may_begin_anew(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let bob = member(&workspace, "bob@example.org", Role::Member);
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_member(&bob).await.expect("he is new");
        tx.commit().await.expect("it keeps");
        let both_hold_one = Arc::new(Barrier::new(if db.store.has_clock() { 2 } else { 1 }));
        let both = [(ada.id.clone(), bob.id.clone()), (bob.id, ada.id)].map(|(first, second)| {
            let (store, both_hold_one) = (db.store.clone(), both_hold_one.clone());
            tokio::spawn(async move {
                let mut tx = store.write().await?;
                tx.lock_member(&first).await?;
                both_hold_one.wait().await;
                tx.lock_member(&second).await?;
                tx.commit().await
            })
        });
        let mut given_up = 0;
        for one in both {
            match one.await.expect("it ends") {
                Ok(()) => {}
                Err(Error::Contended(_)) => given_up += 1,
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(given_up, i32::from(db.store.has_clock()));
    }

    /// Fails on PostgreSQL when `Store::read` begins as it does by itself.
    async fn whoever_reads_sees_one_state_throughout(db: TestDatabase) {
        let (workspace, _) = with_member(&db.store).await;
        let mut reads = db.store.read().await.expect("it answers");
        let before = reads.super_admins(&workspace).await.expect("it reads");
        let mut writes = db.store.write().await.expect("it answers");
        writes.insert_member(&member(&workspace, "bob@example.org", Role::SuperAdmin)).await.expect("he is new");
        writes.commit().await.expect("it keeps");
        assert_eq!(reads.super_admins(&workspace).await.expect("it reads"), before);
        drop(reads);
        let after = db.store.read().await.expect("it answers").super_admins(&workspace).await.expect("it reads");
        assert_eq!(after.len(), before.len() + 1);
    }
}
