//! Is the built front-end there, and is it that of this program?
use crate::serve;
use std::path::{Path, PathBuf};

/// Looks for the very files that pages name.
///
/// # Errors
/// Says in one line what is missing and how it gets there.
pub fn look(site_root: &Path) -> Result<(), String> {
    let root = site_root.display();
    if !site_root.join("pkg").is_dir() {
        return Err(format!(
            "The front-end is missing: {root} has no pkg folder. Build it with `make build`, or set BAILEY_SITE_ROOT."
        ));
    }
    let options = serve::options(site_root);
    let missing = |file: &String| !site_root.join(file.trim_start_matches('/')).is_file();
    let Some(file) = app::front_end(&options).into_iter().find(missing) else { return Ok(()) };
    let hashes = beside_the_program(&options.hash_file);
    Err(match hashes.filter(|path| !path.is_file()) {
        Some(path) => format!(
            "{} is missing, which names the files of the front-end; without it {root} has no {file}. Put hash.txt of the same build there, or build both with `make build`.",
            path.display()
        ),
        None => format!(
            "The front-end in {root} is not that of this program: it has no {file}. Put hash.txt of the same build beside the program, or build both with `make build`."
        ),
    })
}

/// What is said of the front-end before pages are served: `None` where it is there. A program that was built for
/// development serves without one.
///
/// # Errors
/// Where pages would come without their files.
pub fn before_serving(found: Result<(), String>, for_development: bool) -> Result<Option<String>, String> {
    match found {
        Ok(()) => Ok(None),
        Err(words) if for_development => Ok(Some(words)),
        Err(words) => Err(words),
    }
}

fn beside_the_program(file: &str) -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.join(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_its_front_end_only_a_program_for_development_serves() {
        let missing = || Err("it is missing".to_owned());
        assert_eq!(before_serving(missing(), false), missing().map(|()| None));
        assert_eq!(before_serving(missing(), true), Ok(Some("it is missing".to_owned())));
        assert_eq!(before_serving(Ok(()), false), Ok(None));
    }

    /// Fails when `look` no longer looks for the files that pages name, or for the list of their names.
    #[test]
    fn a_front_end_whose_names_the_program_does_not_know_is_not_there() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        assert!(look(dir.path()).is_err_and(|words| words.contains("has no pkg folder")));
        let pkg = dir.path().join("pkg");
        std::fs::create_dir(&pkg).expect("it can be made");
        for name in ["bailey.aaa.css", "bailey.bbb.js", "bailey.ccc.wasm"] {
            std::fs::write(pkg.join(name), "").expect("it can be written");
        }
        let words = look(dir.path()).expect_err("nothing says that these are its names");
        assert!(words.contains("hash.txt is missing, which names the files of the front-end"), "{words}");
        for name in ["bailey.css", "bailey.js", "bailey.wasm"] {
            std::fs::write(pkg.join(name), "").expect("it can be written");
        }
        assert_eq!(look(dir.path()), Ok(()), "a build without hashes");
    }
}
