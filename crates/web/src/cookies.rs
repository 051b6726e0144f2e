//! The cookies that Bailey hands out.
mod old_names;

use cookie::{Cookie, SameSite, time::Duration};
use domain::{Caller, Token, saved_forms, sign_in::SignInDone};
use http::{HeaderMap, HeaderValue, header::COOKIE};
use policy::{EmailAddress, Settings, decide::analytics::Consent};

/// How long a browser is known again: as long as browsers keep a cookie at all.
const KNOWN_FOR: Duration = Duration::days(400);
/// How long nobody is asked again whether they may be measured.
const CONSENT_FOR: Duration = Duration::days(180);

/// Every cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The session.
    Session,
    /// A sign-in between its two steps.
    Pending,
    /// The right to choose a new password.
    Grant,
    /// The browser, known again and perhaps trusted.
    Browser,
    /// What was typed into a form after its session had ended.
    Form,
    /// The name of whoever chose to stay signed in.
    Person,
    /// The mark of what a page of this site causes.
    OwnPage,
    /// Whether its browser may be measured.
    Analytics,
}

impl Name {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Session,
        Self::Pending,
        Self::Grant,
        Self::Browser,
        Self::Form,
        Self::Person,
        Self::OwnPage,
        Self::Analytics,
    ];

    /// Returns what its name ends in.
    const fn ending(self) -> &'static str {
        match self {
            Self::Session => "",
            Self::Pending => "-step",
            Self::Grant => "-grant",
            Self::Browser => "-device",
            Self::Form => "-form",
            Self::Person => "-name",
            Self::OwnPage => "-page",
            Self::Analytics => "-analytics",
        }
    }

    /// Returns with what another site causes it is sent: nothing but a visit, or nothing at all.
    const fn same_site(self) -> SameSite {
        match self {
            Self::Session | Self::Browser | Self::Person | Self::Analytics => SameSite::Lax,
            Self::Pending | Self::Grant | Self::Form | Self::OwnPage => SameSite::Strict,
        }
    }
}

/// How cookies are named and marked: over HTTPS with the `__Host-` prefix (RFC 6265bis §4.1.3.2), and with the port of the
/// public URL where it names one, since browsers send a cookie to every port of its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookies {
    https: bool,
    port: Option<u16>,
}

impl Cookies {
    /// Cookies for a site that is reached over HTTPS, or over plain HTTP on this machine, at a port where that is not the
    /// scheme's own.
    pub const fn new(https: bool, port: Option<u16>) -> Self {
        Self { https, port }
    }

    /// Returns a name as browsers have it.
    pub fn name(self, name: Name) -> String {
        let port = self.port.map(|port| format!("-{port}")).unwrap_or_default();
        format!("{}bailey{port}{}", self.prefix(), name.ending())
    }

    /// Returns the name that versions before gave it; `None` where that is the same.
    pub fn old_name(self, name: Name) -> Option<String> {
        self.port.map(|_| format!("{}bailey{}", self.prefix(), name.ending()))
    }

    const fn prefix(self) -> &'static str {
        if self.https { "__Host-" } else { "" }
    }

    /// Returns the cookie of a session; it dies with the browser unless it is kept for so long.
    pub fn session(self, token: &Token, max_age: Option<Duration>) -> HeaderValue {
        self.header(Name::Session, token.expose(), max_age)
    }

    /// Returns the cookies that complete a sign-in: the session, none between the steps any more, the name of whoever
    /// stays signed in, where that is allowed, and the new token of a browser that is trusted from now on.
    pub fn of_sign_in(
        self,
        settings: &Settings,
        done: &SignInDone,
        stays: Option<&EmailAddress>,
    ) -> impl Iterator<Item = HeaderValue> + use<> {
        let max_age = persistent_for(settings, stays.is_some());
        let name = stays.filter(|_| max_age.is_some()).map_or_else(|| self.no_person(), |email| self.person(email));
        let browser = done.browser.as_ref().map(|token| self.browser(token));
        [self.session(&done.session, max_age), self.no_pending(), name].into_iter().chain(browser)
    }

    /// Returns the cookie of a session that goes on under a new token, kept for as long as it was.
    pub fn renewed(self, caller: &Caller, token: &Token) -> HeaderValue {
        self.session(token, persistent_for(&caller.policy().settings, caller.times().persistent))
    }

    /// Returns the cookie by which a browser is known again.
    pub fn browser(self, token: &Token) -> HeaderValue {
        self.header(Name::Browser, token.expose(), Some(KNOWN_FOR))
    }

    /// Returns the cookie that remembers the name of whoever chose to stay signed in.
    pub fn person(self, email: &EmailAddress) -> HeaderValue {
        self.header(Name::Person, email.as_str(), Some(KNOWN_FOR))
    }

    /// Forgets the name.
    pub fn no_person(self) -> HeaderValue {
        self.removal(Name::Person)
    }

    /// Returns the token of the browser that a request brings.
    pub fn browser_of(self, headers: &HeaderMap) -> Option<Token> {
        self.token(headers, Name::Browser)
    }

    /// Returns the remembered name that a request brings, if it is an address at all.
    pub fn person_of(self, headers: &HeaderMap) -> Option<EmailAddress> {
        let text = self.text(headers, Name::Person)?;
        EmailAddress::parse(&text).ok()
    }

    /// Returns the cookie that marks what a page of this site causes, where a browser can't say so: none sends it
    /// with what another site causes.
    pub fn own_page(self) -> HeaderValue {
        self.header(Name::OwnPage, "1", None)
    }

    /// Whether a request brings that cookie.
    pub fn has_own_page(self, headers: &HeaderMap) -> bool {
        self.text(headers, Name::OwnPage).is_some()
    }

    /// Returns the cookie that remembers whether a browser may be measured, for half a year.
    pub fn consent(self, given: bool) -> HeaderValue {
        self.header(Name::Analytics, if given { "yes" } else { "no" }, Some(CONSENT_FOR))
    }

    /// Returns what a browser has answered.
    pub fn consent_of(self, headers: &HeaderMap) -> Consent {
        match self.text(headers, Name::Analytics).as_deref() {
            Some("yes") => Consent::Given,
            Some(_) => Consent::Refused,
            None => Consent::Unasked,
        }
    }

    /// Returns the removals of the cookies that Google Analytics has left in a browser, which it keeps for this host alone.
    pub fn no_measurements(self, headers: &HeaderMap) -> Vec<HeaderValue> {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let names = lines.flat_map(Cookie::split_parse_encoded).flatten().map(|cookie| cookie.name().to_owned());
        let is_googles = |name: &String| {
            name.starts_with("_ga") && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && name.len() < 40
        };
        names
            .filter(is_googles)
            .map(|name| {
                let mut cookie = Cookie::build((name, "")).path("/").build();
                cookie.make_removal();
                header_of(&cookie)
            })
            .collect()
    }

    /// Takes the cookie of a session back.
    pub fn no_session(self) -> HeaderValue {
        self.removal(Name::Session)
    }

    /// Returns the cookie of a sign-in between its two steps.
    pub fn pending(self, token: &Token) -> HeaderValue {
        self.header(Name::Pending, token.expose(), None)
    }

    /// Takes the cookie of a sign-in between its two steps back.
    pub fn no_pending(self) -> HeaderValue {
        self.removal(Name::Pending)
    }

    /// Returns the cookie of the right to choose a new password.
    pub fn grant(self, token: &Token) -> HeaderValue {
        self.header(Name::Grant, token.expose(), None)
    }

    /// Takes the cookie of that right back.
    pub fn no_grant(self) -> HeaderValue {
        self.removal(Name::Grant)
    }

    /// Returns the token of that right that a request brings.
    pub fn grant_of(self, headers: &HeaderMap) -> Option<Token> {
        self.token(headers, Name::Grant)
    }

    /// Returns the cookie by which a browser gets back what was typed into it, for as long as that is kept.
    pub fn form(self, token: &Token) -> HeaderValue {
        let kept_for = Duration::milliseconds(saved_forms::RETENTION.millis());
        self.header(Name::Form, token.expose(), Some(kept_for))
    }

    /// Returns the token of what was typed into the browser of a request.
    pub fn form_of(self, headers: &HeaderMap) -> Option<Token> {
        self.token(headers, Name::Form)
    }

    /// Returns the session token that a request brings.
    pub fn session_of(self, headers: &HeaderMap) -> Option<Token> {
        self.token(headers, Name::Session)
    }

    /// Returns the token of a sign-in between its two steps that a request brings.
    pub fn pending_of(self, headers: &HeaderMap) -> Option<Token> {
        self.token(headers, Name::Pending)
    }

    /// Returns what a request brings, by its name of today or else by its old one.
    fn text(self, headers: &HeaderMap, name: Name) -> Option<String> {
        find(headers, &self.name(name)).or_else(|| self.old_text(headers, name))
    }

    /// Returns what a request brings by its old name alone.
    fn old_text(self, headers: &HeaderMap, name: Name) -> Option<String> {
        let old = self.old_name(name)?;
        find(headers, &self.name(name)).is_none().then(|| find(headers, &old)).flatten()
    }

    fn token(self, headers: &HeaderMap, name: Name) -> Option<Token> {
        self.text(headers, name).map(|text| Token::from_browser(&text))
    }

    fn header(self, name: Name, value: &str, max_age: Option<Duration>) -> HeaderValue {
        let mut cookie = self.cookie(self.name(name), value, name);
        cookie.set_max_age(max_age);
        header_of(&cookie)
    }

    fn removal(self, name: Name) -> HeaderValue {
        self.removal_of(self.name(name), name)
    }

    fn removal_of(self, named: String, name: Name) -> HeaderValue {
        let mut cookie = self.cookie(named, "", name);
        cookie.make_removal();
        header_of(&cookie)
    }

    fn cookie(self, named: String, value: &str, name: Name) -> Cookie<'static> {
        Cookie::build((named, value.to_owned()))
            .path("/")
            .http_only(true)
            .secure(self.https)
            .same_site(name.same_site())
            .build()
    }
}

/// Returns how long the cookie of a session is kept under these settings, if it is to outlive the browser.
fn persistent_for(settings: &Settings, stay: bool) -> Option<Duration> {
    (stay && settings.sessions.remember_me).then(|| Duration::minutes(settings.sessions.lifetime.0.into()))
}

fn header_of(cookie: &Cookie<'_>) -> HeaderValue {
    HeaderValue::from_str(&cookie.encoded().to_string()).expect("an encoded cookie is ASCII")
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(Cookie::split_parse_encoded)
        .flatten()
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_cookies_are_bound_to_the_host() {
        let header = Cookies::new(true, None).session(&Token::from_browser("abc"), None);
        assert_eq!(header, "__Host-bailey=abc; HttpOnly; SameSite=Lax; Secure; Path=/");
    }

    #[test]
    fn a_session_that_is_kept_outlives_the_browser_and_a_name_is_read_back() {
        let mut settings = Settings::default();
        let token = Token::from_browser("abc");
        let kept =
            |settings: &Settings, stay| Cookies::new(false, None).session(&token, persistent_for(settings, stay));
        assert_eq!(kept(&settings, true), "bailey=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=28800");
        assert_eq!(kept(&settings, false), "bailey=abc; HttpOnly; SameSite=Lax; Path=/");
        settings.sessions.remember_me = false;
        assert_eq!(kept(&settings, true), "bailey=abc; HttpOnly; SameSite=Lax; Path=/");
        let email = EmailAddress::parse("ada+x%y@example.org").expect("an address");
        let header = Cookies::new(false, None).person(&email);
        let text = header.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_str(&text).expect("ASCII"));
        assert_eq!(Cookies::new(false, None).person_of(&headers), Some(email));
    }

    #[test]
    fn what_was_typed_is_bound_to_the_browser_and_to_this_site() {
        let header = Cookies::new(true, None).form(&Token::from_browser("abc"));
        assert_eq!(header, "__Host-bailey-form=abc; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=3600");
    }

    /// Fails when the port is no part of a name, or two of them have one name.
    #[test]
    fn installations_at_ports_of_one_host_have_cookies_of_their_own() {
        let sites = [(false, None), (false, Some(3000)), (false, Some(3001)), (true, None), (true, Some(8443))];
        let mut names: Vec<_> = sites
            .into_iter()
            .flat_map(|(https, port)| Name::ALL.map(|name| Cookies::new(https, port).name(name)))
            .collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!((names.len(), all), (40, 40));
        assert_eq!(Cookies::new(true, Some(8443)).name(Name::Session), "__Host-bailey-8443");
        assert_eq!(Cookies::new(false, Some(3000)).name(Name::Pending), "bailey-3000-step");
    }

    /// Fails when a cookie is not listed where operators look for it.
    #[test]
    fn every_cookie_stands_in_the_documents() {
        let listed = include_str!("../../../docs/cookies.md");
        for name in Name::ALL {
            let row = format!("| `{}` |", Cookies::new(true, None).name(name));
            assert!(listed.contains(&row), "{row}");
        }
        assert_eq!(listed.matches("\n| `__Host-").count(), Name::ALL.len());
    }

    #[test]
    fn on_plain_http_the_prefix_and_the_mark_are_left_out() {
        let header = Cookies::new(false, None).pending(&Token::from_browser("abc"));
        assert_eq!(header, "bailey-step=abc; HttpOnly; SameSite=Strict; Path=/");
    }

    #[test]
    fn a_cookie_is_found_among_others_and_over_several_lines() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; bailey-step=p"));
        headers.append(COOKIE, HeaderValue::from_static("bailey=s"));
        let cookies = Cookies::new(false, None);
        assert_eq!(cookies.session_of(&headers), Some(Token::from_browser("s")));
        assert_eq!(cookies.pending_of(&headers), Some(Token::from_browser("p")));
        assert_eq!(Cookies::new(true, None).session_of(&headers), None);
    }
}
