//! Everything that an admin sees of one member.
use crate::{
    Caller, CommunityId, Error, MemberId, Result,
    audit::{Filter, Record},
    bailey::Members,
    links::OutstandingLink,
    mail::QueuedMail,
    sessions::Session,
    sign_in::known_browsers::TrustedBrowser,
};
use policy::{
    Timestamp,
    decide::lockout::{self, Guarded, MAX_CONSECUTIVE},
};
pub use store::{MemberSummaryRow, MembershipRow};

/// How many mails and how many entries of the audit log are shown.
const SHOWN: i64 = 10;

/// A second factor of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldFactor {
    /// What its owner calls it; `None` for an authenticator app.
    pub passkey: Option<String>,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// Something that a member is locked out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLock {
    /// What is locked.
    pub guarded: Guarded,
    /// Until when; `None` where it is for good.
    pub until: Option<Timestamp>,
}

/// A member, with everything that is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberDetails {
    /// What the list shows of them.
    pub member: MemberSummaryRow,
    /// Their second factors, codes by e-mail apart.
    pub factors: Vec<HeldFactor>,
    /// How many recovery codes they have left.
    pub recovery_codes: i64,
    /// What they are locked out of.
    pub locks: Vec<HeldLock>,
    /// Their live sessions, most recently active first.
    pub sessions: Vec<Session>,
    /// The browsers in which they skip the second step.
    pub trusted: Vec<TrustedBrowser>,
    /// The links that were sent to them and work.
    pub links: Vec<OutstandingLink>,
    /// The communities that they belong to, by name.
    pub memberships: Vec<MembershipRow>,
    /// The communities that they don't belong to, by name.
    pub others: Vec<(CommunityId, String)>,
    /// The latest mails to them, newest first.
    pub mails: Vec<QueuedMail>,
    /// The latest entries of the audit log about them, newest first.
    pub history: Vec<Record>,
}

impl Members<'_> {
    /// Everything about one member.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the workspace has no such member.
    pub async fn details(self, caller: &Caller, id: &MemberId) -> Result<MemberDetails> {
        let workspace = caller.workspace();
        let member = self.listed(caller, std::slice::from_ref(id)).await?.pop().ok_or(Error::NotFound)?;
        let about = Filter { about: Some(member.email.clone()), ..Filter::default() };
        let mut history = self.0.audit().page(workspace, &about).await?.entries;
        history.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        let mut tx = self.0.store().read().await?;
        let app = tx.authenticator(id).await?.map(|app| HeldFactor {
            passkey: None,
            added_at: app.added_at,
            last_used_at: app.last_used_at,
        });
        let passkeys = tx.passkeys_of(id).await?.into_iter().map(|key| HeldFactor {
            passkey: Some(key.name),
            added_at: key.added_at,
            last_used_at: key.last_used_at,
        });
        let (settings, now) = (&caller.policy().settings, self.0.now());
        let locks = tx.locks_of(id, MAX_CONSECUTIVE.into(), now.0).await?.into_iter().filter_map(|(name, until)| {
            let guarded = Guarded::from_name(&name)?;
            // A lock that was made under a longer duration ends no later than one of now.
            let latest = lockout::ends_by(lockout::budget(settings, guarded), now);
            Some(HeldLock { guarded, until: until.map(|until| Timestamp(until).min(latest)) })
        });
        let memberships = tx.memberships_of(id).await?;
        let others = tx.community_names(workspace).await?.into_iter();
        let others = others.filter(|(other, _)| memberships.iter().all(|one| one.id != *other)).collect();
        Ok(MemberDetails {
            factors: app.into_iter().chain(passkeys).collect(),
            recovery_codes: tx.recovery_codes_left(id).await?,
            locks: locks.collect(),
            sessions: self.0.sessions().list_of(&mut tx, caller, id).await?,
            trusted: self.0.known_browsers().trusted_by(&mut tx, caller, id).await?,
            links: self.0.links().outstanding_of(&mut tx, caller, id).await?,
            mails: tx.mails_to(workspace, &member.email, SHOWN).await?.into_iter().map(QueuedMail::from).collect(),
            memberships,
            others,
            history,
            member,
        })
    }
}
