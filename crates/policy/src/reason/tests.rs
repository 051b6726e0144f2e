use super::*;
use crate::decide::code::Code;

/// What programs know of each refusal: its status, what helps, and itself as it travels.
const REFUSALS: &str = r#"
401 SignIn {"reason":"sign-in-required"}
401 SignIn {"reason":"session-ended","ended":{"why":"by-admin"}}
401 SecondStep {"reason":"second-step-required"}
403 Enrol {"reason":"enrolment-required","by":"sessions.lifetime"}
403 NewPassword {"reason":"new-password-required","by":"sessions.lifetime"}
403 Wait {"reason":"password-changed-lately","by":"sessions.lifetime","seconds":7}
403 None {"reason":"role-required","needed":"admin"}
403 None {"reason":"address-not-allowed","by":"sessions.lifetime"}
403 TryAgain {"reason":"locks-you-out","by":"sessions.lifetime","address":"somewhere","misspelt":true,"nobody_left":true}
403 None {"reason":"super-admin-setting","setting":"sessions.lifetime"}
403 None {"reason":"weakens-protection","setting":"sessions.lifetime"}
403 None {"reason":"shuts-out-super-admins","by":"sessions.lifetime","members":["somebody"]}
409 Confirm {"reason":"change-waiting","until":60000}
422 TryAgain {"reason":"wrong-credentials"}
422 TryAgain {"reason":"wrong-code","of":"emailed"}
429 Wait {"reason":"locked","by":"sessions.lifetime","until":60000,"seconds":7,"prompt":7,"passkeys":true}
429 Wait {"reason":"present-password-paused","by":"sessions.lifetime","until":60000,"seconds":7,"prompt":7}
429 Wait {"reason":"claims-paused","by":"sessions.lifetime","seconds":7}
429 Wait {"reason":"codes-paused","by":"sessions.lifetime","until":60000,"seconds":7,"passkeys":true}
429 Wait {"reason":"codes-used-up","until":60000,"seconds":7,"passkeys":true}
403 None {"reason":"factor-disabled","passkeys":true}
422 TryAgain {"reason":"wrong-passkey"}
422 TryAgain {"reason":"passkey-not-synced"}
422 TryAgain {"reason":"challenge-expired"}
403 TryAgain {"reason":"factor-off","by":"sessions.lifetime"}
403 TryAgain {"reason":"last-factor","by":"sessions.lifetime"}
410 TryAgain {"reason":"link-dead"}
410 TryAgain {"reason":"link-superseded","at":60000}
409 TryAgain {"reason":"link-of-another-browser"}
429 Wait {"reason":"mailed-lately","seconds":7}
410 TryAgain {"reason":"grant-used-up"}
410 TryAgain {"reason":"link-used"}
410 TryAgain {"reason":"link-expired","by":"sessions.lifetime"}
403 StepUp {"reason":"step-up-required","by":"sessions.lifetime"}
403 None {"reason":"not-verified"}
403 None {"reason":"not-a-member-yet"}
409 None {"reason":"still-pending"}
403 TryAgain {"reason":"role-above-yours","role":"admin"}
403 TryAgain {"reason":"domain-refused","by":"sessions.lifetime","domain":"somewhere"}
422 TryAgain {"reason":"list-not-clean","lines":7}
403 None {"reason":"registration-closed","by":"sessions.lifetime"}
403 None {"reason":"approval-required","by":"sessions.lifetime"}
409 None {"reason":"already-decided","approved":true,"by":"somebody"}
409 None {"reason":"idea-decided","approved":true,"by":"somebody"}
409 None {"reason":"idea-not-open","state":"pending"}
403 None {"reason":"not-your-idea"}
403 None {"reason":"moderator-required"}
403 Wait {"reason":"help-waits","by":"sessions.lifetime","until":60000}
409 None {"reason":"help-settled"}
410 None {"reason":"invitation-void"}
403 None {"reason":"inactive"}
403 None {"reason":"unused","by_mail":true}
403 None {"reason":"banned"}
403 None {"reason":"not-on-yourself"}
429 Wait {"reason":"code-sent-lately","seconds":7}
429 Wait {"reason":"code-sent-elsewhere","seconds":7}
422 TryAgain {"reason":"captcha-unsolved","by":"sessions.lifetime"}
422 TryAgain {"reason":"captcha-lapsed","by":"sessions.lifetime"}
429 Wait {"reason":"address-paused","by":"sessions.lifetime","seconds":7}
429 Wait {"reason":"too-many-requests","retry_after":7}
409 TryAgain {"reason":"quota-reached","of":"ideas"}
422 TryAgain {"reason":"file-refused","by":"sessions.lifetime","why":{"what":"extension","extension":"exe"},"allowed":["somewhere"]}
422 TryAgain {"reason":"file-too-large","most":7}
507 TryAgain {"reason":"storage-full"}
409 None {"reason":"assessment-submitted"}
409 None {"reason":"assessment-closed"}
409 None {"reason":"reminded-lately"}
503 Wait {"reason":"busy","retry_after":7}
"#;

/// Fails when a refusal changes its code, its status, its remedy or its fields, or stands in no line above.
#[test]
fn programs_find_every_refusal_as_they_know_it() {
    let mut codes = Vec::new();
    for line in REFUSALS.trim().lines() {
        let sent = line.splitn(3, ' ').last().expect("three words");
        let refusal: Refusal = serde_json::from_str(sent).expect(line);
        let json = serde_json::to_string(&refusal).expect("plain data");
        assert_eq!(format!("{} {:?} {json}", refusal.status(), refusal.remedy()), line);
        assert!(json.starts_with(&format!("{{\"reason\":\"{}\"", refusal.code())), "{json}");
        codes.push(refusal.code());
    }
    assert_eq!(codes, Refusal::CODES);
}

#[test]
fn the_seeds_words_stay_as_they_are() {
    let refusal = Refusal::EnrolmentRequired { by: SettingKey::TWO_FACTOR_REQUIRE_ADMINS };
    assert_eq!(refusal.detail(), "Two-factor authentication is required by your organisation. Set it up to continue.");
}

#[test]
fn a_preview_tells_what_will_happen_not_what_has() {
    for ended in [Ended::Lifetime { minutes: 5 }, Ended::Idle { minutes: 5 }, Ended::NotPersistent] {
        let words = Refusal::SessionEnded { ended }.preview();
        assert!(words.starts_with("You will be signed out: ") && !words.contains("were"), "{words}");
    }
    let by = SettingKey::PASSWORDS_MAX_AGE;
    assert!(Refusal::NewPasswordRequired { by }.preview().starts_with("You will have to choose a new password"));
}

#[test]
fn a_refusal_cannot_name_a_setting_that_does_not_exist() {
    assert!(serde_json::from_str::<Refusal>(r#"{"reason":"factor-off","by":"no.such"}"#).is_err());
}

#[test]
fn a_wrong_code_of_each_kind_has_words_of_its_own() {
    let words_of = |of| Refusal::WrongCode { of }.detail();
    assert!(words_of(Code::Authenticator).contains("Wait for the next code"));
    assert!(words_of(Code::Emailed).contains("ask for another code") && !words_of(Code::Emailed).contains("next code"));
    assert!(words_of(Code::Recovery).contains("each works once") && !words_of(Code::Recovery).contains("next code"));
}

#[test]
fn codes_that_are_refused_say_until_when_and_name_only_a_way_that_the_member_has() {
    let noon = Timestamp(43_200_000);
    let words_of =
        |passkeys| Refusal::codes_paused(noon + Span::minutes(15), noon, passkeys).detail().replace('\u{a0}', " ");
    assert!(words_of(false).contains("for 15 minutes, until 12:15 UTC. An admin"), "{}", words_of(false));
    assert!(words_of(true).contains("Your passkey still works") && !words_of(false).contains("passkey"));
    let disabled = |passkeys| Refusal::FactorDisabled { passkeys }.detail();
    assert!(disabled(true).contains("passkey") && !disabled(false).contains("passkey"));
}
