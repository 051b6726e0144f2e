//! The key file: read whole, written whole.
use super::KeyRing;
use crate::Error;
use policy::plain_text;
use std::{
    ffi::OsString,
    fs,
    io::{self, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown},
    path::{Path, PathBuf},
};

/// What is wrong with a key file, in one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The key file {path} {problem}", path = path.display())]
pub struct KeyProblem {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it and what would be right.
    pub problem: String,
}

impl From<KeyProblem> for Error {
    fn from(problem: KeyProblem) -> Self {
        Self::internal(problem)
    }
}

/// Where the keys lie.
#[derive(Debug, Clone)]
pub struct KeyFile(PathBuf);

impl KeyFile {
    /// Names the file; it does not have to be there yet.
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// What is wrong with this file.
    pub fn problem(&self, problem: impl Into<String>) -> KeyProblem {
        KeyProblem { path: self.0.clone(), problem: problem.into() }
    }

    /// Reads the keys; `None` when there is no file.
    ///
    /// # Errors
    /// When it can't be read, or is damaged.
    pub fn read(&self) -> Result<Option<KeyRing>, KeyProblem> {
        match fs::read(&self.0) {
            Ok(bytes) => {
                let text = plain_text(&bytes).map_err(|problem| self.problem(format!("can't be read: {problem}.")))?;
                KeyRing::parse(&text).map(Some).map_err(|problem| self.problem(problem))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.problem(format!("can't be read: {error}."))),
        }
    }

    /// Makes the file, which only its owner can read.
    ///
    /// # Errors
    /// When it is there already, or can't be written.
    pub fn make(&self, ring: &KeyRing) -> Result<(), KeyProblem> {
        let write = || {
            if let Some(folder) = self.0.parent() {
                fs::create_dir_all(folder)?;
            }
            write_new(&self.0, ring).map(drop)
        };
        write().map_err(|error| self.problem(format!("can't be written: {error}.")))
    }

    /// Puts other keys in place of those in the file, at one blow: whoever reads it at any time, even after a power
    /// cut, finds all of the ones or all of the others.
    ///
    /// # Errors
    /// When it can't be written; then the file is as it was, or as it is to be.
    pub fn replace(&self, ring: &KeyRing) -> Result<(), KeyProblem> {
        self.swap(ring).map_err(|error| self.problem(format!("can't be replaced: {error}.")))
    }

    fn swap(&self, ring: &KeyRing) -> io::Result<()> {
        // A link stays one.
        let path = fs::canonicalize(&self.0)?;
        let mut name = OsString::from(&path);
        name.push(".new");
        let beside = PathBuf::from(name);
        match fs::remove_file(&beside) {
            // One is left over where an earlier attempt was cut off.
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let before = fs::metadata(&path)?;
        let file = write_new(&beside, ring)?;
        let made = file.metadata()?;
        // Root may replace the file of the account that serves, which has to go on reading it.
        if (made.uid(), made.gid()) != (before.uid(), before.gid()) {
            fchown(&file, Some(before.uid()), Some(before.gid()))?;
        }
        if before.mode() & 0o040 != 0 {
            file.set_permissions(fs::Permissions::from_mode(0o640))?;
        }
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        // The name of a file is kept by its folder.
        path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    }
}

fn write_new(path: &Path, ring: &KeyRing) -> io::Result<fs::File> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(ring.print().as_bytes())?;
    file.sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").mode() & 0o777
    }

    /// Fails when `swap` follows what an attempt that was cut off has left, loses a link, or leaves others a right to
    /// read.
    #[test]
    fn a_file_is_replaced_whole_and_stays_its_owners() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let [real, link] = ["real", "link"].map(|name| dir.path().join(name));
        let first = KeyRing::draw().expect("there is randomness");
        KeyFile::new(&real).make(&first).expect("it is made");
        assert_eq!(mode(&real), 0o600);
        assert!(KeyFile::new(&real).make(&first).is_err(), "a file that is there is never made anew");
        std::os::unix::fs::symlink(&real, &link).expect("links can be made");
        let left_over = dir.path().join("real.new");
        fs::write(&left_over, "half").expect("it can be written");
        let second = first.with_a_new_key().expect("there is randomness");
        KeyFile::new(&link).replace(&second).expect("it is replaced");
        assert!(KeyFile::new(&real).read() == Ok(Some(second)));
        assert!(link.is_symlink() && !left_over.exists());
        assert_eq!(mode(&real), 0o600);
        fs::set_permissions(&real, fs::Permissions::from_mode(0o644)).expect("it is ours");
        KeyFile::new(&real).replace(&first).expect("it is replaced");
        assert_eq!(mode(&real), 0o640, "a group that could read it still can");
    }

    /// Fails when `read` takes what an editor puts around a text for a part of the keys.
    #[test]
    fn a_file_that_an_editor_has_saved_is_read() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let path = dir.path().join("secret.key");
        let ring = KeyRing::draw().expect("there is randomness");
        fs::write(&path, format!("\u{feff}{}", ring.print().replace('\n', "\r\n"))).expect("it can be written");
        assert!(KeyFile::new(&path).read() == Ok(Some(ring)));
        fs::write(&path, b"\xff\xfeh\0").expect("it can be written");
        let said = KeyFile::new(&path).read().err().expect("that is no text").to_string();
        assert!(said.ends_with("can't be read: it is UTF-16; save it as UTF-8."), "{said}");
    }

    /// Fails when `replace` makes a file where none was, or `read` takes a missing one for a damaged one.
    #[test]
    fn a_file_that_is_missing_is_not_replaced() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let file = KeyFile::new(&dir.path().join("secret.key"));
        assert!(file.read() == Ok(None));
        assert!(file.replace(&KeyRing::draw().expect("there is randomness")).is_err());
        assert!(file.read() == Ok(None));
    }
}
