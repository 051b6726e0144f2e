//! *Save settings*: saves at once what concerns nobody, and shows what a save does before it is done where it may.
use crate::support::{TestServer, settings_saved};
use policy::{Role, Settings, time::Span};
use store::on_both;

/// A change that is neither risky nor weaker, nor felt by anybody.
const CALM: (&str, &str) = ("links.idea_view", "99");

/// Changes that are reviewed first, and the words that say why.
const REVIEWED: [(&str, &str, &str); 4] = [
    ("sessions.lifetime", "500", "Session lifetime protects less than before."),
    ("sessions.idle_timeout", "20", "A change of Idle timeout can sign people out."),
    ("links.idea_view", "20000", "Idea link protects less than before."),
    ("two_factor.require_admins", "true", "It stops you yourself."),
];

on_both! {
    /// Fails when `Policies::submit` asks for a review of whatever it is, or of nothing.
    async fn only_what_needs_a_review_is_shown_before_it_is_saved(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        for (revision, step) in [(0, "save"), (1, "")] {
            let views = (99 - revision).to_string();
            let saved = ada.press(step, revision, &[(CALM.0, &views)]).await;
            assert_eq!(saved.location(), settings_saved(revision + 1), "{step}: {}", saved.text());
        }
        for (key, typed, why) in REVIEWED {
            for step in ["save", "", "bogus", "REVIEWED"] {
                let page = ada.press(step, 2, &[("links.email_claim", "33"), (key, typed)]).await;
                assert_eq!(page.status, 200, "{key} {step}");
                assert!(page.text().contains(why), "{key} {step}: {}", page.text());
                assert!(page.page().has("#review button[value='reviewed']"), "{key} {step}");
                assert!(page.page().holds("33"), "{key} {step}: what was typed is still there");
            }
        }
        assert_eq!(server.revision().await, 2, "nothing was saved");
        let (key, typed, _) = REVIEWED[0];
        assert_eq!(ada.press("reviewed", 2, &[(key, typed)]).await.location(), settings_saved(3));
    }

    /// Fails when the button of a review saves something else than what the review has shown, or a post that names no
    /// review is taken at its word.
    async fn a_review_is_good_for_what_it_has_shown(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let shown = ada.press("save", 0, &[("sessions.lifetime", "500")]).await.page().attribute("#review [name=seen]", "value");
        for step in ["reviewed", "wait"] {
            for (seen, typed) in [(shown.as_str(), "501"), ("17", "500"), ("nonsense", "500"), ("", "500")] {
                let page = ada.post_settings(step, 0, &[("sessions.lifetime", typed), ("seen", seen)]).await;
                assert!(page.status == 200 && page.page().has("#review"), "{step} {seen}: {}", page.status);
            }
            // What its author says of having seen it is no word for what they have seen.
            for extra in [&[][..], &[("lock_me_out", "lock me out")]] {
                let typed = [&[("sessions.lifetime", "500")][..], extra].concat();
                let page = ada.post_settings(step, 0, &typed).await;
                assert!(page.status == 200 && page.page().has("#review"), "{step}: {}", page.status);
                assert!(page.page().holds("500"), "{step}: what was typed is still there");
            }
        }
        assert_eq!(server.revision().await, 0);
        let saved = ada.post_settings("reviewed", 0, &[("sessions.lifetime", "500"), ("seen", &shown)]).await;
        assert_eq!(saved.location(), settings_saved(1));
    }

    /// Fails when a review is asked for before the form is judged, or says nothing of what is felt by other people.
    async fn what_is_wrong_is_said_before_what_a_save_does(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let wrong = ada.press("save", 0, &[("sessions.lifetime", "4")]).await;
        assert!(wrong.status == 422 && !wrong.page().has("#review"), "{}", wrong.text());
        server.clock.advance(Span::minutes(6));
        server.signed_in("eve@example.org", Role::Member).await;
        let page = ada.press("save", 0, &[("sessions.lifetime", "5")]).await.text();
        assert!(page.contains("It concerns people at once.") && page.contains("1 session ends now."), "{page}");
        let stale = ada.press("save", 7, &[CALM]).await;
        assert_eq!(stale.status, 409, "a revision that never was");
    }

    /// Fails when the fresh proof is asked for after the review, or loses what was typed.
    async fn a_fresh_proof_is_asked_for_before_the_review_and_loses_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        server.clock.advance(Span::minutes(11));
        for changes in [[CALM], [("sessions.lifetime", "500")]] {
            let asked = ada.press("save", 0, &changes).await;
            assert_eq!(asked.location(), "/profile/step-up?next=%2Fadmin%2Fsettings%3Fsaved%3Dyes", "{changes:?}");
        }
        ada.proves_it_again().await;
        let page = ada.get("/admin/settings?saved=yes").await;
        assert_eq!(page.page().value("sessions.lifetime"), "500");
        assert!(ada.press("save", 0, &[("sessions.lifetime", "500")]).await.page().has("#review"));
    }

    /// Fails when the server function saves what the form would show first.
    async fn the_server_function_answers_with_the_review_where_the_form_does(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let mut form = Settings::default().to_document();
        form.insert("sessions.lifetime".to_owned(), "500".to_owned());
        let named: Vec<_> = form.iter().map(|(key, value)| (format!("values[{key}]"), value.as_str())).collect();
        let mut fields: Vec<_> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        fields.push(("revision", "0"));
        let first = ada.call("settings/save", &fields).await;
        assert_eq!(first.json()["NeedsReview"]["reasons"][0], "Session lifetime protects less than before.");
        for word in ["reviewed", "wait"] {
            let again = ada.call("settings/save", &[&fields[..], &[(word, "true")]].concat()).await;
            assert_eq!(again.json()["NeedsReview"]["fingerprint"], first.json()["NeedsReview"]["fingerprint"], "{word}");
        }
        assert_eq!(server.revision().await, 0);
        assert_eq!(ada.call_save(0, &[("sessions.lifetime", "500")]).await.json()["Saved"]["revision"], 1);
    }

    /// Fails when `refusal_page` drops what the page would have said that is not shown.
    async fn what_became_of_a_save_is_said_wherever_it_leads_its_author(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let words = "Settings saved. Some changes";
        let saved = ada.press("reviewed", 0, &[("two_factor.require_admins", "true")]).await;
        let enrol = ada.get(saved.location()).await;
        assert!(enrol.location().starts_with("/profile/two-factor?next=%2Fadmin%2Fsettings"), "{}", enrol.location());
        let page = ada.get(enrol.location()).await.text();
        assert!(page.contains(words) && page.contains("Set it up to continue."), "{page}");
        // Not what somebody makes up.
        let made_up = ada.get("/admin/settings?notice=you-have-won").await;
        assert!(!made_up.location().contains("&notice="), "{}", made_up.location());
    }

    /// Fails when a second redirect in a row drops it.
    async fn what_became_of_a_save_is_said_after_two_redirects(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        server.clock.advance(Span::minutes(6));
        ada.proves_it_again().await;
        let changes = [("sessions.lifetime", "5"), ("two_factor.require_admins", "true")];
        let saved = ada.press("reviewed", 0, &changes).await;
        let signs_in = ada.get(saved.location()).await;
        assert!(signs_in.location().starts_with("/sign-in?next="), "{}", signs_in.location());
        assert!(ada.get(signs_in.location()).await.text().contains("Settings saved. Some changes"));
        let (_, next) = signs_in.location().split_once("next=").expect("it leads back");
        let (next, _) = next.split_once('&').expect("and says what was done");
        let next = url::form_urlencoded::parse(format!("next={next}").as_bytes()).next().expect("it is there").1.into_owned();
        let fields = [("email", "ada@example.org"), ("password", crate::support::PASSWORD), ("next", &next)];
        let on = ada.post("/sign-in", &fields).await;
        let enrol = ada.get(on.location()).await;
        assert!(enrol.location().starts_with("/profile/two-factor?next="), "{}", enrol.location());
        assert!(ada.get(enrol.location()).await.text().contains("Settings saved. Some changes"));
    }

    /// Fails when a step that no button of the card has restores or undoes something.
    async fn a_step_that_no_button_has_restores_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        ada.has_saved_settings(&[("sessions.lifetime", "60")]).await;
        for (what, number) in [("revision", "0"), ("undo", "1")] {
            let answer = ada.post("/admin/history/restore", &[(what, number), ("base", "1"), ("step", "bogus")]).await;
            assert_eq!(answer.status, 303, "{what}");
            assert!(answer.location().starts_with("/admin/history?"), "{what}: {}", answer.location());
        }
        assert_eq!(server.revision().await, 1);
    }
}
