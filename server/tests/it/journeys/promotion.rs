//! Who becomes super-admin through the list of addresses, once, and who does not.
use crate::support::{PASSWORD, TestServer};
use domain::members::NewMember;
use policy::{EmailAddress, Role};
use store::on_both;

const LIST: &str = "members.super_admin_emails";

on_both! {
    /// Fails when neither `promotion::promotes` nor `SignIn::promote` looks at whether an address was promoted before.
    async fn whoever_was_promoted_and_then_demoted_stays_so(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        assert_eq!(boss.save_settings(&[(LIST, "eve@example.org")]).await.status, 303);
        let mut eve = server.signed_in("eve@example.org", Role::Member).await;
        assert_eq!(eve.get("/admin/settings").await.status, 200, "the list has promoted her");
        let email = EmailAddress::parse("eve@example.org").expect("an address");
        let mut tx = server.db.store.write().await.expect("it answers");
        let row = tx.member_by_email(&server.workspace.id, &email).await.expect("it reads").expect("she is there");
        assert_eq!(row.role, Role::SuperAdmin);
        tx.set_role(&row.id, Role::Member).await.expect("it writes");
        tx.commit().await.expect("it keeps");
        assert_eq!(eve.get("/admin/settings").await.status, 403, "it holds from her next request on");
        let mut elsewhere = server.browser();
        for browser in [&mut eve, &mut elsewhere] {
            assert_eq!(browser.sign_in("eve@example.org").await.location(), "/");
            assert_eq!(browser.get("/admin/settings").await.status, 403, "though she is still on the list");
        }
    }

    /// Fails when `EmailAddress::parse` folds more than the case of ASCII, or takes a domain that ends with a dot, or
    /// when `promotion::promotes` compares less than the whole address.
    async fn an_address_that_only_looks_like_one_on_the_list_makes_nobody_a_super_admin(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        assert_eq!(boss.save_settings(&[(LIST, "kim@example.org")]).await.status, 303);
        server.member("kim@example.org", Role::Member).await;
        // The sign of Kelvin, an i without a dot.
        for alike in ["\u{212a}im@example.org", "k\u{131}m@example.org"] {
            let (password, role) = (Some(PASSWORD.into()), Role::Member);
            let new = NewMember { name: "Eve", email: alike, password, role, confirmed: true };
            assert!(server.bailey.members().create(&server.workspace.id, new).await.is_err(), "{alike}");
            assert_eq!(server.browser().sign_in(alike).await.status, 422, "{alike} is not Kim");
            let page = boss.save_settings(&[(LIST, alike)]).await;
            assert_eq!(page.status, 422, "{alike}: nor does it come onto the list");
        }
        // What is written behind an address in a sentence makes no other one of it.
        let new = NewMember { name: "Eve", email: "kim@example.org.", password: None, role: Role::Member, confirmed: true };
        assert!(server.bailey.members().create(&server.workspace.id, new).await.is_err(), "that is Kim");
        for other in ["kim+root@example.org", "k.im@example.org", "kim@example.org.example.net", "akim@example.org"] {
            let mut browser = server.signed_in(other, Role::Member).await;
            assert_eq!(browser.get("/admin/settings").await.status, 403, "{other}");
        }
        let mut kim = server.browser();
        assert_eq!(kim.sign_in("KIM@Example.org").await.location(), "/");
        assert_eq!(kim.get("/admin/settings").await.status, 200, "she herself is promoted");
    }
}
