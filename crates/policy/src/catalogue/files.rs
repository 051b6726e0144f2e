//! What can be uploaded.
use super::{TakesEffect, declare::section, weaker::Weaker};
use crate::value::{Bounds, Extensions};

section! {
    /// What can be uploaded.
    pub struct Files in "files" titled "Files" {
        /// File extensions that can be uploaded, on top of the common kinds of documents and pictures.
        allowed_extensions: Extensions = Extensions::default(), "Additional file extensions" {
            weaker: Weaker::Adds,
            active: true,
            bounds: Some(Bounds { min: 0, max: 2_000 }),
            effect: TakesEffect::NextUpload,
            for_members: true,
        } about {
            more: "A file is refused before it is stored when its extension is not allowed, or when its content is of another kind than its extension claims.",
            seed: "1.54",
            standards: &["ASVS 5.0 5.2.2"],
            synonyms: &["upload", "attachment", "mime", "type"],
        }
    }
}
