//! Rules across settings: what is refused at save, and what is only warned of.
mod header_size;
use crate::{
    Setting, SettingKey, Settings, Violation,
    decide::network,
    value::{BreachCheck, Coep, Limit, Minutes, Mode, PasswordPolicy, Problem, ReferrerPolicy, XssProtection},
};
use std::net::IpAddr;

/// What contradicts itself in these settings; a save with any of it is refused. Each rule names
/// both of its settings: one by the field beside which it stands, the other in its words.
pub fn violations(settings: &Settings) -> Vec<Violation> {
    [
        required_factor(settings),
        change_interval(settings),
        breach_service(settings),
        passkey_features(settings),
        embedding(settings),
        header_size::violations(settings),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn conflict(key: SettingKey, words: &'static str) -> Violation {
    Violation { key: key.as_str(), problem: Problem::Conflict(words) }
}

fn required_factor(settings: &Settings) -> Vec<Violation> {
    let two_factor = &settings.two_factor;
    let no_factor = !two_factor.authenticator && !two_factor.passkeys;
    [
        (two_factor.require_admins, SettingKey::TWO_FACTOR_REQUIRE_ADMINS),
        (two_factor.require_everyone, SettingKey::TWO_FACTOR_REQUIRE_EVERYONE),
    ]
    .into_iter()
    .filter(|(required, _)| *required && no_factor)
    .map(|(_, key)| {
        conflict(key, "Needs a factor that people can set up: turn on Authenticator apps or Passkeys as well.")
    })
    .collect()
}

fn change_interval(settings: &Settings) -> Vec<Violation> {
    match (settings.passwords.change_interval, settings.passwords.max_age) {
        (Limit::Of(interval), Limit::Of(age)) if interval >= age => vec![conflict(
            SettingKey::PASSWORDS_CHANGE_INTERVAL,
            "Has to be shorter than Force password reset, or nobody could change a password before it expires.",
        )],
        _ => Vec::new(),
    }
}

fn breach_service(settings: &Settings) -> Vec<Violation> {
    if settings.passwords.breach_check == BreachCheck::Service && settings.passwords.breach_url.is_empty() {
        return vec![conflict(
            SettingKey::PASSWORDS_BREACH_URL,
            "Needs the address of a service while Breached passwords asks one: enter it, or turn that off.",
        )];
    }
    Vec::new()
}

fn passkey_features(settings: &Settings) -> Vec<Violation> {
    let allowed = &settings.headers.permissions_policy;
    let both = ["publickey-credentials-get", "publickey-credentials-create"];
    if settings.two_factor.passkeys && !both.into_iter().all(|feature| allowed.allows_self(feature)) {
        return vec![conflict(
            SettingKey::HEADERS_PERMISSIONS_POLICY,
            "Keeps this site from using passkeys while Passkeys is on: allow publickey-credentials-get and publickey-credentials-create for self, or leave them out.",
        )];
    }
    Vec::new()
}

fn embedding(settings: &Settings) -> Vec<Violation> {
    if settings.headers.coep == Coep::RequireCorp && !settings.analytics.google.is_empty() {
        return vec![conflict(
            SettingKey::HEADERS_COEP,
            "require-corp blocks the script of Google Analytics: choose credentialless, or empty that field.",
        )];
    }
    Vec::new()
}

/// The invariant of every save: at least one super-admin can still reach the settings. `last_seen` holds the latest
/// address of each super-admin who has ever signed in. One who never has is not counted on: from where they
/// would come is not known. While that holds for all of them, as before the first sign-in of a new workspace,
/// nobody loses a way in.
pub fn keeps_a_super_admin(settings: &Settings, last_seen: &[Option<IpAddr>]) -> Option<Violation> {
    let kept = last_seen.is_empty() || last_seen.iter().any(|from| network::admits(settings, *from).is_ok());
    (!kept).then(|| {
        conflict(
            SettingKey::NETWORK_ADMIN_ALLOWLIST,
            "No super-admin could reach the settings any more: none of them was last seen at an address on this list. Add one of theirs, or only watch the list.",
        )
    })
}

const HOUR: Minutes = Minutes(60);
const DAY: Minutes = Minutes(1_440);

/// Something that is allowed but probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The setting beside which it is shown.
    pub key: &'static str,
    /// The words.
    pub words: &'static str,
}

/// How browsers reach the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear.
    Http,
    /// Encrypted.
    Https,
}

impl Scheme {
    /// The scheme of an origin, like `https://bailey.example.org`.
    pub fn of(origin: &str) -> Self {
        if origin.starts_with("https://") { Self::Https } else { Self::Http }
    }
}

/// What is allowed in these settings, on a site that is reached so, but probably not meant.
pub fn warnings(settings: &Settings, scheme: Scheme) -> Vec<Warning> {
    let Settings { sign_in, sessions, passwords, two_factor, headers, network, .. } = settings;
    let never_reached = matches!(sessions.idle_timeout, Limit::Of(idle) if idle >= sessions.lifetime);
    let left_open = sessions.lifetime > HOUR && !matches!(sessions.idle_timeout, Limit::Of(idle) if idle <= HOUR);
    let preloadable = headers.hsts_max_age.0 >= 365 && headers.hsts_subdomains && headers.hsts;
    [
        (
            sign_in.show_banner && sign_in.banner.is_empty(),
            SettingKey::SIGN_IN_SHOW_BANNER,
            "There is nothing to show: the text below is empty.",
        ),
        (
            !sign_in.show_banner && !sign_in.banner.is_empty(),
            SettingKey::SIGN_IN_BANNER,
            "Nobody sees it: the banner is off.",
        ),
        (
            never_reached,
            SettingKey::SESSIONS_IDLE_TIMEOUT,
            "Never reached: the session lifetime ends a session first.",
        ),
        (
            left_open,
            SettingKey::SESSIONS_IDLE_TIMEOUT,
            "NIST SP 800-63B-4 §2.2.3 asks for an hour at most: until then whoever finds a browser left open is signed in.",
        ),
        (
            sessions.lifetime > DAY,
            SettingKey::SESSIONS_LIFETIME,
            "NIST SP 800-63B-4 §2.2.3 asks for 24 hours at most.",
        ),
        (
            passwords.policy != PasswordPolicy::Strong && !two_factor.require_everyone,
            SettingKey::PASSWORDS_POLICY,
            "While a second factor is not required of everyone, NIST SP 800-63B-4 asks for at least 15 characters: choose Strong, or require MFA for everyone.",
        ),
        (
            passwords.max_age != Limit::Unlimited,
            SettingKey::PASSWORDS_MAX_AGE,
            "NIST SP 800-63B-4 advises against regular resets: people choose weaker passwords when they have to change them.",
        ),
        (
            two_factor.email_code_lifetime.0 < 180,
            SettingKey::TWO_FACTOR_EMAIL_CODE_LIFETIME,
            "Mails often take longer than this to arrive.",
        ),
        (
            two_factor.email_code_lifetime.0 > 600,
            SettingKey::TWO_FACTOR_EMAIL_CODE_LIFETIME,
            "NIST SP 800-63B-4 §3.1.3.2 asks for ten minutes at most.",
        ),
        (
            two_factor.trusted_device_days != Limit::Unlimited,
            SettingKey::TWO_FACTOR_TRUSTED_DEVICE_DAYS,
            "In a trusted browser the password alone signs in: whoever has both needs no second factor.",
        ),
        (
            headers.hsts && scheme == Scheme::Http,
            SettingKey::HEADERS_HSTS,
            "This site is reached over http, where browsers ignore HSTS: it protects nobody before the site has https.",
        ),
        (
            headers.hsts_preload && !preloadable,
            SettingKey::HEADERS_HSTS_PRELOAD,
            "The list of preloaded sites does not take this host: it needs HSTS with a year or more, and subdomains too.",
        ),
        (
            !matches!(headers.xss_protection, XssProtection::Off | XssProtection::Zero),
            SettingKey::HEADERS_XSS_PROTECTION,
            "A deprecated filter that can be turned against a page: 0 is the safe value.",
        ),
        (
            headers.referrer_policy == ReferrerPolicy::UnsafeUrl,
            SettingKey::HEADERS_REFERRER_POLICY,
            "Tells the whole address of every page to every site that is linked to.",
        ),
        (
            headers.csp_mode != Mode::Enforce,
            SettingKey::HEADERS_CSP_MODE,
            "Injected scripts are not stopped while the policy is not enforced.",
        ),
        (!headers.public_key_pins.is_empty(), SettingKey::HEADERS_PUBLIC_KEY_PINS, "A deprecated header: browsers have removed it."),
        (headers.expect_ct, SettingKey::HEADERS_EXPECT_CT, "A deprecated header: browsers have removed it."),
        (
            network.admin_allowlist_mode != Mode::Enforce && !network.admin_allowlist.is_empty(),
            SettingKey::NETWORK_ADMIN_ALLOWLIST_MODE,
            "The allowlist stops nobody while it is not enforced.",
        ),
    ]
    .into_iter()
    .filter(|(found, ..)| *found)
    .map(|(_, key, words)| Warning { key: key.as_str(), words })
    .chain(endless_links(settings))
    .collect()
}

/// Links that go on working in every mail that was ever sent.
fn endless_links(settings: &Settings) -> impl Iterator<Item = Warning> {
    let endless = |setting: &&Setting| {
        setting.active && setting.key.starts_with("links.") && setting.zero.is_some() && settings.print(setting) == "0"
    };
    Settings::all().filter(endless).map(|setting| Warning {
        key: setting.key,
        words: "Never expires by itself: a link in an old mail serves whoever comes to read it.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Banner, CidrList, Days, HttpsUrl, MeasurementId, Minutes, PermissionsPolicy, Seconds, Value};

    fn refused(change: impl Fn(&mut Settings)) -> Vec<&'static str> {
        let mut settings = Settings::default();
        change(&mut settings);
        violations(&settings).iter().map(|v| v.key).collect()
    }

    fn warned(change: impl Fn(&mut Settings)) -> Vec<&'static str> {
        let mut settings = Settings::default();
        settings.two_factor.require_everyone = true;
        change(&mut settings);
        warnings(&settings, Scheme::Https).iter().map(|w| w.key).collect()
    }

    #[test]
    fn requiring_a_factor_that_nobody_can_enrol_is_refused() {
        let without_app = |s: &mut Settings| {
            s.two_factor.require_admins = true;
            s.two_factor.authenticator = false;
        };
        assert!(refused(without_app).is_empty(), "passkeys remain");
        let without_any = |s: &mut Settings| {
            without_app(s);
            s.two_factor.passkeys = false;
        };
        assert_eq!(refused(without_any), ["two_factor.require_admins"]);
    }

    #[test]
    fn a_password_can_always_be_changed_before_it_expires() {
        let with = |interval, age| {
            refused(move |s| {
                s.passwords.change_interval = Limit::Of(Days(interval));
                s.passwords.max_age = age;
            })
        };
        assert_eq!(with(30, Limit::Of(Days(30))), ["passwords.change_interval"]);
        assert!(with(29, Limit::Of(Days(30))).is_empty() && with(365, Limit::Unlimited).is_empty());
    }

    #[test]
    fn a_service_that_is_asked_has_an_address() {
        let without = |check| {
            refused(move |s| {
                s.passwords.breach_check = check;
                s.passwords.breach_url = HttpsUrl::default();
            })
        };
        assert_eq!(without(BreachCheck::Service), ["passwords.breach_url"]);
        assert!(without(BreachCheck::Off).is_empty());
        assert!(refused(|s| s.passwords.breach_check = BreachCheck::Service).is_empty(), "it has one from the start");
    }

    #[test]
    fn the_permissions_policy_leaves_passkeys_alone_while_they_are_on() {
        let without = |s: &mut Settings| {
            s.headers.permissions_policy =
                PermissionsPolicy::parse("publickey-credentials-get=()", None).expect("a policy");
        };
        assert_eq!(refused(without), ["headers.permissions_policy"]);
        let off = |s: &mut Settings| {
            without(s);
            s.two_factor.passkeys = false;
        };
        assert!(refused(off).is_empty());
    }

    #[test]
    fn isolation_that_blocks_analytics_is_refused() {
        let both = |s: &mut Settings| {
            s.headers.coep = Coep::RequireCorp;
            s.analytics.google = MeasurementId::parse("G-ABCD1234", None).expect("an id");
        };
        assert_eq!(refused(both), ["headers.coep"]);
        assert!(refused(|s| s.headers.coep = Coep::RequireCorp).is_empty());
    }

    #[test]
    fn a_super_admin_has_to_be_known_to_come_from_the_list() {
        let kept = |list: &str, last_seen: &[Option<&str>]| {
            let mut settings = Settings::default();
            settings.network.admin_allowlist = CidrList::parse(list, None).expect("a list");
            let address = |from: Option<&str>| from.map(|address| address.parse().expect("an address"));
            keeps_a_super_admin(&settings, &last_seen.iter().copied().map(address).collect::<Vec<_>>()).is_none()
        };
        let office = "203.0.113.0/24";
        assert!(kept(office, &[Some("198.51.100.7"), Some("203.0.113.7")]), "one of two");
        assert!(!kept(office, &[Some("198.51.100.7")]));
        assert!(!kept(office, &[Some("198.51.100.7"), None]), "an address that is not known is on no list");
        assert!(kept(office, &[]), "nobody has signed in so far");
        assert!(kept("", &[Some("198.51.100.7"), None]), "an empty list admits everybody");
    }

    #[test]
    fn no_community_can_change_what_a_save_is_judged_by() {
        let judged = |key: &str| ["network.", "sessions.", "two_factor."].iter().any(|part| key.starts_with(part));
        assert!(Settings::all().filter(|s| s.per_community.is_some()).all(|s| !judged(s.key)));
    }

    #[test]
    fn sessions_and_links_that_outlast_what_the_standards_ask_for_are_warned_of() {
        let sessions = |lifetime, idle| {
            warned(move |s| {
                s.sessions.lifetime = Minutes(lifetime);
                s.sessions.idle_timeout = idle;
            })
        };
        assert!(sessions(1_440, Limit::Of(Minutes(60))).is_empty());
        assert_eq!(sessions(1_441, Limit::Of(Minutes(60))), ["sessions.lifetime"]);
        assert_eq!(sessions(480, Limit::Of(Minutes(61))), ["sessions.idle_timeout"]);
        assert_eq!(sessions(480, Limit::Unlimited), ["sessions.idle_timeout"]);
        assert!(sessions(60, Limit::Unlimited).is_empty(), "the lifetime is no longer than that");
        assert_eq!(warned(|s| s.links.password_reset = Limit::Unlimited), ["links.password_reset"]);
        assert_eq!(warned(|s| s.links.idea_view = Limit::Unlimited), ["links.idea_view"]);
        assert_eq!(warned(|s| s.links.resource_download = Limit::Unlimited), ["links.resource_download"]);
        assert_eq!(
            warned(|s| s.two_factor.trusted_device_days = Limit::Of(Days(1))),
            ["two_factor.trusted_device_days"]
        );
    }

    #[test]
    fn what_is_probably_not_meant_is_warned_of() {
        assert!(warned(|_| ()).is_empty());
        assert_eq!(warned(|s| s.sign_in.show_banner = true), ["sign_in.show_banner"]);
        let written = |shown| {
            warned(move |s| {
                s.sign_in.show_banner = shown;
                s.sign_in.banner = Banner::parse("Staff only.", None).expect("it is one");
            })
        };
        assert_eq!((written(false), written(true)), (vec!["sign_in.banner"], Vec::new()));
        assert_eq!(warned(|s| s.sessions.lifetime = Minutes(30)), ["sessions.idle_timeout"]);
        assert!(warned(|s| s.sessions.lifetime = Minutes(31)).is_empty());
        assert_eq!(warned(|s| s.two_factor.require_everyone = false), ["passwords.policy"]);
        assert_eq!(warned(|s| s.two_factor.email_code_lifetime = Seconds(179)), ["two_factor.email_code_lifetime"]);
        assert_eq!(warned(|s| s.two_factor.email_code_lifetime = Seconds(601)), ["two_factor.email_code_lifetime"]);
        assert_eq!(warned(|s| s.headers.hsts_preload = true), ["headers.hsts_preload"]);
        let over_http = |hsts| {
            let mut settings = Settings::default();
            settings.headers.hsts = hsts;
            warnings(&settings, Scheme::of("http://localhost:3000")).iter().any(|w| w.key == "headers.hsts")
        };
        assert!(over_http(true) && !over_http(false));
        assert_eq!(warned(|s| s.passwords.max_age = Limit::Of(Days(90))), ["passwords.max_age"]);
    }
}
