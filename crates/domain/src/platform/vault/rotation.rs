//! Replaces the key that seals, in steps of which each leaves every secret readable, wherever it is cut off.
//!
//! 1. The key file takes a new key beside the old ones.
//! 2. The database names it: from then on nothing is sealed by an old one, on whichever node.
//! 3. Every text is sealed anew.
//! 4. Once none is left, the old keys leave the file.
use super::{KeyFile, KeyProblem, KeyRing, mark};
use crate::{
    Error, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Keys,
    chat::{self, ChatNotice},
    credentials::two_factor,
    links::AskedMail,
    mail::AddressedLetter,
    outbox::Kind,
    platform::unit_of_work::unit_of_work,
};
use store::{SealedIn, SealedRow};
use strum::VariantArray;

/// How many sealed texts are looked for at once.
const AT_ONCE: i64 = 100;

/// A replacement that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRotation {
    /// The name of the key that seals from now on.
    pub key: String,
    /// Whether it goes on with one that was cut off.
    pub resumed: bool,
    /// How many secrets were sealed anew so far.
    pub sealed: u64,
    /// The places of secrets that no key opens; the old keys are kept for them.
    pub unreadable: Vec<String>,
}

fn place(stands_in: SealedIn, id: &str) -> String {
    match stands_in {
        SealedIn::PendingAuthenticators | SealedIn::Authenticators => two_factor::place_of_secret(id),
        SealedIn::Mails => AddressedLetter::place(id),
        SealedIn::AskedMails => AskedMail::place(id),
        SealedIn::ChatHooks => chat::place_of_address(id),
        SealedIn::ChatNotices => ChatNotice::place(id),
    }
}

fn in_words(key: Option<&str>) -> String {
    key.unwrap_or("the one without a name").to_owned()
}

impl<'a> Keys<'a> {
    /// Lets the newest key of the file seal in a database that nobody has used yet.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn adopt(self) -> Result<()> {
        let Some(newest) = self.file()?.and_then(|(_, ring)| ring.newest()) else { return Ok(()) };
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.replace_sealing_key(None, &newest).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// The name of the key that seals now; none for the one key of a file from before keys had names.
    ///
    /// # Errors
    /// A [`KeyProblem`] when the file lacks it: it is another one, or an older one.
    pub async fn check(self) -> Result<std::result::Result<Option<String>, KeyProblem>> {
        let key = self.0.store().read().await?.sealing_key().await?;
        match (&key, self.file()?) {
            (Some(id), Some((file, ring))) if ring.find(id).is_none() => Ok(Err(lacks(file, id))),
            _ => Ok(Ok(key)),
        }
    }

    fn file(self) -> Result<Option<(&'a KeyFile, KeyRing)>> {
        let Some(file) = &self.0.vault().0.file else { return Ok(None) };
        let ring = file.read()?.ok_or_else(|| file.problem("is missing."))?;
        Ok(Some((file, ring)))
    }

    /// Begins to replace the key that seals, or goes on with a replacement that was cut off: the new key is in the
    /// file, and seals from now on.
    ///
    /// # Errors
    /// When the key file or the database can't be used; when another replacement overtook this one.
    pub async fn begin_rotation(self, workspace: &WorkspaceId) -> Result<KeyRotation> {
        let (before, key, resumed) = unit_of_work(|| self.add_key(workspace)).await?;
        // In a unit of work of its own: it waits for acts that have sealed, which may wait for the end of the log.
        if before.as_deref() != Some(&key) {
            let replaced = unit_of_work(|| async {
                let mut tx = self.0.store().write().await?;
                let replaced = tx.replace_sealing_key(before.as_deref(), &key).await?
                    || tx.sealing_key().await?.as_deref() == Some(&key);
                tx.commit().await?;
                Ok(replaced)
            });
            if !replaced.await? {
                return Err(overtaken());
            }
        }
        Ok(KeyRotation { key, resumed, sealed: 0, unreadable: Vec::new() })
    }

    /// Adds a key to the file, unless one waits there for what seals to be replaced by it; answers the key that sealed so
    /// far, the newest one, and whether it was there. Done twice, it goes on with the key that it has added.
    async fn add_key(self, workspace: &WorkspaceId) -> Result<(Option<String>, String, bool)> {
        let mut tx = self.0.store().write().await?;
        tx.replace_keys_alone().await?;
        let before = tx.sealing_key().await?;
        let (file, found) = self.file()?.ok_or_else(|| Error::internal("there is no key file"))?;
        if let Some(id) = before.as_deref().filter(|id| found.find(id).is_none()) {
            return Err(lacks(file, id).into());
        }
        let unfinished = found.newest() != before
            || found.has_older()
            || tx.count_sealed_otherwise(&mark(before.as_deref())).await? > 0;
        let (key, ring, resumed) = match found.newest() {
            Some(newest) if unfinished => (newest, found, true),
            _ => {
                let ring = found.with_a_new_key()?;
                let newest = ring.newest().ok_or_else(|| Error::internal("a new key was not added"))?;
                file.replace(&ring)?;
                (newest, ring, false)
            }
        };
        self.0.vault().learn(&ring);
        let action =
            if resumed { "Went on replacing the key of secrets" } else { "Began to replace the key of secrets" };
        let entry = Entry::new(Channel::Console, action, Actor::Console)
            .with("from", in_words(before.as_deref()))
            .with("to", key.clone());
        self.0.audit().record(&mut tx, workspace, entry).await?;
        tx.commit().await?;
        Ok((before, key, resumed))
    }

    /// Seals everything anew that an old key has sealed, each text in a unit of work of its own.
    ///
    /// # Errors
    /// When the database can't be reached; running the command again goes on.
    pub async fn seal_anew(self, rotation: &mut KeyRotation) -> Result<()> {
        let mark = mark(Some(&rotation.key));
        // A secret moves from the first place to the second when its first code confirms it, and never back.
        for stands_in in SealedIn::VARIANTS.iter().copied() {
            let mut after = String::new();
            loop {
                let rows = self.0.store().read().await?.sealed_otherwise(stands_in, &mark, &after, AT_ONCE).await?;
                let Some(last) = rows.last() else { break };
                after.clone_from(&last.id);
                for row in &rows {
                    self.seal_row_anew(rotation, stands_in, row).await?;
                }
            }
        }
        Ok(())
    }

    async fn seal_row_anew(self, rotation: &mut KeyRotation, stands_in: SealedIn, row: &SealedRow) -> Result<()> {
        let place = place(stands_in, &row.id);
        let Ok(secret) = self.0.vault().open(&place, &row.sealed) else {
            rotation.unreadable.push(place);
            return Ok(());
        };
        let sealed = self.0.vault().seal(Some(&rotation.key), &place, &secret)?;
        let replaced = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let replaced = tx.replace_sealed(stands_in, row, &sealed).await?;
            tx.commit().await?;
            Ok(replaced)
        });
        // Whoever has replaced it meanwhile has sealed it by the new key.
        rotation.sealed += u64::from(replaced.await?);
        Ok(())
    }

    /// Takes the old keys out of the file, once nothing is sealed by them.
    ///
    /// # Errors
    /// When something still is; when the key file or the database can't be used; when another replacement overtook
    /// this one.
    pub async fn finish_rotation(self, workspace: &WorkspaceId, rotation: &KeyRotation) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.replace_keys_alone().await?;
            let (file, ring) = self.file()?.ok_or_else(|| Error::internal("there is no key file"))?;
            if tx.sealing_key().await?.as_deref() != Some(&rotation.key)
                || ring.newest().as_ref() != Some(&rotation.key)
            {
                return Err(overtaken());
            }
            let left = tx.count_sealed_otherwise(&mark(Some(&rotation.key))).await?;
            if left > 0 {
                return Err(Error::Internal(format!(
                    "old keys still seal secrets ({left}), and so stay in the key file"
                )));
            }
            let entry = Entry::new(Channel::Console, "Replaced the key of secrets", Actor::Console)
                .with("to", rotation.key.clone())
                .with("sealed anew", rotation.sealed.to_string());
            self.0.audit().record(&mut tx, workspace, entry).await?;
            // The log is written first: a file that is changed can't be taken back.
            file.replace(&ring.without_older())?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

fn lacks(file: &KeyFile, id: &str) -> KeyProblem {
    file.problem(format!(
        "lacks the key {id}, which seals the secrets of this database: it is another file, or an older one. Put the newest one back (docs/keys.md)."
    ))
}

fn overtaken() -> Error {
    Error::internal("another replacement of the key overtook this one; run the command again with the newest key file")
}
