//! Whom a setting concerns as things are, given how many there are of each kind.
use crate::{LinkPurpose, MemberCounts, MemberSegment, Setting, SettingKey, Settings, words};
use std::collections::BTreeSet;

/// Whom a setting has to do with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// These members.
    Members(MemberSegment),
    /// These members, as far as they have enrolled.
    Enrolment {
        /// All of them.
        of: MemberSegment,
        /// Those who have not.
        missing: MemberSegment,
    },
    /// Every active member, as far as they are locked out.
    LockedOut(MemberSegment),
    /// Whoever is signed in.
    Sessions,
    /// Whoever is signed in for longer than the browser is open.
    PersistentSessions,
    /// Browsers that skip the second step.
    TrustedBrowsers,
    /// Links that were sent and still work, of the purposes that ask the setting.
    Links,
    /// Whoever comes to prove who they are.
    Guests,
    /// Whoever opens a page, signed in or not.
    Visitors,
}

/// How many there are in a workspace of whatever settings have to do with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AudienceCounts {
    /// The members.
    pub members: MemberCounts,
    /// Live sessions.
    pub sessions: i64,
    /// Live sessions that were to outlive the browser.
    pub persistent_sessions: i64,
    /// Browsers that skip the second step.
    pub trusted_browsers: i64,
    /// Links that were sent and still work, by purpose.
    pub links: Vec<(LinkPurpose, i64)>,
}

impl Audience {
    /// The segments whose members have to be counted to say whom.
    fn segments(self) -> Vec<MemberSegment> {
        match self {
            Self::Members(segment) => vec![segment],
            Self::Enrolment { of, missing } => vec![of, missing],
            Self::LockedOut(segment) => vec![MemberSegment::Active, segment],
            Self::Sessions => vec![MemberSegment::SignedIn],
            Self::PersistentSessions | Self::TrustedBrowsers | Self::Links | Self::Guests | Self::Visitors => {
                Vec::new()
            }
        }
    }

    /// Whom, in words.
    fn in_words(self, key: SettingKey, counts: &AudienceCounts) -> String {
        let of_them = |all: MemberSegment, part: MemberSegment| {
            all.in_words_with(counts.members.of(all), part, counts.members.of(part))
        };
        match self {
            Self::Members(segment) => counts.members.in_words(segment),
            Self::Enrolment { of, missing } => of_them(of, missing),
            Self::LockedOut(segment) => of_them(MemberSegment::Active, segment),
            Self::Sessions => {
                let people = words::count(counts.members.of(MemberSegment::SignedIn), "member");
                format!("{} of {people}", words::count(counts.sessions, "live session"))
            }
            Self::PersistentSessions => {
                format!("{} kept signed in", words::count(counts.persistent_sessions, "live session"))
            }
            Self::TrustedBrowsers => words::count(counts.trusted_browsers, "trusted browser"),
            Self::Links => {
                let links = counts.links.iter().filter(|(purpose, _)| purpose.settings().any(|asked| asked == key));
                format!("{} out", words::count(links.map(|(_, n)| n).sum(), "working link"))
            }
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

/// The segments whose members have to be counted to say whom settings concern.
pub fn segments() -> BTreeSet<MemberSegment> {
    Settings::all().flat_map(|setting| setting.about().audience.segments()).collect()
}

/// Says whom a setting concerns under what is saved.
pub fn now(settings: &Settings, setting: &Setting, counts: &AudienceCounts) -> String {
    let about = setting.about();
    if !setting.active {
        return "Nobody yet".to_owned();
    }
    let needed = about.only_with.and_then(SettingKey::setting);
    if let Some(held_back) = needed.and_then(|needed| held_back_by(needed, &settings.print(needed))) {
        return held_back;
    }
    let whom = about.audience.in_words(setting.name(), counts);
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

    fn workspace() -> AudienceCounts {
        use MemberSegment as Segment;
        AudienceCounts {
            members: MemberCounts::from([
                (Segment::Active, 42),
                (Segment::NotEnrolled, 40),
                (Segment::Admins, 3),
                (Segment::WithPasskey, 1),
                (Segment::SignedIn, 3),
                (Segment::LockedOutOfSignIn, 1),
                (Segment::Promoted, 2),
            ]),
            sessions: 4,
            persistent_sessions: 1,
            links: vec![(LinkPurpose::PasswordReset, 2), (LinkPurpose::EmailClaim, 1), (LinkPurpose::IdeaView, 9)],
            ..AudienceCounts::default()
        }
    }

    fn said(change: impl Fn(&mut Settings), key: &str) -> String {
        let mut settings = Settings::default();
        change(&mut settings);
        now(&settings, Settings::find(key).expect("a setting"), &workspace()).replace('\u{a0}', " ")
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
