//! Files that members upload: on disk under random names, outside of what the server shows, and known to the database.
pub mod attachments;
mod clean_up;
mod content;
pub(crate) mod disk;
mod name;
mod picture;
mod upload;

pub use clean_up::ABANDONED_AFTER;
pub use disk::FileStore;
pub(crate) use disk::StoredFile;
pub(crate) use picture::{Size, small_picture};
pub use upload::Upload;
pub(crate) use upload::{row as file_row, within_quota};

use crate::{Error, Result, bailey::Files};
use store::FileRow;

/// A file on its way to somebody.
#[derive(Debug)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// As what it is served.
    pub media_type: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// What it holds.
    pub content: tokio::fs::File,
}

impl Files<'_> {
    /// Opens a file that somebody may have.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the disk has it no more.
    pub(crate) async fn open(self, row: FileRow) -> Result<Download> {
        let content = self.0.file_store().open(&row.stored_as).await?;
        let bytes = u64::try_from(row.bytes).map_err(Error::internal)?;
        Ok(Download { name: row.name, media_type: row.media_type, bytes, content })
    }

    /// Removes files that nothing needs any more, once that is so for good.
    pub(crate) async fn remove(self, unused: &[String]) {
        for stored_as in unused {
            self.0.file_store().remove(stored_as).await;
        }
    }
}
