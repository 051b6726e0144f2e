use super::*;

#[test]
fn the_seeds_words_stay_as_they_are() {
    let refusal = Refusal::EnrolmentRequired { by: SettingKey::REQUIRE_ADMINS };
    assert_eq!(refusal.detail(), "Two-factor authentication is required by your organisation. Set it up to continue.");
}

#[test]
fn what_is_ahead_is_not_said_to_have_happened() {
    for ended in [Ended::Lifetime { minutes: 5 }, Ended::Idle { minutes: 5 }, Ended::NotPersistent] {
        let said = Refusal::SessionEnded { ended }.preview();
        assert!(said.starts_with("You will be signed out: ") && !said.contains("were"), "{said}");
    }
    let by = SettingKey::PASSWORD_MAX_AGE;
    assert!(Refusal::NewPasswordRequired { by }.preview().starts_with("You will have to choose a new password"));
}

#[test]
fn a_refusal_survives_the_wire() {
    for refusal in [
        Refusal::EnrolmentRequired { by: SettingKey::REQUIRE_EVERYONE },
        Refusal::SessionEnded { ended: Ended::Idle { minutes: 30 } },
        Refusal::RoleRequired { needed: Role::Admin },
        Refusal::Busy { retry_after: 2 },
        Refusal::WrongCode { of: Code::Emailed },
        Refusal::FactorDisabled { passkeys: true },
    ] {
        let text = serde_json::to_string(&refusal).expect("a refusal is plain data");
        assert_eq!(serde_json::from_str::<Refusal>(&text).expect(&text), refusal);
    }
}

#[test]
fn a_refusal_cannot_name_a_setting_that_does_not_exist() {
    assert!(serde_json::from_str::<Refusal>(r#"{"reason":"factor-off","by":"no.such"}"#).is_err());
}

#[test]
fn a_wrong_code_of_each_kind_has_words_of_its_own() {
    let said = |of| Refusal::WrongCode { of }.detail();
    assert!(said(Code::Authenticator).contains("Wait for the next code"));
    assert!(said(Code::Emailed).contains("ask for another code") && !said(Code::Emailed).contains("next code"));
    assert!(said(Code::Recovery).contains("each works once") && !said(Code::Recovery).contains("next code"));
}

#[test]
fn codes_that_are_refused_say_until_when_and_name_only_a_way_that_the_member_has() {
    let noon = Timestamp(43_200_000);
    let said =
        |passkeys| Refusal::codes_paused(noon + Span::minutes(15), noon, passkeys).detail().replace('\u{a0}', " ");
    assert!(said(false).contains("for 15 minutes, until 12:15 UTC. An admin"), "{}", said(false));
    assert!(said(true).contains("Your passkey still works") && !said(false).contains("passkey"));
    let disabled = |passkeys| Refusal::FactorDisabled { passkeys }.detail();
    assert!(disabled(true).contains("passkey") && !disabled(false).contains("passkey"));
}
