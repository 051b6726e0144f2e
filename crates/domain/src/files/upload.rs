//! A file while it arrives.
use super::{
    content::content_of,
    disk::{Incoming, UploadSlot},
    name::clean_file_name,
};
use crate::{Caller, Error, FileId, MemberId, Result, WorkspaceId, bailey::Files, files::StoredFile, platform::random};
use policy::{Refusal, Settings, Timestamp, decide::file};
use std::path::Path;
use store::{FileRow, Tx};

/// A file while it arrives; nothing is left of it when it is dropped.
#[derive(Debug)]
pub struct Upload {
    name: String,
    extension: String,
    most: u64,
    incoming: Incoming,
    _slot: UploadSlot,
}

impl Files<'_> {
    /// Begins to take a file of this name and of so many bytes at most. Its name is judged before anything is read.
    ///
    /// # Errors
    /// [`Refusal::FileRefused`]; [`Refusal::QuotaReached`]; [`Refusal::StorageFull`].
    pub async fn begin(self, caller: &Caller, typed: &str, most: u64) -> Result<Upload> {
        let name = clean_file_name(typed);
        let extension = file::judge_name(&caller.policy().settings, &name)?;
        let slot = self.0.file_store().slot(caller.member())?;
        let incoming = self.0.file_store().begin().await?;
        Ok(Upload { name, extension, most, incoming, _slot: slot })
    }
}

impl Upload {
    /// Takes more of it.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`]; [`Refusal::StorageFull`].
    pub async fn write(&mut self, chunk: &[u8]) -> Result<()> {
        let length = u64::try_from(chunk.len()).map_err(Error::internal)?;
        if self.incoming.bytes() + length > self.most {
            return Err(too_large(self.most).into());
        }
        self.incoming.write(chunk).await
    }

    /// What its name ends in.
    pub(crate) fn extension(&self) -> &str {
        &self.extension
    }

    /// Where it stands.
    pub(crate) fn path(&self) -> &Path {
        self.incoming.path()
    }

    /// Looks at the whole of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] beside the field `file` where it is empty; [`Refusal::FileRefused`] where it holds something
    /// else than its name says.
    pub(crate) async fn judge(&mut self, settings: &Settings) -> Result<()> {
        if self.incoming.bytes() == 0 {
            return Err(Error::field("file", "That file is empty. Choose another one."));
        }
        self.incoming.complete().await?;
        let content = content_of(self.path(), &self.extension).await?;
        Ok(file::judge_content(settings, &self.extension, content)?)
    }

    /// Keeps it under a random name.
    pub(crate) async fn keep(self) -> Result<(String, String, StoredFile)> {
        Ok((self.name, self.extension, self.incoming.store().await?))
    }
}

/// What is said of a file of more bytes than this.
pub(crate) fn too_large(most: u64) -> Refusal {
    Refusal::FileTooLarge { most: u32::try_from(most / (1_024 * 1_024)).unwrap_or(u32::MAX) }
}

/// What the database knows of a file that is new.
pub(crate) fn row(
    workspace: &WorkspaceId,
    owner: &MemberId,
    now: Timestamp,
    name: String,
    media_type: &str,
    stored: &StoredFile,
) -> Result<FileRow> {
    Ok(FileRow {
        id: FileId::from(random::id(now)?),
        workspace_id: workspace.clone(),
        owner_id: owner.clone(),
        stored_as: stored.stored_as.clone(),
        name,
        media_type: media_type.to_owned(),
        bytes: stored.bytes,
        digest: stored.digest.clone(),
        created_at: now,
    })
}

/// May these files be stored? The owner is held already.
///
/// # Errors
/// [`Refusal::QuotaReached`].
pub(crate) async fn within_quota(tx: &mut Tx, rows: &[&FileRow]) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let stored = tx.hold_storage(&first.workspace_id, &first.owner_id).await?;
    let more: i64 = rows.iter().map(|row| row.bytes).sum();
    Ok(file::may_store(stored, more.unsigned_abs())?)
}
