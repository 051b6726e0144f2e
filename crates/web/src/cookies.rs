//! The cookies that Bailey hands out.
use cookie::{Cookie, SameSite, time::Duration};
use domain::{Caller, Token, saved_forms, sign_in::SignInDone};
use http::{HeaderMap, HeaderValue, header::COOKIE};
use policy::{EmailAddress, Settings};

/// How long a browser is known again: as long as browsers keep a cookie at all.
const KNOWN_FOR: Duration = Duration::days(400);

/// How cookies are named and marked: over HTTPS with the `__Host-` prefix (RFC 6265bis §4.1.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookies {
    https: bool,
}

impl Cookies {
    /// Cookies for a site that is reached over HTTPS, or over plain HTTP on this machine.
    pub const fn new(https: bool) -> Self {
        Self { https }
    }

    const fn session_name(self) -> &'static str {
        if self.https { "__Host-bailey" } else { "bailey" }
    }

    const fn pending_name(self) -> &'static str {
        if self.https { "__Host-bailey-step" } else { "bailey-step" }
    }

    const fn grant_name(self) -> &'static str {
        if self.https { "__Host-bailey-grant" } else { "bailey-grant" }
    }

    const fn browser_name(self) -> &'static str {
        if self.https { "__Host-bailey-device" } else { "bailey-device" }
    }

    const fn form_name(self) -> &'static str {
        if self.https { "__Host-bailey-form" } else { "bailey-form" }
    }

    const fn person_name(self) -> &'static str {
        if self.https { "__Host-bailey-name" } else { "bailey-name" }
    }

    /// Returns the cookie of a session; it dies with the browser unless it is kept for so long.
    pub fn session(self, token: &Token, max_age: Option<Duration>) -> HeaderValue {
        self.header(self.session_name(), token.expose(), SameSite::Lax, max_age)
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
        self.header(self.browser_name(), token.expose(), SameSite::Lax, Some(KNOWN_FOR))
    }

    /// Returns the cookie that remembers the name of whoever chose to stay signed in.
    pub fn person(self, email: &EmailAddress) -> HeaderValue {
        self.header(self.person_name(), email.as_str(), SameSite::Lax, Some(KNOWN_FOR))
    }

    /// Forgets the name.
    pub fn no_person(self) -> HeaderValue {
        self.removal(self.person_name(), SameSite::Lax)
    }

    /// Returns the token of the browser that a request brings.
    pub fn browser_of(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.browser_name())
    }

    /// Returns the remembered name that a request brings, if it is an address at all.
    pub fn person_of(self, headers: &HeaderMap) -> Option<EmailAddress> {
        let text = find_text(headers, self.person_name())?;
        EmailAddress::parse(&text).ok()
    }

    const fn own_page_name(self) -> &'static str {
        if self.https { "__Host-bailey-page" } else { "bailey-page" }
    }

    /// Returns the cookie that marks what a page of this site causes, where a browser can't say so: none sends it
    /// with what another site causes.
    pub fn own_page(self) -> HeaderValue {
        self.header(self.own_page_name(), "1", SameSite::Strict, None)
    }

    /// Whether a request brings that cookie.
    pub fn has_own_page(self, headers: &HeaderMap) -> bool {
        find_text(headers, self.own_page_name()).is_some()
    }

    /// Takes the cookie of a session back.
    pub fn no_session(self) -> HeaderValue {
        self.removal(self.session_name(), SameSite::Lax)
    }

    /// Returns the cookie of a sign-in between its two steps.
    pub fn pending(self, token: &Token) -> HeaderValue {
        self.header(self.pending_name(), token.expose(), SameSite::Strict, None)
    }

    /// Takes the cookie of a sign-in between its two steps back.
    pub fn no_pending(self) -> HeaderValue {
        self.removal(self.pending_name(), SameSite::Strict)
    }

    /// Returns the cookie of the right to choose a new password.
    pub fn grant(self, token: &Token) -> HeaderValue {
        self.header(self.grant_name(), token.expose(), SameSite::Strict, None)
    }

    /// Takes the cookie of that right back.
    pub fn no_grant(self) -> HeaderValue {
        self.removal(self.grant_name(), SameSite::Strict)
    }

    /// Returns the token of that right that a request brings.
    pub fn grant_of(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.grant_name())
    }

    /// Returns the cookie by which a browser gets back what was typed into it, for as long as that is kept.
    pub fn form(self, token: &Token) -> HeaderValue {
        let kept_for = Duration::milliseconds(saved_forms::RETENTION.millis());
        self.header(self.form_name(), token.expose(), SameSite::Strict, Some(kept_for))
    }

    /// Returns the token of what was typed into the browser of a request.
    pub fn form_of(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.form_name())
    }

    /// Returns the session token that a request brings.
    pub fn session_of(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.session_name())
    }

    /// Returns the token of a sign-in between its two steps that a request brings.
    pub fn pending_of(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.pending_name())
    }

    fn header(self, name: &'static str, value: &str, same_site: SameSite, max_age: Option<Duration>) -> HeaderValue {
        let mut cookie = self.cookie(name, value, same_site);
        cookie.set_max_age(max_age);
        header_of(&cookie)
    }

    fn removal(self, name: &'static str, same_site: SameSite) -> HeaderValue {
        let mut cookie = self.cookie(name, "", same_site);
        cookie.make_removal();
        header_of(&cookie)
    }

    fn cookie(self, name: &'static str, value: &str, same_site: SameSite) -> Cookie<'static> {
        Cookie::build((name, value.to_owned()))
            .path("/")
            .http_only(true)
            .secure(self.https)
            .same_site(same_site)
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

fn find(headers: &HeaderMap, name: &str) -> Option<Token> {
    find_text(headers, name).map(|text| Token::from_browser(&text))
}

fn find_text(headers: &HeaderMap, name: &str) -> Option<String> {
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
        let header = Cookies::new(true).session(&Token::from_browser("abc"), None);
        assert_eq!(header, "__Host-bailey=abc; HttpOnly; SameSite=Lax; Secure; Path=/");
    }

    #[test]
    fn a_session_that_is_kept_outlives_the_browser_and_a_name_is_read_back() {
        let mut settings = Settings::default();
        let token = Token::from_browser("abc");
        let kept = |settings: &Settings, stay| Cookies::new(false).session(&token, persistent_for(settings, stay));
        assert_eq!(kept(&settings, true), "bailey=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=28800");
        assert_eq!(kept(&settings, false), "bailey=abc; HttpOnly; SameSite=Lax; Path=/");
        settings.sessions.remember_me = false;
        assert_eq!(kept(&settings, true), "bailey=abc; HttpOnly; SameSite=Lax; Path=/");
        let email = EmailAddress::parse("ada+x%y@example.org").expect("an address");
        let header = Cookies::new(false).person(&email);
        let text = header.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_str(&text).expect("ASCII"));
        assert_eq!(Cookies::new(false).person_of(&headers), Some(email));
    }

    #[test]
    fn what_was_typed_is_bound_to_the_browser_and_to_this_site() {
        let header = Cookies::new(true).form(&Token::from_browser("abc"));
        assert_eq!(header, "__Host-bailey-form=abc; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=3600");
    }

    #[test]
    fn on_plain_http_the_prefix_and_the_mark_are_left_out() {
        let header = Cookies::new(false).pending(&Token::from_browser("abc"));
        assert_eq!(header, "bailey-step=abc; HttpOnly; SameSite=Strict; Path=/");
    }

    #[test]
    fn a_cookie_is_found_among_others_and_over_several_lines() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; bailey-step=p"));
        headers.append(COOKIE, HeaderValue::from_static("bailey=s"));
        let cookies = Cookies::new(false);
        assert_eq!(cookies.session_of(&headers), Some(Token::from_browser("s")));
        assert_eq!(cookies.pending_of(&headers), Some(Token::from_browser("p")));
        assert_eq!(Cookies::new(true).session_of(&headers), None);
    }
}
