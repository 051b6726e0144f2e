//! The site: every file that a browser loads. The files of the application name each other and belong
//! together, so they lie in a folder that is named after all that is in the site: browsers keep them for ever.
use crate::{
    Result,
    cargo::{self, Profile},
    files, frontend, references, tools,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// What is optimised further gets shorter, but has less that repeats itself: compressed, it is longer.
const APPLICATION: [&str; 5] = [
    "-O1",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
];
const SOLVER: [&str; 2] = ["-O3", "--all-features"];
const STRENGTH: [&str; 2] = ["-Oz", "--all-features"];

/// Builds the site, unless it is there already, and returns its folder.
pub fn build(profile: Profile) -> Result<PathBuf> {
    let compiled = cargo::frontend(profile)?;
    let workers = [cargo::solver(profile)?, cargo::strength(profile)?];
    let site = profile.folder().join("site");
    // Two builds that differ in nothing else can be told apart by it.
    let word = env::var("XTASK_BUILD_ID").unwrap_or_default();
    let mut inputs = vec![env::current_exe()?, "public".into(), "style".into(), compiled.clone()];
    inputs.extend(workers.iter().cloned().chain(tools::versions()));
    let made_of = files::digest(inputs.iter().map(PathBuf::as_path).filter(|path| path.exists()), &word)?;
    let stamp = profile.folder().join("site.stamp");
    if site.is_dir() && fs::read_to_string(&stamp).is_ok_and(|before| before == made_of) {
        return Ok(site);
    }
    let new = profile.folder().join("site.new");
    files::remove(&new)?;
    files::copy(Path::new("public"), &new)?;
    write_workers(profile, &workers, &new)?;
    let package = new.join("pkg/new");
    fs::create_dir_all(&package)?;
    frontend::application(&compiled, &package)?;
    tools::minify_scripts(&package)?;
    tools::bundle_styles(Path::new("style/main.css"), &package.join("bailey.css"))?;
    references::check(&package)?;
    if profile == Profile::Release {
        tools::optimise(&package, &APPLICATION)?;
    }
    let name = files::digest([new.as_path()], &word)?;
    fs::rename(&package, new.join("pkg").join(name))?;
    if profile == Profile::Release {
        tools::compress(&new)?;
    }
    files::remove(&site)?;
    fs::rename(&new, &site)?;
    fs::write(stamp, made_of)?;
    Ok(site)
}

/// Compiles the modules of the workers, and writes them into a folder.
pub fn workers(profile: Profile, folder: &Path) -> Result {
    write_workers(profile, &[cargo::solver(profile)?, cargo::strength(profile)?], folder)
}

fn write_workers(profile: Profile, [solver, strength]: &[PathBuf; 2], folder: &Path) -> Result {
    for (name, module, how) in [("captcha", solver, SOLVER), ("strength", strength, STRENGTH)] {
        let folder = folder.join(name);
        frontend::worker(module, &folder)?;
        if profile == Profile::Release {
            tools::optimise(&folder, &how)?;
        }
    }
    Ok(())
}
