//! What bounds the work that strangers cause: each route that is open to anybody names one.
use strum::VariantArray;

/// How many requests a minute one network address may make of a route that costs a stranger nothing: enough for an
/// office behind one address in which everybody opens the sign-in page at nine.
const REQUESTS_A_MINUTE: u32 = 600;

/// What bounds the work that strangers cause by a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum RouteBudget {
    /// It stores, sends and hashes nothing.
    Reads,
    /// Requests in a minute from one network address; what is beyond them is refused before the database is asked.
    Requests,
    /// Wrong passwords for one account and from one network address, and how long a password waits to be looked at.
    Passwords,
    /// Mails to one account, and mails asked for from one network address.
    Mails,
    /// It does something only for who brings a token of 256 bits that was mailed to them or printed on the console.
    Token,
    /// Reports in a minute, whoever sends them.
    Reports,
}

impl RouteBudget {
    /// Every one of them.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns how many requests one network address may make in a minute; `None` where something else is counted.
    pub const fn requests_a_minute(self) -> Option<u32> {
        match self {
            Self::Requests => Some(REQUESTS_A_MINUTE),
            Self::Reads | Self::Passwords | Self::Mails | Self::Token | Self::Reports => None,
        }
    }
}
