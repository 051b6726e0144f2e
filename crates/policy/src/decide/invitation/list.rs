//! What becomes of each line of a list of people who are to be invited?
use crate::{
    AccountStatus, EmailAddress, Refusal, Role, Settings,
    decide::{
        joining,
        rank::{self, Authority},
    },
    email::EmailProblem,
    role::UnknownRole,
};
use std::collections::{BTreeMap, btree_map::Entry};

/// Somebody on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The line on which they stand, counted from 1.
    pub line: usize,
    /// Their address, or what is wrong with it.
    pub email: Result<EmailAddress, EmailProblem>,
    /// The role that they are to get.
    pub role: Result<Role, UnknownRole>,
    /// Whether their name is short enough.
    pub name_fits: bool,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They will be invited.
    Good,
    /// They are a member already, active or not.
    Member,
    /// They are invited already, or have asked to join.
    Pending,
    /// They stand on an earlier line, too.
    Twice {
        /// The first line.
        first: usize,
    },
    /// Their address can't be read.
    NoAddress(EmailProblem),
    /// Their role can't be read.
    NoRole(UnknownRole),
    /// Their name is too long.
    LongName,
    /// Their role or their address is not allowed.
    Refused(Refusal),
}

impl Verdict {
    /// Whether they will be invited.
    pub fn is_good(&self) -> bool {
        *self == Self::Good
    }

    /// What becomes of the line, in words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Good => "Will be invited".to_owned(),
            Self::Member => "Already a member".to_owned(),
            Self::Pending => "Already invited, or has asked to join".to_owned(),
            Self::Twice { first } => format!("Twice in the list: see line {first}"),
            Self::NoAddress(problem) => format!("Not an address. {problem}"),
            Self::NoRole(problem) => format!("Not a role: {problem}."),
            Self::LongName => "The name is too long".to_owned(),
            Self::Refused(Refusal::RoleAboveYours { role }) => format!("The role {} is above yours", role.label()),
            Self::Refused(refusal) => refusal.detail(),
        }
    }
}

/// Says what becomes of each line of a list, given whose addresses are known already.
pub fn judge(
    settings: &Settings,
    by: Authority,
    listed: &[Listed],
    known: &BTreeMap<EmailAddress, AccountStatus>,
) -> Vec<Verdict> {
    let mut seen = BTreeMap::new();
    let mut one = |person: &Listed| {
        let email = match &person.email {
            Ok(email) => email,
            Err(problem) => return Verdict::NoAddress(problem.clone()),
        };
        match seen.entry(email.clone()) {
            Entry::Occupied(first) => return Verdict::Twice { first: *first.get() },
            Entry::Vacant(first) => first.insert(person.line),
        };
        match known.get(email) {
            Some(AccountStatus::Pending) => return Verdict::Pending,
            Some(AccountStatus::Active | AccountStatus::Inactive | AccountStatus::Banned) => return Verdict::Member,
            None => {}
        }
        let role = match &person.role {
            Ok(role) => *role,
            Err(problem) => return Verdict::NoRole(problem.clone()),
        };
        if !person.name_fits {
            return Verdict::LongName;
        }
        let allowed = rank::may_give(by, role).and_then(|()| joining::may_join(settings, email));
        allowed.map_or_else(Verdict::Refused, |()| Verdict::Good)
    };
    listed.iter().map(&mut one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{DomainList, Value};

    #[test]
    fn each_line_is_judged_by_itself_and_by_those_before_it() {
        let mut settings = Settings::default();
        settings.members.refused_domains = DomainList::parse("refused.example", None).expect("a domain");
        let known = [("member@example.org", AccountStatus::Banned), ("pending@example.org", AccountStatus::Pending)];
        let address = |text: &str| EmailAddress::parse(text).expect(text);
        let known = known.map(|(email, status)| (address(email), status)).into();
        let lines = [
            ("ada@example.org", "member", "Will be invited"),
            ("ADA@Example.org", "member", "Twice in the list: see line 1"),
            ("member@example.org", "member", "Already a member"),
            ("pending@example.org", "member", "Already invited, or has asked to join"),
            ("grace", "member", "Not an address. Enter an e-mail address like ada@example.org."),
            ("grace@example.org", "it-admin", "The role IT admin is above yours"),
            ("joan@example.org", "boss", "Not a role: “boss” is not a role"),
            ("eve@refused.example", "member", "Addresses of refused.example can't join"),
            ("ida@example.org", "admin", "Will be invited"),
        ];
        let listed: Vec<_> = lines
            .iter()
            .zip(1..)
            .map(|((email, role, _), line)| Listed {
                line,
                email: EmailAddress::parse(email),
                role: role.parse(),
                name_fits: true,
            })
            .collect();
        let verdicts = judge(&settings, Authority::Member(Role::Admin), &listed, &known);
        for ((email, _, words), verdict) in lines.iter().zip(&verdicts) {
            assert!(verdict.in_words().starts_with(words), "{email}: {}", verdict.in_words());
            assert_eq!(verdict.is_good(), *words == "Will be invited", "{email}");
        }
    }
}
