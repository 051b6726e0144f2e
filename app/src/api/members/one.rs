//! Everything that an admin sees of one member.
use super::MemberView;
#[cfg(feature = "ssr")]
use crate::api::serve::{context, fail};
use crate::{
    api::{
        audit::AuditEntryView,
        declare::server_function,
        mail::MailView,
        profile::{SessionView, TrustedView},
    },
    error::ApiError,
};
use policy::{Role, Timestamp};
use serde::{Deserialize, Serialize};

/// A member, with everything that is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPageView {
    /// What the list shows of them.
    pub member: MemberView,
    /// Whether it is the person who looks.
    pub is_self: bool,
    /// When they joined.
    pub joined_at: Timestamp,
    /// The roles that the person who looks may give them; none where theirs may not be changed.
    pub roles: Vec<Role>,
    /// Their second factors, codes by e-mail apart.
    pub factors: Vec<FactorView>,
    /// Whether they get codes by e-mail.
    pub email_codes: bool,
    /// How many recovery codes they have left.
    pub recovery_codes: i64,
    /// What they are locked out of.
    pub locks: Vec<LockView>,
    /// Their live sessions, most recently active first.
    pub sessions: Vec<SessionView>,
    /// The browsers in which they skip the second step.
    pub trusted: Vec<TrustedView>,
    /// The links that were sent to them and work.
    pub links: Vec<OutstandingLinkView>,
    /// The communities that they belong to.
    pub memberships: Vec<MembershipView>,
    /// The communities that they don't belong to: identifier and name.
    pub others: Vec<(String, String)>,
    /// The latest mails to them, newest first.
    pub mails: Vec<MailView>,
    /// The latest entries of the audit log about them, newest first.
    pub history: Vec<AuditEntryView>,
}

/// A second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorView {
    /// What it is: `Authenticator app`, or the name of a passkey.
    pub name: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// Something that a member is locked out of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockView {
    /// What is locked, in words.
    pub what: String,
    /// Until when; `None` where it is for good.
    pub until: Option<Timestamp>,
    /// Whether unlocking lifts it.
    pub lifts: bool,
}

/// A link that was sent to a member and works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutstandingLinkView {
    /// What forms name it by; not its token.
    pub id: String,
    /// What it is for, in words.
    pub purpose: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it works; `None` when it never lapses.
    pub works_until: Option<Timestamp>,
}

/// A community that a member belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether they were made its moderator.
    pub moderator: bool,
}

server_function! {
    /// Loads everything about one member.
    "members/one" in Admin as caller;
    pub async fn load_member(
        /// Who.
        id: String,
    ) -> Result<MemberPageView, ApiError> {
        let id = domain::MemberId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        let found = context().bailey.members().details(&caller, &id).await.map_err(fail)?;
        Ok(MemberPageView::of(&caller, found))
    }
}

#[cfg(feature = "ssr")]
impl MemberPageView {
    fn of(caller: &domain::Caller, found: domain::members::details::MemberDetails) -> Self {
        use policy::decide::{
            lockout::Guarded,
            rank::{Authority, may_change_role},
        };
        let (by, is_self) = (Authority::Member(caller.role()), found.member.id == *caller.member());
        let role = found.member.role;
        let member = MemberView::of(caller, found.member.clone());
        let may = |to: &Role| member.may_change && may_change_role(by, role, *to, is_self).is_ok();
        Self {
            is_self,
            joined_at: found.member.created_at,
            roles: Role::ALL.iter().copied().filter(may).collect(),
            email_codes: found.member.email_codes,
            factors: found
                .factors
                .into_iter()
                .map(|factor| FactorView {
                    name: factor.passkey.unwrap_or_else(|| "Authenticator app".to_owned()),
                    added_at: factor.added_at,
                    last_used_at: factor.last_used_at,
                })
                .collect(),
            recovery_codes: found.recovery_codes,
            locks: found
                .locks
                .into_iter()
                .map(|lock| LockView {
                    what: match lock.guarded {
                        Guarded::SignIn => "Signing in",
                        Guarded::TwoFactorDay => "After fifty wrong codes within a day, every code",
                        Guarded::Claim => "Claiming the account",
                        Guarded::TwoFactor | Guarded::Address | Guarded::AddressMails => "The second step",
                    }
                    .to_owned(),
                    lifts: lock.until.is_some() && lock.guarded != Guarded::TwoFactorDay,
                    until: lock.until,
                })
                .collect(),
            sessions: found.sessions.into_iter().map(SessionView::from).collect(),
            trusted: found.trusted.into_iter().map(TrustedView::from).collect(),
            links: found
                .links
                .into_iter()
                .map(|link| OutstandingLinkView {
                    id: link.id,
                    purpose: link.purpose.label(),
                    made_at: link.made_at,
                    works_until: link.works_until,
                })
                .collect(),
            memberships: found
                .memberships
                .into_iter()
                .map(|one| MembershipView { id: one.id.to_string(), name: one.name, moderator: one.moderator })
                .collect(),
            others: found.others.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
            mails: found.mails.into_iter().map(MailView::from).collect(),
            history: found.history.into_iter().map(AuditEntryView::from).collect(),
            member,
        }
    }
}
