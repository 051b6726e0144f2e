use super::*;
use crate::change;
use strum::VariantArray;

const ADMIN: Authority = Authority::Member(Role::Admin);
const BOSS: Authority = Authority::Member(Role::SuperAdmin);

fn with(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (key, text) in changes {
        settings.set(Settings::find(key).expect("it is declared"), text).expect("it is valid");
    }
    settings
}

#[test]
fn nobody_acts_on_themselves_and_only_a_super_admin_or_the_console_on_a_super_admin() {
    assert_eq!(may_act_on(BOSS, Role::SuperAdmin, true), Err(Refusal::NotOnYourself));
    for subject in Role::VARIANTS.iter().copied() {
        assert_eq!(may_act_on(BOSS, subject, false), Ok(()), "{subject}");
        assert_eq!(may_act_on(Authority::Console, subject, false), Ok(()), "{subject}");
        for below in [Role::Admin, Role::ItAdmin] {
            let may = may_act_on(Authority::Member(below), subject, false);
            let refused = Err(Refusal::RoleRequired { needed: Role::SuperAdmin });
            assert_eq!(may, if subject == Role::SuperAdmin { refused } else { Ok(()) }, "{below} {subject}");
        }
    }
}

/// Fails when a setting that protects super-admins no longer says `may_weaken`, or `may_change` looks at no direction.
#[test]
fn what_protects_super_admins_is_made_stricter_by_every_admin_and_weakened_by_super_admins_alone() {
    for (key, strict, weak) in [
        ("two_factor.require_admins", "true", "false"),
        ("two_factor.require_everyone", "true", "false"),
        ("two_factor.grace_days", "0", "90"),
        ("sessions.step_up", "1", "60"),
        ("network.admin_allowlist", "203.0.113.0/24", ""),
        ("network.admin_allowlist", "203.0.113.0/24", "203.0.113.0/24\n198.51.100.7"),
    ] {
        let changes = |from: &str, to: &str| change::between(&with(&[(key, from)]), &with(&[(key, to)]));
        let refused = Err(Refusal::WeakensProtection { setting: Settings::find(key).expect("it is declared").name() });
        assert_eq!(may_change(ADMIN, &changes(strict, weak)), refused, "{key}");
        assert_eq!(may_change(ADMIN, &changes(weak, strict)), Ok(()), "{key}");
        for above in [BOSS, Authority::Console] {
            assert_eq!(may_change(above, &changes(strict, weak)), Ok(()), "{key}");
        }
    }
    let list = ("network.admin_allowlist", "203.0.113.0/24");
    for mode in ["report-only", "off"] {
        let off = change::between(&with(&[list]), &with(&[list, ("network.admin_allowlist_mode", mode)]));
        assert!(may_change(ADMIN, &off).is_err(), "{mode}");
    }
    let both = change::between(&Settings::default(), &with(&[list, ("network.admin_allowlist_mode", "report-only")]));
    assert_eq!(may_change(ADMIN, &both), Ok(()), "a list that is only watched from the start weakens nothing");
    let lifetime = change::between(&Settings::default(), &with(&[("sessions.lifetime", "600")]));
    assert!(lifetime[0].weakens && may_change(ADMIN, &lifetime).is_ok());
}

#[test]
fn a_list_of_somebody_below_has_to_let_in_every_super_admin_from_where_they_were_last_seen() {
    let seen = |email: &str, address: Option<&str>| LastSeen {
        email: email.to_owned(),
        address: address.map(|address| address.parse().expect("an address")),
    };
    let (before, office) = (Settings::default(), with(&[("network.admin_allowlist", "203.0.113.0/24")]));
    let (inside, outside) = (seen("in@example.org", Some("203.0.113.7")), seen("out@example.org", Some("192.0.2.9")));
    let unknown = seen("new@example.org", None);
    let by = SettingKey::NETWORK_ADMIN_ALLOWLIST;
    let everybody = [inside.clone(), outside.clone(), unknown];
    let members = vec!["out@example.org".to_owned(), "new@example.org".to_owned()];
    assert_eq!(may_shut_out(ADMIN, &before, &office, &everybody), Err(Refusal::ShutsOutSuperAdmins { by, members }));
    assert_eq!(may_shut_out(ADMIN, &before, &office, &[inside]), Ok(()));
    assert_eq!(may_shut_out(BOSS, &before, &office, &everybody), Ok(()));
    assert_eq!(may_shut_out(Authority::Console, &before, &office, &everybody), Ok(()));
    let noted = with(&[("network.admin_allowlist", "203.0.113.0/24 # office")]);
    assert_eq!(may_shut_out(ADMIN, &office, &noted, &[outside]), Ok(()), "it lets in whom it let in before");
}

#[test]
fn nobody_gives_a_role_above_their_own() {
    for own in Role::VARIANTS.iter().copied() {
        for role in Role::VARIANTS.iter().copied() {
            let given = may_give(Authority::Member(own), role);
            assert_eq!(given, if role <= own { Ok(()) } else { Err(Refusal::RoleAboveYours { role }) }, "{own} {role}");
            assert_eq!(may_give(Authority::Console, role), Ok(()));
        }
    }
}

/// Fails when `may_change_role` looks at one of the two roles alone.
#[test]
fn a_role_is_changed_by_whoever_stands_no_lower_than_what_it_was_and_what_it_becomes() {
    for own in Role::VARIANTS.iter().copied() {
        assert_eq!(may_administer(own).is_ok(), own.reaches_admin(), "{own}");
        for from in Role::VARIANTS.iter().copied() {
            for to in Role::VARIANTS.iter().copied() {
                let changed = may_change_role(Authority::Member(own), from, to, false);
                assert_eq!(changed.is_ok(), from <= own && to <= own, "{own}: {from} to {to}");
                assert_eq!(may_change_role(Authority::Console, from, to, false), Ok(()));
                let on_self = may_change_role(Authority::Member(own), from, to, true);
                assert_eq!(on_self, Err(Refusal::NotOnYourself));
            }
        }
    }
}
