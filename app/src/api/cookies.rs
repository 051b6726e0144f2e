//! The cookies that Bailey hands out.
use cookie::{Cookie, SameSite};
use domain::Token;
use http::{HeaderMap, HeaderValue, header::COOKIE};

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

    /// The cookie of a session; it dies with the browser.
    pub fn session(self, token: &Token) -> HeaderValue {
        self.header(self.session_name(), token.expose(), SameSite::Lax, false)
    }

    /// Takes the cookie of a session back.
    pub fn no_session(self) -> HeaderValue {
        self.header(self.session_name(), "", SameSite::Lax, true)
    }

    /// The cookie of a sign-in between its two steps.
    pub fn pending(self, token: &Token) -> HeaderValue {
        self.header(self.pending_name(), token.expose(), SameSite::Strict, false)
    }

    /// Takes the cookie of a sign-in between its two steps back.
    pub fn no_pending(self) -> HeaderValue {
        self.header(self.pending_name(), "", SameSite::Strict, true)
    }

    /// The session token that a request brings.
    pub fn session_of(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.session_name())
    }

    /// The token of a sign-in between its two steps that a request brings.
    pub fn pending_of(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.pending_name())
    }

    fn header(self, name: &'static str, value: &str, same_site: SameSite, remove: bool) -> HeaderValue {
        let mut cookie = Cookie::build((name, value.to_owned()))
            .path("/")
            .http_only(true)
            .secure(self.https)
            .same_site(same_site)
            .build();
        if remove {
            cookie.make_removal();
        }
        HeaderValue::from_str(&cookie.to_string()).expect("a token of base64url and fixed attributes is ASCII")
    }
}

fn find(headers: &HeaderMap, name: &str) -> Option<Token> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|cookie| cookie.name() == name)
        .map(|c| Token::from_browser(c.value()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_cookies_are_bound_to_the_host() {
        let header = Cookies::new(true).session(&Token::from_browser("abc"));
        assert_eq!(header, "__Host-bailey=abc; HttpOnly; SameSite=Lax; Secure; Path=/");
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
