//! Sessions: start, list, end, rotate.
mod everybody;
mod tokens;

pub use everybody::{CONSENT, SignedOut};
pub(crate) use tokens::Brought;

use crate::{
    Caller, Client, Error, MemberId, Result, SessionId, Token,
    audit::{Actor, Channel, Entry},
    bailey::Sessions,
    members::{changeable, hold_caller},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    Ended, Timestamp,
    decide::session::{self, SessionTimes},
};
use store::{SessionRow, Tx};

/// A session of the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// The browser and the system: `Firefox on Linux`.
    pub browser: String,
    /// The address it was started from.
    pub address: Option<String>,
    /// When the member signed in.
    pub started_at: Timestamp,
    /// When activity was last recorded.
    pub last_seen_at: Timestamp,
    /// When it ends if nothing more happens.
    pub ends_at: Timestamp,
    /// Whether it is the session of this very request.
    pub current: bool,
}

impl Sessions<'_> {
    /// Gives the caller's session a new token, as at each rise of privilege.
    pub(crate) async fn rotate(self, tx: &mut Tx, caller: &Caller) -> Result<Token> {
        let token = Token::new()?;
        if tx.rotate_session(caller.session(), &token.hash()).await? {
            Ok(token)
        } else {
            Err(policy::Refusal::SessionEnded { ended: Ended::ByMember }.into())
        }
    }

    /// The caller's live sessions, most recently active first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<Session>> {
        let mut tx = self.0.store().read().await?;
        self.list_of(&mut tx, caller, caller.member()).await
    }

    /// A member's live sessions, most recently active first.
    pub(crate) async fn list_of(self, tx: &mut Tx, caller: &Caller, member: &MemberId) -> Result<Vec<Session>> {
        let now = self.0.now();
        let settings = &caller.policy().settings;
        let rows = tx.sessions_of(member).await?;
        let live = rows.into_iter().filter_map(|row| {
            let times =
                SessionTimes { started_at: row.started_at, last_seen_at: row.last_seen_at, persistent: row.persistent };
            let (ends_at, _) = session::ends(settings, times);
            session::ended(settings, times, now).is_none().then(|| Session {
                current: row.id == *caller.session(),
                id: row.id,
                browser: browser_name(&row.user_agent),
                address: row.address,
                started_at: times.started_at,
                last_seen_at: times.last_seen_at,
                ends_at,
            })
        });
        Ok(live.collect())
    }

    /// Ends one of the caller's sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the caller has no such live session.
    pub async fn end(self, caller: &Caller, id: &SessionId) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            if !tx.end_session(caller.member(), id, Ended::ByMember.name(), self.0.now().0).await? {
                return Err(Error::NotFound);
            }
            self.0.audit().record(&mut tx, caller.workspace(), by(caller, "Ended a session")).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Ends all of the caller's sessions but the one of this request; returns how many.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn end_others(self, caller: &Caller) -> Result<u64> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let now = self.0.now().0;
            let ended = tx.end_sessions(caller.member(), Some(caller.session()), Ended::ByMember.name(), now).await?;
            let entry = by(caller, "Ended all other sessions").with("sessions", ended.to_string());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(ended)
        })
        .await
    }

    /// Ends every session of a member, on an admin's behalf; each browser learns why.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`](policy::Refusal::StepUpRequired) when the caller has not proved lately who they are;
    /// [`Refusal::NotOnYourself`](policy::Refusal::NotOnYourself), since one's own are on one's profile;
    /// [`Refusal::RoleRequired`](policy::Refusal::RoleRequired) for a super-admin's;
    /// [`Error::NotFound`] when the workspace has no such member.
    pub async fn end_all_of(self, caller: &Caller, member: &MemberId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            let ended = tx.end_sessions(&member.id, None, Ended::ByAdmin.name(), self.0.now().0).await?;
            let entry = by(caller, "Ended all sessions of a member").about(&member.email);
            self.0.audit().record(&mut tx, caller.workspace(), entry.with("sessions", ended.to_string())).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Ends one session of a member, on an admin's behalf; its browser learns why.
    ///
    /// # Errors
    /// As [`Self::end_all_of`]; [`Error::NotFound`] also when the member has no such live session.
    pub async fn end_one_of(self, caller: &Caller, member: &MemberId, id: &SessionId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            if !tx.end_session(&member.id, id, Ended::ByAdmin.name(), self.0.now().0).await? {
                return Err(Error::NotFound);
            }
            let entry = by(caller, "Ended a session of a member").about(&member.email);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Signs the caller out of the session of this request.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn sign_out(self, caller: &Caller) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(caller.member()).await?;
            if tx.end_session(caller.member(), caller.session(), Ended::SignedOut.name(), self.0.now().0).await? {
                let entry = Entry::new(Channel::SignIn, "Signed out", Actor::Member(caller.email().clone()));
                self.0.audit().record(&mut tx, caller.workspace(), entry.from_address(caller.address())).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// What follows when a password or a factor changes: no browser is trusted any more, no sign-in goes on
    /// between its steps, no link that was sent opens anything, and the other sessions end. Returns how many. Whoever
    /// asks for it holds the member.
    pub(crate) async fn credentials_changed(self, tx: &mut Tx, caller: &Caller) -> Result<u64> {
        tx.end_all_trust(caller.member()).await?;
        tx.take_pendings_of(caller.member()).await?;
        tx.take_pending_authenticator(caller.member()).await?;
        tx.void_links_of(caller.member(), self.0.now().0).await?;
        self.0.two_factor().cancel_help(tx, caller.member()).await?;
        let why = Ended::CredentialsChanged.name();
        Ok(tx.end_sessions(caller.member(), Some(caller.session()), why, self.0.now().0).await?)
    }
}

/// The session of somebody who signs in now.
pub(crate) fn new_session(
    member: &MemberId,
    client: &Client,
    persistent: bool,
    proved: bool,
    now: Timestamp,
) -> Result<SessionRow> {
    Ok(SessionRow {
        id: SessionId::from(random::id(now)?),
        member_id: member.clone(),
        started_at: now,
        last_seen_at: now,
        address: client.address.clone(),
        user_agent: client.user_agent_to_store(),
        persistent,
        proved_at: proved.then_some(now),
    })
}

fn by(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Session, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}

/// Names a browser and its system for a reader; a hint, never a fact to decide by.
pub(crate) fn browser_name(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // The order matters: most browsers also claim to be the ones further down.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        for (user_agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("", "Unknown browser"),
        ] {
            assert_eq!(browser_name(user_agent), name);
        }
    }
}
