//! What cargo compiles. The server is built for a target that is named, too: so the macros and build scripts
//! that the server, the browser's modules and this program have in common are compiled once.
use crate::Result;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How the browser's modules are compiled: as in `.cargo/config.toml`, and with what one of them needs.
const FLAGS: &str = "--cfg erase_components";
const BROWSER: &str = "wasm32-unknown-unknown";

/// What a front-end is built for: soon, or well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Starts fast.
    Quick,
    /// Is released.
    Release,
}

impl Profile {
    /// Returns the name, which is that of the profile of the solver and of the folder of the build as well.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Release => "release",
        }
    }

    const fn browser(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Release => "wasm-release",
        }
    }

    /// Returns the folder of the build.
    pub fn folder(self) -> PathBuf {
        target().join(self.name())
    }
}

/// Compiles the application for the browser; what splits it has to know where its parts refer to each other.
pub fn frontend(profile: Profile) -> Result<PathBuf> {
    module("frontend", profile.browser(), FLAGS, &["-Clink-args=--emit-relocs"])
}

/// Compiles the captcha's solver. Every browser that the page supports has SIMD.
pub fn solver(profile: Profile) -> Result<PathBuf> {
    module("solver", profile.name(), "-Ctarget-feature=+simd128", &[])
}

/// Compiles what says how soon a password would be guessed.
pub fn strength(profile: Profile) -> Result<PathBuf> {
    module("strength", profile.browser(), FLAGS, &[])
}

/// Compiles the server under a profile with a front-end inside, and returns where the program lies.
pub fn server(profile: &str, table: &Path) -> Result<PathBuf> {
    let args = ["build", "--profile", profile, "--package", "server"];
    run(cargo().args(args).env("FRONT_END_TABLE", table))?;
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output()?;
    // Cargo's folder of what is built for development has another name.
    let folder = if profile == "dev" { "debug" } else { profile };
    let built = target().join(String::from_utf8(host.stdout)?.trim()).join(folder).join("bailey");
    let program = target().join(profile).join("bailey");
    fs::create_dir_all(target().join(profile))?;
    // A program that runs can't be written to, but it can be replaced.
    let beside = program.with_extension("new");
    fs::copy(built, &beside)?;
    fs::rename(beside, &program)?;
    Ok(program)
}

/// Runs a program, and fails when that does.
pub fn run(command: &mut Command) -> Result {
    let status =
        command.status().map_err(|error| format!("{} does not start: {error}", command.get_program().display()))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed: {status}", command.get_program().display()).into()) }
}

/// Compiles a module with flags for it and all that it needs, and with flags for its own last step. Built quickly it
/// is optimised a little more than the server, for what is not at all is slow to load.
fn module(package: &str, profile: &str, flags: &str, last: &[&str]) -> Result<PathBuf> {
    let args = [
        "rustc",
        "--profile",
        profile,
        "--package",
        package,
        "--lib",
        "--crate-type",
        "cdylib",
        "--target",
        BROWSER,
        "--",
    ];
    run(cargo()
        .args(args)
        .args(last)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
        .env("CARGO_PROFILE_QUICK_OPT_LEVEL", "1"))?;
    Ok(target().join(BROWSER).join(profile).join(package).with_extension("wasm"))
}

/// Returns cargo without what it has told this program of itself: some build scripts look at it, and would compile
/// anew what tests have compiled.
fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from));
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            cargo.env_remove(name);
        }
    }
    cargo
}

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from)
}
