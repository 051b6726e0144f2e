//! Whom a setting concerns as things are, given how many there are of each kind.
use crate::{LinkPurpose, Setting, SettingKey, Settings, decide::lockout::Guarded, words};

/// Whom a setting has to do with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every member.
    Members,
    /// Members with an admin role.
    Admins,
    /// Members with an admin role, as far as they have enrolled.
    AdminsToEnrol,
    /// Every member, as far as they have enrolled.
    MembersToEnrol,
    /// Members with an authenticator app.
    WithAuthenticator,
    /// Members with a passkey.
    WithPasskey,
    /// Members whose only second step is a code by e-mail.
    OnlyEmailCodes,
    /// Whoever is signed in.
    Sessions,
    /// Whoever is signed in for longer than the browser is open.
    PersistentSessions,
    /// Browsers that skip the second step.
    TrustedBrowsers,
    /// Every member, as far as they are locked out.
    Locks(Guarded),
    /// Links that were sent and still work, of the purposes that ask the setting.
    Links,
    /// Super-admins who hold the role through the list.
    Promoted,
    /// Whoever comes to prove who they are.
    Guests,
    /// Whoever opens a page, signed in or not.
    Visitors,
}

/// How many there are of each kind in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberCounts {
    /// Active members.
    pub members: i64,
    /// Those of them without a second factor that satisfies the policy.
    pub members_not_enrolled: i64,
    /// Active members with an admin role.
    pub admins: i64,
    /// Those of them without a second factor that satisfies the policy.
    pub admins_not_enrolled: i64,
    /// Members with an authenticator app.
    pub with_authenticator: i64,
    /// Members with a passkey.
    pub with_passkey: i64,
    /// Members who get codes by e-mail and have no other second factor.
    pub only_email_codes: i64,
    /// Members whose last sign-in showed that their password is less than the policy asks for.
    pub passwords_falling_short: i64,
    /// Live sessions.
    pub sessions: i64,
    /// Members who have one.
    pub members_with_sessions: i64,
    /// Live sessions that were to outlive the browser.
    pub persistent_sessions: i64,
    /// Browsers that skip the second step.
    pub trusted_browsers: i64,
    /// Members who are locked out of something, by what that is.
    pub locked: Vec<(Guarded, i64)>,
    /// Links that were sent and still work, by purpose.
    pub links: Vec<(LinkPurpose, i64)>,
    /// Who holds the role super-admin through the list, by address.
    pub promoted: Vec<String>,
}

fn of_them(all: i64, who: &str, some: i64, what: &str) -> String {
    let whom = words::count(all, who);
    match (all, some) {
        (_, 0) => whom,
        (1, _) => format!("{whom}, {what}"),
        _ => format!("{whom}, {} of them {what}", words::number(some)),
    }
}

impl Audience {
    /// Whom, in words.
    fn whom(self, key: SettingKey, counts: &MemberCounts) -> String {
        let of = |n: i64, what: &str| format!("{} {what}", words::count(n, "member"));
        match self {
            Self::Members => words::count(counts.members, "member"),
            Self::Admins => words::count(counts.admins, "admin"),
            Self::AdminsToEnrol => of_them(counts.admins, "admin", counts.admins_not_enrolled, "not enrolled"),
            Self::MembersToEnrol => of_them(counts.members, "member", counts.members_not_enrolled, "not enrolled"),
            Self::WithAuthenticator => of(counts.with_authenticator, "with an authenticator app"),
            Self::WithPasskey => of(counts.with_passkey, "with a passkey"),
            Self::OnlyEmailCodes => of(counts.only_email_codes, "without another second step"),
            Self::Sessions => {
                let people = words::count(counts.members_with_sessions, "member");
                format!("{} of {people}", words::count(counts.sessions, "live session"))
            }
            Self::PersistentSessions => {
                format!("{} kept signed in", words::count(counts.persistent_sessions, "live session"))
            }
            Self::TrustedBrowsers => words::count(counts.trusted_browsers, "trusted browser"),
            Self::Locks(guarded) => {
                let locked = counts.locked.iter().find(|(what, _)| *what == guarded).map_or(0, |(_, n)| *n);
                of_them(counts.members, "member", locked, "locked out")
            }
            Self::Links => {
                let links = counts.links.iter().filter(|(purpose, _)| purpose.settings().any(|asked| asked == key));
                format!("{} out", words::count(links.map(|(_, n)| n).sum(), "working link"))
            }
            Self::Promoted => format!(
                "{} through this list",
                words::count(i64::try_from(counts.promoted.len()).unwrap_or(i64::MAX), "super-admin")
            ),
            Self::Guests => "whoever comes to sign in".to_owned(),
            Self::Visitors => "whoever opens a page".to_owned(),
        }
    }
}

/// Whether a canonical text is one under which a setting does nothing to anybody.
fn is_idle(text: &str) -> bool {
    matches!(text, "" | "0" | "false" | "off" | "report-only")
}

/// How a setting stands that another one needs to do anything, where it does nothing as it stands.
fn held_back_by(needed: &Setting, text: &str) -> Option<String> {
    let how = match text {
        "" => "is empty",
        "report-only" => "only reports",
        text if is_idle(text) => "is off",
        _ => return None,
    };
    Some(format!("Nobody while “{}” {how}", needed.label))
}

/// Says whom a setting concerns under what is saved.
pub fn now(settings: &Settings, setting: &Setting, counts: &MemberCounts) -> String {
    let about = setting.about();
    if !setting.active {
        return "Nobody yet".to_owned();
    }
    let needed = about.only_with.and_then(SettingKey::setting);
    if let Some(held_back) = needed.and_then(|needed| held_back_by(needed, &settings.print(needed))) {
        return held_back;
    }
    let whom = about.audience.whom(setting.name(), counts);
    if about.idle_when_off && is_idle(&settings.print(setting)) {
        return format!("Nobody as it stands. Otherwise {whom}");
    }
    let mut letters = whom.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{CidrList, Limit, Minutes, Mode, Value};

    fn crowd() -> MemberCounts {
        MemberCounts {
            members: 42,
            members_not_enrolled: 40,
            admins: 3,
            with_passkey: 1,
            sessions: 4,
            members_with_sessions: 3,
            persistent_sessions: 1,
            locked: vec![(Guarded::SignIn, 1)],
            links: vec![(LinkPurpose::PasswordReset, 2), (LinkPurpose::EmailClaim, 1), (LinkPurpose::IdeaView, 9)],
            promoted: vec!["ada@example.org".to_owned(), "grace@example.org".to_owned()],
            ..MemberCounts::default()
        }
    }

    fn said(change: impl Fn(&mut Settings), key: &str) -> String {
        let mut settings = Settings::default();
        change(&mut settings);
        now(&settings, Settings::find(key).expect("a setting"), &crowd()).replace('\u{a0}', " ")
    }

    #[test]
    fn each_setting_says_whom_it_concerns_and_how_many_they_are() {
        for (key, words) in [
            ("sessions.lifetime", "4 live sessions of 3 members"),
            ("sessions.remember_me", "1 live session kept signed in"),
            ("passwords.policy", "42 members"),
            ("two_factor.passkeys", "1 member with a passkey"),
            ("two_factor.grace_days", "42 members, 40 of them not enrolled"),
            ("lockout.sign_in.max_attempts", "42 members, 1 of them locked out"),
            ("lockout.claim.max_attempts", "42 members"),
            ("links.password_reset", "2 working links out"),
            ("links.verification", "3 working links out"),
            ("members.super_admin_emails", "2 super-admins through this list"),
            ("headers.csp", "Whoever opens a page"),
            ("audit.retention", "Nobody yet"),
        ] {
            assert_eq!(said(|_| (), key), words, "{key}");
        }
    }

    #[test]
    fn what_is_off_concerns_nobody_and_says_whom_it_would_concern() {
        let off = said(|_| (), "two_factor.require_admins");
        assert_eq!(off, "Nobody as it stands. Otherwise 3 admins");
        assert_eq!(said(|s| s.two_factor.require_admins = true, "two_factor.require_admins"), "3 admins");
        assert_eq!(said(|_| (), "passwords.max_age"), "Nobody as it stands. Otherwise 42 members");
        let idle = |minutes| move |s: &mut Settings| s.sessions.idle_timeout = minutes;
        assert_eq!(
            said(idle(Limit::Unlimited), "sessions.idle_timeout"),
            "Nobody as it stands. Otherwise 4 live sessions of 3 members"
        );
        assert_eq!(said(idle(Limit::Of(Minutes(5))), "sessions.idle_timeout"), "4 live sessions of 3 members");
        // Off, it asks members to go on by hand; and browsers are told to forget what they were told.
        assert_eq!(said(|_| (), "links.auto_login"), "9 working links out");
        assert_eq!(said(|s| s.headers.hsts = false, "headers.hsts"), "Whoever opens a page");
    }

    #[test]
    fn what_another_setting_holds_back_names_that_setting() {
        let mode = "Nobody while “Admin IP allowlist” is empty";
        assert_eq!(said(|_| (), "network.admin_allowlist_mode"), mode);
        let listed = |mode| {
            move |s: &mut Settings| {
                s.network.admin_allowlist = CidrList::parse("203.0.113.0/24", None).expect("a list");
                s.network.admin_allowlist_mode = mode;
            }
        };
        let list = "network.admin_allowlist";
        assert_eq!(said(listed(Mode::Enforce), list), "3 admins");
        assert_eq!(said(listed(Mode::ReportOnly), list), "Nobody while “Admin IP allowlist: mode” only reports");
        assert_eq!(said(listed(Mode::Off), list), "Nobody while “Admin IP allowlist: mode” is off");
        assert_eq!(said(|_| (), "sign_in.banner"), "Nobody while “Show the sign-in banner” is off");
        assert_eq!(said(|_| (), "headers.expect_ct_enforce"), "Nobody while “Expect-CT” is off");
    }

    #[test]
    fn whatever_a_setting_needs_is_a_setting() {
        for setting in Settings::all() {
            assert!(setting.about().only_with.is_none_or(|key| key.setting().is_some()), "{}", setting.key);
        }
    }
}
