//! Files of a folder, copied and told apart.
use crate::Result;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Returns every file below a folder, or the file itself, in order.
pub fn below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))? {
        found.extend(below(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

/// Copies what is in a folder into another one.
pub fn copy(from: &Path, to: &Path) -> Result {
    for file in below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(file, target)?;
    }
    Ok(())
}

/// Removes a folder, if it is there.
pub fn remove(folder: &Path) -> Result {
    if folder.exists() { Ok(fs::remove_dir_all(folder)?) } else { Ok(()) }
}

/// Returns a name for what is in these files and folders, and for a word beside them.
pub fn digest<'a>(paths: impl IntoIterator<Item = &'a Path>, word: &str) -> Result<String> {
    let mut hash = Sha256::new_with_prefix(word);
    for path in paths {
        for file in below(path)? {
            let bytes = fs::read(&file)?;
            hash.update(file.strip_prefix(path)?.as_os_str().as_encoded_bytes());
            hash.update(bytes.len().to_le_bytes());
            hash.update(bytes);
        }
    }
    Ok(hex::encode(&hash.finalize()[..8]))
}
