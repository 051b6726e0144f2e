//! Which files may be uploaded: by what their names end in, by what they hold, and by how much there is.
use super::{
    idea::{IdeaState, Involvement},
    quota::Quota,
};
use crate::{Refusal, SettingKey, Settings, value::Extensions};
use serde::{Deserialize, Serialize};

/// The largest attachment, in bytes.
pub const ATTACHMENT_BYTES: u64 = 10 * 1_024 * 1_024;
/// The largest picture that a mark is made of, in bytes.
pub const MARK_BYTES: u64 = 2 * 1_024 * 1_024;
/// The longest name of a file, in bytes.
pub const NAME_BYTES: usize = 255;
/// The greatest width and height of a picture, in pixels.
pub const PICTURE_SIDE: u32 = 10_000;
/// The most pixels that a picture may have.
pub const PICTURE_PIXELS: u64 = 40_000_000;

/// The pictures that can be shown: by what their names end in.
const PICTURES: [&str; 5] = ["gif", "jpeg", "jpg", "png", "webp"];
/// What holds nothing but text.
const TEXTS: [&str; 3] = ["csv", "md", "txt"];
/// What can be uploaded whatever the settings add: common kinds of documents and pictures, and the media type of each.
const COMMON: [(&str, &str); 15] = [
    ("csv", "text/csv; charset=utf-8"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gif", "image/gif"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("md", "text/markdown; charset=utf-8"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("txt", "text/plain; charset=utf-8"),
    ("webp", "image/webp"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// Why a file is of no kind that is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum FileProblem {
    /// Its name does not say of which kind it is.
    NoExtension,
    /// Its name ends in what is not allowed, or holds an ending that something may run.
    Extension {
        /// The ending.
        extension: String,
    },
    /// It holds something else than its name says.
    Content {
        /// What its name ends in.
        extension: String,
    },
    /// It is a file of two kinds at once.
    TwoKinds,
}

/// What the content of a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Content {
    /// Whether it is known what it is, beyond being text.
    pub known: bool,
    /// Whether files of the kind that its name claims can be told by their content.
    pub claim_can_be_told: bool,
    /// Whether it is of the kind that its name claims.
    pub as_claimed: bool,
    /// Whether it is nothing but text.
    pub text: bool,
    /// Whether it is an archive, of which many kinds of files are made.
    pub archive: bool,
    /// Whether it is a program, a script or markup that a browser would run.
    pub runs: bool,
    /// Whether it ends as an archive and begins as something else.
    pub two_kinds: bool,
}

/// How much is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stored {
    /// By the member, in bytes.
    pub of_member: i64,
    /// In the workspace, in bytes.
    pub of_workspace: i64,
}

/// The extensions that can be uploaded, sorted.
pub fn allowed(settings: &Settings) -> Vec<String> {
    let added =
        settings.files.allowed_extensions.iter().filter(|added| COMMON.iter().all(|(common, _)| common != added));
    let mut all: Vec<_> =
        COMMON.iter().map(|(common, _)| (*common).to_owned()).chain(added.map(str::to_owned)).collect();
    all.sort_unstable();
    all
}

/// The extension by which a file is judged: what stands behind the last dot of its name, in lower case.
pub fn extension_of(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let stands = !stem.trim_matches('.').is_empty() && !extension.is_empty();
    stands.then(|| extension.to_lowercase())
}

/// May a file of this name be uploaded? Returns its extension.
///
/// # Errors
/// [`Refusal::FileRefused`], which names those that may.
pub fn judge_name(settings: &Settings, name: &str) -> Result<String, Refusal> {
    let refused = |why| refused(settings, why);
    let extension = extension_of(name).ok_or_else(|| refused(FileProblem::NoExtension))?;
    // A server that looks at any ending, not at the last one alone, would run it.
    let inner = name.split('.').skip(1).map(str::to_lowercase).find(|ending| Extensions::is_dangerous(ending));
    if let Some(extension) = inner {
        return Err(refused(FileProblem::Extension { extension }));
    }
    if allowed(settings).contains(&extension) {
        Ok(extension)
    } else {
        Err(refused(FileProblem::Extension { extension }))
    }
}

/// May a file with this extension hold this?
///
/// # Errors
/// [`Refusal::FileRefused`].
pub fn judge_content(settings: &Settings, extension: &str, content: Content) -> Result<(), Refusal> {
    let differs = || refused(settings, FileProblem::Content { extension: extension.to_owned() });
    if content.runs {
        return Err(differs());
    }
    if content.two_kinds {
        return Err(refused(settings, FileProblem::TwoKinds));
    }
    let fits = if TEXTS.contains(&extension) {
        content.text
    } else if content.claim_can_be_told {
        content.as_claimed
    } else {
        // What nobody can tell may be anything that is not plainly something else.
        !content.known || content.text || content.archive
    };
    if fits { Ok(()) } else { Err(differs()) }
}

fn refused(settings: &Settings, why: FileProblem) -> Refusal {
    Refusal::FileRefused { by: SettingKey::FILES_ALLOWED_EXTENSIONS, why, allowed: allowed(settings) }
}

/// May somebody who sees an idea attach a file to it? Its author in every state, everybody else once it was approved.
///
/// # Errors
/// [`Refusal::IdeaNotOpen`].
pub fn may_attach(state: IdeaState, involved: Involvement) -> Result<(), Refusal> {
    if involved.is_author || state == IdeaState::Approved { Ok(()) } else { Err(Refusal::IdeaNotOpen { state }) }
}

/// May somebody who sees an idea remove an attachment that is theirs, or is not? The idea's author and its moderators may
/// remove any.
///
/// # Errors
/// [`Refusal::ModeratorRequired`].
pub const fn may_remove(own: bool, involved: Involvement) -> Result<(), Refusal> {
    if own || involved.is_author || involved.moderates { Ok(()) } else { Err(Refusal::ModeratorRequired) }
}

/// Whether files of this extension are pictures that can be shown.
pub fn is_picture(extension: &str) -> bool {
    PICTURES.contains(&extension)
}

/// As what files of this extension are served.
pub fn media_type(extension: &str) -> &'static str {
    let found = COMMON.iter().find(|(common, _)| *common == extension);
    found.map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// Is a picture small enough to be decoded? It is judged by what it says of itself, before anything is decoded.
pub fn may_be_decoded(width: u32, height: u32) -> bool {
    let pixels = u64::from(width) * u64::from(height);
    pixels > 0 && width.max(height) <= PICTURE_SIDE && pixels <= PICTURE_PIXELS
}

/// May so many bytes more be stored?
///
/// # Errors
/// [`Refusal::QuotaReached`] where they would not fit.
pub fn may_store(stored: Stored, more: u64) -> Result<(), Refusal> {
    const MIB: i64 = 1_024 * 1_024;
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    for (quota, there) in [(Quota::MemberStorage, stored.of_member), (Quota::WorkspaceStorage, stored.of_workspace)] {
        // The last one that fits fills what there is exactly.
        quota.admits_another((there.saturating_add(more).max(1) - 1) / MIB)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
