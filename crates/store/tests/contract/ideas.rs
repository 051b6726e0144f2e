//! Ideas, and who votes for them.
use crate::{AT, NOW, id, with_member};
use policy::decide::idea::IdeaState;
use store::{CommunityId, IdeaFilter, IdeaId, NewIdeaRow, on_both};

on_both! {
    /// Fails when `decide_idea` or `rewrite_idea` no longer look at the state, or a vote is counted twice.
    async fn an_idea_is_decided_once_and_has_a_vote_of_each_member(db: TestDatabase) {
        let (workspace, ada) = with_member(&db.store).await;
        let (community, idea) = (id::<CommunityId>(), id::<IdeaId>());
        let mut tx = db.store.write().await.expect("it answers");
        tx.insert_community(&workspace, &community, "Research", NOW).await.expect("it is new");
        tx.add_community_member(&community, &ada.id).await.expect("it writes");
        let row = NewIdeaRow {
            id: idea.clone(),
            workspace_id: workspace.clone(),
            community_id: community,
            author_id: ada.id.clone(),
            title: "Plants".to_owned(),
            body: "Green.".to_owned(),
            posted_at: AT,
            state: IdeaState::Draft,
        };
        tx.insert_idea(&row).await.expect("it is new");
        assert!(!tx.decide_idea(&idea, IdeaState::Approved, "", "mod", NOW).await.expect("it writes"), "it does not wait");
        assert!(tx.rewrite_idea(&idea, "More plants", "Green.", IdeaState::Pending, NOW).await.expect("it writes"));
        assert!(!tx.rewrite_idea(&idea, "Fewer", "Grey.", IdeaState::Draft, NOW).await.expect("it writes"), "it waits");
        assert_eq!(tx.count_pending_ideas(&workspace, &ada.id, true).await.expect("it reads"), 1);
        assert_eq!(tx.count_pending_ideas(&workspace, &ada.id, false).await.expect("it reads"), 0);
        assert!(tx.decide_idea(&idea, IdeaState::Approved, "", "mod", NOW).await.expect("it writes"));
        assert!(!tx.decide_idea(&idea, IdeaState::Rejected, "No.", "boss", NOW).await.expect("it writes"), "once");
        assert!(tx.insert_vote(&idea, &ada.id, NOW).await.expect("it writes"));
        assert!(!tx.insert_vote(&idea, &ada.id, NOW).await.expect("it writes"));
        let found = tx.idea(&idea).await.expect("it reads").expect("it is there");
        assert_eq!((found.title.as_str(), found.state, found.votes), ("More plants", IdeaState::Approved, 1));
        assert_eq!(found.decided_by.as_deref(), Some("mod"));
        let after = IdeaFilter { state: None, after: Some((found.posted_at, idea.clone())) };
        assert_eq!(tx.ideas_for(&ada.id, &after, 9).await.expect("it reads"), []);
        assert_eq!(tx.ideas_for(&ada.id, &IdeaFilter::default(), 9).await.expect("it reads").len(), 1);
    }
}
