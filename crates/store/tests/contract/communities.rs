//! Communities: who belongs to them, what they override, and who moderates them.
use crate::{NOW, id, member, with_member};
use policy::{AccountStatus, Role};
use store::{CommunityId, CommunityRow, OverrideRow, on_both};

on_both! {
    async fn a_community_holds_members_and_overrides(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let id = id::<CommunityId>();
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_community(&workspace, &id, "Research", NOW).await.expect("it is new");
        assert!(tx.add_community_member(&id, &ada.id).await.expect("it writes"));
        assert!(!tx.add_community_member(&id, &ada.id).await.expect("it writes"), "she is there already");
        let held = |value: &str| OverrideRow { community_id: id.clone(), setting: "a.b".to_owned(), value: value.to_owned() };
        tx.put_override(&held("1")).await.expect("it writes");
        tx.put_override(&held("2")).await.expect("it replaces");
        assert_eq!(tx.overrides(&workspace).await.expect("it reads"), vec![held("2")]);
        let row = CommunityRow { id: id.clone(), name: "Research".to_owned(), description: String::new(), members: 1 };
        assert_eq!(tx.communities(&workspace).await.expect("it reads"), vec![row.clone()]);
        assert_eq!(tx.communities_of(&ada.id).await.expect("it reads"), vec![row.clone()]);
        assert_eq!(tx.community(&workspace, &id).await.expect("it reads"), Some(row));
        assert_eq!(tx.take_override(&id, "a.b").await.expect("it writes"), Some(held("2")));
        assert_eq!(tx.take_override(&id, "a.b").await.expect("it writes"), None);
        assert!(tx.describe_community(&id, "Research", "What nobody knows yet").await.expect("it writes"));
        assert!(!tx.describe_community(&id, "Research", "What nobody knows yet").await.expect("it writes"), "nothing differs");
        let described = tx.community(&workspace, &id).await.expect("it reads").expect("it is there");
        assert_eq!(described.description, "What nobody knows yet");
        assert_eq!(tx.community_members(&id, "", 5).await.expect("it reads").len(), 1);
        assert_eq!(tx.community_members(&id, ada.email.as_str(), 5).await.expect("it reads"), vec![]);
        assert!(tx.remove_community_member(&id, &ada.id).await.expect("it writes"));
        assert!(!tx.remove_community_member(&id, &ada.id).await.expect("it writes"), "she is gone already");
        assert_eq!(tx.memberships_of(&ada.id).await.expect("it reads"), vec![]);
    }

    /// Fails when `moderators_of` no longer looks at roles, at the status, or at the community.
    async fn a_community_is_moderated_by_roles_and_by_its_own_moderators(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let [research, sales] = [id::<CommunityId>(), id::<CommunityId>()];
        let [bob, eve, mod_, out] = [("bob", Role::Member), ("eve", Role::Member), ("mod", Role::Moderator), ("out", Role::Member)]
            .map(|(name, role)| member(&workspace, &format!("{name}@example.org"), role));
        let mut tx = db.store.write().await.expect("it answers");
        for (community, name) in [(&research, "Research"), (&sales, "Sales")] {
            tx.insert_community(&workspace, community, name, NOW).await.expect("it is new");
        }
        for who in [&bob, &eve, &mod_, &out] {
            tx.insert_member(who).await.expect("they are new");
        }
        for who in [&bob, &eve] {
            assert!(tx.add_community_member(&research, &who.id).await.expect("it writes"));
        }
        assert!(!tx.moderates(&research, &bob.id).await.expect("it reads"));
        assert!(tx.set_community_moderator(&research, &bob.id, true).await.expect("it writes"));
        assert!(!tx.set_community_moderator(&research, &bob.id, true).await.expect("it writes"), "he is already");
        assert!(!tx.set_community_moderator(&research, &out.id, true).await.expect("it writes"), "he does not belong to it");
        assert!(tx.moderates(&research, &bob.id).await.expect("it reads"));
        assert!(!tx.moderates(&sales, &bob.id).await.expect("it reads"));
        let mut of = async |community| {
            let found = tx.moderators_of(community).await.expect("it reads");
            found.into_iter().map(|row| row.email.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of(&research).await, [ada.email.as_str(), bob.email.as_str(), mod_.email.as_str()]);
        assert_eq!(of(&sales).await, [ada.email.as_str(), mod_.email.as_str()]);
        assert!(tx.set_account_status(&bob.id, AccountStatus::Inactive).await.expect("it writes"));
        let left = tx.moderators_of(&research).await.expect("it reads");
        assert_eq!(left.iter().map(|row| row.email.clone()).collect::<Vec<_>>(), [ada.email, mod_.email]);
        assert!(tx.set_community_moderator(&research, &bob.id, false).await.expect("it writes"));
        assert!(!tx.moderates(&research, &bob.id).await.expect("it reads"));
    }
}
