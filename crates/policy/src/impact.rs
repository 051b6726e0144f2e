//! What a change does to people, given how many there are of each kind.
use crate::{
    MemberCounts, MemberSegment, SettingKey, Settings, Timestamp, decide::enrolment, time::Span, value::Limit, words,
};

/// The instants before which a session is over under some settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutoffs {
    /// A session that began at this instant or before has reached its lifetime.
    pub started: Timestamp,
    /// A session whose last activity was at this instant or before has been idle for too long;
    /// `None` where there is no idle timeout.
    pub seen: Option<Timestamp>,
    /// Whether sessions may outlive the browser; those that were to are over where they may not.
    pub may_persist: bool,
}

/// The instants before which a session is over at `now`.
pub fn cutoffs(settings: &Settings, now: Timestamp) -> Cutoffs {
    let seen = match settings.sessions.idle_timeout {
        Limit::Of(idle) => Some(now - idle.span()),
        Limit::Unlimited => None,
    };
    let started = now - settings.sessions.lifetime.span();
    Cutoffs { started, seen, may_persist: settings.sessions.remember_me }
}

/// What is known of the people whom a change can concern.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// How many members there are in each segment.
    pub members: MemberCounts,
    /// Admins besides the person who asks who were not last seen at an address that the new list lets in.
    pub admins_shut_out: i64,
    /// Live sessions that are over under the new settings.
    pub sessions_ending: i64,
    /// Whether the session of the person who asks is one of them.
    pub your_session_ends: bool,
    /// Whether the person who asks would have to enrol.
    pub you_must_enrol: bool,
}

/// Which people a consequence concerns, so that their number opens into a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affected {
    /// These members.
    Members(MemberSegment),
    /// Admins who were not last seen at an address that the new list lets in: a database can't compare addresses with
    /// a list of blocks, so they are no segment.
    AdminsShutOut,
}

/// One consequence of a change: beside which setting, for whom, and in which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// The setting that brings it about.
    pub key: &'static str,
    /// Whom it concerns.
    pub affected: Affected,
    /// What happens, to how many, and whether the person who asks is one of them.
    pub words: String,
}

fn yours(text: String, you: bool) -> String {
    if you { format!("{text} You are one of them.") } else { text }
}

/// Says what a change does to people. What concerns nobody is not said.
pub fn of(before: &Settings, after: &Settings, facts: &Facts) -> Vec<Consequence> {
    let turned_on = |get: fn(&Settings) -> bool| !get(before) && get(after);
    let turned_off = |get: fn(&Settings) -> bool| get(before) && !get(after);
    let must = |n: i64, who: &str| {
        let verb = if n == 1 { "has" } else { "have" };
        let when = match after.two_factor.grace_days.0 {
            0 => "on the next request".to_owned(),
            days => format!("within {}", words::count(days.into(), "day")),
        };
        yours(
            format!("{} {verb} to set up two-factor authentication {when}.", words::count(n, who)),
            facts.you_must_enrol,
        )
    };
    let keep = |n: i64, what: &str| {
        format!("{} keep {what} that they have; nobody can set up a new one.", words::count(n, "member"))
    };
    let mut found = Vec::new();
    let mut say = |holds: bool, key: SettingKey, affected: Affected, words: String| {
        if holds {
            found.push(Consequence { key: key.as_str(), affected, words });
        }
    };
    let count = |segment| facts.members.of(segment);
    let everyone = turned_on(|s| s.two_factor.require_everyone);
    let missing = count(MemberSegment::NotEnrolled);
    say(
        everyone && missing > 0,
        SettingKey::TWO_FACTOR_REQUIRE_EVERYONE,
        Affected::Members(MemberSegment::NotEnrolled),
        must(missing, "member"),
    );
    let missing = count(MemberSegment::AdminsNotEnrolled);
    say(
        turned_on(|s| s.two_factor.require_admins) && !everyone && !before.two_factor.require_everyone && missing > 0,
        SettingKey::TWO_FACTOR_REQUIRE_ADMINS,
        Affected::Members(MemberSegment::AdminsNotEnrolled),
        must(missing, "admin"),
    );
    let having = count(MemberSegment::WithAuthenticator);
    say(
        turned_off(|s| s.two_factor.authenticator) && having > 0,
        SettingKey::TWO_FACTOR_AUTHENTICATOR,
        Affected::Members(MemberSegment::WithAuthenticator),
        keep(having, "the authenticator app"),
    );
    let having = count(MemberSegment::WithPasskey);
    say(
        turned_off(|s| s.two_factor.passkeys) && having > 0,
        SettingKey::TWO_FACTOR_PASSKEYS,
        Affected::Members(MemberSegment::WithPasskey),
        keep(having, "the passkeys"),
    );
    let left = count(MemberSegment::OnlyEmailCodes);
    let verb = if left == 1 { "has" } else { "have" };
    say(
        turned_off(|s| s.two_factor.email) && left > 0,
        SettingKey::TWO_FACTOR_EMAIL,
        Affected::Members(MemberSegment::OnlyEmailCodes),
        format!("{} {verb} no other second step and will sign in by password alone.", words::count(left, "member")),
    );
    let verb = if facts.admins_shut_out == 1 { "was" } else { "were" };
    say(
        before.network != after.network && facts.admins_shut_out > 0,
        SettingKey::NETWORK_ADMIN_ALLOWLIST,
        Affected::AdminsShutOut,
        format!(
            "{} {verb} not last seen at an address on this list, and can't reach the admin pages from anywhere else.",
            words::count(facts.admins_shut_out, "admin")
        ),
    );
    let key = if before.sessions.lifetime != after.sessions.lifetime {
        SettingKey::SESSIONS_LIFETIME
    } else if before.sessions.idle_timeout != after.sessions.idle_timeout {
        SettingKey::SESSIONS_IDLE_TIMEOUT
    } else {
        SettingKey::SESSIONS_REMEMBER_ME
    };
    let verb = if facts.sessions_ending == 1 { "ends" } else { "end" };
    let ending = format!("{} {verb} now.", words::count(facts.sessions_ending, "session"));
    let ending = if facts.your_session_ends { format!("{ending} Yours is one of them.") } else { ending };
    let ends = before.sessions != after.sessions && facts.sessions_ending > 0;
    say(ends, key, Affected::Members(MemberSegment::SessionEnding), ending);
    found
}

/// The segments whose members have to be counted to say what a change does to people: those whom it would concern
/// if there were any.
pub fn segments(before: &Settings, after: &Settings) -> Vec<MemberSegment> {
    let members = MemberSegment::ALL.iter().map(|segment| (*segment, 1)).collect();
    let anybody = Facts { members, sessions_ending: 1, ..Facts::default() };
    let concerned = of(before, after, &anybody).into_iter().filter_map(|consequence| match consequence.affected {
        Affected::Members(segment) => Some(segment),
        Affected::AdminsShutOut => None,
    });
    concerned.collect()
}

/// Whether a member of this role without a factor would have to enrol.
pub fn must_enrol(settings: &Settings, role: crate::Role, factors: enrolment::Factors) -> bool {
    enrolment::enough(settings, role, factors).is_err()
}

/// How long a change that was saved with confirmation waits to be confirmed before it reverts.
pub const CONFIRM_WITHIN: Span = Span::minutes(5);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{CidrList, Minutes, Value};

    fn said(change: impl Fn(&mut Settings), facts: &Facts) -> Vec<String> {
        let mut after = Settings::default();
        change(&mut after);
        of(&Settings::default(), &after, facts).into_iter().map(|c| c.words.replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn requiring_a_factor_says_how_many_have_to_enrol_and_that_you_are_one() {
        let members = [(MemberSegment::AdminsNotEnrolled, 1), (MemberSegment::NotEnrolled, 38)].into();
        let people = Facts { members, you_must_enrol: true, ..Facts::default() };
        assert_eq!(
            said(|s| s.two_factor.require_admins = true, &people),
            ["1 admin has to set up two-factor authentication on the next request. You are one of them."]
        );
        let both = |s: &mut Settings| {
            s.two_factor.require_admins = true;
            s.two_factor.require_everyone = true;
        };
        assert_eq!(
            said(both, &people),
            ["38 members have to set up two-factor authentication on the next request. You are one of them."]
        );
        let later = |s: &mut Settings| {
            both(s);
            s.two_factor.grace_days = crate::value::Days(14);
        };
        assert!(said(later, &people)[0].contains("set up two-factor authentication within 14 days."));
        assert!(said(both, &Facts::default()).is_empty(), "nobody is concerned");
    }

    #[test]
    fn tightening_says_how_many_sessions_end() {
        let people = Facts { sessions_ending: 12, ..Facts::default() };
        assert_eq!(said(|s| s.sessions.lifetime = Minutes(5), &people), ["12 sessions end now."]);
        assert_eq!(said(|s| s.sessions.remember_me = false, &people), ["12 sessions end now."]);
        assert!(said(|s| s.two_factor.authenticator = false, &people).is_empty());
    }

    #[test]
    fn turning_codes_by_mail_off_says_who_is_left_without_a_second_step() {
        let people = Facts { members: [(MemberSegment::OnlyEmailCodes, 2)].into(), ..Facts::default() };
        assert_eq!(
            said(|s| s.two_factor.email = false, &people),
            ["2 members have no other second step and will sign in by password alone."]
        );
    }

    #[test]
    fn a_list_says_how_many_other_admins_it_shuts_out() {
        let people = Facts { admins_shut_out: 2, ..Facts::default() };
        let listed = |s: &mut Settings| {
            s.network.admin_allowlist = CidrList::parse("203.0.113.0/24", None).expect("a list");
        };
        assert_eq!(
            said(listed, &people),
            [
                "2 admins were not last seen at an address on this list, and can't reach the admin pages from anywhere else."
            ]
        );
        assert!(said(listed, &Facts::default()).is_empty() && said(|_| (), &people).is_empty());
    }

    #[test]
    fn the_cutoffs_agree_with_the_decision_about_one_session() {
        use crate::decide::session::{SessionTimes, ended};
        let now = Timestamp(2_000_000_000_000);
        let settings = Settings::default();
        let cut = cutoffs(&settings, now);
        for (started_at, last_seen_at) in [
            (cut.started, now),
            (cut.started + Span::seconds(1), now),
            (now, cut.seen.expect("there is an idle timeout")),
            (now, cut.seen.expect("there is an idle timeout") + Span::seconds(1)),
        ] {
            let over = started_at <= cut.started || cut.seen.is_some_and(|seen| last_seen_at <= seen);
            assert_eq!(
                over,
                ended(&settings, SessionTimes { started_at, last_seen_at, persistent: false }, now).is_some()
            );
        }
    }
}
