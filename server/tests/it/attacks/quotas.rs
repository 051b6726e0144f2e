//! How many there may be of what people make.
use crate::support::TestServer;
use policy::{Role, decide::quota, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

on_both! {
    /// Fails when `Ideas::post` no longer asks `Quota::admits_another`, or counts what others have posted or is older.
    async fn a_member_posts_so_many_ideas_a_day(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let id = ada.add_community("Research", &[ADA, "grace@example.org"]).await;
        let idea = |title: &'static str| [("community", id.as_str()), ("title", title), ("body", "Green, and cheap.")];
        assert_eq!(ada.post("/ideas", &idea("Plants in the hall")).await.status, 303);
        server.execute_sql(&["INSERT INTO ideas (id, workspace_id, community_id, author_id, title, body, posted_at) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99) \
            SELECT id || i, workspace_id, community_id, author_id, title, body, posted_at FROM ideas, n"]).await;
        let refused = ada.post("/ideas", &idea("Plants in the stairwell")).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("You have posted 100 ideas within a day"), "{}", refused.text());
        assert!(refused.page().holds("Plants in the stairwell") && refused.text().contains("Green, and cheap."), "nothing typed is lost");
        assert_eq!(grace.post("/ideas", &idea("Plants")).await.status, 303, "others go on");
        server.clock.advance(Span::days(1));
        assert_eq!(ada.sign_in(ADA).await.status, 303);
        assert_eq!(ada.post("/ideas", &idea("Plants again")).await.status, 303, "a day later");
    }

    /// Fails when `Ideas::share` no longer asks `Quota::admits_another`, or counts what others have sent or is older.
    async fn a_member_shares_ideas_by_so_many_mails_a_day(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
        let members = ["grace@example.org", "joan@example.org", "eve@example.org"];
        let mut grace = server.signed_in(members[0], Role::Member).await;
        for email in &members[1..] {
            server.member(email, Role::Member).await;
        }
        let id = ada.add_community("Research", &[ADA, members[0], members[1], members[2]]).await;
        let posted = ada.post("/ideas", &[("community", &id), ("title", "Plants"), ("body", "Green, and cheap.")]).await;
        let share = format!("{}/share", posted.location());
        assert_eq!(ada.post(&share, &[("email", members[1])]).await.status, 303);
        server.execute_sql(&["INSERT INTO audit_entries (workspace_id, seq, at, channel, actor, body, previous, hash) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 49) \
            SELECT workspace_id, seq + 1000 + i, at, channel, actor, body, previous, hash FROM audit_entries, n \
            WHERE body LIKE '%\"action\":\"Shared an idea\"%'"]).await;
        server.mail().await;
        let refused = ada.post(&share, &[("email", members[2])]).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("You have shared ideas by 50 mails within a day"), "{}", refused.text());
        assert_eq!(refused.page().value("email"), members[2], "what was typed is still there");
        assert!(server.mail().await.is_empty());
        assert_eq!(grace.post(&share, &[("email", members[2])]).await.status, 303, "others go on");
        server.clock.advance(Span::days(1));
        server.clock.advance(Span::seconds(1));
        assert_eq!(ada.sign_in(ADA).await.status, 303);
        assert_eq!(ada.post(&share, &[("email", members[2])]).await.status, 303, "a day later");
    }

    /// Fails when `Communities::create` no longer asks `Quota::admits_another`.
    async fn a_workspace_has_so_many_communities(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
        ada.add_community("Research", &[]).await;
        server.execute_sql(&["INSERT INTO communities (id, workspace_id, name, created_at) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 498) \
            SELECT id || i, workspace_id, name || i, created_at FROM communities, n"]).await;
        let page = "/admin/settings/communities";
        assert_eq!(ada.post(page, &[("name", "The last one")]).await.status, 303);
        let refused = ada.post(page, &[("name", "One more")]).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("This workspace has 500 communities"), "{}", refused.text());
        assert_eq!(server.sql_column("SELECT name FROM communities WHERE name = 'One more'").await.len(), 0);
    }

    /// Fails when `SignIn::let_in` no longer calls `end_sessions_beyond`, or that ends another one than the longest unused.
    async fn a_member_has_so_many_sessions_and_one_more_ends_the_longest_unused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut first = server.signed_in(ADA, Role::Member).await;
        let mut others = server.signed_in("grace@example.org", Role::Member).await;
        server.clock.advance(Span::minutes(1));
        let mut second = server.sign_in(ADA).await;
        server.execute_sql(&["INSERT INTO sessions (id, token_hash, member_id, started_at, last_seen_at, user_agent, kept) \
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 98) \
            SELECT s.id || i, s.token_hash || i, member_id, started_at, s.last_seen_at + 1, user_agent, kept FROM sessions s, n \
            WHERE s.last_seen_at = (SELECT MAX(last_seen_at) FROM sessions)"]).await;
        let of_ada = "SELECT s.id FROM sessions s JOIN members m ON m.id = s.member_id WHERE m.email = 'ada@example.org' AND ended_at IS NULL";
        assert_eq!(server.sql_column(of_ada).await.len(), usize::try_from(quota::SESSIONS).expect("a small number"));
        assert_eq!(first.get("/profile").await.status, 200, "as many as there may be");
        server.clock.advance(Span::minutes(1));
        server.execute_sql(&["UPDATE sessions SET last_seen_at = last_seen_at - 120000 WHERE started_at = (SELECT MIN(started_at) FROM sessions)"]).await;
        let mut last = server.sign_in(ADA).await;
        assert_eq!(server.sql_column(of_ada).await.len(), usize::try_from(quota::SESSIONS).expect("a small number"));
        assert_eq!(first.get("/profile").await.status, 303);
        assert!(first.get("/sign-in").await.text().contains("this one was unused for the longest time"));
        for browser in [&mut second, &mut last, &mut others] {
            assert_eq!(browser.get("/profile").await.status, 200);
        }
    }
}
