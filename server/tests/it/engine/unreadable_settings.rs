//! Settings whose stored values can't be read.
use crate::support::TestServer;
use domain::Vault;
use policy::Role;
use store::on_both;

const DAMAGED: &[&str] = &[
    "UPDATE policy_revisions SET document = REPLACE(document, '\"sessions.lifetime\":\"60\"', '\"sessions.lifetime\":\"1h\"')",
    "UPDATE policy_revisions SET document = REPLACE(document, '\"two_factor.require_admins\":\"true\"', '\"two_factor.require_admins\":\"yes\"')",
];

on_both! {
    /// Fails when `posture` no longer asks `Policies::unreadable`, or leaves out what holds instead.
    async fn a_setting_that_cannot_be_read_is_named_on_the_overview_with_what_holds_instead(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let saved = boss.save_settings(&[("sessions.lifetime", "60"), ("links.verification", "30")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert!(!boss.get("/admin").await.text().contains("can't be read"), "all is well");
        let saved = boss.save_settings(&[("sessions.lifetime", "60"), ("two_factor.require_admins", "true")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert_eq!(boss.get("/admin").await.status, 303, "she has to enrol");
        server.execute_sql(DAMAGED).await;

        let node = server.node(Vault::new([7; 32])).await;
        let mut later = node.browser();
        later.cookies = boss.cookies.clone();
        let page = later.get("/admin").await;
        let text = page.text().replace("<!>", "");
        assert!(text.contains("What is stored for these settings can't be read"), "{text}");
        for (key, said) in [
            ("sessions.lifetime", "Session lifetime: 480 minutes"),
            ("two_factor.require_admins", "Require MFA for admins: off"),
        ] {
            assert!(text.contains(said), "{said}: {text}");
            assert!(page.page().links_to(&format!("/admin/settings#{key}")), "{key}");
        }
        assert!(!text.contains("Idle timeout:"), "the others are as they were saved");

        let saved = later.save_settings(&[("sessions.lifetime", "60")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert!(!later.get("/admin").await.text().contains("can't be read"), "a save has written them anew");
    }
}
