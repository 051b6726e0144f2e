//! `/admin/settings`: the save without WebAssembly, and what becomes of bad input.
use crate::support::{Answer, Browser, TestServer, settings_saved};
use policy::{Role, Settings, value::Kind};
use store::on_both;

/// Posts the whole form with these fields besides: each name twice, the value of the defaults first.
async fn save_twice(browser: &mut Browser, again: &[(&str, &str)]) -> Answer {
    let mut form = Settings::default().to_document();
    form.insert("revision".to_owned(), "0".to_owned());
    let mut fields: Vec<_> = form.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    fields.extend_from_slice(again);
    browser.post("/admin/settings", &fields).await
}

/// Who holds the role of a super-admin through the list, as the settings page says; nothing where nobody does.
async fn promoted(browser: &mut Browser) -> Option<String> {
    let page = browser.get("/admin/settings").await.text();
    let (_, said) = page.split_once("Super-admins through this list: ")?;
    said.split_once(". Whoever leaves the list keeps the role.").map(|(people, _)| people.to_owned())
}

on_both! {
    async fn a_save_is_seen_in_the_form_and_in_the_audit_log(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let saved = ada.save_settings(&[("sessions.lifetime", "60")]).await;
        assert_eq!((saved.status, saved.location()), (303, settings_saved(1).as_str()));
        let page = ada.get(saved.location()).await;
        let words = "Settings saved. Some changes (session lifetime, SSO credentials) take effect on the next request.";
        assert!(page.text().contains(words));
        assert!(page.page().links_to("/admin/history?undo=1"), "what was saved can be undone");
        assert_eq!(page.page().value("sessions.lifetime"), "60");
        let log = ada.get("/admin/audit?channel=settings").await.text();
        assert!(log.contains("Updated application settings") && log.contains("60 minutes"), "{log}");
    }

    async fn a_bad_value_is_refused_with_everything_typed_still_there(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        for (typed, words) in [
            ("4", "At least 5 minutes. Enter a whole number from 5 to 43 200 (30 days)."),
            ("43201", "At most 43 200 minutes. Enter a whole number from 5 to 43 200 (30 days)."),
            ("-1", "At least 5 minutes."),
            ("8h", "Not a whole number."),
            ("", "Enter a whole number from 5 to 43 200 (30 days)."),
        ] {
            let page = ada.save_settings(&[("sessions.lifetime", typed), ("sessions.idle_timeout", "77")]).await;
            assert_eq!(page.status, 422, "{typed:?}");
            assert!(page.text().contains(words), "{typed:?}");
            assert_eq!(page.page().value("sessions.lifetime"), typed);
            assert_eq!(page.page().value("sessions.idle_timeout"), "77", "what else was typed is still there");
        }
        assert_eq!(ada.get("/admin/settings").await.page().value("sessions.lifetime"), "480", "nothing was saved");
        let log = ada.get("/admin/audit?channel=settings").await.text();
        assert!(!log.contains("Updated application settings"));
    }

    async fn every_number_beyond_its_range_is_refused_in_the_words_of_the_browser(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let numbers: Vec<_> = Settings::all().filter(|s| matches!(s.kind, Kind::Number | Kind::Limit)).collect();
        for typed in [|max: u32| (max + 1).to_string(), |_| "-1".to_owned(), |_| "1.5".to_owned(), |_| "\u{2164}".to_owned(), |_| String::new()] {
            let texts: Vec<_> = numbers.iter().map(|s| (s.key, typed(s.bounds.map_or(0, |bounds| bounds.max)))).collect();
            let changes: Vec<_> = texts.iter().map(|(key, text)| (*key, text.as_str())).collect();
            let page = ada.save_settings(&changes).await;
            assert_eq!(page.status, 422);
            let text = page.text();
            for (setting, (key, typed)) in numbers.iter().zip(&texts) {
                let words = setting.canonical(typed).expect_err(key).to_string().replace('\u{a0}', " ");
                assert!(text.contains(&words), "{key} {typed:?}: {words}");
                assert_eq!(&page.page().value(key), typed, "{key}");
            }
        }
    }

    async fn odd_texts_are_refused_beside_their_field_and_half_of_nothing_is_saved(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        for setting in Settings::all().filter(|s| matches!(s.kind, Kind::Lines | Kind::Line | Kind::Text | Kind::Choice | Kind::Switch | Kind::Emails)) {
            let page = ada.save_settings(&[(setting.key, "a\u{0}\r\nSet-Cookie: b"), ("sessions.lifetime", "77")]).await;
            assert_eq!(page.status, 422, "{}", setting.key);
            assert_eq!(page.page().value("sessions.lifetime"), "77");
        }
        assert_eq!(ada.get("/admin/settings").await.page().value("sessions.lifetime"), "480", "nothing was saved");
        let huge = ada.save_settings(&[("sign_in.banner", &"x".repeat(1_000_000))]).await;
        assert_eq!(huge.status, 413);
        assert!(huge.text().contains("Nothing was saved"));
    }

    /// Fails when `limits::settle` lets a box win over the number that was typed beside it.
    async fn a_number_that_is_typed_beside_a_ticked_box_is_not_lost(db: TestDatabase) {
        let (number, never) = ("passwords.max_age", "passwords.max_age.never");
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.get("/admin/settings").await;
        assert_eq!((page.page().value(number), page.page().value(never)), (String::new(), String::new()), "a name in place of a bare 0");
        assert_eq!(ada.save_settings(&[(number, "abc"), (never, "")]).await.status, 422);
        assert_eq!(ada.save_settings(&[(number, "90"), (never, "")]).await.status, 303);
        let page = ada.get("/admin/settings").await;
        assert_eq!((page.page().value(number), page.page().value(never)), ("90".to_owned(), "90".to_owned()));
        let both = ada.save_settings(&[(number, "45"), (never, "90")]).await;
        assert_eq!((both.status, both.page().value(number)), (422, "45".to_owned()));
        assert!(both.text().contains("“Never” was ticked as well. Leave one of the two."), "{}", both.text());
        assert_eq!(ada.save_settings(&[(number, "90"), (never, "90")]).await.status, 303);
        assert_eq!(ada.get("/admin/settings").await.page().value(number), "", "the box alone was ticked");
        let blank = ada.save_settings(&[(number, "")]).await;
        assert_eq!(blank.status, 422, "neither a number nor the box");
        assert_eq!(ada.save_settings(&[(number, ""), (never, "")]).await.location(), "/admin/settings?notice=nothing-changed");
    }

    /// Fails when `ambiguous_fields` no longer looks at `Fields::repeated`.
    async fn a_field_that_arrives_twice_is_refused_and_nothing_is_lost(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = save_twice(&mut ada, &[("sessions.lifetime", "600"), ("sessions.idle_timeout", "4")]).await;
        assert_eq!((page.status, page.page().value("sessions.lifetime")), (422, "600".to_owned()));
        for words in ["This field arrived more than once, also as “480”.", "also as “30”."] {
            assert!(page.text().contains(words), "{}", page.text());
        }
        let twice = save_twice(&mut ada, &[("revision", "0")]).await;
        assert_eq!(twice.status, 422, "what is no setting either");
        let switch = save_twice(&mut ada, &[("sign_in.captcha", "true")]).await;
        assert_eq!(switch.status, 303, "a switch follows its hidden companion: {}", switch.text());
        assert_eq!(ada.get("/admin/settings").await.page().value("sessions.lifetime"), "480");
    }

    /// Fails when `Shortened` is not in the row, or `link::shortened` no longer asks what decides when a mail is made.
    async fn a_row_says_which_other_setting_makes_a_link_lapse_earlier(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.get("/admin/settings").await.text();
        assert!(page.contains("Effective: 60 minutes, limited by Password reset link"), "{page}");
        ada.save_settings(&[("links.verification", "30")]).await;
        let page = ada.get("/admin/settings").await.text();
        assert_eq!(page.matches("Effective: 30 minutes, limited by Verification link").count(), 3, "{page}");
    }

    /// Fails when a step that no button has is taken for a save.
    async fn a_step_that_no_button_has_saves_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.save_settings(&[("sessions.lifetime", "60"), ("step", "bogus")]).await;
        assert!(page.status == 200 && page.text().contains("What this save does"), "{}", page.text());
        assert_eq!(ada.get("/admin/settings").await.page().value("sessions.lifetime"), "480");
    }

    async fn a_form_that_lacks_a_field_turns_nothing_off(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.post("/admin/settings", &[("revision", "0"), ("sessions.lifetime", "60")]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("The form arrived without this field, so nothing was saved."));
    }

    async fn a_stale_revision_overwrites_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Admin).await;
        assert_eq!(ada.save_settings(&[("sessions.lifetime", "60")]).await.status, 303);
        let page = grace.save_settings_at(0, &[("sessions.lifetime", "90")]).await;
        assert_eq!(page.status, 409);
        let text = page.text().to_lowercase();
        assert!(text.contains("nothing was overwritten") && text.contains("changed by ada@example.org"));
        for version in ["480 minutes", "60 minutes", "90 minutes"] {
            assert!(text.contains(version), "{version}");
        }
        assert_eq!(grace.get("/admin/settings").await.page().value("sessions.lifetime"), "60");
    }

    /// Fails when the page names somebody who has changed what nobody ever saved.
    async fn a_revision_that_never_was_overwrites_nothing_and_blames_nobody(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.save_settings_at(99, &[("sessions.lifetime", "90")]).await;
        assert_eq!(page.status, 409);
        let words = "Bailey does not have the revision that this page was opened with. Your save did not go through";
        let text = page.text();
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("changed by") && page.page().holds("90"), "{text}");
        // Nor does whoever saved last stand there as if they had come in between.
        let mut grace = server.signed_in("grace@example.org", Role::Admin).await;
        assert_eq!(grace.save_settings(&[("sessions.lifetime", "60")]).await.status, 303);
        let page = ada.save_settings_at(99, &[("sessions.lifetime", "90")]).await;
        let text = page.text();
        assert!(page.status == 409 && text.contains(words) && text.contains("not known"), "{text}");
        assert!(!text.contains("changed by") && text.contains("60 minutes"), "{text}");
    }

    /// Fails when `Policies::save_in` no longer asks `may_change`, or `SignIn::let_in` no longer asks `promotion::promotes`.
    async fn only_a_super_admin_changes_who_becomes_one(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let list = [("members.super_admin_emails", "eve@example.org")];
        for (email, role) in [("a@example.org", Role::Admin), ("i@example.org", Role::ItAdmin)] {
            let page = server.signed_in(email, role).await.save_settings(&list).await;
            assert_eq!(page.status, 403);
            assert!(page.text().contains("only a super-admin may change it"), "{}", page.text());
        }
        let mut boss = server.signed_in("s@example.org", Role::SuperAdmin).await;
        assert_eq!(boss.save_settings(&list).await.status, 303);
        let long = format!("{}@example.org", "a".repeat(60)) + &" ".repeat(929);
        let page = boss.save_settings(&[("members.super_admin_emails", &long)]).await;
        assert_eq!(page.status, 422, "1 001 characters");
        server.signed_in("eve@example.org", Role::Member).await;
        let mut eve = server.browser();
        eve.sign_in("eve@example.org").await;
        assert_eq!(eve.get("/admin/settings").await.status, 200, "promoted at the first sign-in");
    }

    /// Fails when `account_status::may_sign_in` no longer looks at whether the address is verified (`promotion::promotes`
    /// looks once more), or when the segment `Promoted` leaves somebody out.
    async fn an_address_on_the_list_is_verified_before_it_makes_a_super_admin(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        assert_eq!(boss.save_settings(&[("members.super_admin_emails", "eve@example.org")]).await.status, 303);
        server.member("eve@example.org", Role::Member).await;
        let unverified = "UPDATE members SET email_verified_at = NULL WHERE email = 'eve@example.org'";
        server.execute_sql(&[unverified]).await;
        let mut eve = server.browser();
        assert_eq!(eve.sign_in("eve@example.org").await.status, 403);
        assert_eq!(promoted(&mut boss).await, None);
        let link = server.one_mail("Confirm your address").await.link();
        assert_eq!(eve.post(&link, &[]).await.status, 303);
        assert_eq!(promoted(&mut boss).await, None, "not before the sign-in");
        assert_eq!(eve.sign_in("eve@example.org").await.location(), "/");
        assert_eq!(eve.get("/admin/settings").await.status, 200);
        let eve_alone = Some("eve@example.org".to_owned());
        assert_eq!(promoted(&mut boss).await, eve_alone, "the other super-admin was made one otherwise");
        assert_eq!(boss.save_settings(&[]).await.status, 303);
        assert_eq!(eve.get("/admin/settings").await.status, 200, "taking an address off the list does not take the role away");
        assert_eq!(promoted(&mut boss).await, eve_alone);
    }

    async fn a_require_switch_needs_a_factor_that_can_be_set_up(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let off = [("two_factor.authenticator", "false"), ("two_factor.passkeys", "false"), ("two_factor.require_admins", "true")];
        let page = ada.save_settings(&off).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Needs a factor that people can set up"));
    }

    /// Fails when `TwoFactor::begin_authenticator` or `TwoFactor::begin_passkey` no longer asks `enrolment::may_enrol`, or that no longer
    /// reads `two_factor.authenticator` or `two_factor.passkeys`.
    async fn a_factor_that_is_turned_off_cannot_be_set_up(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        assert_eq!(ada.save_settings(&[("two_factor.authenticator", "false")]).await.status, 303);
        let page = ada.post("/profile/two-factor/authenticator", &[]).await;
        assert_eq!(page.status, 403);
        page.assert_refused("factor-off");
        assert_eq!(ada.save_settings(&[("two_factor.passkeys", "false")]).await.status, 303);
        let refused = ada.post("/api/app/passkeys/enrol-start", &[]).await;
        refused.assert_refused("factor-off");
        assert_eq!(refused.decided_by().as_deref(), Some("two_factor.passkeys"));
        let refused = server.browser().post("/api/app/passkeys/sign-in-start", &[]).await;
        refused.assert_refused("factor-off");
        assert_eq!(refused.decided_by().as_deref(), Some("two_factor.passkeys"));
    }

    async fn a_key_that_no_setting_has_is_refused_and_named(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let page = ada.save_settings(&[("sessions.lifetimes", "60"), ("sessions.lifetime", "90")]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("sessions.lifetimes: No setting has this key. Did you mean sessions.lifetime?"), "{}", page.text());
        assert!(page.page().holds("90"), "what was typed is still there");
        assert_eq!(server.revision().await, 0);
    }
}
