//! Review, save with confirmation, undo and the history.
use crate::support::{Browser, TestServer};
use policy::{Role, Settings, time::Span};
use store::on_both;

on_both! {
    async fn a_review_says_what_changes_and_whom_it_concerns_and_saves_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.signed_in("grace@example.org", Role::Member).await;
        server.clock.advance(Span::minutes(20));
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let changes = [("sessions.lifetime", "15"), ("two_factor.require_everyone", "true"), ("sessions.idle_timeout", "20")];
        let page = ada.press("review", 0, &changes).await;
        assert_eq!(page.status, 200);
        let text = page.text();
        for words in [
            "Session lifetime",
            "480 minutes",
            "15 minutes",
            "1 session ends now.",
            "2 members have to set up two-factor authentication on the next request. You are one of them.",
            "Never reached: the session lifetime ends a session first.",
            "Save with confirmation",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(page.page().holds("15"), "what was typed is still there");
        assert_eq!(server.session_lifetime().await, 480);
    }

    /// Fails when `warnings` says nothing of one of them, or a save is refused for it.
    async fn what_outlasts_the_standards_is_warned_of_and_saved_all_the_same(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let said = [
            "NIST SP 800-63B-4 §2.2.3 asks for an hour at most",
            "NIST SP 800-63B-4 §2.2.3 asks for 24 hours at most.",
            "In a trusted browser the password alone signs in",
            "Never expires by itself: a link in an old mail",
        ];
        let page = ada.get("/admin/settings").await.text();
        assert!(said.iter().all(|words| !page.contains(words)), "the defaults give no cause: {page}");
        let changes = [
            ("sessions.idle_timeout", "0"),
            ("sessions.lifetime", "1500"),
            ("two_factor.trusted_device_days", "7"),
            ("links.password_reset", "0"),
        ];
        let mut wanted = Settings::default();
        for (key, text) in changes {
            wanted.set(Settings::find(key).expect("it is declared"), text).expect("it is valid");
        }
        let planned = server.bailey.policies().review_from_console(&server.workspace.id, wanted, false).await.expect("it is valid");
        let keys: Vec<_> = planned.warnings.iter().map(|warning| warning.key).collect();
        assert!(changes.iter().all(|(key, _)| keys.contains(key)), "{keys:?}");
        let review = ada.press("review", 0, &changes).await;
        assert!(ada.press("reviewed", 0, &changes).await.location().starts_with("/admin/settings?notice=settings-saved"));
        let saved = ada.get("/admin/settings").await;
        for words in said {
            assert!(review.text().contains(words), "{words}: {}", review.text());
            assert!(saved.text().contains(words), "{words}: {}", saved.text());
        }
    }

    async fn a_review_names_the_people_it_counts(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.signed_in("grace@example.org", Role::Member).await;
        server.clock.advance(Span::minutes(20));
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.press("review", 0, &[("sessions.lifetime", "15")]).await;
        let listed = page.page().text_of(".people");
        assert!(listed.contains("grace@example.org") && !listed.contains("ada@example.org"), "{listed}");
        let page = ada.press("review", 0, &[("two_factor.require_admins", "true")]).await;
        let listed = page.page().text_of(".people");
        assert!(listed.contains("ada@example.org") && !listed.contains("grace@example.org"), "{listed}");
    }

    /// Fails without the call of `saved_forms::save` in the gate.
    async fn what_was_posted_after_the_session_had_ended_waits_on_the_page(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        server.clock.advance(Span::minutes(31));
        let never = ("sessions.idle_timeout.never", "30");
        let ended = ada.press("reviewed", 0, &[("sessions.lifetime", "77"), never]).await;
        assert_eq!(ended.location(), "/sign-in?next=%2Fadmin%2Fsettings%3Fsaved%3Dyes");
        assert_eq!(server.session_lifetime().await, 480, "nothing was saved");
        let mut other = server.signed_in("grace@example.org", Role::Admin).await;
        assert!(!other.get("/admin/settings?saved=yes").await.page().holds("77"), "it is nobody else's");
        ada.sign_in("ada@example.org").await;
        let page = ada.get("/admin/settings?saved=yes").await;
        assert!(page.text().contains("Nothing was saved yet. What you typed is below"), "{}", page.text());
        assert!(page.page().holds("77"));
        assert!(page.page().has("[name='sessions.idle_timeout.never'][value='']"), "the box that was ticked still is");
        ada.press("reviewed", 0, &[("sessions.lifetime", "77")]).await;
        assert_eq!(server.session_lifetime().await, 77);
        let after = ada.get("/admin/settings?saved=yes").await;
        assert!(!after.text().contains("Your session had ended"), "it was saved meanwhile");
    }

    /// Fails when `Tx::saved_form` looks for the member alone, or for the token alone.
    async fn what_was_typed_belongs_to_the_browser_and_to_its_member(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        server.clock.advance(Span::minutes(31));
        let ended = ada.press("reviewed", 0, &[("sessions.lifetime", "77")]).await;
        assert!(ended.set_cookie("bailey-3000-form").ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=3600"));
        let holds = async |browser: &mut Browser| browser.get("/admin/settings?saved=yes").await.page().holds("77");
        let mut elsewhere = server.sign_in("ada@example.org").await;
        assert!(!holds(&mut elsewhere).await, "it is not in another browser of hers");
        let mut grace = server.signed_in("grace@example.org", Role::Admin).await;
        grace.cookies.insert("bailey-3000-form".to_owned(), ada.cookies["bailey-3000-form"].clone());
        assert!(!holds(&mut grace).await, "and not in hers for somebody else");
        ada.sign_in("ada@example.org").await;
        assert!(holds(&mut ada).await);
        assert_eq!(ada.post("/sign-out", &[]).await.status, 303);
        ada.sign_in("ada@example.org").await;
        server.clock.advance(Span::minutes(31));
        ada.press("reviewed", 0, &[("sessions.lifetime", "78")]).await;
        assert_eq!(server.sql_column("SELECT page FROM kept_forms").await, ["/admin/settings"], "one takes the place of another");
    }

    /// Fails when `session::keeps_forms` is not asked: whoever has a token of a session that somebody ended puts a form
    /// before its member.
    async fn a_session_that_somebody_has_ended_writes_no_form(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let forms = server.forms_about("ada@example.org").await;
        for how in ["end-others", "sign-out", "by an admin", "elsewhere"] {
            let mut thief = Browser::clone_of(&ada);
            let mut other = server.sign_in("ada@example.org").await;
            match how {
                "end-others" => drop(other.post("/profile/sessions/end-others", &[]).await),
                "sign-out" => drop(ada.post("/sign-out", &[]).await),
                "by an admin" => assert_eq!(boss.post(&format!("{forms}/end-sessions"), &[]).await.status, 303),
                _ => {
                    boss.has_saved_settings(&[("sessions.allow_concurrent", "false")]).await;
                    other.sign_in("ada@example.org").await;
                }
            }
            let posted = thief.press("reviewed", 0, &[("members.super_admin_emails", "mallory@example.org")]).await;
            assert_eq!(posted.location(), "/sign-in?next=%2Fadmin%2Fsettings", "{how}");
            assert!(!thief.cookies.contains_key("bailey-3000-form"), "{how}");
            assert_eq!(server.sql_column("SELECT page FROM kept_forms").await, Vec::<String>::new(), "{how}");
            ada.sign_in("ada@example.org").await;
            assert!(!ada.get("/admin/settings?saved=yes").await.page().holds("mallory@example.org"), "{how}");
        }
    }

    /// Fails when `came_from` no longer falls back on `page_of_form`, or a form is kept for a browser of which nobody knows
    /// whose session it had.
    async fn a_form_that_brings_no_session_leads_back_to_its_page(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let session = std::mem::take(&mut ada.cookies);
        let to = ada.press("reviewed", 0, &[("sessions.lifetime", "77")]).await;
        assert_eq!(to.location(), "/sign-in?next=%2Fadmin%2Fsettings");
        let to = ada.post("/admin/history/restore", &[("revision", "0"), ("base", "0")]).await;
        assert_eq!(to.location(), "/sign-in?next=%2Fadmin%2Fhistory");
        ada.cookies = session;
        assert!(!ada.get("/admin/settings?saved=yes").await.page().holds("77"), "nobody knows whose it was");
    }

    async fn what_was_kept_is_gone_after_an_hour(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        server.clock.advance(Span::minutes(31));
        ada.press("reviewed", 0, &[("sessions.lifetime", "77")]).await;
        server.clock.advance(Span::minutes(60));
        ada.sign_in("ada@example.org").await;
        assert!(!ada.get("/admin/settings?saved=yes").await.page().holds("77"));
        server.bailey.tidy_up().await.expect("it answers");
    }

    async fn a_review_of_a_bad_form_points_at_the_field(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.press("review", 0, &[("headers.csp", "imgsrc 'self'")]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("“imgsrc” is no directive. Did you mean img-src?"));
    }

    async fn a_change_that_nobody_confirms_goes_back_by_itself(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let saved = ada.press("wait", 0, &[("sessions.lifetime", "60")]).await;
        assert_eq!(saved.location(), "/admin/settings/confirm?notice=settings-waiting");
        assert_eq!(server.session_lifetime().await, 60, "it holds at once");
        server.clock.advance(Span::minutes(5) );
        // A second node, or the same after a restart, tries too: one of them does it.
        let both = tokio::join!(server.bailey.policies().revert_overdue(), server.bailey.policies().revert_overdue());
        assert_eq!(both.0.expect("it answers") + both.1.expect("it answers"), 1);
        assert_eq!(server.session_lifetime().await, 480);
        let log = ada.get("/admin/audit?channel=settings").await.text();
        assert!(log.contains("bailey") && log.contains("revert 1"), "{log}");
        let words = "The last change was not confirmed in time, so it went back by itself";
        let page = ada.get("/admin/settings/confirm?notice=settings-waiting").await.text();
        assert!(page.contains(words) && !page.contains("they hold already") && !page.contains("Keep them?"), "{page}");
        assert!(ada.get("/admin/settings").await.text().contains(words));
        ada.press("reviewed", 2, &[("sessions.lifetime", "90")]).await;
        assert!(!ada.get("/admin/settings").await.text().contains(words), "until somebody saves");
        assert_eq!(server.bailey.policies().revert_overdue().await.expect("it answers"), 0);
    }

    async fn a_change_is_not_put_back_before_its_time(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.press("wait", 0, &[("sessions.lifetime", "60")]).await;
        server.clock.advance(Span::seconds(299));
        assert_eq!(server.bailey.policies().revert_overdue().await.expect("it answers"), 0);
        assert_eq!(server.session_lifetime().await, 60);
    }

    async fn a_change_that_is_confirmed_stays(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.press("wait", 0, &[("sessions.lifetime", "60")]).await;
        let page = ada.get("/admin/settings/confirm?notice=settings-waiting").await;
        assert!(page.text().contains("unless you confirm them") && page.text().contains("Keep them?"));
        assert!(page.text().contains("Keep these settings") && page.text().contains("60 minutes"));
        let kept = ada.post("/admin/settings/confirm", &[("revision", "1"), ("act", "keep")]).await;
        assert_eq!(kept.location(), "/admin/settings?notice=change-confirmed");
        server.clock.advance(Span::minutes(6));
        assert_eq!(server.bailey.policies().revert_overdue().await.expect("it answers"), 0);
        assert_eq!(server.session_lifetime().await, 60);
        let again = ada.post("/admin/settings/confirm", &[("revision", "1"), ("act", "keep")]).await;
        assert_eq!(again.location(), "/admin/settings?notice=change-settled");
    }

    async fn a_change_can_be_put_back_at_once_and_too_late_it_cannot_be_confirmed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.press("wait", 0, &[("sessions.lifetime", "60")]).await;
        let back = ada.post("/admin/settings/confirm", &[("revision", "1"), ("act", "revert")]).await;
        assert_eq!(back.location(), "/admin/settings?notice=change-reverted");
        assert_eq!(server.session_lifetime().await, 480);
        ada.press("wait", 2, &[("sessions.lifetime", "90")]).await;
        server.clock.advance(Span::minutes(5));
        let late = ada.post("/admin/settings/confirm", &[("revision", "3"), ("act", "keep")]).await;
        assert_eq!(late.location(), "/admin/settings?notice=change-settled", "its time was over");
    }

    async fn a_revision_is_restored_through_the_same_checks(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.press("reviewed", 0, &[("sessions.lifetime", "60")]).await;
        ada.press("reviewed", 1, &[("sessions.lifetime", "90")]).await;
        let undo = ada.get("/admin/history?restore=1").await.text();
        assert!(undo.contains("Restore revision 1") && undo.contains("90 minutes") && undo.contains("60 minutes"), "{undo}");
        let restored = ada.post("/admin/history/restore", &[("revision", "1"), ("base", "2")]).await;
        assert_eq!(restored.location(), "/admin/history?notice=revision-restored");
        assert_eq!(server.session_lifetime().await, 60);
        let overtaken = ada.post("/admin/history/restore", &[("revision", "0"), ("base", "2")]).await;
        assert_eq!(overtaken.location(), "/admin/history?notice=overtaken");
        let forged = ada.post("/admin/history/restore", &[("revision", "1"), ("base", "99")]).await;
        assert_eq!(forged.location(), "/admin/history?notice=never-was", "nobody came in between");
        assert_eq!(ada.post("/admin/history/restore", &[("undo", "1"), ("base", "99")]).await.status, 404);
        assert_eq!(ada.post("/admin/history/restore", &[("revision", "99"), ("base", "3")]).await.status, 404);
        let history = ada.get("/admin/history").await.text();
        assert!(history.contains("restored 1") && history.contains("ada@example.org"), "{history}");
        let compared = ada.get("/admin/history?from=0&to=2").await.text();
        assert!(compared.contains("From revision 0 to 2") && compared.contains("480 minutes"), "{compared}");
        let of_one = ada.get("/admin/history?setting=sessions.idle_timeout").await.text();
        assert!(of_one.contains("Only what changed Idle timeout") && of_one.contains("Nothing was saved yet"), "{of_one}");
    }

    /// Fails when `Policies::undone` takes the settings of the revision before, or puts back what was changed again since.
    async fn undoing_a_revision_leaves_alone_what_others_saved_since(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let hers = [("sessions.lifetime", "500"), ("sessions.idle_timeout", "20")];
        ada.press("reviewed", 0, &hers).await;
        for words in ["Undo revision 1", "480 minutes", "Undo with confirmation"] {
            assert!(ada.get("/admin/history?undo=yes").await.text().contains(words), "{words}");
        }
        let mut grace = server.signed_in("grace@example.org", Role::Admin).await;
        grace.press("reviewed", 1, &[("sessions.lifetime", "500"), ("sessions.idle_timeout", "10"), ("links.verification", "30")]).await;
        let page = ada.get("/admin/history?undo=1").await;
        let panel = page.page().part("form", "Undo revision").text_of("body");
        assert!(panel.contains("It is not the newest") && panel.contains("Changed again since"), "{panel}");
        assert!(panel.contains("Idle timeout") && !panel.contains("Verification link"), "{panel}");
        let overtaken = ada.post("/admin/history/restore", &[("undo", "1"), ("base", "1")]).await;
        assert_eq!(overtaken.location(), "/admin/history?notice=overtaken");
        let undone = ada.post("/admin/history/restore", &[("undo", "1"), ("base", "2")]).await;
        assert_eq!(undone.location(), "/admin/history?notice=change-reverted");
        let policy = server.bailey.policies().now(&server.workspace.id).await.expect("it answers");
        let text = |key| policy.settings.print(Settings::find(key).expect("it is declared"));
        let now = ["sessions.lifetime", "sessions.idle_timeout", "links.verification"].map(text);
        assert_eq!(now, ["480", "10", "30"].map(str::to_owned));
        assert!(ada.get("/admin/history").await.text().contains("undid 1"));
        for nothing in ["0", "99", "-1"] {
            assert_eq!(ada.post("/admin/history/restore", &[("undo", nothing), ("base", "3")]).await.status, 404, "{nothing}");
        }
        assert_eq!(ada.get("/admin/history?undo=99").await.status, 200);
    }

    async fn a_restore_of_what_only_a_super_admin_may_change_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut owner = server.signed_in("owner@example.org", Role::SuperAdmin).await;
        owner.press("reviewed", 0, &[("members.super_admin_emails", "grace@example.org")]).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let refused = ada.post("/admin/history/restore", &[("revision", "0"), ("base", "1")]).await;
        assert_eq!(refused.status, 403);
        refused.assert_refused("super-admin-setting");
    }

    async fn a_member_sees_the_policies_that_apply_to_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.press("reviewed", 0, &[("sessions.lifetime", "60")]).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let text = grace.get("/profile/policies").await.text();
        assert!(text.contains("Session lifetime") && text.contains("1 hour Set by this workspace"), "{text}");
        assert!(text.contains("1 day Default of Bailey"), "days stay days: {text}");
        assert!(!text.contains("Require MFA for admins") && text.contains("Require MFA for everyone"), "{text}");
        assert!(ada.get("/profile/policies").await.text().contains("Require MFA for admins"));
        assert!(!text.contains("Admin IP allowlist") && text.contains("Gravatar pictures"), "only what concerns them");
    }

    /// Fails when a note of the allowlist is left out of the review, the history or the audit log.
    async fn a_changed_note_is_seen_wherever_changes_are(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let list = "network.admin_allowlist";
        ada.save_settings(&[(list, "203.0.113.0/24 # office")]).await;
        let changed = [(list, "203.0.113.0/24 # home"), ("step", "review")];
        let review = ada.save_settings(&changed).await.text();
        assert_eq!(ada.save_settings(&changed[..1]).await.status, 303);
        for (place, text) in [
            ("review", review),
            ("history", ada.get("/admin/history").await.text()),
            ("audit log", ada.get("/admin/audit?channel=settings").await.text()),
        ] {
            assert!(text.contains("203.0.113.0/24 (office)") && text.contains("203.0.113.0/24 (home)"), "{place}: {text}");
        }
    }

    /// Fails when the review, the history, the audit log or the API no longer tells which change weakens.
    async fn what_a_change_weakens_is_told_wherever_the_change_is(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let changes = [("sessions.lifetime", "600"), ("sessions.idle_timeout", "10")];
        let review = ada.press("review", 0, &changes).await;
        assert!(review.text().replace("<!>", "").contains("This weakens Session lifetime."), "{}", review.text());
        assert_eq!(ada.press("reviewed", 0, &changes).await.status, 303);
        for path in ["/admin/history", "/admin/audit?channel=settings"] {
            let told = ada.get(path).await.page().texts(".tag.risk");
            assert_eq!(told, ["weaker"], "{path}");
        }
        let dry = ada.put_policy("?dry_run=true", "1", r#"{"sessions": {"lifetime": 700, "idle_timeout": 5}}"#).await.json();
        let weakens = |n: usize| (dry["changes"][n]["setting"].as_str(), dry["changes"][n]["weakens"].as_bool());
        assert_eq!([weakens(0), weakens(1)], [(Some("sessions.idle_timeout"), Some(false)), (Some("sessions.lifetime"), Some(true))]);
    }

    /// Fails when the warning is left out of `rules::warnings`, or the page is told of another scheme.
    async fn hsts_on_a_site_reached_over_http_is_warned_of(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let words = "This site is reached over http, where browsers ignore HSTS";
        assert!(ada.get("/admin/settings").await.text().contains(words), "beside the switch");
        ada.save_settings(&[("headers.hsts", "false")]).await;
        assert!(!ada.get("/admin/settings").await.text().contains(words));
        let review = ada.save_settings(&[("headers.hsts", "true"), ("step", "review")]).await;
        assert!(review.text().contains(words), "{}", review.text());
    }

    /// Fails when the history forgets its form, or says nothing, about what is not there.
    async fn the_history_says_what_is_not_there_and_stays(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.save_settings(&[("sessions.lifetime", "60")]).await;
        for (query, words) in [
            ("from=0&to=99", "There is no revision 99. The newest is 1."),
            ("from=-1&to=1", "That is not the number of a revision. The newest is 1."),
            ("from=abc&to=1", "That is not the number of a revision. The newest is 1."),
            ("restore=", "That is not the number of a revision. The newest is 1."),
            ("restore=7", "There is no revision 7. The newest is 1."),
            ("setting=nonsense", "No setting is called “nonsense”, so every revision is shown."),
        ] {
            let page = ada.get(&format!("/admin/history?{query}")).await;
            assert_eq!(page.status, 200, "{query}");
            for words in [words, "Compare revision", "Session lifetime"] {
                assert!(page.text().contains(words), "{query}: {words}: {}", page.text());
            }
        }
    }
}
