//! The handle on everything, and a door to each room: `bailey.members().list(…)`.
use crate::{
    Error, Result,
    access::{BlockedStrangers, UnrecordedActivity, WatchedVisits},
    avatars::Wanted,
    credentials::passwords::{BreachLookups, Hasher},
    files::disk::FileStore,
    lockouts::InFlightAttempts,
    mail::Mailer,
    outbound::Outbound,
    platform::{clock::Clock, unit_of_work::unit_of_work, vault::Vault},
    policies::PolicyCache,
};
use policy::{Timestamp, decide::avatar::KEPT, time::Span};
use std::{sync::Arc, time::Duration};
use store::Store;
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

/// The handle that owns everything an act needs; cloned cheaply and passed everywhere.
#[derive(Clone)]
pub struct Bailey(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    vault: Vault,
    files: FileStore,
    hasher: Hasher,
    webauthn: Webauthn,
    rp_id: String,
    mailer: Mailer,
    origin: String,
    policies: PolicyCache,
    in_flight: InFlightAttempts,
    blocked_strangers: BlockedStrangers,
    watched_visits: WatchedVisits,
    outbound: Outbound,
    breach_lookups: BreachLookups,
    avatar_server: Url,
    wanted_avatars: Wanted,
    unrecorded_activity: UnrecordedActivity,
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
    /// Where files are kept.
    pub files: FileStore,
    /// How many passwords are hashed at once; at least 1.
    pub hash_concurrency: usize,
    /// How long a password may wait to be looked at.
    pub hash_wait: Duration,
    /// The origin of every page: `https://bailey.example.org`. Its host is the relying party of passkeys.
    pub origin: String,
    /// The way out for mail.
    pub mailer: Mailer,
    /// The way out for whatever Bailey fetches.
    pub outbound: Outbound,
    /// Where the pictures of members are asked for: Gravatar, or another server of its protocol.
    pub avatar_server: Url,
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
            files: parts.files,
            hasher: Hasher::new(parts.hash_concurrency, parts.hash_wait).map_err(Error::internal)?,
            webauthn,
            rp_id: host.to_owned(),
            mailer: parts.mailer,
            origin: parts.origin,
            policies: PolicyCache::default(),
            in_flight: InFlightAttempts::default(),
            blocked_strangers: BlockedStrangers::default(),
            watched_visits: WatchedVisits::default(),
            outbound: parts.outbound,
            breach_lookups: BreachLookups::default(),
            avatar_server: parts.avatar_server,
            wanted_avatars: Wanted::default(),
            unrecorded_activity: UnrecordedActivity::default(),
            safe_mode: parts.safe_mode,
        })))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The password hasher, whose queue metrics show.
    pub fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Where files are kept.
    pub fn file_store(&self) -> &FileStore {
        &self.0.files
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

    pub(crate) fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// The origin of every page, with which links in mails begin.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    pub(crate) fn safe_mode(&self) -> bool {
        self.0.safe_mode
    }

    pub(crate) fn in_flight(&self) -> &InFlightAttempts {
        &self.0.in_flight
    }

    pub(crate) fn outbound(&self) -> &Outbound {
        &self.0.outbound
    }

    pub(crate) fn breach_lookups(&self) -> &BreachLookups {
        &self.0.breach_lookups
    }

    pub(crate) fn avatar_server(&self) -> &Url {
        &self.0.avatar_server
    }

    pub(crate) fn wanted_avatars(&self) -> &Wanted {
        &self.0.wanted_avatars
    }

    pub(crate) fn blocked_strangers(&self) -> &BlockedStrangers {
        &self.0.blocked_strangers
    }

    pub(crate) fn watched_visits(&self) -> &WatchedVisits {
        &self.0.watched_visits
    }

    pub(crate) fn unrecorded_activity(&self) -> &UnrecordedActivity {
        &self.0.unrecorded_activity
    }

    pub(crate) fn policy_cache(&self) -> &PolicyCache {
        &self.0.policies
    }

    /// Deletes what lapsed: pending sign-ins, set-ups and passkey challenges; and sessions and links that ended long ago.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn tidy_up(&self) -> Result<u64> {
        let now = self.now();
        let long_ago = now - Span::days(90);
        unit_of_work(|| async {
            let mut tx = self.store().write().await?;
            let deleted = tx.delete_lapsed(now.0).await?
                + tx.delete_sessions_before(long_ago.0).await?
                + tx.delete_saved_forms_before(self.saved_forms().kept_since().0).await?
                + tx.delete_links_before(long_ago.0, now.0).await?
                + tx.delete_pending_authenticators_before(self.two_factor().set_ups_begun_since().0).await?
                + tx.delete_browsers_before((now - Span::days(400)).0).await?
                + tx.delete_emailed_codes_before((now - Span::days(1)).0).await?
                + tx.delete_spent_challenges(now.0).await?
                + tx.delete_help_requests_before(long_ago.0).await?
                + tx.delete_avatars_before((now - KEPT).0).await?
                + self.members().forget_registrations(&mut tx).await?
                + self.mail().forget_settled(&mut tx).await?
                + self.chat().forget_settled(&mut tx).await?
                + self.lockouts().forget_old(&mut tx).await?;
            tx.commit().await?;
            Ok(deleted)
        })
        .await
    }
}

/// Opens a door to each room: a view of the handle that has the methods of that room, and costs nothing.
macro_rules! doors {
    ($($(#[$doc:meta])+ $room:ident: $door:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(Clone, Copy)]
            pub struct $door<'a>(pub(crate) &'a Bailey);
        )+

        impl Bailey {
            $(
                $(#[$doc])+
                pub const fn $room(&self) -> $door<'_> {
                    $door(self)
                }
            )+
        }
    };
}

doors! {
    /// Who makes a request, and may it go on?
    access: Access;
    /// What is measured by others.
    analytics: Analytics;
    /// Assessments of ideas.
    assessments: Assessments;
    /// The audit log.
    audit: Audit;
    /// Pictures of members.
    avatars: Avatars;
    /// Captchas.
    captchas: Captchas;
    /// Chats in which ideas that wait are told of.
    chat: Chat;
    /// Communities.
    communities: Communities;
    /// Files that are kept on disk.
    files: Files;
    /// Conversations between members.
    conversations: Conversations;
    /// Ideas.
    ideas: Ideas;
    /// The keys that seal secrets.
    keys: Keys;
    /// Browsers that are known again.
    known_browsers: KnownBrowsers;
    /// One-time links.
    links: Links;
    /// Attempts at what can be guessed, and locks.
    lockouts: Lockouts;
    /// Mail.
    mail: Mails;
    /// Members.
    members: Members;
    /// What waits to be handed over to another system.
    outbox: Outbox;
    /// Passwords.
    passwords: Passwords;
    /// Policies, and their revisions.
    policies: Policies;
    /// Reports that admins ask for.
    reports: Reports;
    /// What the operator can do at the console.
    rescue: Rescue;
    /// Forms that are kept for their author.
    saved_forms: SavedForms;
    /// Sessions.
    sessions: Sessions;
    /// Signing in.
    sign_in: SignIn;
    /// Second factors.
    two_factor: TwoFactor;
    /// What waits for somebody.
    waiting: Waiting;
    /// Workspaces.
    workspaces: Workspaces;
}
