//! A form that brings a file: the file is written to disk as it arrives, and its fields are short.
use super::GatedRequest;
use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError, MultipartRejection},
};
use domain::{Caller, Error, Result, files::Upload};
use http_body_util::LengthLimitError;
use policy::Refusal;
use std::collections::BTreeMap;

/// How much of a field is read, in bytes.
const FIELD_BYTES: usize = 4 * 1_024;

/// What a form has brought.
#[derive(Debug)]
pub struct ReceivedForm {
    /// The file, or why it was not taken.
    pub upload: Result<Upload>,
    /// What stands in its fields.
    pub fields: BTreeMap<String, String>,
}

impl ReceivedForm {
    /// Takes a field out; empty when the form does not hold it.
    pub fn take(&mut self, name: &str) -> String {
        self.fields.remove(name).unwrap_or_default()
    }
}

fn beside_the_file(words: &str) -> Error {
    Error::Invalid(BTreeMap::from([("file".to_owned(), words.to_owned())]))
}

/// Reads a form to its end, with a file of so many bytes at most in its field `file`.
pub async fn receive(
    request: &GatedRequest,
    caller: &Caller,
    parts: std::result::Result<Multipart, MultipartRejection>,
    most: u64,
) -> ReceivedForm {
    let mut form = ReceivedForm { upload: Err(beside_the_file("Choose a file.")), fields: BTreeMap::new() };
    let Ok(mut parts) = parts else { return form };
    let mut found = false;
    loop {
        match parts.next_field().await {
            Ok(None) => return form,
            Ok(Some(part)) if part.name() == Some("file") => {
                if part.file_name().unwrap_or_default().is_empty() {
                    continue;
                }
                form.upload = if found {
                    Err(beside_the_file("Choose one file at a time."))
                } else {
                    file(request, caller, part, most).await
                };
                found = true;
            }
            Ok(Some(part)) => {
                let name = part.name().unwrap_or_default().to_owned();
                if let Some(text) = text(part).await {
                    form.fields.insert(name, text);
                }
            }
            Err(error) => {
                // What was said of the file already goes before what is said of its end.
                if form.upload.is_ok() || !found {
                    form.upload = Err(cut_off(&error, most));
                }
                return form;
            }
        }
    }
}

/// Writes a file as it arrives; the rest of one that is refused is read and dropped, so that the answer is read.
async fn file(request: &GatedRequest, caller: &Caller, mut part: Field<'_>, most: u64) -> Result<Upload> {
    let typed = part.file_name().unwrap_or_default().to_owned();
    let mut upload = request.context.bailey.files().begin(caller, &typed, most).await;
    loop {
        match part.chunk().await {
            Ok(Some(chunk)) => {
                if let Ok(taken) = &mut upload
                    && let Err(error) = taken.write(&chunk).await
                {
                    upload = Err(error);
                }
            }
            Ok(None) => return upload,
            Err(_) if upload.is_err() => return upload,
            Err(error) => return Err(cut_off(&error, most)),
        }
    }
}

/// The text of a field; `None` where it is too long, or none.
async fn text(mut part: Field<'_>) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.ok()? {
        if bytes.len() + chunk.len() <= FIELD_BYTES {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes.resize(FIELD_BYTES + 1, 0);
        }
    }
    if bytes.len() > FIELD_BYTES { None } else { String::from_utf8(bytes).ok() }
}

/// Why a form was not read to its end.
fn cut_off(error: &MultipartError, most: u64) -> Error {
    let mut causes = std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |cause| cause.source());
    if causes.any(<dyn std::error::Error>::is::<LengthLimitError>) {
        let most = u32::try_from(most / (1_024 * 1_024)).unwrap_or(u32::MAX);
        return Refusal::FileTooLarge { most }.into();
    }
    beside_the_file("That file did not arrive whole, and nothing of it was kept. Choose it again.")
}
