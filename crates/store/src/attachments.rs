//! Files that are attached to ideas.
use crate::{Error, FileId, FileRow, IdeaId, MemberId, Tx, columns::Millis, sql};
use policy::Timestamp;

/// A file of an idea.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AttachmentRow {
    /// The file.
    pub file_id: FileId,
    /// The idea.
    pub idea_id: IdeaId,
    /// The smaller picture that is shown of it; `None` where none is.
    pub preview_id: Option<FileId>,
    /// Who attached it.
    pub owner_id: MemberId,
    /// Who attached it, by name.
    pub owner: String,
    /// Its name as people see it.
    pub name: String,
    /// Its size.
    pub bytes: i64,
    /// The SHA-256 of what it holds, in hexadecimal digits.
    pub digest: String,
    /// When it was attached.
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

macro_rules! attachments {
    ($rest:literal) => {
        concat!(
            "SELECT a.file_id, a.idea_id, a.preview_id, f.owner_id, m.name AS owner, f.name, f.bytes, f.digest, f.created_at \
             FROM attachments a JOIN files f ON f.id = a.file_id JOIN members m ON m.id = f.owner_id ",
            $rest
        )
    };
}

impl Tx {
    /// The files of an idea, the first one first.
    pub async fn attachments_of(&mut self, idea: &IdeaId) -> Result<Vec<AttachmentRow>, Error> {
        let sql = attachments!("WHERE a.idea_id = $1 ORDER BY f.created_at, f.id");
        sql::fetch_all!(self, AttachmentRow, sql, idea)
    }

    /// One file of an idea.
    pub async fn attachment(&mut self, file: &FileId) -> Result<Option<AttachmentRow>, Error> {
        sql::fetch_optional!(self, AttachmentRow, attachments!("WHERE a.file_id = $1"), file)
    }

    /// Attaches a file to an idea, with the picture that is shown of it.
    pub async fn insert_attachment(
        &mut self,
        idea: &IdeaId,
        file: &FileRow,
        preview: Option<&FileRow>,
    ) -> Result<(), Error> {
        self.insert_file(file).await?;
        if let Some(preview) = preview {
            self.insert_file(preview).await?;
        }
        let sql = "INSERT INTO attachments (file_id, idea_id, preview_id) VALUES ($1, $2, $3)";
        sql::execute!(self, sql, &file.id, idea, preview.map(|row| &row.id)).map(drop)
    }

    /// Takes a file off its idea; returns the names on disk that nothing needs any more.
    pub async fn delete_attachment(&mut self, row: &AttachmentRow) -> Result<Vec<String>, Error> {
        sql::execute!(self, "DELETE FROM attachments WHERE file_id = $1", &row.file_id)?;
        let mut unused = Vec::new();
        for id in [Some(&row.file_id), row.preview_id.as_ref()].into_iter().flatten() {
            unused.extend(self.delete_file(id).await?);
        }
        Ok(unused)
    }
}
