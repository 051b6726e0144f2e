//! Files of ideas: what is taken, what is refused and why, who gets them, and what is left on disk.
use crate::support::{Answer, Browser, HUGE, PICTURE, TestServer, multipart};
use policy::{Role, SettingKey, time::Span};
use std::path::Path;
use store::{on_both, testing::TestDatabase};

const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";
const JOAN: &str = "joan@example.org";
const TEXT: &[u8] = "Grüezi mitenand.\n".as_bytes();

struct Lab {
    server: TestServer,
    ada: Browser,
    /// Of the same community.
    grace: Browser,
    /// Of none.
    joan: Browser,
    /// The page of an idea.
    idea: String,
}

async fn lab(db: TestDatabase) -> Lab {
    let server = TestServer::start(db).await;
    let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
    let (grace, joan) = (server.signed_in(GRACE, Role::Member).await, server.signed_in(JOAN, Role::Member).await);
    let id = ada.add_community("Research", &[ADA, GRACE]).await;
    let idea = [("community", id.as_str()), ("title", "Plants"), ("body", "Green.")];
    let idea = ada.post("/ideas", &idea).await.location().to_owned();
    Lab { server, ada, grace, joan, idea }
}

async fn attach(browser: &mut Browser, idea: &str, name: &str, content: &[u8]) -> Answer {
    browser.upload(&format!("{idea}/attachments"), &[], name, content).await
}

/// The address of the only attachment.
async fn address(browser: &mut Browser, idea: &str) -> String {
    browser.get(idea).await.page().attribute("a[href^='/attachments/']", "href")
}

/// The only attachment.
async fn downloaded(browser: &mut Browser, idea: &str) -> Answer {
    let address = address(browser, idea).await;
    browser.get(&address).await
}

/// How many files stand in a folder.
fn files_in(folder: &Path) -> usize {
    let Ok(found) = std::fs::read_dir(folder) else { return 0 };
    found.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_file())).count()
}

/// How many files there are, half written ones included.
fn on_disk(server: &TestServer) -> (usize, usize) {
    (files_in(server.files.path()), files_in(&server.files.path().join("incoming")))
}

on_both! {
    /// Fails when `download` answers what a browser may run or show, or hands out something else than was brought.
    async fn a_file_is_attached_and_comes_back_as_it_was(db: TestDatabase) {
        let Lab { server, mut ada, mut grace, idea, .. } = lab(db).await;
        let name = "Pläne, neu.txt";
        let done = attach(&mut ada, &idea, name, TEXT).await;
        assert_eq!(done.location(), format!("{idea}?notice=file-attached"), "{}", done.text());
        let page = grace.get(&idea).await;
        assert!(page.text().contains("Pläne, neu.txt"), "{}", page.text());
        let file = downloaded(&mut grace, &idea).await;
        assert_eq!((file.status, file.bytes.as_slice()), (200, TEXT));
        for (header, value) in [
            ("content-type", "text/plain; charset=utf-8"),
            ("content-disposition", "attachment; filename=\"Pl_ne_ neu.txt\"; filename*=UTF-8''Pl%C3%A4ne%2C%20neu.txt"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(file.headers[header].to_str().ok(), Some(value), "{header}");
        }
        assert_eq!(on_disk(&server), (1, 0));
        let log = ada.get("/admin/audit?channel=files").await.text();
        assert!(log.contains("Attached a file"), "{log}");
        assert_eq!(attach(&mut ada, &idea, name, TEXT).await.status, 303, "a second click");
        assert_eq!((ada.get(&idea).await.page().count("a[href^='/attachments/']"), on_disk(&server)), (1, (1, 0)));
    }

    /// Fails when `attach` no longer tells those who follow the idea, or tells whoever attached the file.
    async fn whoever_follows_the_idea_is_told_of_a_file(db: TestDatabase) {
        let Lab { server, mut ada, mut grace, idea, .. } = lab(db).await;
        assert_eq!(attach(&mut grace, &idea, "mine.txt", TEXT).await.status, 303);
        let mail = server.one_mail("Something happened on an idea").await;
        assert_eq!(mail.to, ADA, "she has written it");
        assert!(mail.text.contains("has attached the file mine.txt"), "{}", mail.text);
        assert_eq!(attach(&mut ada, &idea, "plan.txt", TEXT).await.status, 303);
        assert_eq!(server.one_mail("Something happened on an idea").await.to, GRACE, "who follows it from then on");
        assert_eq!(ada.post("/ideas", &[("community", "x")]).await.status, 422);
        assert!(server.mail().await.is_empty());
    }

    /// Fails when a file of a draft is for others than its author, or others attach one.
    async fn a_draft_has_files_for_its_author_alone(db: TestDatabase) {
        let Lab { server, mut grace, mut joan, mut ada, .. } = lab(db).await;
        let community = server.sql_column("SELECT id FROM communities").await.pop().expect("there is one");
        let draft = [("community", community.as_str()), ("title", "Mine"), ("body", "Not yet."), ("step", "draft")];
        let draft = grace.post("/ideas", &draft).await.location().split('?').next().expect("a path").to_owned();
        assert_eq!(attach(&mut grace, &draft, "mine.txt", TEXT).await.status, 303);
        let address = address(&mut grace, &draft).await;
        for other in [&mut ada, &mut joan] {
            assert_eq!(other.get(&address).await.status, 404);
            assert_eq!(attach(other, &draft, "theirs.txt", TEXT).await.status, 404);
        }
        assert!(server.mail().await.is_empty());
    }

    /// Fails when `nosniff` or the policy of a file is left to the settings.
    async fn no_setting_lets_a_file_run(db: TestDatabase) {
        let Lab { server, mut ada, idea, .. } = lab(db).await;
        attach(&mut ada, &idea, "plan.txt", TEXT).await;
        let address = address(&mut ada, &idea).await;
        ada.has_saved_settings(&[("headers.content_type_options", "false"), ("headers.csp", "default-src 'self'")]).await;
        let file = ada.get(&address).await;
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
        assert_eq!(file.headers["content-security-policy"], "default-src 'none'; sandbox");
        drop(server);
    }

    /// Fails when `attachment` or `attach` no longer asks whether the caller sees the idea.
    async fn only_whoever_sees_the_idea_gets_its_files(db: TestDatabase) {
        let Lab { server, mut ada, mut joan, idea, .. } = lab(db).await;
        attach(&mut ada, &idea, "plan.png", PICTURE).await;
        let address = address(&mut ada, &idea).await;
        for path in [address.clone(), format!("{address}/preview")] {
            assert_eq!(ada.get(&path).await.status, 200, "{path}");
            assert_eq!(joan.get(&path).await.status, 404, "{path}: a member of no community");
            assert_eq!(server.browser().get(&path).await.status, 303, "{path}: a stranger");
        }
        assert_eq!(attach(&mut joan, &idea, "mine.txt", TEXT).await.status, 404);
        assert_eq!(joan.post(&format!("{address}/remove"), &[]).await.status, 404);
        assert_eq!(on_disk(&server), (2, 0), "the picture and its preview");
    }

    /// Fails when `may_remove` is no longer asked, or what was removed stays on disk.
    async fn a_file_is_removed_by_whoever_attached_it_or_a_moderator(db: TestDatabase) {
        let Lab { server, mut ada, mut grace, idea, .. } = lab(db).await;
        attach(&mut ada, &idea, "plan.png", PICTURE).await;
        let of_ada = address(&mut ada, &idea).await;
        assert!(!grace.get(&idea).await.page().has("form[action$='/remove']"));
        grace.post(&format!("{of_ada}/remove"), &[]).await.assert_refused("moderator-required");
        assert_eq!(ada.get(&of_ada).await.status, 200);
        assert_eq!(ada.post(&format!("{of_ada}/remove"), &[]).await.location(), format!("{idea}?notice=attachment-removed"));
        assert_eq!((ada.get(&of_ada).await.status, on_disk(&server)), (404, (0, 0)));
        attach(&mut grace, &idea, "mine.txt", TEXT).await;
        let of_grace = address(&mut grace, &idea).await;
        assert_eq!(ada.post(&format!("{of_grace}/remove"), &[]).await.status, 303, "she is above a moderator");
        assert_eq!(ada.post(&format!("{of_grace}/remove"), &[]).await.status, 404, "once");
    }

    /// Fails when `judge_name` or `judge_content` is no longer asked, or a refusal does not name what may be uploaded.
    async fn a_file_of_another_kind_is_refused_with_those_that_are_taken(db: TestDatabase) {
        let Lab { server, mut ada, idea, .. } = lab(db).await;
        let page = b"<!DOCTYPE html><script>alert(1)</script>".as_slice();
        let archive = [PICTURE, b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"].concat();
        for (name, content) in [
            ("A.EXE", TEXT),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice()),
            ("a.php.jpg", PICTURE),
            ("../../a.html", page),
            ("a\u{202e}gnp.exe", TEXT),
            (".htaccess", TEXT),
            ("none", TEXT),
            ("a.png", page),
            ("a.png", b"PK\x03\x04\x14\0\0\0\0\0"),
            ("a.txt", page),
            ("a.png", &archive),
        ] {
            let refused = attach(&mut ada, &idea, name, content).await;
            assert_eq!(refused.status, 422, "{name:?}: {}", refused.text());
            refused.assert_refused("file-refused");
            assert!(refused.text().contains("These can be uploaded: csv, docx,"), "{name:?}: {}", refused.text());
            assert!(refused.page().links_to(&policy::setting_link::to(SettingKey::FILES_ALLOWED_EXTENSIONS.as_str())), "{name:?}");
        }
        for (name, content, words) in [
            ("a.txt", b"".as_slice(), "That file is empty."),
            ("a.png", HUGE, "That picture has too many pixels."),
            ("a.png", &PICTURE[..50], "That picture can&#x27;t be read."),
        ] {
            let refused = attach(&mut ada, &idea, name, content).await;
            assert_eq!(refused.status, 422, "{name}");
            let said = refused.page().text_of("#file-error");
            assert!(said.contains(&words.replace("&#x27;", "'")), "{said}");
        }
        let nul = attach(&mut ada, &idea, "a.html\0.png", PICTURE).await;
        assert_eq!(nul.status, 422, "no browser writes that: {}", nul.text());
        let nothing = ada.post(&format!("{idea}/attachments"), &[]).await;
        assert!(nothing.status == 422 && nothing.page().text_of("#file-error").contains("Choose a file."));
        assert_eq!(on_disk(&server), (0, 0), "nothing is left of what was refused");
        assert_eq!(server.sql_column("SELECT id FROM files").await.len(), 0);
    }

    /// Fails when `files.allowed_extensions` is not asked, or what it lists is taken whatever it holds.
    async fn the_setting_says_what_else_can_be_attached(db: TestDatabase) {
        let Lab { server, mut ada, idea, .. } = lab(db).await;
        attach(&mut ada, &idea, "plan.dwg", b"AC1032\0\0\0").await.assert_refused("file-refused");
        ada.has_saved_settings(&[("files.allowed_extensions", "dwg")]).await;
        assert!(ada.get(&idea).await.text().contains("docx, dwg, gif"), "the form names it");
        let done = attach(&mut ada, &idea, "plan.DWG", b"AC1032\0\0\0").await;
        assert_eq!(done.status, 303, "{}", done.text());
        let file = downloaded(&mut ada, &idea).await;
        assert_eq!(file.headers["content-type"], "application/octet-stream");
        attach(&mut ada, &idea, "other.dwg", b"MZ\x90\0\x03\0\0\0").await.assert_refused("file-refused");
        ada.has_saved_settings(&[("files.allowed_extensions", "")]).await;
        attach(&mut ada, &idea, "again.dwg", b"AC1032\0\0\0").await.assert_refused("file-refused");
        assert_eq!(on_disk(&server), (1, 0), "what was taken stays");
    }

    /// Fails when a preview is what was brought, and not a picture that Bailey has written itself.
    async fn what_is_shown_of_a_picture_holds_pixels_and_nothing_else(db: TestDatabase) {
        let Lab { mut ada, mut grace, idea, server, .. } = lab(db).await;
        assert_eq!(attach(&mut ada, &idea, "photo.png", PICTURE).await.status, 303);
        let page = grace.get(&idea).await.page();
        let preview = page.attribute("img.attachment", "src");
        let shown = grace.get(&preview).await;
        assert_eq!((shown.status, shown.headers["content-type"].to_str().ok()), (200, Some("image/jpeg")));
        assert!(!shown.headers.contains_key("content-disposition"));
        assert!(shown.bytes.starts_with(b"\xff\xd8\xff") && !shown.body.contains("47.37N"));
        assert!(downloaded(&mut grace, &idea).await.body.contains("47.37N"), "the file is as it was");
        attach(&mut ada, &idea, "plan.txt", TEXT).await;
        assert_eq!(ada.get(&idea).await.page().count("img.attachment"), 1, "a text has none");
        drop(server);
    }

    /// Fails when half of a form leaves a file behind, or its answer has no words.
    async fn a_form_that_is_cut_off_leaves_nothing(db: TestDatabase) {
        let Lab { server, mut ada, idea, .. } = lab(db).await;
        let whole = multipart(&[("page", "x")], "plan.txt", &[b'x'; 3_000]);
        let path = format!("{idea}/attachments");
        // At every length near the parts' ends, and some between.
        let lengths = (0..whole.len()).filter(|n| *n < 400 || n % 500 == 0 || whole.len() - n < 60);
        for length in lengths {
            let answer = ada.post_multipart(&path, whole[..length].to_vec()).await;
            // The last line break belongs to no part.
            if length + 4 < whole.len() {
                assert_eq!(answer.status, 422, "{length} of {}: {}", whole.len(), answer.text());
                assert_eq!(on_disk(&server), (0, 0), "{length}");
            }
        }
        for odd in [b"".to_vec(), b"--".to_vec(), vec![0; 10_000], multipart(&[], "", TEXT), whole.repeat(2)] {
            let answer = ada.post_multipart(&path, odd).await;
            assert!(answer.status < 500, "{}", answer.status);
        }
        let mut twice = multipart(&[], "a.txt", TEXT);
        let end = twice.len() - "--\r\n".len();
        twice.truncate(end);
        twice.extend(b"\r\n");
        twice.extend(multipart(&[], "b.txt", TEXT).iter().skip_while(|byte| **byte != b'\n').skip(1));
        let answer = ada.post_multipart(&path, twice).await;
        assert!(answer.status == 422 && answer.page().text_of("#file-error").contains("one file at a time"), "{}", answer.text());
    }

    /// Fails when `write` takes more than `ATTACHMENT_BYTES`, or a quota is not asked.
    async fn a_file_that_is_too_large_or_one_too_many_is_refused(db: TestDatabase) {
        let Lab { server, mut ada, mut grace, idea, .. } = lab(db).await;
        let most = 10 * 1_024 * 1_024;
        let mut content = vec![b'x'; most + 1];
        let refused = attach(&mut ada, &idea, "large.txt", &content).await;
        refused.assert_refused("file-too-large");
        assert!(refused.text().contains("larger than 10 MB"), "{}", refused.text());
        assert_eq!(on_disk(&server), (0, 0));
        content.resize(most + 200_000, b'x');
        attach(&mut ada, &idea, "large.txt", &content).await.assert_refused("file-too-large");
        content.truncate(most);
        assert_eq!(attach(&mut ada, &idea, "large.txt", &content).await.status, 303, "the largest");
        server.execute_sql(&["UPDATE files SET bytes = 209715200"]).await;
        let refused = attach(&mut ada, &idea, "plan.txt", TEXT).await;
        assert_eq!(refused.status, 409);
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("more than 200 MB"), "{}", refused.text());
        assert_eq!(attach(&mut grace, &idea, "plan.txt", TEXT).await.status, 303, "others go on");
        server.execute_sql(&["UPDATE files SET bytes = 10737418240 WHERE name = 'large.txt'"]).await;
        let refused = attach(&mut grace, &idea, "more.txt", TEXT).await;
        assert!(refused.text().contains("the workspace would store more than 10 240 MB"), "{}", refused.text());
        server.execute_sql(&["UPDATE files SET bytes = 1"]).await;
        for n in 2..20 {
            assert_eq!(attach(&mut ada, &idea, &format!("{n}.txt"), TEXT).await.status, 303, "{n}");
        }
        let refused = attach(&mut ada, &idea, "one more.txt", TEXT).await;
        refused.assert_refused("quota-reached");
        assert!(refused.text().contains("This idea has 20 attachments"), "{}", refused.text());
        assert_eq!(on_disk(&server), (20, 0));
    }

    /// Fails when a disk without room breaks something, or half of a file stays on it.
    async fn a_full_disk_is_told_and_nothing_half_stored(db: TestDatabase) {
        let Lab { server, mut ada, idea, .. } = lab(db).await;
        server.bailey.file_store().leave_free(u64::MAX);
        let refused = attach(&mut ada, &idea, "plan.txt", TEXT).await;
        assert_eq!(refused.status, 507, "{}", refused.text());
        refused.assert_refused("storage-full");
        assert!(refused.text().contains("nothing of it was stored"), "{}", refused.text());
        assert_eq!(on_disk(&server), (0, 0));
        server.bailey.file_store().leave_free(0);
        assert_eq!(attach(&mut ada, &idea, "plan.txt", TEXT).await.status, 303);
    }

    /// Fails when `clean_up` leaves what nobody needs, or takes what somebody does or is about to.
    async fn what_a_power_cut_leaves_is_removed(db: TestDatabase) {
        let Lab { server, mut ada, idea, .. } = lab(db).await;
        attach(&mut ada, &idea, "plan.txt", TEXT).await;
        let folder = server.files.path().to_owned();
        let half = folder.join("incoming").join("0".repeat(32));
        let (orphan, fresh, foreign) = (folder.join("1".repeat(32)), folder.join("2".repeat(32)), folder.join("notes.txt"));
        for path in [&half, &orphan, &fresh, &foreign] {
            std::fs::write(path, "left").expect("it is written");
        }
        let now = std::time::UNIX_EPOCH + std::time::Duration::from_millis(server.bailey.now().0.unsigned_abs());
        std::fs::File::options().write(true).open(&fresh).and_then(|file| file.set_modified(now)).expect("it is ours");
        assert_eq!(server.bailey.files().clean_up().await.expect("it is read"), 2);
        assert!(!half.exists() && !orphan.exists() && fresh.exists() && foreign.exists());
        assert_eq!(downloaded(&mut ada, &idea).await.bytes, TEXT);
        server.clock.advance(Span::minutes(61));
        assert_eq!(server.bailey.files().clean_up().await.expect("it is read"), 1, "an hour later nobody will finish it");
    }

    /// Fails when `attach` no longer holds the caller: of many at once more are taken than may be.
    async fn of_many_at_once_no_more_are_taken_than_may_be(db: TestDatabase) {
        let Lab { server, mut ada, idea, .. } = lab(db).await;
        for n in 1..20 {
            assert_eq!(attach(&mut ada, &idea, &format!("{n}.txt"), TEXT).await.status, 303);
        }
        let (mut one, mut other) = (Browser::clone_of(&ada), Browser::clone_of(&ada));
        let (one, other) =
            tokio::join!(attach(&mut one, &idea, "a.txt", TEXT), attach(&mut other, &idea, "b.txt", TEXT));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!((statuses, on_disk(&server)), ([303, 409], (20, 0)));
    }
}
