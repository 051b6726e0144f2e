//! Removing what no act needs any more: what a power cut left half written, and files that the database does not know.
use super::FileStore;
use crate::{Error, Result, bailey::Files};
use policy::{Timestamp, time::Span};
use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// How long nobody has written to a file that is taken for one that nobody will finish.
pub const ABANDONED_AFTER: Span = Span::minutes(60);

impl Files<'_> {
    /// Removes what nothing needs; returns how many files that were.
    ///
    /// # Errors
    /// When the folder or the database can't be read.
    pub async fn clean_up(self) -> Result<u64> {
        let (store, before) = (self.0.file_store().clone(), self.0.now() - ABANDONED_AFTER);
        let looked =
            move || -> std::io::Result<_> { Ok((old(&store.incoming(), before)?, old(store.path(), before)?)) };
        let (half_written, whole) =
            tokio::task::spawn_blocking(looked).await.map_err(Error::internal)?.map_err(Error::internal)?;
        let mut removed = 0;
        for path in half_written {
            removed += gone(&path).await;
        }
        for path in whole {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if FileStore::is_name(name) && !self.0.store().read().await?.is_stored(name).await? {
                removed += gone(&path).await;
            }
        }
        Ok(removed)
    }
}

async fn gone(path: &Path) -> u64 {
    match tokio::fs::remove_file(path).await {
        Ok(()) => 1,
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "a file that nobody needs could not be removed");
            0
        }
    }
}

/// The files of a folder to which nobody has written since an instant; none where there is no folder.
fn old(folder: &Path, before: Timestamp) -> std::io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // It may have got its name meanwhile.
        let Ok(metadata) = entry.metadata() else { continue };
        let written = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        if metadata.is_file() && i64::try_from(written).is_ok_and(|at| at < before.0) {
            found.push(entry.path());
        }
    }
    Ok(found)
}
