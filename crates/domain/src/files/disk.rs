//! The folder of the files: each is written beside the others, made to last, and only then named, so that a file that has
//! a name is whole.
use crate::{Error, MemberId, Result, platform::random};
use policy::{Refusal, decide::quota::Quota};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::{
    fs::{self, File},
    io::{AsyncWrite, AsyncWriteExt},
    sync::Semaphore,
    task::spawn_blocking,
};

/// What is left free on the disk, in bytes: the database may be on the same one.
const LEFT_FREE: u64 = 64 * 1_024 * 1_024;
/// How many pictures are decoded at once.
const DECODED_AT_ONCE: usize = 1;

/// Where files are kept; cloned cheaply.
#[derive(Debug, Clone)]
pub struct FileStore(Arc<Folder>);

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    left_free: AtomicU64,
    under_way: Mutex<HashMap<MemberId, u32>>,
    decoding: Semaphore,
}

impl FileStore {
    /// Keeps files in a folder, which is made when the first one comes.
    pub fn new(path: &Path) -> Self {
        Self(Arc::new(Folder {
            path: path.to_owned(),
            left_free: AtomicU64::new(LEFT_FREE),
            under_way: Mutex::default(),
            decoding: Semaphore::new(DECODED_AT_ONCE),
        }))
    }

    /// Leaves so many bytes of the disk free from now on.
    pub fn leave_free(&self, bytes: u64) {
        self.0.left_free.store(bytes, Ordering::Relaxed);
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Where files stand while they are written.
    pub fn incoming(&self) -> PathBuf {
        self.0.path.join("incoming")
    }

    /// Whether a name is one under which a file is kept here.
    pub(super) fn is_name(name: &str) -> bool {
        name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// Whose turn it is to decode a picture.
    pub(super) fn decoding(&self) -> &Semaphore {
        &self.0.decoding
    }

    /// Begins to write a file.
    ///
    /// # Errors
    /// [`Refusal::StorageFull`] where too little of the disk is free.
    pub(crate) async fn begin(&self) -> Result<Incoming> {
        let folder = self.incoming();
        fs::create_dir_all(&folder).await.map_err(on_disk)?;
        let (looked_at, left_free) = (folder.clone(), self.0.left_free.load(Ordering::Relaxed));
        let free = spawn_blocking(move || rustix::fs::statvfs(&looked_at)).await.map_err(Error::internal)?;
        let free = free.map_err(|error| on_disk(error.into()))?;
        if free.f_bavail.saturating_mul(free.f_frsize) < left_free {
            return Err(Refusal::StorageFull.into());
        }
        let name = hex::encode(random::bytes::<16>()?);
        let path = folder.join(&name);
        let file = File::options().write(true).create_new(true).open(&path).await.map_err(on_disk)?;
        let place = Place { path, settled: false };
        Ok(Incoming { store: self.clone(), file, place, name, bytes: 0, digest: Sha256::new() })
    }

    /// Keeps what is in memory already.
    pub(crate) async fn keep(&self, content: &[u8]) -> Result<StoredFile> {
        let mut incoming = self.begin().await?;
        incoming.write(content).await?;
        incoming.complete().await?;
        incoming.store().await
    }

    /// Opens a file.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none of this name.
    pub(crate) async fn open(&self, stored_as: &str) -> Result<File> {
        File::open(self.0.path.join(stored_as)).await.map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                tracing::error!(stored_as, "a file is gone from the folder of files");
                Error::NotFound
            }
            _ => on_disk(error),
        })
    }

    /// Removes a file; what can't be removed is left to the clean-up.
    pub(crate) async fn remove(&self, stored_as: &str) {
        if let Err(error) = fs::remove_file(self.0.path.join(stored_as)).await
            && error.kind() != ErrorKind::NotFound
        {
            tracing::warn!(stored_as, %error, "a file that nobody needs could not be removed");
        }
    }

    /// Takes one of the uploads that a member may have under way.
    ///
    /// # Errors
    /// [`Refusal::QuotaReached`].
    pub(super) fn slot(&self, member: &MemberId) -> Result<UploadSlot> {
        let mut under_way = self.0.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let count = under_way.entry(member.clone()).or_default();
        Quota::Uploads.admits_another(i64::from(*count))?;
        *count += 1;
        Ok(UploadSlot { store: self.clone(), member: member.clone() })
    }
}

/// An upload that is under way.
#[derive(Debug)]
pub(super) struct UploadSlot {
    store: FileStore,
    member: MemberId,
}

impl Drop for UploadSlot {
    fn drop(&mut self) {
        let mut under_way = self.store.0.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = under_way.get_mut(&self.member) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.member);
            }
        }
    }
}

/// A path that is removed unless it turns out to be needed.
#[derive(Debug)]
struct Place {
    path: PathBuf,
    settled: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        // What is left over is found by the clean-up.
        if !self.settled {
            drop(std::fs::remove_file(&self.path));
        }
    }
}

/// A file that is being written; gone when it is dropped.
#[derive(Debug)]
pub(crate) struct Incoming {
    store: FileStore,
    file: File,
    place: Place,
    name: String,
    bytes: u64,
    digest: Sha256,
}

impl Incoming {
    /// How much is written, in bytes.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.place.path
    }

    /// Writes more of it.
    ///
    /// # Errors
    /// [`Refusal::StorageFull`].
    pub async fn write(&mut self, chunk: &[u8]) -> Result<()> {
        pour(&mut self.file, chunk).await?;
        self.digest.update(chunk);
        self.bytes += u64::try_from(chunk.len()).map_err(Error::internal)?;
        Ok(())
    }

    /// Makes what is written last.
    ///
    /// # Errors
    /// [`Refusal::StorageFull`].
    pub async fn complete(&mut self) -> Result<()> {
        self.file.flush().await.map_err(on_disk)?;
        self.file.sync_all().await.map_err(on_disk)
    }

    /// Gives it its name.
    pub async fn store(self) -> Result<StoredFile> {
        let Self { store, mut place, name, bytes, digest, .. } = self;
        let named = store.0.path.join(&name);
        fs::rename(&place.path, &named).await.map_err(on_disk)?;
        place.path = named;
        let folder = store.0.path.clone();
        let synced = spawn_blocking(move || std::fs::File::open(folder)?.sync_all()).await.map_err(Error::internal)?;
        synced.map_err(on_disk)?;
        let bytes = i64::try_from(bytes).map_err(Error::internal)?;
        Ok(StoredFile { place, stored_as: name, bytes, digest: hex::encode(digest.finalize()) })
    }
}

/// A file that has its name, and is removed again unless the database knows it.
#[derive(Debug)]
pub(crate) struct StoredFile {
    place: Place,
    pub stored_as: String,
    pub bytes: i64,
    pub digest: String,
}

impl StoredFile {
    /// Stays where the act was done and needs it, or may have been: the clean-up finds what is not needed.
    pub fn settle<T>(mut self, done: &Result<T>, needed: impl FnOnce(&T) -> bool) {
        self.place.settled = match done {
            Ok(done) => needed(done),
            Err(Error::Store(_) | Error::Internal(_)) => true,
            Err(Error::Refused(_) | Error::Invalid(_) | Error::Conflict(_) | Error::NotFound) => false,
        };
    }
}

async fn pour(to: &mut (impl AsyncWrite + Unpin), chunk: &[u8]) -> Result<()> {
    to.write_all(chunk).await.map_err(on_disk)
}

/// What is said of an error of the disk.
#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn on_disk(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            tracing::error!(%error, "a file could not be stored");
            Refusal::StorageFull.into()
        }
        _ => Error::Internal(format!("the folder of files: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &Path) -> Vec<String> {
        let Ok(found) = std::fs::read_dir(path) else { return Vec::new() };
        let name = |entry: io::Result<std::fs::DirEntry>| entry.ok()?.file_name().into_string().ok();
        found.filter_map(name).filter(|name| name != "incoming").collect()
    }

    /// Fails when a file has its name before it is whole, or one that was given up stays.
    #[tokio::test]
    async fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = FileStore::new(&folder.path().join("files"));
        let mut incoming = store.begin().await.expect("there is room");
        incoming.write(b"half").await.expect("it is written");
        assert_eq!((names(store.path()).len(), names(&store.incoming()).len()), (0, 1));
        drop(incoming);
        assert!(names(&store.incoming()).is_empty(), "half of one is nothing");
        let stored = store.keep(b"whole").await.expect("there is room");
        assert_eq!(names(store.path()), std::slice::from_ref(&stored.stored_as));
        assert_eq!(stored.stored_as.len(), 32);
        stored.settle(&Err::<(), _>(Error::NotFound), |()| true);
        assert!(names(store.path()).is_empty(), "what was refused is gone");
        let stored = store.keep(b"whole").await.expect("there is room");
        stored.settle(&Ok(()), |()| true);
        assert_eq!(names(store.path()).len(), 1);
    }

    /// Fails when `on_disk` takes a full disk for a fault, or `begin` no longer looks at what is free.
    #[tokio::test]
    async fn a_full_disk_is_told_and_leaves_nothing() {
        let mut full = File::options().write(true).open("/dev/full").await.expect("Linux has it");
        let mut said = pour(&mut full, b"more than fits").await;
        if said.is_ok() {
            said = full.flush().await.map_err(on_disk);
        }
        assert!(matches!(said, Err(Error::Refused(Refusal::StorageFull))), "{said:?}");
        let folder = tempfile::tempdir().expect("a folder");
        let store = FileStore::new(folder.path());
        store.leave_free(u64::MAX);
        assert!(matches!(store.begin().await, Err(Error::Refused(Refusal::StorageFull))));
        assert!(names(&store.incoming()).is_empty());
    }

    #[test]
    fn a_member_has_so_many_uploads_under_way() {
        let store = FileStore::new(Path::new("nowhere"));
        let ada = MemberId::from(uuid::Uuid::nil());
        let mut slots: Vec<_> = (0..Quota::Uploads.most()).map(|_| store.slot(&ada).expect("a slot")).collect();
        assert!(store.slot(&ada).is_err());
        slots.pop();
        assert!(store.slot(&ada).is_ok());
    }
}
