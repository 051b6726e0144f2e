//! The mark of the workspace: from a picture that somebody chooses to what stands on every page.
use crate::support::{Browser, HUGE, PICTURE, TestServer};
use policy::{Role, time::Span};
use store::{on_both, testing::TestDatabase};

const PAGE: &str = "/admin/settings/general";
const FORM: &str = "/admin/settings/general/mark";

async fn with_boss(db: TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
    (server, boss)
}

on_both! {
    /// Fails when the mark is not written anew, does not stand where people look, or can't be shown by a mail.
    async fn a_mark_stands_before_the_name_everywhere(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        assert_eq!(boss.get("/").await.page().count("img.workspace-mark"), 0);
        let done = boss.upload(FORM, &[("text", "A green leaf")], "leaf.png", PICTURE).await;
        assert_eq!(done.location(), format!("{PAGE}?notice=workspace-saved"), "{}", done.text());
        let mut stranger = server.browser();
        let address = stranger.get("/sign-in").await.page().attribute("img.workspace-mark", "src");
        let page = boss.get("/").await.page();
        assert_eq!(page.attribute("img.workspace-mark", "src"), address);
        assert_eq!(page.attribute("img.workspace-mark", "alt"), "A green leaf");
        assert_eq!(page.attribute("link[rel='icon']", "href"), address);
        let picture = stranger.get(&address).await;
        assert_eq!(picture.status, 200);
        for (header, value) in [
            ("content-type", "image/png"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("cache-control", "public, max-age=31536000, immutable"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
        ] {
            assert_eq!(picture.headers[header].to_str().ok(), Some(value), "{header}");
        }
        assert!(picture.bytes.starts_with(b"\x89PNG") && !picture.body.contains("47.37N"));
        assert_eq!(picture.bytes[16..24], [0, 0, 0, 192, 0, 0, 0, 192], "a square");
        // Another picture has another address, and the one before is gone.
        assert_eq!(boss.upload(FORM, &[("text", "")], "leaf.png", PICTURE).await.status, 303);
        let other = stranger.get("/sign-in").await.page().attribute("img.workspace-mark", "src");
        assert_ne!(other, address);
        assert_eq!((stranger.get(&address).await.status, stranger.get(&other).await.status), (404, 200));
        assert_eq!(boss.post(&format!("{FORM}/remove"), &[]).await.status, 303);
        let page = boss.get("/").await.page();
        assert_eq!((page.count("img.workspace-mark"), page.attribute("link[rel='icon']", "href").as_str()), (0, "/icon.svg"));
        assert_eq!(stranger.get(&other).await.status, 404);
        assert_eq!(std::fs::read_dir(server.files.path()).expect("a folder").filter(|one| one.as_ref().is_ok_and(|one| one.path().is_file())).count(), 0);
        let log = boss.get("/admin/audit?channel=settings").await.text();
        assert!(log.contains("Changed the workspace's mark") && log.contains("Removed the workspace's mark"), "{log}");
    }

    /// Fails when what was typed beside a picture that is refused is lost, or a picture is taken that is none.
    async fn a_picture_that_is_refused_leaves_what_was_typed(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        for (name, content) in [
            ("leaf.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice()),
            ("leaf.png", b"<html>"),
            ("leaf.png", HUGE),
            ("leaf.png", &PICTURE[..60]),
            ("leaf.png", b""),
            ("leaf.pdf", b"%PDF-1.7\n"),
        ] {
            let refused = boss.upload(FORM, &[("text", "A \"leaf\" <b>")], name, content).await;
            assert_eq!(refused.status, 422, "{name}: {}", refused.text());
            assert_eq!(refused.page().value("text"), "A \"leaf\" <b>", "{name}: what was typed is still there");
            assert_eq!(refused.page().value("name"), "Bailey", "{name}: the other form is as it was");
        }
        let long = boss.upload(FORM, &[("text", &"x".repeat(121))], "leaf.png", PICTURE).await;
        assert!(long.status == 422 && long.page().has("#text-error"), "{}", long.text());
        let large = boss.upload(FORM, &[("text", "Leaf")], "leaf.png", &vec![b'x'; 2 * 1_024 * 1_024 + 1]).await;
        large.assert_refused("file-too-large");
        assert_eq!(large.page().value("text"), "Leaf");
        assert_eq!(boss.get("/").await.page().count("img.workspace-mark"), 0);
        assert_eq!(server.sql_column("SELECT id FROM files").await.len(), 0);
    }

    /// Fails when the mark is changed without a fresh proof, or by whoever is no admin.
    async fn changing_the_mark_asks_for_a_fresh_proof(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let mut member = server.signed_in("grace@example.org", Role::Member).await;
        member.upload(FORM, &[], "leaf.png", PICTURE).await.assert_refused("role-required");
        server.clock.advance(Span::minutes(11));
        let back = "/profile/step-up?next=%2Fadmin%2Fsettings%2Fgeneral";
        assert_eq!(boss.upload(FORM, &[("text", "")], "leaf.png", PICTURE).await.location(), back);
        assert_eq!(boss.post(&format!("{FORM}/remove"), &[]).await.location(), back);
        assert_eq!(server.browser().get("/mark/nothing").await.status, 404);
    }
}
