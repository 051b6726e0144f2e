//! Cookies by the names that versions before gave them, which every port of a host shares: they are read for one release
//! and get their names of today. The same old name may be another installation's, so what is not surely ours stays.
use super::{Cookies, KNOWN_FOR, Name};
use domain::{Caller, Token};
use http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};

/// What a request brings by an old name alone.
#[derive(Debug, Default)]
pub struct OldNames(Vec<(Name, String)>);

impl Cookies {
    /// Returns the cookies that a request brings by an old name alone.
    pub fn old_names(self, headers: &HeaderMap) -> OldNames {
        if self.port.is_none() || !headers.contains_key(COOKIE) {
            return OldNames::default();
        }
        let old = |name| Some((name, self.old_text(headers, name)?));
        OldNames(Name::ALL.into_iter().filter_map(old).collect())
    }

    /// Returns the cookies that give a session its name of today and take the old one away, where a request brings it by
    /// that alone; only who knows that the session is ours may ask.
    pub fn session_by_its_name(self, headers: &HeaderMap, caller: &Caller) -> Option<[HeaderValue; 2]> {
        let text = self.old_text(headers, Name::Session)?;
        let old = self.old_name(Name::Session)?;
        Some([self.renewed(caller, &Token::from_browser(&text)), self.removal_of(old, Name::Session)])
    }
}

impl OldNames {
    /// Gives cookies their names of today on an answer: the browser and the name of whoever stays as they are, what the
    /// answer takes back by both names.
    pub fn replace(self, cookies: Cookies, answer: &mut HeaderMap) {
        for (name, value) in self.0 {
            let start = format!("{}=", cookies.name(name));
            let mut lines = answer.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
            let set = lines.rfind(|line| line.starts_with(&start)).map(|line| line.contains("Max-Age=0"));
            let copied = match (name, set) {
                (Name::Browser | Name::Person, None) => Some(cookies.header(name, &value, Some(KNOWN_FOR))),
                _ => None,
            };
            let taken_back = match name {
                Name::Session => set == Some(true),
                Name::Browser => false,
                Name::Person => true,
                Name::Pending | Name::Grant | Name::Form | Name::OwnPage | Name::Analytics => set.is_some(),
            };
            let old = cookies.old_name(name).filter(|_| taken_back).map(|old| cookies.removal_of(old, name));
            for line in copied.into_iter().chain(old) {
                answer.append(SET_COOKIE, line);
            }
        }
    }
}
