//! Changing one's own password.
use super::hasher::Known;
use crate::{
    Caller, Error, MemberId, Result, Token, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Passwords,
    mail::messages::password_changed::password_changed,
    members::{communities::effective_for, hold_caller},
    platform::{random, unit_of_work::unit_of_work},
    sign_in::SignInLookup,
};
use policy::{
    Refusal, SettingKey, Settings, Timestamp,
    decide::{
        lockout::Guarded,
        password::{self, Owner},
    },
};
use secrecy::{ExposeSecret, SecretString};
use store::{MemberRow, Tx};

/// What there is to know about the caller's password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordState {
    /// When it was chosen; `None` for a member without one.
    pub set_at: Option<Timestamp>,
    /// From when it may be changed again; `None` when it may be now.
    pub may_change_from: Option<Timestamp>,
    /// When it is to be replaced; `None` when it never is.
    pub expires: Option<Timestamp>,
    /// How many of the latest passwords can't be chosen.
    pub reuse_limit: u32,
}

impl Passwords<'_> {
    /// What there is to know about the caller's password.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn state(self, caller: &Caller) -> Result<PasswordState> {
        let (settings, facts) = (&caller.policy().settings, caller.password());
        Ok(PasswordState {
            set_at: facts.set_at,
            may_change_from: password::may_change_from(settings, facts, self.0.now()),
            expires: password::expires(settings, facts, self.0.now()),
            reuse_limit: self.reuse_limit(settings, caller.workspace(), caller.member()).await?,
        })
    }

    /// How many of a member's latest passwords can't be chosen again: the strictest of what their
    /// communities say.
    pub(super) async fn reuse_limit(
        self,
        settings: &Settings,
        workspace: &WorkspaceId,
        member: &MemberId,
    ) -> Result<u32> {
        let Some(setting) = SettingKey::PASSWORDS_REUSE_LIMIT.setting() else { return Ok(0) };
        let value = effective_for(&mut self.0.store().read().await?, settings, workspace, member, setting).await?;
        Ok(value.parse().unwrap_or(0))
    }

    /// Gives the caller a new password. Their other sessions end, and this one gets a new token.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside `current` or `password`;
    /// [`policy::Refusal::PasswordChangedLately`] within the change interval;
    /// [`policy::Refusal::PresentPasswordPaused`] after too many wrong present passwords;
    /// [`policy::Refusal::StepUpRequired`] for a first password when the latest proof is too old.
    pub async fn change(self, caller: &Caller, current: SecretString, new: SecretString) -> Result<Token> {
        password::may_change(&caller.policy().settings, caller.password(), self.0.now())?;
        let member = self.0.store().read().await?.member(caller.member()).await?.ok_or(Error::NotFound)?;
        if let Some(hash) = &member.password_hash {
            self.verify_present(caller, &member, &current, hash).await?;
        } else {
            // Whoever sits down at an open browser must not give the account a password.
            caller.is_fresh()?;
        }
        let owner = Owner { name: &member.name, email: member.email.as_str() };
        let settings = &caller.policy().settings;
        if let Err(problem) = self.judge_new(caller.workspace(), settings, &new, owner).await? {
            return Err(Error::field("password", problem.in_words()));
        }
        let limit = self.reuse_limit(&caller.policy().settings, caller.workspace(), caller.member()).await?;
        let known = self.known_hashes(&member, limit).await?;
        let hash = self.0.hasher().hash_unless_known(&new, known).await?.map_err(|Known| known_before(limit))?;
        let now = self.0.now();
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let now_theirs = hold_caller(&mut tx, caller).await?;
            if now_theirs.password_set_at != member.password_set_at {
                // Another change of the same moment was quicker.
                return Err(Error::field("current", "That is not your present password."));
            }
            self.replace(&mut tx, &now_theirs, &hash, limit.into()).await?;
            // Attempts at codes go on counting: whoever knows the password may still be guessing at them.
            tx.clear_attempts_at(caller.member(), Guarded::SignIn.name()).await?;
            let ended = self.0.sessions().credentials_changed(&mut tx, caller).await?;
            let token = self.0.sessions().rotate(&mut tx, caller).await?;
            let entry = Entry::new(Channel::Password, "Changed the password", Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .with("other sessions ended", ended.to_string());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            let mail = password_changed(caller.address(), now);
            self.0.mail().queue(&mut tx, &member, &mail).await?;
            tx.commit().await?;
            Ok(token)
        })
        .await
    }

    /// Stores the hash of a new password, and keeps that of the one it replaces.
    pub(super) async fn replace(self, tx: &mut Tx, member: &MemberRow, hash: &str, limit: i64) -> Result<()> {
        let now = self.0.now();
        if let Some(replaced) = &member.password_hash {
            let id = random::id(now)?.to_string();
            tx.insert_earlier_password(&id, &member.id, replaced, now.0).await?;
        }
        tx.keep_earlier_passwords(&member.id, (limit - 1).max(0)).await?;
        Ok(tx.change_password(&member.id, hash, now.0).await?)
    }

    /// Whoever sits down at an open browser does not know the present password, and may not guess it.
    pub(crate) async fn verify_present(
        self,
        caller: &Caller,
        member: &MemberRow,
        current: &SecretString,
        hash: &str,
    ) -> Result<()> {
        if current.expose_secret().is_empty() {
            return Err(Error::field("current", "Enter your present password."));
        }
        let look = self.0.sign_in().look_up(caller.workspace(), member.email.as_str(), caller.client()).await?;
        let SignInLookup { attempt, seen, .. } = look;
        let (turn, settings) = (self.0.hasher().turn(false)?, &caller.policy().settings);
        let tried = self.0.lockouts().try_password(turn, &attempt, seen, settings, current, Some(hash)).await;
        let (right, place) = tried.map_err(|error| match error {
            Error::Refused(refusal) => Error::Refused(refusal.at_present_password()),
            other => other,
        })?;
        if !right {
            self.0
                .sign_in()
                .note_refused(caller.workspace(), Some(member), caller.client(), settings, place.locks)
                .await?;
            return Err(Error::field("current", "That is not your present password."));
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            self.0.lockouts().clear(&mut tx, &attempt).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Why the caller's present password is not looked at for now, if it is not; looking counts for nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn present_refused(self, caller: &Caller) -> Result<Option<Refusal>> {
        let look = self.0.sign_in().look_up(caller.workspace(), caller.email().as_str(), caller.client()).await?;
        let refused =
            look.seen.and_then(|seen| self.0.lockouts().would_refuse(&look.attempt, seen, &look.policy.settings));
        Ok(refused.map(Refusal::at_present_password))
    }

    /// The hashes that a new password of a member must not fit: the present one's, whatever the limit says, and those of
    /// as many earlier ones as it names.
    pub(super) async fn known_hashes(self, member: &MemberRow, limit: u32) -> Result<Vec<String>> {
        let compared = i64::from(password::compared(limit));
        let earlier = self.0.store().read().await?.earlier_passwords(&member.id, compared - 1).await?;
        Ok(member.password_hash.clone().into_iter().chain(earlier).collect())
    }
}

/// The words beside a new password that is one of those that can't be chosen again.
pub(super) fn known_before(limit: u32) -> Error {
    let said = match password::compared(limit) {
        1 => "That is your present password. Choose another one.".to_owned(),
        latest => format!("That is one of your last {latest} passwords. Choose another one."),
    };
    let by = SettingKey::PASSWORDS_REUSE_LIMIT.setting().filter(|_| limit > 0);
    let words = by.map_or_else(|| said.clone(), |by| format!("{said} Decided by the setting “{}”.", by.label));
    Error::field("password", words)
}
