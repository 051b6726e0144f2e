//! What people and operators do with Bailey, under the policy.
//!
//! A room per feature: each fetches facts, lets [`policy`] decide, and carries the decision out in one
//! unit of work together with its audit entry. No SQL and no HTTP here.

pub mod access;
pub mod audit;
pub mod banner;
pub mod credentials;
pub mod ideas;
pub mod links;
pub mod lockouts;
pub mod mail;
pub mod members;
pub mod outbox;
pub mod platform;
pub mod policies;
pub mod rescue;
pub mod saved_forms;
pub mod sessions;
pub mod sign_in;
pub mod workspaces;

pub use access::{Admission, AdmissionRequest, Caller, Client};
pub use platform::{
    clock::Clock,
    error::{Error, Result},
    token::Token,
    vault::Vault,
};
pub use store::{CommunityId, IdeaId, MemberId, PasskeyId, SessionId, Store, WorkspaceId};

use credentials::passwords;
use policies::PolicyCache;
use policy::Timestamp;
use std::sync::Arc;
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

/// The handle that owns everything an act needs; cloned cheaply and passed everywhere.
#[derive(Clone)]
pub struct Bailey(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    vault: Vault,
    hasher: passwords::Hasher,
    webauthn: Webauthn,
    rp_id: String,
    mailer: mail::Mailer,
    origin: String,
    policies: PolicyCache,
    in_flight: lockouts::InFlightAttempts,
    safe_mode: bool,
}

/// What a [`Bailey`] is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The key that encrypts secrets at rest.
    pub vault: Vault,
    /// How many passwords are hashed at once; at least 1.
    pub hash_concurrency: usize,
    /// The origin of every page: `https://bailey.example.org`. Its host is the relying party of passkeys.
    pub origin: String,
    /// The way out for mail.
    pub mailer: mail::Mailer,
    /// Whether the built-in headers hold and the admin allowlist does not, whatever was saved.
    pub safe_mode: bool,
}

impl Bailey {
    /// Puts the parts together.
    ///
    /// # Errors
    /// When the origin can't be one of passkeys: browsers refuse addresses in numbers; or when the system
    /// gives no threads to hash on.
    pub fn new(parts: Parts) -> Result<Self> {
        let origin = Url::parse(&parts.origin).map_err(Error::internal)?;
        let host = origin.host_str().ok_or_else(|| Error::Internal("the public URL has no host".to_owned()))?;
        let webauthn =
            WebauthnBuilder::new(host, &origin).and_then(|b| b.rp_name("Bailey").build()).map_err(Error::internal)?;
        Ok(Self(Arc::new(Inner {
            store: parts.store,
            clock: parts.clock,
            vault: parts.vault,
            hasher: passwords::Hasher::new(parts.hash_concurrency).map_err(Error::internal)?,
            webauthn,
            rp_id: host.to_owned(),
            mailer: parts.mailer,
            origin: parts.origin,
            policies: PolicyCache::default(),
            in_flight: lockouts::InFlightAttempts::default(),
            safe_mode: parts.safe_mode,
        })))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The password hasher, whose queue metrics show.
    pub fn hasher(&self) -> &passwords::Hasher {
        &self.0.hasher
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    pub(crate) fn webauthn(&self) -> &Webauthn {
        &self.0.webauthn
    }

    /// The relying party of passkeys: the host of the public URL.
    pub(crate) fn rp_id(&self) -> &str {
        &self.0.rp_id
    }

    pub(crate) fn mailer(&self) -> &mail::Mailer {
        &self.0.mailer
    }

    /// The origin of every page, with which links in mails begin.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    pub(crate) fn safe_mode(&self) -> bool {
        self.0.safe_mode
    }

    pub(crate) fn policy_cache(&self) -> &PolicyCache {
        &self.0.policies
    }

    /// Deletes what lapsed: pending sign-ins, passkey challenges, and sessions that ended long ago.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn tidy_up(&self) -> Result<u64> {
        let now = self.now();
        let long_ago = now - policy::time::Span::days(90);
        let mut tx = self.store().write().await?;
        let deleted = tx.delete_lapsed(now.0).await?
            + tx.delete_sessions_before(long_ago.0).await?
            + tx.delete_saved_forms_before(self.saved_forms_end().0).await?
            + tx.delete_browsers_before((now - policy::time::Span::days(400)).0).await?
            + tx.delete_emailed_codes_before((now - policy::time::Span::days(1)).0).await?
            + tx.delete_spent_captchas(now.0).await?
            + self.forget_mails(&mut tx).await?
            + self.forget_attempts(&mut tx).await?;
        tx.commit().await?;
        Ok(deleted)
    }
}
