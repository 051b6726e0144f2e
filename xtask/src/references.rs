//! The files of the front-end name each other; what is named is there.
use crate::{Result, files};
use std::{collections::BTreeSet, fs, path::Path};

/// What the application's imports from its own script are called: a name, and no file.
const IMPORTS: &str = "bailey_bg.js";

/// Looks for every file that a script or module of a folder names as lying beside it.
pub fn check(folder: &Path) -> Result {
    let mut named = BTreeSet::new();
    for file in files::below(folder)? {
        let bytes = fs::read(&file)?;
        let beside = file.parent().unwrap_or(folder);
        named.extend(names(&bytes).into_iter().map(|name| (file.clone(), beside.join(name))));
    }
    match named.iter().find(|(_, target)| !target.is_file()) {
        None if named.is_empty() => Err(format!("no file in {} names another one", folder.display()).into()),
        None => Ok(()),
        Some((file, target)) => {
            Err(format!("{} names {}, which is not there", file.display(), target.display()).into())
        }
    }
}

/// Returns what follows `./` and ends like a script or a module: in a script such a name stands between
/// quotes, in a module it has its length before it.
fn names(bytes: &[u8]) -> BTreeSet<String> {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-/".contains(byte);
    let starts = bytes.windows(2).enumerate().filter(|(at, pair)| {
        // A step up is not a name of its own.
        *pair == b"./" && at.checked_sub(1).is_none_or(|before| !part(&bytes[before]))
    });
    let name = |at: usize| bytes[at + 2..].iter().take_while(|byte| part(byte)).map(|byte| char::from(*byte)).collect();
    let cut = |name: String| {
        let end = [".js", ".wasm"].iter().filter_map(|ending| Some(name.find(ending)? + ending.len())).min()?;
        name.get(..end).map(str::to_owned)
    };
    starts.map(|(at, _)| name(at)).filter_map(cut).filter(|name| name != IMPORTS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when a chunk that is missing is not found to be: every page that needs it would stay as it is.
    #[test]
    fn a_file_that_is_named_has_to_be_there() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let write = |name: &str, text: &[u8]| fs::write(dir.path().join(name), text).expect("it can be written");
        assert!(check(dir.path()).is_err_and(|error| error.to_string().contains("no file")));
        write("bailey.js", b"import * as a from\"./__wasm_split.js\";a={\"./bailey_bg.js\":{}}");
        write("bailey.wasm", b"\0asm\x11./__wasm_split.js\x08load_one");
        assert!(
            check(dir.path()).is_err_and(|error| error.to_string().contains("__wasm_split.js, which is not there"))
        );
        write("__wasm_split.js", b"fetch(new URL(\"./chunk_1.wasm\",import.meta.url))");
        assert!(check(dir.path()).is_err_and(|error| error.to_string().contains("chunk_1.wasm, which is not there")));
        write("chunk_1.wasm", b"\0asm");
        assert!(check(dir.path()).is_ok());
    }
}
