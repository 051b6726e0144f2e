use super::*;

#[test]
fn the_seeds_words_stay_as_they_are() {
    let refusal = Refusal::EnrolmentRequired { by: SettingKey::REQUIRE_ADMINS };
    assert_eq!(refusal.detail(), "Two-factor authentication is required by your organisation. Set it up to continue.");
}

#[test]
fn what_is_ahead_is_not_said_to_have_happened() {
    for ended in [Ended::Lifetime { minutes: 5 }, Ended::Idle { minutes: 5 }, Ended::NotKept] {
        let said = Refusal::SessionEnded { ended }.ahead();
        assert!(said.starts_with("You will be signed out: ") && !said.contains("were"), "{said}");
    }
    let by = SettingKey::PASSWORD_MAX_AGE;
    assert!(Refusal::NewPasswordRequired { by }.ahead().starts_with("You will have to choose a new password"));
}

#[test]
fn a_refusal_survives_the_wire() {
    for refusal in [
        Refusal::EnrolmentRequired { by: SettingKey::REQUIRE_EVERYONE },
        Refusal::SessionEnded { ended: Ended::Idle { minutes: 30 } },
        Refusal::RoleRequired { needed: Role::Admin },
        Refusal::Busy { retry_after: 2 },
    ] {
        let text = serde_json::to_string(&refusal).expect("a refusal is plain data");
        assert_eq!(serde_json::from_str::<Refusal>(&text).expect(&text), refusal);
    }
}

#[test]
fn a_refusal_cannot_name_a_setting_that_does_not_exist() {
    assert!(serde_json::from_str::<Refusal>(r#"{"reason":"factor-off","by":"no.such"}"#).is_err());
}
