//! Ending everybody's sessions at once.
use crate::support::{LONG_SESSIONS, SECOND_STEP, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const PAGE: &str = "/admin/sessions";
const END: &str = "/admin/sessions/end";
const WORDS: (&str, &str) = ("confirm", "sign everybody out");

on_both! {
    /// Fails when somebody stays signed in, the one who does it does not, or it is not said before whom it signs out.
    async fn a_super_admin_signs_everybody_out_and_stays(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &LONG_SESSIONS).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        server.enrol_app(&mut ada).await;
        let mut other = server.signed_in("other@example.org", Role::SuperAdmin).await;
        let mut between = server.pending_sign_in("ada@example.org").await;
        server.sign_in("other@example.org").await;
        let text = boss.get(PAGE).await.text();
        assert!(text.contains("This signs out 2 people, of 3 sessions."), "{text}");
        for typed in ["", "yes", "sign everybody in"] {
            let refused = boss.post(END, &[("confirm", typed)]).await;
            assert!(refused.status == 422 && refused.page().has("#confirm-error"), "{}", refused.text());
            assert_eq!(refused.page().value("confirm"), typed);
        }
        assert_eq!(ada.get("/").await.status, 200);
        server.clock.advance(Span::minutes(11));
        assert!(boss.post(END, &[WORDS]).await.location().starts_with("/profile/step-up"));
        boss.proves_it_again().await;
        assert_eq!(boss.post(END, &[WORDS]).await.location(), "/admin/sessions?notice=everybody-signed-out");
        for browser in [&mut ada, &mut other] {
            assert!(browser.get("/").await.location().starts_with("/sign-in"));
        }
        assert!(between.get(SECOND_STEP).await.location().starts_with("/sign-in"));
        let page = boss.get(PAGE).await.text();
        assert!(page.contains("This signs out 0 people"), "{page}");
        let log = boss.get("/admin/audit?channel=session").await.text();
        assert!(log.contains("Ended everybody's sessions"), "{log}");
        assert_eq!(other.sign_in("other@example.org").await.status, 303, "everybody may sign in again");
    }

    /// Fails when an admin signs a super-admin out, or a member reaches it.
    async fn an_admin_signs_out_nobody_above_them(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &LONG_SESSIONS).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let mut peer = server.signed_in("peer@example.org", Role::ItAdmin).await;
        let mut moderator = server.signed_in("mod@example.org", Role::Moderator).await;
        assert_eq!((moderator.get(PAGE).await.status, moderator.post(END, &[WORDS]).await.status), (403, 403));
        assert!(admin.get(PAGE).await.text().contains("This signs out 2 people"));
        assert_eq!(admin.post(END, &[WORDS]).await.status, 303);
        assert_eq!((boss.get("/").await.status, admin.get("/").await.status), (200, 200));
        assert_eq!((peer.get("/").await.status, moderator.get("/").await.status), (303, 303));
    }
}
