//! Programs that scripts/tools installs.
use crate::{Result, cargo, files};
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    thread,
};

const BROWSERS: &str = "--target=chrome123,edge123,firefox121,safari17.5";

/// Puts the style sheets into one.
pub fn bundle_styles(main: &Path, to: &Path) -> Result {
    let out = format!("--outfile={}", to.display());
    cargo::run(tool("esbuild").arg(main).args(["--bundle", "--minify", "--log-level=warning", BROWSERS, &out]))
}

/// Makes the scripts of a folder shorter, in their place.
pub fn minify_scripts(folder: &Path) -> Result {
    let out = format!("--outdir={}", folder.display());
    let scripts = files::below(folder)?.into_iter().filter(|file| file.extension().is_some_and(|name| name == "js"));
    let base = format!("--outbase={}", folder.display());
    let args = ["--minify", "--format=esm", "--allow-overwrite", "--log-level=error", BROWSERS, &out, &base];
    cargo::run(tool("esbuild").args(scripts).args(args))
}

/// Optimises the modules of a folder, in their place, as many at once as there are cores.
pub fn optimise(folder: &Path, how: &[&str]) -> Result {
    let all = files::below(folder)?;
    let modules = Mutex::new(all.iter().filter(|file| file.extension().is_some_and(|name| name == "wasm")));
    let next = || modules.lock().ok().and_then(|mut left| left.next());
    let work = || -> Result {
        while let Some(file) = next() {
            cargo::run(tool("wasm-opt").args(how).arg(file).arg("-o").arg(file))?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..thread::available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Err("a thread panicked".into())))
    })
}

/// Puts a compressed copy beside each file for each way that browsers understand.
pub fn compress(folder: &Path) -> Result {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/compress.mjs");
    cargo::run(Command::new("node").arg(script).arg(folder))
}

/// Returns the files that change whenever a tool does.
pub fn versions() -> Vec<PathBuf> {
    ["esbuild", "binaryen"].map(|name| Path::new(".tools/node_modules").join(name).join("package.json")).to_vec()
}

fn tool(name: &str) -> Command {
    Command::new(Path::new(".tools/node_modules/.bin").join(name))
}
