//! The table of the files that become part of the program, for `server/src/main.rs`.
use crate::{Result, files};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// Writes the table of a site beside it, unless it stands there already, and returns where.
pub fn table(site: &Path) -> Result<PathBuf> {
    let site = fs::canonicalize(site)?;
    let all = files::below(&site)?;
    let mut paths: Vec<_> =
        all.iter().filter_map(|file| Some((file.strip_prefix(&site).ok()?.to_str()?, file))).collect();
    paths.sort();
    let mut table = String::from("&[\n");
    for (path, file) in
        paths.into_iter().filter(|(_, file)| !file.extension().is_some_and(|name| name == "br" || name == "gz"))
    {
        let copy = |ending: &str| {
            let copy = format!("{}.{ending}", file.display());
            if Path::new(&copy).is_file() { format!("Some(include_bytes!({copy:?}))") } else { "None".to_owned() }
        };
        let (tag, brotli, gzip) = (files::digest([file.as_path()], "")?, copy("br"), copy("gz"));
        let bytes = file.display().to_string();
        writeln!(
            table,
            "File {{ path: {path:?}, tag: \"W/\\\"{tag}\\\"\", bytes: include_bytes!({bytes:?}), brotli: {brotli}, gzip: {gzip} }},"
        )?;
    }
    table.push_str("]\n");
    let target = site.with_extension("table");
    if fs::read_to_string(&target).is_ok_and(|before| before == table) {
        return Ok(target);
    }
    fs::write(&target, table)?;
    Ok(target)
}
