//! Who may read what Bailey keeps in files.
use crate::config::Config;
use rustix::{fs::Mode, process};
use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

/// Lets whatever the program makes from now on be read by its own account alone.
pub fn keep_to_the_owner() {
    process::umask(Mode::RWXG | Mode::RWXO);
}

/// Returns what is wrong with who may read the key file, and what helps; `None` when only those may who have to.
pub fn key_is_exposed(path: &Path) -> Option<String> {
    let found = fs::metadata(path).ok()?;
    let mode = found.mode() & 0o777;
    too_open(mode, found.uid(), process::geteuid().as_raw()).then(|| {
        format!(
            "can be read by more accounts than Bailey's (mode {mode:03o}): whoever reads it and the database knows every stored secret. Take that away, chmod 600 {}, and replace the key by `bailey key rotate` where somebody may have read it.",
            path.display()
        )
    })
}

/// Whether a key file of this mode and owner is open to too many. As PostgreSQL has it: one of root's may be read by a
/// group, which is how an account gets one that it may not write.
const fn too_open(mode: u32, owner: u32, own: u32) -> bool {
    let handed_over = owner == 0 && own != 0;
    mode & if handed_over { 0o037 } else { 0o077 } != 0
}

/// Returns the database, its logs and the folders of mails and files, as far as every account of this machine may read them.
pub fn open_to_everybody(config: &Config) -> Vec<PathBuf> {
    let beside = |file: &Path, end: &str| {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        PathBuf::from(path)
    };
    let database = config.database_url.file().into_iter();
    let files = database.flat_map(|file| ["", "-wal", "-shm"].map(|end| beside(&file, end)));
    files.chain(["mail", "files"].map(|folder| config.data_dir.join(folder))).filter(|path| may_read(path)).collect()
}

/// Whether every account may read a file, and may get to it.
fn may_read(path: &Path) -> bool {
    let mode = |path: &Path| fs::metadata(path).map_or(0, |found| found.mode());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    mode(path) & 0o004 != 0 && mode(folder) & 0o001 != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when `too_open` lets others read a key, or its owner's group.
    #[test]
    fn a_key_is_for_its_owner_and_for_a_group_only_where_root_hands_it_over() {
        const ROOT: u32 = 0;
        for (mode, owner, own, open) in [
            (0o600, 7, 7, false),
            (0o400, 7, 7, false),
            (0o640, 7, 7, true),
            (0o604, 7, 7, true),
            (0o620, 7, 7, true),
            (0o440, ROOT, 7, false),
            (0o640, ROOT, 7, false),
            (0o660, ROOT, 7, true),
            (0o444, ROOT, 7, true),
            (0o640, ROOT, ROOT, true),
            (0o640, 8, 7, true),
        ] {
            assert_eq!(too_open(mode, owner, own), open, "{mode:o} {owner} {own}");
        }
    }
}
