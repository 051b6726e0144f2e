//! A service that knows passwords from leaked data. It is told the first five characters of a password's SHA-1, and
//! answers with the rest of every hash that begins so and how often each was found: Have I Been Pwned's range protocol.
use super::{judge, normalised};
use crate::{
    Caller, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Passwords,
    outbound::{Limits, OutboundError},
    platform::unit_of_work::unit_of_work,
};
use http::{HeaderName, HeaderValue};
use policy::{
    Settings,
    decide::{
        breach,
        password::{Owner, PasswordProblem},
    },
};
use secrecy::{ExposeSecret, SecretString};
use sha1::{Digest, Sha1};
use std::time::Duration;
use tokio::time::{Instant, timeout};
use url::Url;

/// How long an answer may take and be: a range is some 40 kB.
const LIMITS: Limits = Limits { time: Duration::from_secs(2), bytes: 256 * 1_024 };
/// How many characters of the hash the service is told.
const PREFIX: usize = 5;
/// What the audit log says of a lookup that was not answered.
const OUTAGE: &str = "The breach service did not answer";
/// The hash of `password`, by which the service is tried.
const TRIED_BY: &str = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";

/// How the service that is asked for breached passwords was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachServiceCheck {
    /// Its address.
    pub service: String,
    /// Why it is no help; `None` where it answers as it should.
    pub problem: Option<String>,
}

/// Why the service is no help.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error("its address can't be read")]
    BadUrl,
    #[error("too many lookups wait")]
    Crowded,
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    #[error("what it answered is no range of hashes")]
    NoRange,
}

impl Passwords<'_> {
    /// Asks the service once, about a password that everybody knows; `None` where the settings have none asked.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn check_breach_service(self, workspace: &WorkspaceId) -> Result<Option<BreachServiceCheck>> {
        let policy = self.0.policies().now(workspace).await?;
        let Some(service) = breach::service(&policy.settings) else { return Ok(None) };
        let problem = self.look_up_breach(service, TRIED_BY).await.err().map(|why| why.to_string());
        Ok(Some(BreachServiceCheck { service: service.to_owned(), problem }))
    }

    /// Judges a password that somebody chooses: as [`judge`] does, and then by the breach service, where the settings
    /// have one asked. Where that does not answer, what is known here decides alone.
    ///
    /// # Errors
    /// [`policy::Refusal::Busy`] when it would wait too long. The verdict itself says what is wrong.
    pub(crate) async fn judge_new(
        self,
        workspace: &WorkspaceId,
        settings: &Settings,
        typed: &SecretString,
        owner: Owner<'_>,
    ) -> Result<std::result::Result<(), PasswordProblem>> {
        let verdict = judge(self.0.hasher(), settings, typed, owner).await?;
        if verdict.is_err() {
            return Ok(verdict);
        }
        let times = self.times_breached(workspace, settings, &normalised(typed)).await?;
        Ok(times.map_or(Ok(()), breach::judge))
    }

    /// How often a password, in its normal form, stands in leaked data; `None` where no service is asked, or where it
    /// does not answer: that is noted, and keeps nobody from going on.
    async fn times_breached(
        self,
        workspace: &WorkspaceId,
        settings: &Settings,
        password: &SecretString,
    ) -> Result<Option<u64>> {
        let Some(service) = breach::service(settings) else { return Ok(None) };
        let hash = hex::encode_upper(Sha1::digest(password.expose_secret()));
        match self.look_up_breach(service, &hash).await {
            Ok(times) => Ok(Some(times)),
            Err(why) => {
                self.note_outage(workspace, service, &why).await?;
                Ok(None)
            }
        }
    }

    async fn look_up_breach(self, service: &str, hash: &str) -> std::result::Result<u64, Unanswered> {
        let (prefix, rest) = hash.split_at_checked(PREFIX).ok_or(Unanswered::NoRange)?;
        let url = range_of(service, prefix).ok_or(Unanswered::BadUrl)?;
        let began = Instant::now();
        let place = timeout(LIMITS.time, self.0.breach_lookups().place()).await;
        let Ok(Some(_place)) = place else { return Err(Unanswered::Crowded) };
        // Without it, the length of the answer tells whoever listens which range it is.
        let padding = (HeaderName::from_static("add-padding"), HeaderValue::from_static("true"));
        let limits = Limits { time: LIMITS.time.saturating_sub(began.elapsed()), ..LIMITS };
        let range = self.0.outbound().get(&url, padding, limits).await?;
        times_in(&range, rest).ok_or(Unanswered::NoRange)
    }

    /// Notes an outage in both logs, once an hour.
    async fn note_outage(self, workspace: &WorkspaceId, service: &str, why: &Unanswered) -> Result<()> {
        if !self.0.breach_lookups().notes_outage(workspace, self.0.now()) {
            return Ok(());
        }
        tracing::warn!(service, %why, "the breach service did not answer; the built-in list decides alone");
        let entry = Entry::new(Channel::Password, OUTAGE, Actor::Bailey)
            .with("service", service)
            .with("reason", why.to_string())
            .with("what follows", "new passwords are held against the built-in list alone");
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            self.0.audit().record(&mut tx, workspace, entry.clone()).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// How often it was noted within the last day that the breach service did not answer; 0 while none is asked.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn breach_outages(self, caller: &Caller) -> Result<i64> {
        if breach::service(&caller.policy().settings).is_none() {
            return Ok(0);
        }
        let since = breach::shown_since(self.0.now());
        // As it stands in the body of an entry: what a request brings is escaped there.
        let action = format!("\"action\":\"{OUTAGE}\"");
        let mut tx = self.0.store().read().await?;
        let channel = Channel::Password.name();
        Ok(tx.count_audit_entries(caller.workspace(), channel, since.0, &action).await?)
    }
}

/// The address of a range; `None` where the service's can't be read.
fn range_of(service: &str, prefix: &str) -> Option<Url> {
    let mut url = Url::parse(service).ok()?;
    url.path_segments_mut().ok()?.pop_if_empty().push(prefix);
    Some(url)
}

/// How often a hash was found, by the range that an answer holds; `None` where it holds none. A line of padding says 0.
fn times_in(range: &str, rest: &str) -> Option<u64> {
    let lines = range.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let (hash, times) = line.split_once(':')?;
        let is_hash = hash.len() == rest.len() && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let times = times.trim().parse::<u64>().ok().filter(|_| is_hash)?;
        Some(if hash.eq_ignore_ascii_case(rest) { times } else { 0 })
    };
    let found: Vec<u64> = lines.map(read).collect::<Option<_>>()?;
    // No range is empty: there are hundreds of hashes for each beginning.
    found.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

    #[test]
    fn a_range_tells_how_often_a_hash_was_found() {
        let other = "0018A45C4D1DEF81644B54AB7F969B88D65:4";
        for (range, times) in [
            (format!("{other}\r\n{REST}:3861493\r\n"), Some(3_861_493)),
            (format!("{}:7\n", REST.to_lowercase()), Some(7)),
            (format!("{other}\n{REST}:0\n"), Some(0)),
            (other.to_owned(), Some(0)),
            (String::new(), None),
            ("<!doctype html><title>Sign in to the network</title>".to_owned(), None),
            (format!("{other}\n{REST}:many\n"), None),
            (format!("{other}\nshort:1\n"), None),
            (format!("{REST}é:1"), None),
        ] {
            assert_eq!(times_in(&range, REST), times, "{range}");
        }
    }

    #[test]
    fn the_beginning_of_the_hash_is_the_last_part_of_the_path() {
        for (service, url) in [
            ("https://ranges.example.org/range/", "https://ranges.example.org/range/5BAA6"),
            ("https://ranges.example.org/range", "https://ranges.example.org/range/5BAA6"),
            ("https://ranges.example.org", "https://ranges.example.org/5BAA6"),
            ("https://ranges.example.org:8443/r?mode=sha1", "https://ranges.example.org:8443/r/5BAA6?mode=sha1"),
        ] {
            assert_eq!(range_of(service, "5BAA6").map(String::from).as_deref(), Some(url));
        }
        assert_eq!(range_of("", "5BAA6"), None);
    }
}
