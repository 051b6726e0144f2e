//! Files of ideas.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// The files of an idea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentsView {
    /// The files, the first one first.
    pub files: Vec<AttachmentView>,
    /// What the names of those end in that can be attached; none where whoever looks may attach nothing.
    pub allowed: Vec<String>,
}

/// A file of an idea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentView {
    /// Its identifier in addresses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size, in words.
    pub size: String,
    /// Who attached it, by name.
    pub owner: String,
    /// When it was attached.
    pub at: Timestamp,
    /// Whether a picture is shown of it.
    pub preview: bool,
    /// Whether whoever looks may remove it.
    pub may_remove: bool,
}

server_function! {
    /// Loads the files of an idea.
    "attachments/load" in Member as caller;
    pub async fn load_attachments(
        /// Which idea.
        idea: String,
    ) -> Result<AttachmentsView, ApiError> {
        let idea = domain::IdeaId::parse(&idea).ok_or_else(|| fail(domain::Error::NotFound))?;
        let found = context().bailey.files().attachments(&caller, &idea).await.map_err(fail)?;
        let view = |(file, may_remove): (domain::files::attachments::AttachmentRow, bool)| AttachmentView {
            id: file.file_id.to_string(),
            name: file.name,
            size: policy::words::bytes(file.bytes),
            owner: file.owner,
            at: file.created_at,
            preview: file.preview_id.is_some(),
            may_remove,
        };
        let allowed = policy::decide::file::allowed(&caller.policy().settings);
        let allowed = if found.may_attach { allowed } else { Vec::new() };
        Ok(AttachmentsView { files: found.files.into_iter().map(view).collect(), allowed })
    }
}
